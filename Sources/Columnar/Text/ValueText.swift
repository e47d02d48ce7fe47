/// The canonical text of a column's values, the same for every layout.
///
/// Integers in decimal digits; decimals with all digits of their scale (`12.30`); floats as the
/// shortest digits that read back (`nan`, `inf`); `true` and `false`; dates as `2024-02-29`; times
/// as `23:59:59.5`, spans of time as `36:15:00`, timestamps as `2024-02-29T23:59:59.5`, with `Z` where they are instants,
/// fractions without zeros at the end; UUIDs, addresses and text as they were read.
package struct ValueText {
  @usableFromInline enum Source {
    case none
    case integers(IntegerRows)
    case floats(FloatRows)
    case text(TextRows)
  }

  private let type: LogicalType
  @usableFromInline let source: Source
  @usableFromInline let nulls: ArrowNulls
  @usableFromInline let isAllNull: Bool
  /// Keeps the memory that the source points to.
  private let column: Column?

  /// The text of the values of `column`.
  package init(_ column: Column) {
    self.init(
      type: column.type, view: column.view, nulls: ArrowNulls(column),
      isAllNull: column.nullCount == column.count, column: column)
  }

  /// The text of the values of `view`, whose memory must live as long as this.
  package init(type: LogicalType, view: ColumnView) {
    let noNulls = ArrowNulls(validity: nil)
    self.init(type: type, view: view, nulls: noNulls, isAllNull: false, column: nil)
  }

  private init(
    type: LogicalType, view: ColumnView, nulls: ArrowNulls, isAllNull: Bool, column: Column?
  ) {
    self.type = type
    self.isAllNull = isAllNull
    self.column = column
    self.nulls = nulls
    switch type.domain {
    case .integer: source = IntegerRows(view).map { .integers($0) } ?? .none
    case .float: source = FloatRows(view).map { .floats($0) } ?? .none
    case .bytes: source = TextRows(view).map { .text($0) } ?? .none
    }
  }

  /// Appends the text of the value in row `row`; false, and nothing appended, where it is null.
  package func append(row: Int, to output: inout [UInt8]) -> Bool {
    if isAllNull || nulls.isNull(row) { return false }
    switch source {
    case .none: return false
    case .integers(let rows): append(rows.value(at: row), rows.isUnsigned, to: &output)
    case .floats(let rows): output.append(contentsOf: renderedFloat(rows.value(at: row)).utf8)
    case .text(let rows): rows.withText(at: row) { output.append(contentsOf: $0) }
    }
    return true
  }

  /// Appends the text of each of `rows`, and calls `finish` with where it starts. Dispatch is once
  /// for all rows.
  @inlinable @inline(__always)
  package func append(
    _ rows: Range<Int>, to output: inout [UInt8],
    finish: (_ start: Int, _ isNull: Bool, _ output: inout [UInt8]) -> Void
  ) {
    @inline(__always) func forEach(_ append: (Int, inout [UInt8]) -> Void) {
      for row in rows {
        let start = output.count
        let isNull = isAllNull || nulls.isNull(row)
        if !isNull { append(row, &output) }
        finish(start, isNull, &output)
      }
    }
    switch source {
    case .none: for _ in rows { finish(output.count, true, &output) }
    case .integers(let values):
      forEach { append(values.value(at: $0), values.isUnsigned, to: &$1) }
    case .floats(let values):
      forEach { $1.append(contentsOf: renderedFloat(values.value(at: $0)).utf8) }
    case .text(let values):
      values.forEach(rows) { row, text in
        let start = output.count
        let isNull = isAllNull || nulls.isNull(row)
        if !isNull { output.append(contentsOf: text) }
        finish(start, isNull, &output)
      }
    }
  }

  /// The text of the value in row `row`; `nil` where it is null.
  package func text(row: Int) -> [UInt8]? {
    var output: [UInt8] = []
    return append(row: row, to: &output) ? output : nil
  }

  @usableFromInline func append(_ value: Int64, _ isUnsigned: Bool, to output: inout [UInt8]) {
    switch type {
    case .boolean: output.append(contentsOf: (value != 0 ? "true" : "false").utf8)
    case .decimal(let scale): output.append(decimal: value, scale: scale)
    case .date: output.append(day: value)
    case .time(let unit), .duration(let unit): output.append(timeOfDay: value, unit)
    case .timestamp(let unit, let zone):
      let perDay = 86_400 * unit.perSecond
      // Rounded down: the day of an instant before 1970 begins before it.
      let day = value >= 0 ? value / perDay : (value + 1) / perDay - 1
      output.append(day: day)
      output.append(UInt8(ascii: "T"))
      // Modulo 2^64: the start of the first day lies before the first nanosecond that there is.
      output.append(timeOfDay: value &- day &* perDay, unit)
      if zone != nil { output.append(UInt8(ascii: "Z")) }
    default:
      if !isUnsigned, value < 0 { output.append(UInt8(ascii: "-")) }
      let magnitude = isUnsigned ? UInt64(bitPattern: value) : value.magnitude
      output.append(digits: magnitude, atLeast: 1)
    }
  }
}

extension [UInt8] {
  /// Appends a number, with zeros before it where it has fewer than `count` digits.
  @inline(__always)
  fileprivate mutating func append(digits number: UInt64, atLeast count: Int) {
    if number < 10, count <= 1 { return append(UInt8(ascii: "0") + UInt8(number)) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Swift.max(20, count)) { digits in
      var first = digits.count
      var rest = number
      while rest > 0 || digits.count - first < count {
        first -= 1
        digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      }
      append(contentsOf: UnsafeBufferPointer(rebasing: digits[first...]))
    }
  }

  fileprivate mutating func append(decimal value: Int64, scale: Int) {
    if value < 0 { append(UInt8(ascii: "-")) }
    guard scale > 0 else { return append(digits: value.magnitude, atLeast: 1) }
    // Past 19 digits there is nothing before the point.
    let power: UInt64 = scale < 20 ? (0..<scale).reduce(1) { power, _ in power &* 10 } : 0
    append(digits: power == 0 ? 0 : value.magnitude / power, atLeast: 1)
    append(UInt8(ascii: "."))
    append(digits: power == 0 ? value.magnitude : value.magnitude % power, atLeast: scale)
  }

  fileprivate mutating func append(day: Int64) {
    let (year, month, day) = CalendarDay.components(day)
    if year < 0 { append(UInt8(ascii: "-")) }
    append(digits: UInt64(year.magnitude), atLeast: 4)
    append(UInt8(ascii: "-"))
    append(digits: UInt64(month), atLeast: 2)
    append(UInt8(ascii: "-"))
    append(digits: UInt64(day), atLeast: 2)
  }

  /// - Parameter value: Units since midnight.
  fileprivate mutating func append(timeOfDay value: Int64, _ unit: TimeUnit) {
    if value < 0 { append(UInt8(ascii: "-")) }
    let perSecond = UInt64(unit.perSecond)
    let seconds = value.magnitude / perSecond
    append(digits: seconds / 3600, atLeast: 2)
    append(UInt8(ascii: ":"))
    append(digits: seconds / 60 % 60, atLeast: 2)
    append(UInt8(ascii: ":"))
    append(digits: seconds % 60, atLeast: 2)
    let fraction = value.magnitude % perSecond
    if fraction == 0 { return }
    append(UInt8(ascii: "."))
    append(digits: fraction, atLeast: unit.fractionDigits)
    while last == UInt8(ascii: "0") { removeLast() }
  }
}
