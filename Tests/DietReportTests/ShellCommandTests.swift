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
