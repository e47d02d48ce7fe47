import Columnar

/// A column as Arrow gets it: the field, and where its values come from.
///
/// | shape of the column | array |
/// |---|---|
/// | plain numbers | their own type, straight from memory |
/// | scaled, sequence | the narrowest signed integers; uint64 past 2^63 − 1 |
/// | indexed | dictionary of signed codes; plain where engines cannot read that |
/// | text of one byte a value | dictionary of the values that occur: a row costs 1 byte, not 5 |
/// | constant text | dictionary with one entry, for the same reason |
/// | constant of another type | plain narrow values: engines need no look-up, and files compress |
/// | no value at all | null |
///
/// Dates and times have Arrow's width whatever the shape. Decimals become binary64 where every
/// value has at most 15 digits: then the text can be had back. Otherwise they stay decimals, of 128
/// bits.
struct ArrowColumn {
  /// Values of the dictionary.
  struct Dictionary {
    let values: ArrowValues
    let count: Int
    /// What `values` points to, where that is not the column's.
    var memory: Buffer?
  }

  let field: ArrowField
  let column: Column
  let nulls: ArrowNulls
  let values: ArrowValues
  let dictionary: Dictionary?

  /// - Parameter dictionaryID: The number of the column's dictionary, should it have one.
  /// - Parameter path: The target, which an error names.
  init(_ column: Column, dictionaryID: Int, path: String) throws(OutputError) {
    self.column = column
    nulls = ArrowNulls(validity: column.validity.map { UnsafePointer($0.pointer(as: UInt8.self)) })
    let mapping = ArrowMapping(name: column.name, type: column.type, path: path)
    var view = column.view
    if column.count > 0, column.nullCount == column.count { view = .constant(nil) }
    switch view {
    case .constant(nil):
      (values, dictionary) = (.none, nil)
      field = ArrowField(name: column.name, type: .null)
    case .indexed(let codes, let entries, let count)
    where column.type.isArrowCategory(entries, count: count):
      let (type, source) = try mapping.plain(entries, count: count)
      let codeBits = count <= 1 << 7 ? 8 : count <= 1 << 15 ? 16 : 32
      values = Self.codes(codes, bits: codeBits)
      dictionary = Dictionary(values: source, count: count)
      field = ArrowField(
        name: column.name, type: type, dictionary: .init(id: dictionaryID, codeBits: codeBits))
    case .plain(.fixed(let bytes, width: 1, let form)):
      let entries = ByteEntries(bytes, count: column.count, nulls)
      values = .integers(entries.codes, bits: entries.codeBits)
      let source = entries.values.pointer(as: UInt8.self)
      dictionary = Dictionary(
        values: .rendered(source, FixedTextWriter(form: form, width: 1)), count: entries.count,
        memory: entries.values)
      field = ArrowField(
        name: column.name, type: .utf8,
        dictionary: .init(id: dictionaryID, codeBits: entries.codeBits))
    case .constant(let value?) where column.type.domain == .bytes:
      let (type, source) = try mapping.plain(value, count: 1)
      values = .integers(IntegerRows(.sequence(start: 0, step: 0))!, bits: 8)
      dictionary = Dictionary(values: source, count: 1)
      field = ArrowField(
        name: column.name, type: type, dictionary: .init(id: dictionaryID, codeBits: 8))
    default:
      let (type, source) = try mapping.plain(view, count: column.count)
      (values, dictionary) = (source, nil)
      field = ArrowField(name: column.name, type: type)
    }
  }

  /// Codes that fit without a sign fit with one as they are where the dictionary is small enough.
  private static func codes(_ codes: PlainValues, bits: Int) -> ArrowValues {
    switch (codes, bits) {
    case (.uint8(let values), 8): .fixed(values, width: 1)
    case (.uint16(let values), 16): .fixed(values, width: 2)
    case (.uint32(let values), 32): .fixed(values, width: 4)
    default: .integers(IntegerRows(.plain(codes))!, bits: bits)
    }
  }
}

extension LogicalType {
  /// Whether engines can read a dictionary of such values. pandas makes objects of a dictionary's
  /// times and fails at nanoseconds; its categories can be no NaN, and 0.0 and −0.0 are one to it.
  fileprivate func isArrowCategory(_ entries: ColumnView, count: Int) -> Bool {
    switch self {
    case .null, .boolean, .time(unit: .nanosecond): return false
    case .float:
      guard let values = FloatRows(entries) else { return false }
      return !(0..<count).contains {
        let value = values.value(at: $0)
        return value.isNaN || (value == 0 && value.sign == .minus)
      }
    default: return true
    }
  }
}

/// Chooses the type of Arrow for values that are in no dictionary.
struct ArrowMapping {
  let name: String
  let type: LogicalType
  let path: String

  /// The type, and where the `count` values of `view` come from.
  func plain(_ view: ColumnView, count: Int) throws(OutputError) -> (ArrowType, ArrowValues) {
    switch type {
    case .null: return (.null, .none)
    case .boolean:
      if case .plain(.bits(let bits)) = view { return (.boolean, .bits(bits)) }
      return (.boolean, .booleans(try integers(view)))
    case .integer: return integer(view, try integers(view), count)
    case .decimal(let scale): return decimal(try integers(view), count, scale: scale)
    case .float:
      guard let rows = FloatRows(view) else { throw mismatch }
      let type = ArrowType.float(bits: rows.width * 8)
      return switch view {
      case .plain(.float32(let values)): (type, .fixed(values, width: 4))
      case .plain(.float64(let values)): (type, .fixed(values, width: 8))
      default: (type, .floats(rows))
      }
    case .date: return try widened(view, to: .date, count)
    case .time(let unit): return try widened(view, to: .time(unit), count)
    case .timestamp(let unit, let zone):
      return try widened(view, to: .timestamp(unit, zone: zone), count)
    case .uuid, .ipv4, .string: return (.utf8, try text(view))
    }
  }

  private func integer(
    _ view: ColumnView, _ rows: IntegerRows, _ count: Int
  ) -> (ArrowType, ArrowValues) {
    if case .plain(let values) = view, let (width, isSigned, base) = values.integerMemory {
      return (.integer(bits: width * 8, isSigned: isSigned), .fixed(base, width: width))
    }
    let range = rows.range(count: count) ?? 0...0
    if range.upperBound > Int128(Int64.max) {
      return (.integer(bits: 64, isSigned: false), .integers(rows, bits: 64))
    }
    let bits = [8, 16, 32].first { Self.signed($0).contains(range) } ?? 64
    return (.integer(bits: bits, isSigned: true), .integers(rows, bits: bits))
  }

  private func decimal(
    _ rows: IntegerRows, _ count: Int, scale: Int
  ) -> (ArrowType, ArrowValues) {
    // 15 decimal digits survive the way to binary64 and back (DBL_DIG), 16 may not: 2^53 is no
    // bound, 900719925474099.2 and .3 are one binary64. Powers of ten are exact in it up to 10^22.
    let limit = Int128(1_000_000_000_000_000)
    let range = rows.range(count: count) ?? 0...0
    if scale >= 0, scale <= 22, range.lowerBound > -limit, range.upperBound < limit {
      return (.float(bits: 64), .quotients(rows, divisor: powerOfTen(scale)))
    }
    let largest = max(range.lowerBound.magnitude, range.upperBound.magnitude)
    return (
      .decimal(precision: max(String(largest).utf8.count, scale), scale: scale), .decimals(rows)
    )
  }

  /// Integers in exactly the width of `type`.
  private func widened(
    _ view: ColumnView, to type: ArrowType, _ count: Int
  ) throws(OutputError) -> (ArrowType, ArrowValues) {
    let rows = try integers(view)
    let width = type.byteWidth ?? 8
    if case .plain(let values) = view, let (stored, isSigned, base) = values.integerMemory,
      stored == width, isSigned
    {
      return (type, .fixed(base, width: width))
    }
    guard Self.signed(width * 8).contains(rows.range(count: count) ?? 0...0) else {
      throw OutputError(
        .notRepresentable, path: path, column: name,
        "a value is beyond the \(width * 8) bits of Arrow's \(type)",
        advice: "write it as text")
    }
    return (type, .integers(rows, bits: width * 8))
  }

  private func text(_ view: ColumnView) throws(OutputError) -> ArrowValues {
    switch view {
    case .plain(.utf8(let bytes, let offsets)): return .text(bytes: bytes, offsets: offsets)
    case .plain(.fixed(let bytes, let width, let form)):
      return .rendered(bytes, FixedTextWriter(form: form, width: width))
    default: throw mismatch
    }
  }

  private func integers(_ view: ColumnView) throws(OutputError) -> IntegerRows {
    guard let rows = IntegerRows(view) else { throw mismatch }
    return rows
  }

  private var mismatch: OutputError {
    OutputError(
      .notRepresentable, path: path, column: name, "its layout holds no values of type \(type)")
  }

  private static func signed(_ bits: Int) -> ClosedRange<Int128> {
    -(Int128(1) << (bits - 1))...(Int128(1) << (bits - 1)) - 1
  }
}

/// 10^exponent, exact up to 22.
func powerOfTen(_ exponent: Int) -> Double {
  (0..<exponent).reduce(1.0) { power, _ in power * 10 }
}

extension PlainValues {
  /// Where integers lie, and how wide they are; `nil` where these are no integers.
  var integerMemory: (width: Int, isSigned: Bool, base: UnsafeRawPointer)? {
    switch self {
    case .int8(let values): (1, true, UnsafeRawPointer(values))
    case .int16(let values): (2, true, UnsafeRawPointer(values))
    case .int32(let values): (4, true, UnsafeRawPointer(values))
    case .int64(let values): (8, true, UnsafeRawPointer(values))
    case .uint8(let values): (1, false, UnsafeRawPointer(values))
    case .uint16(let values): (2, false, UnsafeRawPointer(values))
    case .uint32(let values): (4, false, UnsafeRawPointer(values))
    case .uint64(let values): (8, false, UnsafeRawPointer(values))
    case .float32, .float64, .bits, .fixed, .utf8: nil
    }
  }
}
