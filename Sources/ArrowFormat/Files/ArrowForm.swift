import Columnar

/// What the values of a column become in an array. Chosen once a column, from its type and the shape
/// of its view, which its blocks share.
package enum ArrowForm {
  /// Nothing: the type null has no buffers.
  case none
  /// As they lie; text of fixed width is rendered.
  case stored
  /// Integers as bits, as narrow integers, divided into binary64, as 128 bits.
  case booleans
  case integers(bits: Int)
  case quotients(divisor: Double)
  case decimals
  /// Times in a finer unit, of which one of theirs has `factor`, in 64 bits.
  case multiples(factor: Int64)
  /// Floating point that a table or a constant leads to, or that lies in another width.
  case floats(bits: Int)
  /// The codes of an indexed view, with a sign.
  case codes(bits: Int)
  /// The code of each byte of text of one byte a value.
  case bytes(codes: [Int64], bits: Int)
  /// The codes of an indexed view or a constant, each in another number's place.
  case mapped(codes: [Int64], bits: Int)
  /// Code 0 in every row.
  case zeros(bits: Int)

  /// The values of a view of that shape.
  func values(of view: ColumnView) -> ArrowValues {
    switch (self, view) {
    case (.none, _): return .none
    case (.stored, .plain(.bits(let bits))): return .bits(bits)
    case (.stored, .plain(.utf8(let bytes, let offsets))):
      return .text(bytes: bytes, offsets: offsets)
    case (.stored, .plain(.fixed(let bytes, let width, let form))):
      return .rendered(bytes, FixedTextWriter(form: form, width: width))
    case (.stored, .plain(.float32(let values))): return .fixed(values, width: 4)
    case (.stored, .plain(.float64(let values))): return .fixed(values, width: 8)
    case (.stored, .plain(let values)):
      guard let (width, _, base) = values.integerMemory else { break }
      return .fixed(base, width: width)
    case (.stored, .indexed), (.stored, .constant), (.stored, .decoded):
      if let rows = TextRows(view) { return .coded(rows) }
    case (.floats(let bits), _):
      if let rows = FloatRows(view) { return .floats(rows, bits: bits) }
    // Codes that fit without a sign fit with one as they are where the dictionary is small enough.
    case (.codes(bits: 8), .indexed(.uint8(let values), _, _)): return .fixed(values, width: 1)
    case (.codes(bits: 16), .indexed(.uint16(let values), _, _)): return .fixed(values, width: 2)
    case (.codes(bits: 32), .indexed(.uint32(let values), _, _)): return .fixed(values, width: 4)
    case (.codes(let bits), .indexed(let codes, _, _)):
      if let rows = IntegerRows(.plain(codes)) { return .integers(rows, bits: bits) }
    case (.bytes(let codes, let bits), .plain(.fixed(let bytes, _, _))):
      return .integers(IntegerRows(codes: .uint8(bytes), values: codes), bits: bits)
    case (.mapped(let codes, let bits), .indexed(let numbers, _, _)):
      return .integers(IntegerRows(codes: numbers, values: codes), bits: bits)
    case (.mapped(let codes, let bits), _):
      if let rows = IntegerRows(.sequence(start: codes.first ?? 0, step: 0)) {
        return .integers(rows, bits: bits)
      }
    case (.zeros(let bits), _):
      if let rows = IntegerRows(.sequence(start: 0, step: 0)) { return .integers(rows, bits: bits) }
    default: if let values = IntegerRows(view).flatMap(values) { return values }
    }
    fatalError("a view of this shape has no values for \(self)")
  }

  private func values(_ rows: IntegerRows) -> ArrowValues? {
    switch self {
    case .booleans: .booleans(rows)
    case .integers(let bits): .integers(rows, bits: bits)
    case .multiples(let factor): .multiples(rows, factor: factor)
    case .quotients(let divisor): .quotients(rows, divisor: divisor)
    case .decimals: .decimals(rows)
    default: nil
    }
  }
}
