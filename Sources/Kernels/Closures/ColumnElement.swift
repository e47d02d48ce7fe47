public import Columnar

/// A type in which a closure takes the values of a column, or gives its own.
///
/// Whole types take integers, and dates as days since 1970; `Float` and `Double` any number, decimals
/// as the value that they stand for, spans of time as seconds; `Bool` booleans. Times and timestamps are no numbers, and
/// spans no whole ones: their unit is the file's, and the next month's may be finer.
public protocol ColumnElement: ColumnValue {
  /// Whether every value of the column can be given as this type.
  static func _holds(_ rows: ElementRows) -> Bool

  /// The values of a run of rows, in `scratch` or where they are stored.
  static func _read(
    _ rows: ElementRows, _ range: Range<Int>, _ scratch: UnsafeMutablePointer<Self>
  ) -> UnsafePointer<Self>

  /// A column of these values.
  static func _column(_ name: String, _ values: Buffer, _ nulls: ElementNulls) -> Column

  /// A column of these values, `nil` for null. Required, so that its loop is compiled for each type.
  static func _column(_ name: String, nullable values: [Self?]) -> Column

  /// A column of these values.
  static func _column(_ name: String, values: [Self]) -> Column
}

/// The rows of a column as closures read them.
public struct ElementRows: Sendable {
  let rows: ColumnRows
  let integers: IntegerBlocks?
  let floats: FloatBlocks?
  let texts: StoredTexts?
  /// The texts of a dictionary, each made once.
  let words: [String]?

  init(_ rows: ColumnRows) {
    self.rows = rows
    texts = rows.type.domain == .bytes ? StoredTexts(rows) : nil
    if rows.type.domain == .bytes, case .indexed(_, let dictionary, let count) = rows.view,
      count <= max(1 << 10, rows.count / 2)
    {
      words = (0..<count).map { String(decoding: dictionary.text(at: $0), as: UTF8.self) }
    } else {
      words = nil
    }
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
    guard [.integer, .date, .null].contains(rows.rows.type) else { return false }
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
    case .packed, .decoded, .float32, .float64, .bits, .fixed, .utf8: return nil
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

/// Numbers that are binary32: floats that are stored so or are the same in it, and whole numbers up to
/// 2^24. Decimals of so many digits are the nearest.
extension Float: ColumnElement {
  public static func _holds(_ rows: ElementRows) -> Bool {
    guard let floats = rows.floats else { return false }
    if rows.rows.valueCount == 0 { return true }
    if rows.rows.type.domain == .float {
      if rows.rows.view.floats.width == 4 { return true }
      var isExact = true
      rows.rows.forEachBlock(of: Double.self) { range, scratch in
        let numbers = floats.read(range, scratch)
        for (place, row) in range.enumerated() where rows.rows.hasValue(row) {
          let number = numbers[place]
          if Double(Float(number)) != number && !number.isNaN { isExact = false }
        }
      }
      return isExact
    }
    let ends = rows.rows.integerMinMax
    return ends.minimum >= -(1 << 24) && ends.maximum <= 1 << 24
  }

  public static func _read(
    _ rows: ElementRows, _ range: Range<Int>, _ scratch: UnsafeMutablePointer<Float>
  ) -> UnsafePointer<Float> {
    guard let floats = rows.floats else { return UnsafePointer(scratch) }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: range.count) { room in
      guard let start = room.baseAddress else { return }
      let numbers = floats.read(range, start)
      for place in 0..<range.count { scratch[place] = Float(numbers[place]) }
    }
    return UnsafePointer(scratch)
  }

  public static func _column(
    _ name: String, _ values: Buffer, _ nulls: ElementNulls
  ) -> Column {
    if nulls.nullCount == nulls.rowCount { return .nulls(name, .float, count: nulls.rowCount) }
    return Column(
      name: name, type: .float, layout: Layout(encoding: "float", width: 4),
      count: nulls.rowCount, nullCount: nulls.nullCount,
      validity: nulls.nullCount == 0 ? nil : nulls.validity, values: values)
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
