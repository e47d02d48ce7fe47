import Columnar

/// Chooses the type of Arrow for values that are in no dictionary.
struct ArrowMapping {
  /// How the smallest and the largest integer are known.
  enum Range {
    case known(ClosedRange<Int128>)
    /// By looking at so many rows.
    case scanned(count: Int)

    func of(_ rows: IntegerRows) -> ClosedRange<Int128> {
      switch self {
      case .known(let range): range
      case .scanned(let count): rows.range(count: count) ?? 0...0
      }
    }
  }

  let name: String
  let type: LogicalType
  let path: String

  func field(_ view: ColumnView, _ range: Range) throws(OutputError) -> (ArrowField, ArrowForm) {
    let (type, form) = try plain(view, range)
    return (ArrowField(name: name, type: type), form)
  }

  /// The type, and what the values of `view` become.
  func plain(_ view: ColumnView, _ range: Range) throws(OutputError) -> (ArrowType, ArrowForm) {
    switch type {
    case .null: return (.null, .none)
    case .boolean:
      if case .plain(.bits) = view { return (.boolean, .stored) }
      _ = try integers(view)
      return (.boolean, .booleans)
    case .integer: return integer(view, try integers(view), range)
    case .decimal(let scale): return decimal(range.of(try integers(view)), scale: scale)
    case .float:
      guard let rows = FloatRows(view) else { throw mismatch }
      let type = ArrowType.float(bits: rows.width * 8)
      if case .plain = view { return (type, .stored) }
      return (type, .floats)
    case .date: return try widened(view, to: .date, range)
    case .time(let unit): return try widened(view, to: .time(unit), range)
    case .timestamp(let unit, let zone):
      return try widened(view, to: .timestamp(unit, zone: zone), range)
    case .uuid, .ipv4, .string:
      guard case .plain(let values) = view, values.isText else { throw mismatch }
      return (.utf8, .stored)
    }
  }

  private func integer(
    _ view: ColumnView, _ rows: IntegerRows, _ range: Range
  ) -> (ArrowType, ArrowForm) {
    if case .plain(let values) = view, let (width, isSigned, _) = values.integerMemory {
      return (.integer(bits: width * 8, isSigned: isSigned), .stored)
    }
    let range = range.of(rows)
    if range.upperBound > Int128(Int64.max) {
      return (.integer(bits: 64, isSigned: false), .integers(bits: 64))
    }
    let bits = [8, 16, 32].first { Self.signed($0).contains(range) } ?? 64
    return (.integer(bits: bits, isSigned: true), .integers(bits: bits))
  }

  private func decimal(_ range: ClosedRange<Int128>, scale: Int) -> (ArrowType, ArrowForm) {
    // 15 decimal digits survive the way to binary64 and back (DBL_DIG), 16 may not: 2^53 is no
    // bound, 900719925474099.2 and .3 are one binary64. Powers of ten are exact in it up to 10^22.
    let limit = Int128(1_000_000_000_000_000)
    if scale >= 0, scale <= 22, range.lowerBound > -limit, range.upperBound < limit {
      return (.float(bits: 64), .quotients(divisor: powerOfTen(scale)))
    }
    let largest = max(range.lowerBound.magnitude, range.upperBound.magnitude)
    return (.decimal(precision: max(String(largest).utf8.count, scale), scale: scale), .decimals)
  }

  /// Integers in exactly the width of `type`.
  private func widened(
    _ view: ColumnView, to type: ArrowType, _ range: Range
  ) throws(OutputError) -> (ArrowType, ArrowForm) {
    let rows = try integers(view)
    let width = type.byteWidth ?? 8
    if case .plain(let values) = view, let (stored, isSigned, _) = values.integerMemory,
      stored == width, isSigned
    {
      return (type, .stored)
    }
    guard Self.signed(width * 8).contains(range.of(rows)) else {
      throw OutputError(
        .notRepresentable, path: path, column: name,
        "a value is beyond the \(width * 8) bits of Arrow's \(type)",
        advice: "write it as text")
    }
    return (type, .integers(bits: width * 8))
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

  fileprivate var isText: Bool {
    switch self {
    case .fixed, .utf8: true
    default: false
    }
  }
}
