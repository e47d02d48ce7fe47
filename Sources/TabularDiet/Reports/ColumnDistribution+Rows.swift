package import Columnar
package import DietReport
import Kernels

extension ColumnDistribution {
  /// As many bars has a histogram at the most.
  private static let barCount = 24
  /// As many words are told at the most.
  private static let wordCount = 8

  /// What the rows of `column` show.
  package init(of column: Column) {
    self.init()
    countNulls(of: column)
    guard column.nullCount < column.count else { return }
    switch column.type.domain {
    case .integer: countIntegers(of: column)
    case .float: countFloats(of: column)
    case .bytes:
      // What is as long in every row tells nothing by its length.
      guard column.type == .string else { return }
      countLengths(of: column)
      countWords(of: column)
    }
  }

  private mutating func countNulls(of column: Column) {
    guard column.nullCount > 0 else { return }
    var counts = [Int](repeating: 0, count: min(Self.barCount, column.count))
    for row in 0..<column.count where column.isNull(row) {
      counts[row * counts.count / column.count] += 1
    }
    nulls = counts
  }

  private mutating func countIntegers(of column: Column) {
    guard let rows = IntegerRows(column.view) else { return }
    var range: (low: Int128, high: Int128)?
    for row in 0..<column.count where !column.isNull(row) {
      let value = rows.wideValue(at: row)
      range = range.map { (min($0.low, value), max($0.high, value)) } ?? (value, value)
    }
    guard let range else { return }
    let span = range.high - range.low + 1
    let step = Self.step(of: span)
    var counts = [Int](repeating: 0, count: Int((span + step - 1) / step))
    for row in 0..<column.count where !column.isNull(row) {
      counts[Int((rows.wideValue(at: row) - range.low) / step)] += 1
    }
    let texts = [range.low, range.high].map { Self.text($0, of: column.type) }
    values = Histogram(low: texts[0], high: texts[1], counts: counts)
  }

  /// Few values have a bar each. Of more, as many are in each bar, and in the last one as nearly so as can be:
  /// one that holds fewer looks rarer than it is.
  private static func step(of span: Int128) -> Int128 {
    if span <= 64 { return 1 }
    let bars = Int128(barCount)
    let steps = max(1, span / (bars + bars / 3))...(span / (bars * 2 / 3))
    // Beyond some values a bar, what is missing in the last one is not seen.
    if steps.upperBound > 1000 { return (span + bars - 1) / bars }
    func missing(_ step: Int128) -> Double {
      Double((step - span % step) % step) / Double(step)
    }
    return steps.min { missing($0) < missing($1) } ?? 1
  }

  private static func text(_ value: Int128, of type: LogicalType) -> String {
    if type == .boolean { return value == 0 ? "false" : "true" }
    guard let value = Int64(exactly: value) else { return "\(value)" }
    return ColumnProfile(name: "", type: type, rowCount: 0, nullCount: 0).canonicalText(value)
  }

  private mutating func countFloats(of column: Column) {
    guard let rows = FloatRows(column.view) else { return }
    var range: (low: Double, high: Double)?
    for row in 0..<column.count where !column.isNull(row) {
      let value = rows.value(at: row)
      guard value.isFinite else { continue }
      range = range.map { (min($0.low, value), max($0.high, value)) } ?? (value, value)
    }
    guard let range else { return }
    let width = range.high / 2 - range.low / 2
    var counts = [Int](repeating: 0, count: width > 0 ? Self.barCount : 1)
    for row in 0..<column.count where !column.isNull(row) {
      let value = rows.value(at: row)
      guard value.isFinite else { continue }
      // Halves: the whole may be beyond what a Double holds.
      let share = width > 0 ? (value / 2 - range.low / 2) / width : 0
      counts[min(Int(share * Double(counts.count)), counts.count - 1)] += 1
    }
    values = Histogram(low: "\(range.low)", high: "\(range.high)", counts: counts)
  }

  private mutating func countLengths(of column: Column) {
    guard let rows = TextRows(column.view) else { return }
    var range: (low: Int, high: Int)?
    rows.forEach(0..<column.count) { row, text in
      guard !column.isNull(row) else { return }
      let length = text.count
      range = range.map { (min($0.low, length), max($0.high, length)) } ?? (length, length)
    }
    guard let range, range.low < range.high else { return }
    let step = (range.high - range.low) / Self.barCount + 1
    var counts = [Int](repeating: 0, count: (range.high - range.low) / step + 1)
    rows.forEach(0..<column.count) { row, text in
      if !column.isNull(row) { counts[(text.count - range.low) / step] += 1 }
    }
    lengths = Histogram(low: "\(range.low)", high: "\(range.high)", counts: counts)
  }

  /// Where values are codes of a dictionary, that is counted by code.
  private mutating func countWords(of column: Column) {
    guard case .indexed(let codes, let dictionary, let count) = column.view,
      let texts = TextRows(dictionary)
    else { return }
    var counts = [Int](repeating: 0, count: count)
    for row in 0..<column.count where !column.isNull(row) {
      counts[Int(codes.integer(at: row))] += 1
    }
    let frequent = counts.indices.sorted {
      counts[$0] == counts[$1] ? $0 < $1 : counts[$0] > counts[$1]
    }
    let shown = frequent.prefix(Self.wordCount).filter { counts[$0] > 0 }
    words = shown.map { code in
      Word(
        text: texts.withText(at: code) { String(decoding: $0.prefix(200), as: UTF8.self) },
        count: counts[code])
    }
    otherWordCount = column.count - column.nullCount - words.reduce(0) { $0 + $1.count }
  }
}

extension FirstRows {
  /// As many rows and columns are shown.
  private static let limits = (rows: 10, columns: 40)

  /// The first rows of `frame`, of its first columns.
  package init(of frame: DataFrame) {
    let columns = frame.columns.prefix(Self.limits.columns)
    let texts = columns.map(ValueText.init)
    let rows = min(frame.rowCount, Self.limits.rows)
    self.init(
      names: columns.map(\.name),
      areNumbers: columns.map {
        switch $0.type {
        case .integer, .decimal, .float: true
        default: false
        }
      },
      cells: (0..<rows).map { row in
        texts.map { $0.text(row: row).map { String(decoding: $0.prefix(400), as: UTF8.self) } }
      }, rowCount: frame.rowCount, columnCount: frame.columns.count)
  }
}
