import Columnar
import Contracts

@testable import DietReport

/// What gates found, made up.
enum ExampleGates {
  /// A check with findings of each level, of columns and of the table.
  static let check: CheckReport = {
    func finding(
      _ code: FindingCode, _ column: String?, _ message: String, expected: String? = nil,
      found: String? = nil, count: Int? = nil, _ place: FindingPlace? = nil
    ) -> Finding {
      var finding = Finding(
        code, column: column, message, expected: expected, found: found, count: count)
      finding.place = place
      return finding
    }
    return CheckReport(
      path: "./data/feb.csv", contractPath: "diet.lock.yaml", rowCount: 27_004, columnCount: 5,
      columns: ["distance", "carrier", "month", "dep_time", "gate"],
      findings: [
        finding(
          .fewerRows, nil, "there are far fewer rows than when the table was locked",
          expected: "at least 168388, of 336776", found: "27004"),
        finding(
          .widerNeeded, "distance", "a value does not fit the format", expected: "i16",
          found: "i32", count: 3,
          FindingPlace(file: nil, line: 7002, row: 7001, value: "40000")),
        finding(
          .valueNotAllowed, "carrier", "a value is none of those that there may be", found: "`ZZ`",
          count: 1, FindingPlace(file: "data/feb-2.csv", line: 18, row: 20_017, value: "ZZ")),
        finding(
          .littleHeadroom, "dep_time", "little is left of the range", expected: "10 %",
          found: "4 %"),
        finding(.narrowerPossible, "month", "fewer bits would do", expected: "i16", found: "i8"),
        finding(.columnAdded, "gate", "the column is new", found: "string"),
      ], unchecked: [],
      timing: .init(wallSeconds: 1234.5, threadCount: 2))
  }()

  static let good = CheckReport(
    path: "data/jan.csv", contractPath: "diet.lock.yaml", rowCount: 3, columnCount: 2,
    columns: ["a", "b"], findings: [], unchecked: [],
    timing: .init(wallSeconds: 0.012, threadCount: 2))

  /// A check that could not be.
  static let failed: GateFailure = {
    var failure = GateFailure(
      verb: "check", path: "./data/mar.csv", exitCode: 2, code: "invalid-value",
      "data/mar.csv, line 7, column `a`: the value is no date: `x`; mend the value")
    (failure.line, failure.column) = (7, "a")
    return failure
  }()

  /// Names and sentences that mean something to some format, and values of no use.
  static let hostileNames = [
    "", " ", "a\nb", "a\r\nb", "\u{1B}[31m", "\u{0}\u{1}\u{8}", "\"quoted\"", "'", "<b>&amp;</b>",
    "]]>", "-->", "<![CDATA[", "::error::no", "%0A::error::no", "a,b:c", "100%", "##[error]x",
    "###[error]x", "##[\u{301}error]", "| a `b` |", "\\", "列🛫 ä", "e\u{301}", "\u{FFFE}\u{FFFF}",
    "\u{202E}abc", "\u{2028}", "../../etc/passwd", "/abs/x.csv", "./x.csv", ".//x.csv", "a b.csv",
    "file:x.csv", "\t", "\u{85}", String(repeating: "x", count: 5000),
  ]

  static func random(using random: inout SeededGenerator) -> GateResult {
    func name() -> String {
      Int.random(in: 0..<3, using: &random) == 0
        ? "column_\(Int.random(in: 0..<9, using: &random))"
        : hostileNames.randomElement(using: &random)!
    }
    let cases = (0..<Int.random(in: 0...40, using: &random)).map { _ -> GateResult.Case in
      let problems = (0..<max(0, Int.random(in: -3...3, using: &random))).map { _ in
        GateResult.Problem(
          // Gates that hold are half of them.
          random.next() % 2 == 0 || Int.random(in: 0..<30, using: &random) > 0
            ? [.warning, .notice].randomElement(using: &random)! : .error,
          code: ["wider-needed", "nulls-found", "x"].randomElement(using: &random)!,
          group: Bool.random(using: &random) ? "breaking" : nil, name(),
          file: Bool.random(using: &random) ? name() : nil,
          line: Bool.random(using: &random) ? Int.random(in: 1...1000, using: &random) : nil,
          column: Bool.random(using: &random) ? name() : nil)
      }
      // Now and then, one could not be looked at.
      var all = problems
      if !all.isEmpty, Int.random(in: 0..<60, using: &random) == 0 {
        all[0].severity = .error
        all[0].isOfRun = true
      }
      return GateResult.Case(
        name: name(), problems: all, skipped: Bool.random(using: &random) ? name() : nil)
    }
    return GateResult(verb: "check", path: name(), cases: cases, wallSeconds: 0.5)
  }
}
