import Columnar
import Kernels

/// The form in which a user would otherwise hold a column, for the same reductions to read.
///
/// Integers, decimals, dates and times are int64, floats float64, booleans a byte, text is UTF-8
/// with 32-bit offsets. Nulls are the lean column's bitmap: both sides pay for it alike.
enum WideForm {
  /// Whether the rows have that form already.
  static func isForm(of rows: ColumnRows) -> Bool {
    switch rows.view {
    case .plain(.int64), .plain(.uint64), .plain(.float64), .plain(.utf8): true
    default: false
    }
  }

  /// The bytes that the rows take in wide form, without nulls' bitmap.
  static func byteCount(_ rows: ColumnRows) -> Int {
    switch rows.type.domain {
    case .integer: return rows.count * (rows.type == .boolean ? 1 : 8)
    case .float: return rows.count * 8
    case .bytes:
      let texts = StoredTexts(rows)
      return (0..<rows.count).reduce((rows.count + 1) * 4) { count, row in
        count + (rows.hasValue(row) ? texts.length(at: row) : 0)
      }
    }
  }

  /// The first rows in wide form: not more than `rowLimit` of them, nor than fit `byteLimit`.
  static func make(_ column: Column, rowLimit: Int, byteLimit: Int) -> Column {
    let width = column.type == .boolean ? 9 : 8
    switch column.type.domain {
    case .integer:
      let rows = ColumnRows(column.prefix(min(rowLimit, max(64, byteLimit / width))))
      let values = Buffer(uninitializedByteCount: rows.count * 8)
      let integers = values.pointer(as: Int64.self)
      rows.view.integers.copy(0..<rows.count, to: integers)
      guard column.type == .boolean else {
        // Past 2^63 − 1 the bits are those of a number without sign.
        return wide(
          column, rows,
          Layout(encoding: "integer", width: 8, isUnsigned: exceedsInt64(rows) ? true : nil), values
        )
      }
      let bytes = Buffer(uninitializedByteCount: rows.count)
      let booleans = bytes.pointer(as: Int8.self)
      for row in 0..<rows.count { booleans[row] = Int8(truncatingIfNeeded: integers[row]) }
      return wide(column, rows, Layout(encoding: "integer", width: 1), bytes)
    case .float:
      let rows = ColumnRows(column.prefix(min(rowLimit, max(64, byteLimit / width))))
      let values = Buffer(uninitializedByteCount: rows.count * 8)
      rows.view.floats.copy(0..<rows.count, to: values.pointer(as: Double.self))
      return wide(column, rows, Layout(encoding: "float", width: 8), values)
    case .bytes: return makeText(column.prefix(rowLimit), byteLimit: byteLimit)
    }
  }

  private static func wide(
    _ column: Column, _ rows: ColumnRows, _ layout: Layout, _ values: Buffer,
    _ offsets: Buffer? = nil
  ) -> Column {
    Column(
      name: column.name, type: column.type, layout: layout, count: rows.count,
      nullCount: rows.nullCount, validity: rows.nullCount == 0 ? nil : column.validity?.bits,
      values: values, offsets: offsets)
  }

  private static func exceedsInt64(_ rows: ColumnRows) -> Bool {
    guard rows.valueCount > 0, case .minMax(let ends)? = try? MinMax()(rows).answer,
      case .integer(let maximum)? = ends?.maximum
    else { return false }
    return maximum > Int64.max
  }

  private static func makeText(_ column: Column, byteLimit: Int) -> Column {
    let all = ColumnRows(column)
    let texts = StoredTexts(all)
    var byteCount = 0
    var count = 0
    while count < all.count {
      let length = all.hasValue(count) ? texts.length(at: count) : 0
      if byteCount + length + (count + 2) * 4 > byteLimit, count >= 64 { break }
      byteCount += length
      count += 1
    }
    let rows = all.prefix(count)
    let values = Buffer(uninitializedByteCount: byteCount)
    let offsets = Buffer(uninitializedByteCount: (rows.count + 1) * 4)
    let bytes = values.pointer(as: UInt8.self)
    let starts = offsets.pointer(as: UInt32.self)
    var position = 0
    for row in 0..<rows.count {
      starts[row] = UInt32(position)
      if rows.hasValue(row) { position += texts.write(row, to: bytes + position) }
    }
    starts[rows.count] = UInt32(position)
    return wide(column, rows, Layout(encoding: "utf8"), values, offsets)
  }
}
