import Columnar
import Testing
import Wording

@testable import DietReport

@Suite struct EstimateReportTests {
  private static func figure(_ estimate: Int, _ more: Int) -> EstimateReport.Figure {
    .init(low: estimate - more / 2, estimate: estimate, high: estimate + more)
  }

  static let example = EstimateReport(
    path: "data/sales.csv", files: ["data/sales.csv"], byteCount: 765_864_690,
    dialect: AnalysisReport.Dialect(),
    samples: .init(count: 129, droppedCount: 1, byteCount: 4_259_596, rowCount: 33_401),
    rows: figure(6_003_801, 34_526), baseline: "pandas", after: figure(53_000_000, 9_000_000),
    engines: [
      .init(name: "pandas", bytes: figure(190_000_000, 60_000_000)),
      .init(name: "polars", bytes: figure(150_000_000, 20_000_000)),
    ], handedOver: [.init(name: "arrow", bytes: figure(54_000_000, 9_000_000))],
    columns: [
      .init(
        name: "id", logicalType: .integer, layout: "sequence", highLayout: "int32",
        beforeType: "int64", nulls: figure(0, 0), distinct: figure(6_003_801, 34_526),
        before: figure(48_030_408, 280_000), after: .init(low: 64, estimate: 64, high: 24_000_064),
        worstBefore: 90_000_000,
        worstAfter: 66_000_000, doubts: [.mayWiden, .newValues]),
      .init(
        name: "a|b\nc", logicalType: .timestamp(unit: .second, zone: "UTC"), layout: "int32",
        highLayout: "int32", beforeType: "str", nulls: figure(200, 100), distinct: nil,
        before: figure(140_000_000, 900_000), after: figure(24_000_000, 700_000),
        worstBefore: 141_000_000, worstAfter: 140_000_000),
      .init(
        name: "", logicalType: .null, layout: "all null", highLayout: "all null",
        beforeType: "float64", nulls: figure(6_003_801, 34_526), distinct: figure(0, 0),
        before: figure(48_030_408, 280_000), after: figure(0, 0), worstBefore: 48_300_000,
        worstAfter: 49_000_000, doubts: [.noValue]),
    ], timing: .init(wallSeconds: 0.25, threadCount: 2), notes: [.noTable])

  @Test(arguments: EstimateReport.formats)
  func everyFormat(format: String) throws {
    let text = try #require(Self.example.text(in: format))
    #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"))
    try expectGolden(text, "estimate.\(format).txt")
  }

  @Test func formatsAreThoseOfTheExactReport() {
    #expect(EstimateReport.formats == ReportFormats.all.map(\.name))
    #expect(Self.example.text(in: "none") == nil)
  }

  @Test func noLineIsWiderThanEightyColumns() {
    var report = Self.example
    for length in [1, 30, 200] {
      report.path = String(repeating: "n", count: length) + ".csv"
      report.columns[0].name = String(repeating: "列", count: length)
      report.columns[1].layout = String(repeating: "l", count: length)
      for line in report.table(usesColor: false).lines {
        #expect(line.displayWidth <= 80, "\(line)")
        #expect(line.last != " ", "\(line)")
      }
    }
  }
}
