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
    let error = #expect(throws: LayoutError.self) { try frame.applying(plan) }
    #expect(error?.column == "n" && error?.row == 1 && error?.layout == "int8")
    #expect(error?.problem?.message == "a value does not fit int8: `300`")
  }

  private static func frame(_ names: String...) throws -> DataFrame {
    try DataFrame(names.map { Column($0, [1, 2, 3]) })
  }

  @Test func missingColumnsAreRefused() throws {
    let plan = DietPlan(for: try Self.frame("id", "price", "qty"))
    let frame = try Self.frame("qty", "prices", "id")
    let error = #expect(throws: LayoutError.self) { try frame.applying(plan) }
    #expect(error?.column == "price" && error?.row == nil)
    let words = error.map { "\($0)" } ?? ""
    for part in ["integer", "qty, prices, id", "`prices`", "PlanMatching(missingColumns: .add)"] {
      #expect(words.contains(part), "\(words)")
    }
    #expect(!words.contains("--"))
  }

  @Test func whatBecomesOfOtherColumnsIsChosen() throws {
    let plan = DietPlan(for: try Self.frame("a", "b", "c"))
    let frame = try Self.frame("x", "c", "a")
    func names(
      _ new: PlanMatching.Resolution, _ missing: PlanMatching.Resolution,
      _ moved: PlanMatching.Order = .ignore
    ) throws -> [String] {
      let matching = PlanMatching(newColumns: new, missingColumns: missing, movedColumns: moved)
      return try frame.applying(plan, matching: matching).columns.map(\.name)
    }
    #expect(try names(.add, .ignore) == ["x", "c", "a"])
    #expect(try names(.ignore, .ignore) == ["c", "a"])
    #expect(try names(.add, .add) == ["x", "c", "a", "b"])
    #expect(try names(.ignore, .add, .restore) == ["a", "b", "c"])
    #expect(try names(.add, .ignore, .restore) == ["a", "c", "x"])
    #expect(throws: LayoutError.self) { try names(.refuse, .ignore) }
    #expect(throws: LayoutError.self) { try names(.ignore, .ignore, .refuse) }
    let added = try frame.applying(
      plan, matching: PlanMatching(newColumns: .ignore, missingColumns: .add))
    #expect(added["b"]?.nullCount == 3 && added["b"]?.type == .integer)
    #expect(added["b"]?.layout == plan["b"]?.layout)
    #expect(try Self.frame("a", "b", "c").applying(plan) == Self.frame("a", "b", "c"))
  }

  @Test func anotherTypeIsRefused() throws {
    let tenths = try Column("p", integers: [15, 20], type: .decimal(scale: 1))
    let plan = DietPlan(
      for: try DataFrame([Column("p", integers: [150], type: .decimal(scale: 2))]))
    let error = #expect(throws: LayoutError.self) { try DataFrame([tenths]).applying(plan) }
    #expect(
      "\(error!)".contains("it is decimal(1), the plan says decimal(2); cast it to decimal(2)"))
    let nothing = try DataFrame([
      Column("p", [Int?](repeating: nil, count: 2)).cast(to: .decimal(scale: 2))
    ])
    #expect(try nothing.applying(plan)["p"]?.type == .decimal(scale: 2))
  }
}
