import Contracts
import Testing

@testable import DietReport

/// What every format of a gate says, whatever its shape.
@Suite struct GateContentTests {
  /// Whoever reads a report in any format hears of the rules that nobody looked at.
  @Test(arguments: GateFormats.names + ["html"])
  func sayWhatIsNotChecked(format: String) {
    var report = ExampleGates.good
    report.unchecked = [
      UncheckedTerm(column: "a", term: "pattern", reason: "it is not heeded", line: 12),
      UncheckedTerm(column: nil, term: "slaProperties", reason: "it is of no table", line: 1345),
    ]
    let text = report.text(format: format, usesColor: false)
    #expect(text.contains("pattern") && text.contains("slaProperties"))
    #expect(text.contains("12") && (text.contains("1,345") || text.contains("1345")))
    #expect(report.gate.holds && report.gate.problems.isEmpty)
  }

  /// A field of any length makes no long report, and the report says how long it is.
  @Test(arguments: GateFormats.names + ["html"])
  func longValuesAreCut(format: String) {
    let value = String(repeating: "x", count: 30_000)
    var report = ExampleGates.good
    var finding = Finding(
      .newCategory, column: "a", "a category is new", expected: value, found: "`\(value)`",
      count: 1)
    finding.place = FindingPlace(file: nil, line: 2, row: 1, value: value)
    report.findings = [finding]
    let text = report.text(format: format, usesColor: false)
    let limit = format == "html" ? 40_000 : 6000
    #expect(text.utf8.count < limit)
    #expect(text.contains("…") && text.replacing("\n", with: "").contains("30,000 characters"))
    var facts = TableFacts(rowCount: 0, columns: [ColumnFacts(name: "a", type: .string)])
    facts.columns[0].words = []
    let before = facts
    facts.columns[0].words = [value]
    let diff = DiffReport(
      before: .init("a", kind: "table", before), after: .init("b", kind: "table", facts),
      comparison: TableComparison(before, facts), timing: report.timing)
    #expect(!diff.isSame && diff.text(format: format, usesColor: false).utf8.count < limit)
  }

  @Test(arguments: GateFormats.names + ["html"])
  func headsNameHowManyFilesThereAre(format: String) {
    var report = ExampleGates.check
    report.moreFileCount = 2
    let text = report.text(format: format, usesColor: false)
    if !["json", "gitlab", "sarif"].contains(format) {
      #expect(text.contains("feb.csv and 2 more"))
    }
  }

  /// Counts have commas; values and what stands between backticks are as they are.
  @Test func countsInSentencesAreGrouped() {
    let finding = Finding(
      .fewerRows, "there are fewer rows", expected: "at least 168388, of 336776",
      found: "27004")
    #expect(finding.sentence.hasSuffix("27,004 instead of at least 168,388, of 336,776"))
    let range = Finding(
      .rangeGrew, column: "year", "the range grew", expected: "1999", found: "2013")
    #expect(range.sentence.hasSuffix("2013 instead of 1999"))
  }

  /// Unchecked rules take no place from findings, and no step of GitHub gets more than ten of a kind.
  @Test func manyRulesThatAreNotCheckedAreCounted() throws {
    var report = ExampleGates.good
    report.unchecked = (1...300).map { (number: Int) in
      UncheckedTerm(
        column: "a", term: "rule_\(number)", reason: "nobody knows it", line: number)
    }
    let lines = GateFormats.github.text(of: report.gate).lines
    #expect(lines.count == 2 && lines[0].contains("300 rules") && lines[0].contains("and 295 more"))
    let markdown = GateFormats.markdown.text(of: report.gate)
    #expect(markdown.contains("and 250 more") && markdown.contains("3 checked"))
    let prints = GateFingerprints(report.gate.ofUnchecked).all.map(\.fingerprint)
    #expect(Set(prints).count == 300)
  }
}
