public import Columnar

/// A type in which a closure takes the values of a column, or gives its own.
///
/// Whole types take integers, dates and times in their units; `Float` and `Double` any number, decimals
/// as the value that they stand for; `Bool` booleans.
public protocol ColumnElement: Sendable {
  /// Whether every value of the column can be given as this type.
  static func _holds(_ rows: ElementRows) -> Bool

  /// The values of a run of rows, in `scratch` or where they are stored.
  static func _read(
    _ rows: ElementRows, _ range: Range<Int>, _ scratch: UnsafeMutablePointer<Self>
  ) -> UnsafePointer<Self>

  /// A column of these values.
  static func _column(_ name: String, _ values: Buffer, _ nulls: ElementNulls) -> Column
}

/// The rows of a column as closures read them.
public struct ElementRows: Sendable {
  let rows: ColumnRows
  let integers: IntegerBlocks?
  let floats: FloatBlocks?

  init(_ rows: ColumnRows) {
    self.rows = rows
    integers = rows.type.domain == .integer ? IntegerBlocks(rows) : nil
    floats = rows.type.isNumeric ? FloatBlocks(rows) : nil
  }
}

/// Which results are null.
public struct ElementNulls: Sendable {
  let rowCount: Int
  let nullCount: Int
  let validity: Buffer?
}

extension FixedWidthInteger where Self: ColumnElement {
  public static func _holds(_ rows: ElementRows) -> Bool {
    guard rows.integers != nil, rows.rows.type.scale == nil, rows.rows.type != .boolean else {
      return false
    }
    let (low, high) = rows.rows.integerBounds
    if Self(exactly: low) != nil && Self(exactly: high) != nil { return true }
    if rows.rows.valueCount == 0 { return true }
    let ends = rows.rows.integerMinMax
    return Self(exactly: ends.minimum) != nil && Self(exactly: ends.maximum) != nil
  }

  public static func _read(
    _ rows: ElementRows, _ range: Range<Int>, _ scratch: UnsafeMutablePointer<Self>
  ) -> UnsafePointer<Self> {
    if case .plain(let values) = rows.rows.view, let stored = values.start(as: Self.self) {
      return stored + range.lowerBound
    }
    guard let blocks = rows.integers else { return UnsafePointer(scratch) }
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: range.count) { room in
      let words = blocks.read(range, room.baseAddress!)
      let offset = Self(truncatingIfNeeded: blocks.offset)
      var row = 0
      while row < range.count {
        scratch[row] = Self(truncatingIfNeeded: words[row]) &+ offset
        row &+= 1
      }
    }
    return UnsafePointer(scratch)
  }

  public static func _column(
    _ name: String, _ values: Buffer, _ nulls: ElementNulls
  ) -> Column {
    .integers(
      name, .integer, values, width: bitWidth / 8, isUnsigned: !isSigned, count: nulls.rowCount,
      validity: nulls.validity, nullCount: nulls.nullCount)
  }
}

extension PlainValues {
  /// Where the values are, if they are stored as this very type.
  fileprivate func start<T: FixedWidthInteger>(as type: T.Type) -> UnsafePointer<T>? {
    let isSame: Bool
    let start: UnsafeRawPointer
    switch self {
    case .int8(let values): (start, isSame) = (UnsafeRawPointer(values), T.self == Int8.self)
    case .int16(let values): (start, isSame) = (UnsafeRawPointer(values), T.self == Int16.self)
    case .int32(let values): (start, isSame) = (UnsafeRawPointer(values), T.self == Int32.self)
    case .int64(let values):
      (start, isSame) = (UnsafeRawPointer(values), T.self == Int64.self || T.self == Int.self)
    case .uint8(let values): (start, isSame) = (UnsafeRawPointer(values), T.self == UInt8.self)
    case .uint16(let values): (start, isSame) = (UnsafeRawPointer(values), T.self == UInt16.self)
    case .uint32(let values): (start, isSame) = (UnsafeRawPointer(values), T.self == UInt32.self)
    case .uint64(let values): (start, isSame) = (UnsafeRawPointer(values), T.self == UInt64.self)
    case .float32, .float64, .bits, .fixed, .utf8: return nil
    }
    // Sound: checked to be the type that is stored there.
    return isSame ? start.assumingMemoryBound(to: T.self) : nil
  }
}

extension Int8: ColumnElement {}
extension Int16: ColumnElement {}
extension Int32: ColumnElement {}
extension Int64: ColumnElement {}
extension Int: ColumnElement {}
extension UInt8: ColumnElement {}
extension UInt16: ColumnElement {}
extension UInt32: ColumnElement {}
extension UInt64: ColumnElement {}

extension Double: ColumnElement {
  public static func _holds(_ rows: ElementRows) -> Bool { rows.floats != nil }

  public static func _read(
    _ rows: ElementRows, _ range: Range<Int>, _ scratch: UnsafeMutablePointer<Double>
  ) -> UnsafePointer<Double> { rows.floats?.read(range, scratch) ?? UnsafePointer(scratch) }

  public static func _column(
    _ name: String, _ values: Buffer, _ nulls: ElementNulls
  ) -> Column {
    .floats(
      name, values, count: nulls.rowCount, validity: nulls.validity, nullCount: nulls.nullCount)
  }
}

extension Bool: ColumnElement {
  public static func _holds(_ rows: ElementRows) -> Bool { rows.rows.type == .boolean }

  public static func _read(
    _ rows: ElementRows, _ range: Range<Int>, _ scratch: UnsafeMutablePointer<Bool>
  ) -> UnsafePointer<Bool> {
    guard let blocks = rows.integers else { return UnsafePointer(scratch) }
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: range.count) { room in
      let words = blocks.read(range, room.baseAddress!)
      let offset = Int64(blocks.offset)
      for row in 0..<range.count { scratch[row] = words[row] + offset != 0 }
    }
    return UnsafePointer(scratch)
  }

  public static func _column(
    _ name: String, _ values: Buffer, _ nulls: ElementNulls
  ) -> Column {
    let source = values.pointer(as: Bool.self)
    let buffer = Buffer(zeroedByteCount: (nulls.rowCount + 7) / 8)
    let bits = buffer.pointer(as: UInt8.self)
    for row in 0..<nulls.rowCount where source[row] { bits[row >> 3] |= 1 << UInt8(row & 7) }
    return .booleans(
      name, buffer, count: nulls.rowCount, validity: nulls.validity, nullCount: nulls.nullCount)
  }
}
