/// A column of the law that parts of one plan have one schema.
struct PlannedColumnKind: Sendable {
  let name: String
  /// What the column has in the month that the plan is made of, row by row.
  let value: @Sendable (Int) -> String

  init(_ name: String, _ value: @escaping @Sendable (Int) -> String) {
    self.name = name
    self.value = value
  }

  private static let towns = ["Bergen", "Oslo", "Rome"]

  /// One of each kind; a new kind is a line.
  static let all: [PlannedColumnKind] = [
    .init("integer") { "\($0 % 90)" },
    .init("integer with nulls") { $0 % 7 == 0 ? "" : "\($0 * 300)" },
    .init("large") { "\(9_223_372_036_854_775_900 as UInt64 + UInt64($0))" },
    .init("sequence") { "\($0)" },
    .init("constant") { _ in "17" },
    .init("boolean") { $0 % 3 == 0 ? "true" : "false" },
    .init("constant boolean") { _ in "true" },
    .init("price") { "\($0 % 5).\($0 % 10)5" },
    .init("amount") { "\($0 + 9_000_000_000).25" },
    .init("long decimal") { "1234567890123\($0 % 9).25" },
    .init("float") { "\($0).5e-\($0 % 9)" },
    .init("odd float") { $0 % 9 == 0 ? "nan" : $0 % 9 == 1 ? "-0.0" : "\($0).5e-3" },
    .init("day") { "2024-02-0\(1 + $0 % 9)" },
    .init("time") { "12:00:\(10 + $0 % 50)" },
    .init("instant") { "2024-02-03 12:00:\(10 + $0 % 50).250" },
    .init("zoned") { "2024-02-03T12:00:\(10 + $0 % 50)Z" },
    .init("town") { towns[$0 % 3] },
    .init("letter") { ["N", "Y"][$0 % 2] },
    .init("constant text") { _ in "EUR" },
    .init("free text") { "line \($0 * 7919) of it" },
    .init("uuid") { "6ba7b810-9dad-11d1-80b4-00c04fd430\(10 + $0 % 80)" },
    .init("address") { "10.0.0.\($0 % 200)" },
  ]
}

/// A month beside the first: other rows of the same columns.
struct PlannedMonth: Sendable, CustomStringConvertible {
  let description: String
  let rowCount: Int
  let value: @Sendable (PlannedColumnKind, Int) -> String

  init(
    _ description: String, rows rowCount: Int,
    _ value: @escaping @Sendable (PlannedColumnKind, Int) -> String
  ) {
    self.description = description
    self.rowCount = rowCount
    self.value = value
  }

  static let first = PlannedMonth("first", rows: 300) { $0.value($1) }

  /// A new month is a line.
  static let others: [PlannedMonth] = [
    .init("the header alone", rows: 0) { _, _ in "" },
    .init("one row", rows: 1) { $0.value($1) },
    .init("one row of nulls", rows: 1) { _, _ in "" },
    .init("nulls alone", rows: 70) { _, _ in "" },
    .init("some nulls", rows: 300) { $1 % 3 == 0 ? "" : $0.value($1) },
    .init("no nulls", rows: 300) { $0.value($1 % 7 == 0 ? 1 : $1) },
    .init("one value", rows: 300) { kind, _ in kind.value(1) },
    .init("fewer values", rows: 300) { $0.value($1 % 2) },
    .init("new words", rows: 300) { kind, row in
      ["town", "letter", "constant text"].contains(kind.name) && row % 2 == 0
        ? "new \(row % 100)" : kind.value(row)
    },
    .init("more rows", rows: 66_000) { $0.value($1 % 300) },
  ]

  var csv: String {
    var text = PlannedColumnKind.all.map(\.name).joined(separator: ",") + "\n"
    for row in 0..<rowCount {
      text += PlannedColumnKind.all.map { value($0, row) }.joined(separator: ",") + "\n"
    }
    return text
  }
}
