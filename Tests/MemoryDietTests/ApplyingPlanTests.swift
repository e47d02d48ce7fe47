import Foundation
import Testing

@testable import Columnar
@testable import TabularDiet

/// A frame that is stored another way, and back, has the same values.
@Suite struct ApplyingPlanTests {
  private static let text = """
    id,year,big,price,when,who,flag,score
    1,2013,18446744073709551615,12.30,2024-02-29,ann,true,1e-5
    2,2013,9223372036854775808,7.05,2024-03-01,bob,false,
    3,2013,18446744073709551614,0.99,,ann,true,-0.0
    4,2013,9223372036854775809,100.00,2024-03-02,,,nan
    """ + "\n"

  @Test func thereAndBack() throws {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("diet-applying-\(UUID().uuidString).csv")
    try Self.text.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let frame = try DataFrame(contentsOfCSVFile: file.path)
    let plan = DietPlan(for: frame)
    let planned = try frame.applying(plan)
    for column in planned.columns {
      #expect(column.layout == plan[column.name]?.layout, "\(column.name)")
    }
    let original = DietPlan(
      columns: frame.columns.map {
        DietPlan.PlannedColumn(name: $0.name, type: $0.type, layout: $0.layout)
      })
    let back = try planned.applying(original)
    for (one, other) in zip(frame.columns, back.columns) {
      #expect(one.layout == other.layout, "\(one.name)")
      #expect(one.digest == other.digest, "\(one.name): \(one.layout)")
    }
  }

  @Test func aValueThatDoesNotFitIsAnError() throws {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("diet-applying-\(UUID().uuidString).csv")
    try "n\n1\n300\n7\n".write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let frame = try DataFrame(contentsOfCSVFile: file.path)
    var plan = DietPlan(for: frame)
    plan.columns[0].layout.width = 1
    #expect(throws: LayoutError(column: "n", row: 1, layout: "int8")) {
      try frame.applying(plan)
    }
  }
}
