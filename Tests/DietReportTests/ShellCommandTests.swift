import Testing
import Wording

@testable import DietReport

@Suite struct ShellCommandTests {
  @Test(arguments: [
    (["flights.csv"], "diet apply flights.csv -o flights.arrow"),
    (["data/flights.csv.zst"], "diet apply data/flights.csv.zst -o flights.arrow"),
    (["a.csv", "b.csv"], "diet apply a.csv b.csv -o a.arrow"),
    (["my file.csv"], "diet apply 'my file.csv' -o 'my file.arrow'"),
    (["it's.csv"], "diet apply 'it'\\''s.csv' -o 'it'\\''s.arrow'"),
    (["-o.csv"], "diet apply ./-o.csv -o ./-o.arrow"),
    (["-"], "diet apply - -o lean.arrow"), ([".csv"], "diet apply .csv -o .csv.arrow"),
    (["a\nb.csv"], "diet apply FILE -o lean.arrow"),
    (["a", "b", "c", "d"], "diet apply FILES -o a.arrow"),
  ])
  func applyIsSuggested(paths: [String], expected: String) {
    var report = ExampleReports.tiny
    report.input.path = paths[0]
    report.input.files = paths
    #expect(report.nextCommand?.lines(of: 80) == [expected])
  }

  /// The command makes what a budget was told of; names are spelled as `--keep` reads them.
  @Test func whatABudgetKeepsIsKept() {
    typealias Side = AnalysisReport.Budget.Choice.Side
    func command(_ names: [String], budget byteCount: Int = 1) -> [String]? {
      var report = ExampleReports.tiny
      report.budget = AnalysisReport.Budget(
        byteCount: byteCount, engines: [("pandas", .init(held: 9, peak: 9))],
        choices: names.map {
          .init(
            column: $0, plain: Side(type: "str", bytes: .init(held: 9, peak: 9)),
            lean: Side(type: "category", bytes: .init(held: 8, peak: 99)))
        }, constant: 4)
      return report.nextCommand?.lines(of: 200)
    }
    #expect(command([]) == ["diet apply - -o lean.arrow"])
    #expect(command(["a", "b,c"]) == ["diet apply - --keep 'a,\"b,c\"' -o lean.arrow"])
    #expect(command(["-a"]) == ["diet apply - --keep=-a -o lean.arrow"])
    #expect(command((0..<13).map { "c\($0)" }) == ["diet apply - --keep COLUMNS -o lean.arrow"])
    #expect(command(["a"], budget: 9) == nil)
  }

  @Test func longCommandsAreContinued() {
    var report = ExampleReports.tiny
    report.readingOptions = ["--delimiter", "\t", "--null-token", "it's \\ \u{1B}\u{9B}"]
    let lines = report.nextCommand?.lines(of: 40)
    #expect(
      lines == [
        "diet apply - --delimiter $'\\x09' \\", "--null-token $'it\\'s \\\\ \\x1b\\u009b' -o \\",
        "lean.arrow",
      ])
  }
}
