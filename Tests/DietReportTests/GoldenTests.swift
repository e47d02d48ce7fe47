import Columnar
import Testing

@testable import DietReport

@Suite struct GoldenTests {
  @Test(arguments: [
    "flights", "measured", "tiny", "header-only", "empty", "hostile", "budget", "missed",
  ])
  func everyFormat(example: String) throws {
    // Pages are long: of small reports alone.
    let hasPage = ["tiny", "empty", "hostile"].contains(example)
    for format in ReportFormats.all where format.name != "html" || hasPage {
      let text = format.text(of: ExampleReports.named(example), usesColor: false)
        .replacing("<td>\(dietVersion)</td>", with: "<td>VERSION</td>")
      try expectGolden(text, "\(example).\(format.name).txt")
    }
  }

  @Test(arguments: ["flights", "empty", "hostile", "budget", "missed"])
  func notebook(example: String) throws {
    let text = ReportFormats.notebook.text(of: ExampleReports.named(example), usesColor: false)
    try expectGolden(text, "\(example).notebook.txt")
  }

  @Test func fiveThousandColumns() throws {
    try expectGolden(
      TableFormat().text(of: ExampleReports.wide, usesColor: false), "wide.table.txt")
  }

  @Test func colors() throws {
    let text = TableFormat().text(of: ExampleReports.measured, usesColor: true)
    try expectGolden(text, "measured.color.txt")
  }
}
