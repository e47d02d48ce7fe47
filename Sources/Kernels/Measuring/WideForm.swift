import Columnar

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

  /// The first rows in wide form: not more than `rowLimit` of them, nor than fit `byteLimit`.
  static func make(_ rows: ColumnRows, rowLimit: Int, byteLimit: Int) -> ColumnRows {
    switch rows.type.domain {
    case .integer:
      let isBoolean = rows.type == .boolean
      let rows = rows.prefix(min(rowLimit, max(64, byteLimit / (isBoolean ? 9 : 8))))
      let values = Buffer(uninitializedByteCount: rows.count * 8)
      let integers = values.pointer(as: Int64.self)
      rows.view.decodeIntegers(count: rows.count, to: integers)
      if isBoolean {
        let bytes = Buffer(uninitializedByteCount: rows.count)
        let booleans = bytes.pointer(as: Int8.self)
        for row in 0..<rows.count { booleans[row] = Int8(truncatingIfNeeded: integers[row]) }
        return rows.rows(as: .plain(.int8(booleans)), in: [bytes])
      }
      // Past 2^63 − 1 the bits are those of a number without sign.
      let isUnsigned = exceedsInt64(rows)
      return rows.rows(
        as: .plain(isUnsigned ? .uint64(values.pointer(as: UInt64.self)) : .int64(integers)),
        in: [values])
    case .float:
      let rows = rows.prefix(min(rowLimit, max(64, byteLimit / 8)))
      let values = Buffer(uninitializedByteCount: rows.count * 8)
      rows.view.decodeFloats(count: rows.count, to: values.pointer(as: Double.self))
      return rows.rows(as: .plain(.float64(values.pointer(as: Double.self))), in: [values])
    case .bytes: return makeText(rows.prefix(rowLimit), byteLimit: byteLimit)
    }
  }

  private static func exceedsInt64(_ rows: ColumnRows) -> Bool {
    guard rows.valueCount > 0, case .ends(let ends)? = try? MinMax()(rows).answer,
      case .integer(let maximum)? = ends?.maximum
    else { return false }
    return maximum > Int64.max
  }

  private static func makeText(_ rows: ColumnRows, byteLimit: Int) -> ColumnRows {
    let texts = WrittenTexts(rows)
    var byteCount = 0
    var count = 0
    while count < rows.count {
      let length = rows.hasValue(count) ? texts.length(at: count) : 0
      if byteCount + length + (count + 2) * 4 > byteLimit, count >= 64 { break }
      byteCount += length
      count += 1
    }
    let rows = rows.prefix(count)
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
    return rows.rows(as: .plain(.utf8(bytes: bytes, offsets: starts)), in: [values, offsets])
  }
}

/// The texts of a view, written out: those of a dictionary once, not once a row.
private struct WrittenTexts {
  private enum Source {
    case codes(PlainValues)
    case constant
    case fixed(UnsafePointer<UInt8>, width: Int, form: FixedForm)
    case view(ColumnView)
  }

  private let source: Source
  private var bytes: [UInt8] = []
  private var ends: [Int] = [0]

  init(_ rows: ColumnRows) {
    switch rows.view {
    case .indexed(let codes, let dictionary, let count):
      source = .codes(codes)
      for code in 0..<count {
        dictionary.appendText(row: code, to: &bytes)
        ends.append(bytes.count)
      }
    case .constant(let value):
      source = .constant
      value?.appendText(row: 0, to: &bytes)
      ends.append(bytes.count)
    case .plain(.fixed(let bytes, let width, .text)):
      source = .fixed(bytes, width: width, form: .text)
    default: source = .view(rows.view)
    }
  }

  func length(at row: Int) -> Int {
    switch source {
    case .codes(let codes):
      let code = codes.code(at: row)
      return ends[code + 1] - ends[code]
    case .constant: return bytes.count
    case .fixed(_, let width, _): return width
    case .view(let view): return view.text(at: row).count
    }
  }

  /// Writes the text of a row; returns its length.
  func write(_ row: Int, to target: UnsafeMutablePointer<UInt8>) -> Int {
    switch source {
    case .codes(let codes):
      let code = codes.code(at: row)
      return copy(bytes[ends[code]..<ends[code + 1]], to: target)
    case .constant: return copy(bytes[...], to: target)
    case .fixed(let bytes, let width, _):
      target.update(from: bytes + row * width, count: width)
      return width
    case .view(let view): return copy(view.text(at: row)[...], to: target)
    }
  }

  private func copy(_ bytes: ArraySlice<UInt8>, to target: UnsafeMutablePointer<UInt8>) -> Int {
    bytes.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { target.update(from: start, count: source.count) }
    }
    return bytes.count
  }
}
