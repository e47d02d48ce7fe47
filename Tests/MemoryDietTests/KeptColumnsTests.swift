import Foundation
import Testing

@testable import Columnar
@testable import TabularDiet

/// Columns that the user keeps stay plain and wide, whatever would be smaller.
@Suite struct KeptColumnsTests {
  private static let text = """
    id,big,price,when,at,clock,who,flag,score,key,nothing
    1,18446744073709551615,12.30,2024-02-29,2024-02-29T10:00:00Z,10:00:00,ann,true,0.5,\
    c0ffee00-0000-4000-8000-000000000001,
    2,9223372036854775808,7.05,2024-03-01,2024-02-29T10:00:01Z,10:00:01,bob,false,1e-3,\
    c0ffee00-0000-4000-8000-000000000002,
    3,1,0.99,,2024-02-29T10:00:02Z,10:00:02,ann,true,-0.0,\
    c0ffee00-0000-4000-8000-000000000003,

    """

  private static let plainLayouts = [
    "id": "int64", "big": "uint64", "price": "int64", "when": "int32", "at": "int64",
    "clock": "int64", "who": "utf8", "flag": "bits", "score": "float64", "key": "utf8",
    "nothing": "all null",
  ]

  private func withFile<R>(_ body: (String) throws -> R) throws -> R {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("diet-kept-\(UUID().uuidString).csv")
    try Self.text.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    return try body(file.path)
  }

  @Test func everyTypeHasAPlainLayout() throws {
    let policy = LayoutPolicy(keptColumns: Set(Self.plainLayouts.keys))
    let (kept, lean) = try withFile {
      (
        try DataFrame(contentsOfCSVFile: $0, policy: policy),
        try DataFrame(contentsOfCSVFile: $0)
      )
    }
    for (column, profile) in zip(kept.columns, kept.profiles) {
      #expect(column.layout.description == Self.plainLayouts[column.name], "\(column.name)")
      let recommendation = Recommendation(for: profile, policy: policy)
      #expect(recommendation.reason == "kept as asked", "\(column.name)")
      #expect(recommendation.footprint == column.footprint, "\(column.name)")
      #expect(column.layout.isSound(for: column.type), "\(column.name)")
    }
    // The values are those of the lean table.
    let wide = try lean.applying(DietPlan(for: kept.profiles, policy: policy))
    #expect(wide.columns.map(\.digest) == kept.columns.map(\.digest))
    #expect(wide.columns.map(\.layout) == kept.columns.map(\.layout))
  }

  @Test func plansSayWhatIsKept() throws {
    let policy = LayoutPolicy(keptColumns: ["price", "who"])
    try withFile { path in
      let frame = try DataFrame(contentsOfCSVFile: path, policy: policy)
      let plan = DietPlan(for: frame.profiles, policy: policy)
      #expect(plan["price"]?.layout.description == "int64")
      #expect(plan["who"]?.layout.description == "utf8")
      #expect(plan["id"]?.layout.description == "int8")
      let saved = try JSONDecoder().decode(DietPlan.self, from: JSONEncoder().encode(plan))
      #expect(saved == plan)
      let again = try DataFrame(contentsOfCSVFile: path, plan: saved)
      #expect(again["price"]?.layout.description == "int64")
      // Plans that were saved before there was anything to keep can be read.
      let old = try JSONDecoder().decode(
        LayoutPolicy.self, from: Data(#"{"allowsUnsigned":true}"#.utf8))
      #expect(old == LayoutPolicy(allowsUnsigned: true))
    }
  }

  @Test func aColumnThatIsNotThereIsAnError() throws {
    try withFile { path in
      _ = #expect {
        try DataFrame(
          contentsOfCSVFile: path, policy: LayoutPolicy(keptColumns: ["who", "whom"]))
      } throws: { error in
        let text = "\(error)"
        return text.contains("`whom`") && text.contains("there is no such column")
          && text.contains("the columns are id, big,")
      }
    }
  }
}
