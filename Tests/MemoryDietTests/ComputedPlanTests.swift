import Foundation
import TabularDiet
import Testing

/// Frames that were computed have plans as frames that were read have.
@Suite struct ComputedPlanTests {
  private static let text = """
    id,year,price,when,at,who,flag,score,code,run,empty
    1,2013,12.30,2024-02-29,2024-02-29T10:00:00,ann,true,1e-5,10.0.0.1,,
    2,2013,7.05,2024-03-01,2024-03-01T23:59:59,bob,false,,10.0.0.2,7,
    3,2013,0.99,,,ann,true,-0.0,10.0.0.3,,
    4,2013,100.00,2024-03-02,2024-03-02T00:00:00,,,2.5,,7,
    """ + "\n"

  private func frame() throws -> DataFrame {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("diet-computed-\(UUID().uuidString).csv")
    try Self.text.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    return try DataFrame(contentsOfCSVFile: file.path)
  }

  @Test func aCopyHasThePlanOfTheOriginal() throws {
    let read = try frame()
    let copy = try DataFrame(read.columns)
    for (known, found) in zip(read.profiles, copy.profiled().profiles) {
      #expect(found.integers == known.integers, "\(known.name)")
      #expect(found.floats == known.floats, "\(known.name)")
      #expect(found.distinctCount == known.distinctCount, "\(known.name)")
      #expect(found.dictionaryCount == known.dictionaryCount, "\(known.name)")
      #expect(found.text == known.text, "\(known.name)")
    }
    #expect(DietPlan(for: copy).columns == DietPlan(for: read).columns)
  }

  @Test func whateverWasDoneToItAFrameHasAPlan() throws {
    let read = try frame()
    let computed: [(String, DataFrame)] = [
      ("filtered", try read.filtered(where: "id > 1")),
      ("filtered to nothing", try read.filtered(where: "id > 9")),
      ("joined", try read.joined(read.selecting(["id", "year"]), on: "id", kind: .left)),
      ("grouped", try read.grouped(by: "who").aggregated(.sum("price"), .mean("score"), .size)),
      (
        "computed", try DataFrame([try read.evaluate("price * 2"), try read.evaluate("price > 9")])
      ),
      ("sorted", try read.sorted(on: "when")),
      (
        "unread",
        try DataFrame([Column("s", strings: ["a", nil, "b"]), Column("x", floats: [1, 2, .nan])])
      ),
    ]
    for (name, frame) in computed {
      let plan = DietPlan(for: frame)
      let planned = try frame.applying(plan)
      #expect(planned.rowCount == frame.rowCount, "\(name)")
      #expect(plan.columns.map(\.name) == frame.columns.map(\.name), "\(name)")
      #expect(planned.columns.map(\.layout) == plan.columns.map(\.layout), "\(name)")
    }
  }

  /// Nobody looked at the values: then the layout is one that any of them fit.
  @Test func aProfileOfCountsAloneIsPlain() {
    for type in LogicalType.plainTypes + [.decimal(scale: 2), .timestamp(unit: .second, zone: nil)]
    {
      let profile = ColumnProfile(name: "c", type: type, rowCount: 3, nullCount: 1)
      #expect(!Recommendation(for: profile).layout.encoding.isEmpty, "\(type)")
    }
  }
}
