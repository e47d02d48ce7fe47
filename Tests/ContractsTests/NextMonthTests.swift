import Contracts
import FileIO
import Options
import TabularDiet
import Testing

/// What the next month's file may look like, and what the gate says of it.
@Suite struct NextMonthTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var before: String
    var after: String
    /// Those that are denied, and those that are warned of.
    var denied: [FindingCode] = []
    var warned: [FindingCode] = []
    /// The first line of the first finding.
    var line: Int?

    init(
      _ description: String, _ before: String, _ after: String, denied: [FindingCode] = [],
      warned: [FindingCode] = [], line: Int? = nil
    ) {
      (testDescription, self.before, self.after) = (description, before, after)
      (self.denied, self.warned, self.line) = (denied, warned, line)
    }
  }

  private static func table(
    _ names: String, rows: Int = 200, _ row: (Int) -> String
  ) -> String {
    names + "\n" + (0..<rows).map { row($0) + "\n" }.joined()
  }

  private static let notes = table("n,note") { "\($0),\"text \($0)\"" }
  private static let zips = table("n,zip") { "\($0),\(String("0\(2477 + $0 * 37)".suffix(5)))" }

  static let cases: [Case] = [
    Case("line ends within quotes", notes, notes + "201,\"one\r\ntwo\"\n"),
    Case(
      "an open quote", table("id,n,note") { "\($0),\($0),\"text \($0)\"" },
      table("id,n,note") {
        $0 == 50
          ? "50,50,\"open"
          : 50..<80 ~= $0 ? "\($0),\($0),text" : "\($0),\($0),\"text \($0)\""
      }, denied: [.recordsOdd, .recordsOdd], line: 52),
    Case(
      "lines above the table", table("n,price") { "\($0),\($0).25" },
      "Report\nby SAP\n\n" + table("n,price") { "\($0),\($0).25" }, denied: [.recordsOdd]),
    Case(
      "another order of days and months",
      table("n,d") { "\($0),\($0 % 28 + 1 < 10 ? "0" : "")\($0 % 28 + 1).02.2026" },
      table("n,d") { "\($0),03.\($0 % 28 + 1 < 10 ? "0" : "")\($0 % 28 + 1).2026" },
      denied: [.dialectChanged]),
    Case(
      "all missing where few were", table("n,v") { "\($0),\($0 == 7 ? "" : "\($0 * 3)")" },
      table("n,v") { "\($0)," }, denied: [.valuesVanished], line: 2),
    Case(
      "most missing where few were", table("n,v") { "\($0),\($0 == 7 ? "" : "\($0 * 3)")" },
      table("n,v") { "\($0),\($0 % 4 > 0 ? "" : "\($0 * 3)")" }, warned: [.nullsGrew], line: 3),
    Case(
      "a column that was mostly missing", table("n,v") { "\($0),\($0 == 7 ? "x" : "")" },
      table("n,v") { "\($0)," }),
    Case(
      "zeros in front are lost", zips,
      table("n,zip") { "\($0),\(2477 + $0 * 37)" }, denied: [.typeChanged], line: 2),
    Case("no code begins with a zero", zips, table("n,zip") { "\($0),\(24771 + $0 * 37)" }),
    Case(
      "a constant", table("n,c") { "\($0),EUR" },
      table("n,c") { "\($0),\($0 == 0 ? "USD" : "EUR")" },
      denied: [.constantVaries], line: 2),
    Case(
      "a flag", table("n,c") { "\($0),N" }, table("n,c") { "\($0),\($0 == 9 ? "Y" : "N")" },
      warned: [.constantVaries], line: 11),
    Case(
      "names in another case", table("n,qty") { "\($0),\($0 % 9)" },
      table("N,QTY") { "\($0),\($0 % 9)" }, denied: [.columnRenamed, .columnRenamed]),
    Case(
      "an amount that two prices make",
      table("shop,qty,price,total") {
        let (qty, price) = ([1, 2, 3][$0 % 3], [499, 950, 1990, 12900][$0 % 4])
        return "\($0 % 7),\(qty),\(price),\(qty * price)"
      },
      table("shop,qty,price,total") {
        let (qty, price) = ([1, 2, 3][$0 % 3], [499, 998, 1990, 12900][$0 % 4])
        return "\($0 % 7),\(qty),\(price),\(qty * price)"
      }),
    Case(
      "a key of another table",
      table("id,customer_id", rows: 30) { "\($0),\(($0 * 7919) % 100_003)" },
      table("id,customer_id", rows: 30) { "\($0 + 30),\($0 % 20 * 3001)" }),
    Case(
      "text that is written in other characters",
      table("n,city") { "\($0),\($0 % 2 == 0 ? "Z\u{FC}rich" : "Bern")" },
      table("n,city") { "\($0),\($0 % 2 == 0 ? "Zu\u{308}rich" : "Bern")" },
      denied: [.newCategory], line: 2),
    Case(
      "another type, and what else is wrong", table("id,v") { "\($0),\($0 * 7 % 13)" },
      table("id,v") {
        ($0 == 4 ? "x" : $0 == 5 ? "" : $0 == 9 ? "8" : "\($0)") + ",\($0 * 7 % 13)"
      },
      denied: [.typeChanged, .nullsFound, .duplicatesFound], line: 6),
    Case(
      "metres in feet", table("n,h") { "\($0),\(100 + $0 % 30).5" },
      table("n,h") { "\($0),\(328 + $0 % 90).5" }, warned: [.rangeGrew], line: 2),
    Case(
      "another sign", table("n,v") { "\($0),\(($0 * 7919) % 100_003)" },
      table("n,v") { "\($0),-\(($0 * 7919) % 100_003 + 1)" }, warned: [.rangeGrew], line: 2),
    Case("no rows", table("id,v") { "\($0),\($0)" }, "id,v\n", denied: [.fewerRows]),
    Case(
      "a few rows", table("n", rows: 20) { "\(100 + $0)" }, table("n", rows: 20) { "\(110 + $0)" }),
  ]

  private static func reader(
    _ text: String, _ options: ReadingOptions = ReadingOptions()
  ) -> TableReader {
    TableReader(inputs: [.bytes(Array(text.utf8), name: "t.csv")], options: options)
  }

  @Test(arguments: cases) func theGateSaysSo(_ one: Case) throws {
    let lock = try Self.reader(one.before).lock(name: "t")
    let text = try ContractFile.text(of: lock, path: "a.yaml")
    let read = try ContractReader.contract(text, path: "a.yaml")
    let options = try ReadingOptions().adding(readingOf: read)
    #expect(
      try Self.reader(one.before, options).check(read).findings.allSatisfy { $0.level == .allow })
    let checked = try Self.reader(one.after, options).check(read)
    func codes(_ level: FindingLevel) -> [FindingCode] {
      checked.findings.filter { $0.level == level }.map(\.code)
    }
    #expect(codes(.deny) == one.denied, "\(checked.findings)")
    #expect(codes(.warn) == one.warned, "\(checked.findings)")
    if let line = one.line {
      #expect(checked.findings.first { $0.level != .allow }?.place?.line == line)
    }
  }

  /// A lock of several files takes each of them.
  @Test func aFileOfSeveralIsEnough() throws {
    let files = (0..<3).map { part in
      CSVInput.bytes(
        Array(Self.table("id,v", rows: 40) { "\(part * 40 + $0),\($0 % 5)" }.utf8), name: "p\(part)"
      )
    }
    let lock = try TableReader(inputs: files).lock(name: "t")
    for file in files { #expect(try TableReader(inputs: [file]).check(lock).holds) }
  }
}
