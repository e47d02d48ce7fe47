public import Columnar
import Platform

extension DataFrame {
  /// Columns put one below the other: a row for each row and each column that is not kept, with the
  /// column's name and its value. As `melt` in pandas and `unpivot` in polars; columns come one after
  /// the other, rows in their order within each.
  ///
  /// - Parameters:
  ///   - kept: The columns that stand beside every value.
  ///   - variable: The name of the column with the names.
  ///   - value: The name of the column with the values.
  /// Whole numbers and decimals beside floats become floats, each exactly.
  ///
  /// - Throws: `FrameError` for a name that no column has, where the others differ in type, where a number is no
  ///   float, where two columns would have one name, and for more rows or text than a column holds.
  public func melted(
    keeping kept: [String], variable: String = "variable", value: String = "value"
  ) throws(FrameError) -> DataFrame {
    let ids = try selecting(kept)
    let others = try Self.alike(columns.filter { !kept.contains($0.name) })
    let count = rowCount * others.count
    guard count < Int(noRow) else { throw .tooManyRows(count) }
    if let name = Self.doubledName(in: kept + [variable, value]) { throw .twice(name) }
    var answer: [Column] = []
    for id in ids.columns { answer.append(try id.repeating(0..<rowCount, times: others.count)) }
    answer.append(Column(variable, repeating: others.map(\.name), rowCount: rowCount))
    answer.append(
      others.isEmpty
        ? .nulls(value, .null, count: 0) : try Column(concatenating: others).renamed(value))
    return DataFrame(answer, rowCount: count)
  }

  /// Numbers as floats where floats are among them.
  private static func alike(_ columns: [Column]) throws(FrameError) -> [Column] {
    let isNumber = { (type: LogicalType) in
      switch type {
      case .integer, .decimal, .float, .null: true
      default: false
      }
    }
    guard columns.contains(where: { $0.type == .float }),
      columns.allSatisfy({ isNumber($0.type) })
    else { return columns }
    var floats: [Column] = []
    for column in columns { floats.append(try column.cast(to: .float)) }
    return floats
  }

  /// A row for each combination of values in the columns `rows`, and a column for each value of the
  /// column `columns`, with an answer for the rows that have both: nulls where none has.
  ///
  ///     try flights.pivoted(rows: ["carrier"], columns: "month", values: .mean("dep_delay"))
  ///
  /// Rows and columns are in the order of their values. A column is named as its value is written out,
  /// `null` where there is none.
  ///
  /// - Throws: `GroupingError` for columns that there are not, or whose values have no such answer, and
  ///   where two columns would have one name.
  public func pivoted(
    rows names: [String], columns name: String, values aggregation: Aggregation
  ) throws(GroupingError) -> DataFrame {
    let answers = try grouped(by: names + [name]).aggregated(aggregation.named("\u{0}"))
    let frame = DataFrame(Array(answers.columns.dropLast()), rowCount: answers.rowCount)
    let (rows, heads) = (try frame.places(of: names), try frame.places(of: [name]))
    var sources = [[UInt32]](
      repeating: [UInt32](repeating: noRow, count: rows.firsts.count), count: heads.firsts.count)
    for row in 0..<frame.rowCount { sources[heads.numbers[row]][rows.numbers[row]] = UInt32(row) }
    var pivoted = try frame.columns(named: names).map { $0.taking(rowNumbers: rows.firsts) }
    let texts = ValueText(try frame.columns(named: [name])[0])
    for (head, first) in heads.firsts.enumerated() {
      let title =
        texts.text(row: Int(first)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
      guard let column = answers.columns.last else { continue }
      pivoted.append(column.taking(rowNumbers: sources[head]).renamed(title))
    }
    if let name = DataFrame.doubledName(in: pivoted.map(\.name)) {
      throw GroupingError(.columnTwice, column: name)
    }
    return DataFrame(pivoted, rowCount: rows.firsts.count)
  }

  /// The number of each row's values among all in their order, and a row that has them.
  private func places(
    of names: [String]
  ) throws(GroupingError) -> (numbers: [Int], firsts: [UInt32]) {
    let groups = try grouped(by: names)
    let (rows, starts) = groups.index.sortedRows()
    var numbers = [Int](repeating: 0, count: rowCount)
    var firsts: [UInt32] = []
    for slot in groups.slots {
      let members = rows[starts[slot]..<starts[slot + 1]]
      for row in members { numbers[Int(row)] = firsts.count }
      if let first = members.first { firsts.append(first) }
    }
    return (numbers, firsts)
  }
}

extension Column {
  /// Each of these texts in `rowCount` rows, one after the other, as codes of their dictionary.
  fileprivate init(_ name: String, repeating texts: [String], rowCount: Int) {
    let words = Set(texts.map { Array($0.utf8) }).sorted { $0.lexicographicallyPrecedes($1) }
    let count = texts.count * rowCount
    guard count > 0 else {
      self = .nulls(name, .string, count: 0)
      return
    }
    let width = words.count <= 1 << 8 ? 1 : words.count <= 1 << 16 ? 2 : 4
    let buffer = Buffer(uninitializedByteCount: count * width)
    for (place, text) in texts.enumerated() {
      let code = words.firstIndex(of: Array(text.utf8)) ?? 0
      let start = buffer.base + place * rowCount * width
      switch width {
      case 1: memset(start, Int32(code), rowCount)
      case 2:
        start.assumingMemoryBound(to: UInt16.self).update(
          repeating: UInt16(code), count: rowCount)
      default:
        start.assumingMemoryBound(to: UInt32.self).update(
          repeating: UInt32(code), count: rowCount)
      }
    }
    self.init(
      name: name, type: .string,
      layout: Layout(
        encoding: "dictionary", width: width, isUnsigned: true, values: Layout(encoding: "utf8")),
      count: count, nullCount: 0, validity: nil, values: buffer,
      dictionary: Column(words: words, name, .string))
  }
}
