/// The shape of a `ColumnView` without its values. A layout alone tells it, so that what becomes of
/// a column elsewhere is known before there is a column.
package enum ViewShape: Hashable, Sendable {
  /// One integer a row, of `width` bytes.
  case integers(width: Int, isSigned: Bool)
  case floats(width: Int)
  case bits
  case fixed(width: Int, form: FixedForm)
  case utf8
  /// Integers that are worked out of what is stored, whatever its width.
  case computed
  /// Codes that point to values of the shape given.
  indirect case indexed(ViewShape)
  /// One value in every row that has one; `nil` where no row has.
  indirect case constant(ViewShape?)
}

extension ColumnView {
  package var shape: ViewShape {
    switch self {
    case .plain(let values): values.shape
    case .scaled, .sequence: .computed
    case .indexed(_, let dictionary, _): .indexed(dictionary.shape)
    case .constant(let value): .constant(value?.shape)
    case .decoded(let view):
      switch view.decoder {
      case .integers: .computed
      case .floats(let decoder): .floats(width: decoder.width)
      case .texts: .utf8
      }
    }
  }
}

extension PlainValues {
  fileprivate var shape: ViewShape {
    switch self {
    case .int8: .integers(width: 1, isSigned: true)
    case .int16: .integers(width: 2, isSigned: true)
    case .int32: .integers(width: 4, isSigned: true)
    case .int64: .integers(width: 8, isSigned: true)
    case .uint8: .integers(width: 1, isSigned: false)
    case .uint16: .integers(width: 2, isSigned: false)
    case .uint32: .integers(width: 4, isSigned: false)
    case .uint64: .integers(width: 8, isSigned: false)
    case .packed, .decoded: .computed
    case .float32: .floats(width: 4)
    case .float64: .floats(width: 8)
    case .bits: .bits
    case .fixed(_, let width, let form): .fixed(width: width, form: form)
    case .utf8: .utf8
    }
  }
}
