public import Columnar
import Platform

/// A type in which the values of a column are had, and of which columns are made: whole numbers of every
/// width, `Double`, `Float`, `Bool`, `String`, `Duration`, and with Foundation `Date` and `Decimal`.
///
/// The requirements begin with an underscore: they are for types that bring their own conformance.
public protocol ColumnValue: Sendable {
  /// Whether every value of the column can be given as this type.
  static func _holdsAll(_ rows: ElementRows) -> Bool

  /// The value of a row, which is not null.
  static func _value(_ rows: ElementRows, _ row: Int) -> Self

  /// Appends the values of a run of rows, `nil` for nulls.
  static func _append(_ rows: ElementRows, _ range: Range<Int>, to values: inout [Self?])

  /// A column of these values.
  ///
  /// - Throws: `FrameError` for a value that no column holds.
  static func _column(_ name: String, of values: [Self?]) throws(FrameError) -> Column
}

extension ColumnElement {
  public static func _holdsAll(_ rows: ElementRows) -> Bool { _holds(rows) }

  public static func _value(_ rows: ElementRows, _ row: Int) -> Self {
    withUnsafeTemporaryAllocation(of: Self.self, capacity: 1) { scratch in
      _read(rows, row..<row + 1, scratch.baseAddress!).pointee
    }
  }

  public static func _append(
    _ rows: ElementRows, _ range: Range<Int>, to values: inout [Self?]
  ) {
    if range.isEmpty { return }
    withUnsafeTemporaryAllocation(of: Self.self, capacity: range.count) { scratch in
      let stored = _read(rows, range, scratch.baseAddress!)
      if rows.rows.nullCount == 0 {
        for place in 0..<range.count { values.append(stored[place]) }
      } else {
        for (place, row) in range.enumerated() {
          values.append(rows.rows.hasValue(row) ? stored[place] : nil)
        }
      }
    }
  }

  public static func _column(_ name: String, of values: [Self?]) throws(FrameError) -> Column {
    _column(name, nullable: values)
  }

  public static func _column(_ name: String, nullable values: [Self?]) -> Column {
    let buffer = Buffer(uninitializedByteCount: values.count * MemoryLayout<Self>.stride)
    let target = buffer.pointer(as: Self.self)
    let nullCount = values.count { $0 == nil }
    let validity = nullCount > 0 ? Buffer(zeroedByteCount: (values.count + 7) / 8) : nil
    let bits = validity?.pointer(as: UInt8.self)
    for (row, value) in values.enumerated() {
      guard let value else {
        memset(target + row, 0, MemoryLayout<Self>.stride)
        continue
      }
      target[row] = value
      bits?[row >> 3] |= 1 << UInt8(row & 7)
    }
    return _column(
      name, buffer,
      ElementNulls(rowCount: values.count, nullCount: nullCount, validity: validity))
  }

  public static func _column(_ name: String, values: [Self]) -> Column {
    let buffer = Buffer(uninitializedByteCount: values.count * MemoryLayout<Self>.stride)
    values.withUnsafeBytes { bytes in
      if let start = bytes.baseAddress { memcpy(buffer.base, start, bytes.count) }
    }
    return _column(
      name, buffer, ElementNulls(rowCount: values.count, nullCount: 0, validity: nil))
  }
}

extension String: ColumnValue {
  public static func _holdsAll(_ rows: ElementRows) -> Bool { rows.texts != nil }

  public static func _value(_ rows: ElementRows, _ row: Int) -> String {
    if let words = rows.words, case .indexed(let codes, _, _) = rows.rows.view {
      return words[codes.code(at: row)]
    }
    return rows.texts?.withText(row) { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  public static func _append(
    _ rows: ElementRows, _ range: Range<Int>, to values: inout [String?]
  ) {
    if let words = rows.words, case .indexed(let codes, _, _) = rows.rows.view {
      for row in range {
        values.append(rows.rows.hasValue(row) ? words[codes.code(at: row)] : nil)
      }
      return
    }
    rows.texts?.forEach(range) { row, text in
      values.append(rows.rows.hasValue(row) ? String(decoding: text, as: UTF8.self) : nil)
    }
  }

  public static func _column(_ name: String, of values: [String?]) -> Column {
    Column(name, strings: values)
  }
}

extension Column {
  /// A column of these values, `nil` for null, in a plain layout: whole numbers as wide as `Value`,
  /// text as a dictionary where that is smaller. A plan makes it lean.
  public init<Value: ColumnElement>(_ name: String, _ values: [Value?]) {
    self = Value._column(name, nullable: values)
  }

  /// A column of these values, none of them null.
  public init<Value: ColumnElement>(_ name: String, _ values: [Value]) {
    self = Value._column(name, values: values)
  }

  /// A column of texts, `nil` for null.
  public init(_ name: String, _ values: [String?]) { self.init(name, strings: values) }

  /// A column of texts, none of them null.
  public init(_ name: String, _ values: [String]) { self.init(name, strings: values) }

  /// A column of these values, `nil` for null.
  ///
  /// - Throws: `FrameError` for a value that no column holds: a date beyond all years, a decimal of
  ///   more than 18 digits.
  public init<Value: ColumnValue>(_ name: String, _ values: [Value?]) throws(FrameError) {
    self = try Value._column(name, of: values)
  }

  /// A column of these values, none of them null.
  ///
  /// - Throws: `FrameError` for a value that no column holds.
  public init<Value: ColumnValue>(_ name: String, _ values: [Value]) throws(FrameError) {
    self = try Value._column(name, of: values)
  }
}

/// For conformances elsewhere in the package.
extension ElementRows {
  package var type: LogicalType { rows.type }

  /// The stored integer of a row, in the unit of the type.
  package func integer(at row: Int) -> Int128 { integers?.value(at: row) ?? 0 }

  package func isNull(_ row: Int) -> Bool { !rows.hasValue(row) }

  /// Whether some stored integer may lie past 2^63 − 1.
  package var hasUnsignedIntegers: Bool { integers?.isUnsigned ?? false }

  /// Calls `body` with the stored integer of each row in turn, `nil` where it is null. The column holds
  /// integers of 64 bits with a sign.
  @inline(__always)
  package func forEachInteger(_ range: Range<Int>, _ body: (Int64?) -> Void) {
    rows.forEachBlock(of: Int64.self, in: range) { block, scratch in
      let integers = Int64._read(self, block, scratch)
      for (place, row) in block.enumerated() {
        body(rows.hasValue(row) ? integers[place] : nil)
      }
    }
  }
}
