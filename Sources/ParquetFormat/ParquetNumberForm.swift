import ArrowFormat

/// What integers become in a plain page.
enum ParquetNumberForm {
  case int32
  case int64
  /// The quotient, rounded once.
  case double(divisor: Double)
  /// Two's complement, the highest byte first; of integers without a sign where told.
  case bigEndian(byteCount: Int, isUnsigned: Bool)

  /// For a column whose values are integers until they are written.
  init(_ column: ParquetColumn) {
    switch column.type.physical {
    case .double: self = .double(divisor: powerOfTen(column.source.outline.type.scale ?? 0))
    case .fixedLengthByteArray:
      self = .bigEndian(
        byteCount: column.type.byteLength ?? 16, isUnsigned: column.isUnsigned)
    case .int64: self = .int64
    default: self = .int32
    }
  }

  /// Bytes of a value.
  var byteCount: Int {
    switch self {
    case .int32: 4
    case .int64, .double: 8
    case .bigEndian(let byteCount, _): byteCount
    }
  }

  func append<Value: FixedWidthInteger>(
    _ values: UnsafePointer<Value>, count: Int, to page: inout PageBytes
  ) {
    let target = UnsafeMutableRawPointer(page.end(withRoom: count * byteCount))
    switch self {
    case .int32:
      for index in 0..<count {
        target.storeBytes(
          of: Int32(truncatingIfNeeded: values[index]), toByteOffset: index * 4, as: Int32.self)
      }
    case .int64:
      for index in 0..<count {
        target.storeBytes(
          of: Int64(truncatingIfNeeded: values[index]), toByteOffset: index * 8, as: Int64.self)
      }
    case .double(let divisor):
      for index in 0..<count {
        target.storeBytes(
          of: Double(values[index]) / divisor, toByteOffset: index * 8, as: Double.self)
      }
    case .bigEndian(let byteCount, let isUnsigned):
      for index in 0..<count {
        let value = Int64(truncatingIfNeeded: values[index])
        var rest = isUnsigned ? Int128(UInt64(bitPattern: value)) : Int128(value)
        let place = target + index * byteCount
        for byte in stride(from: byteCount - 1, through: 0, by: -1) {
          place.storeBytes(of: UInt8(truncatingIfNeeded: rest), toByteOffset: byte, as: UInt8.self)
          rest >>= 8
        }
      }
    }
    page.advance(count * byteCount)
  }

  /// One value as it lies in a page.
  func bytes(_ value: Int64) -> [UInt8] {
    var page = PageBytes(capacity: 16)
    withUnsafePointer(to: value) { append($0, count: 1, to: &page) }
    return Array(page.bytes)
  }
}
