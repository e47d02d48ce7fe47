import TabularDiet

/// Tables that a caller may hold, by the way in which they came about.
enum HostileTable {
  static let all: [(name: String, make: @Sendable () throws -> DataFrame)] = [
    ("made of arrays", { try made() }),
    ("without columns", { try DataFrame([]) }),
    ("without rows", { try DataFrame([Column("a", integers: []), Column("s", strings: [])]) }),
    (
      "of nulls",
      {
        try DataFrame([
          Column("a", integers: [nil, nil]), Column("f", floats: [nil, nil]),
          Column("s", strings: [nil, nil]), Column("b", booleans: [nil, nil]),
        ])
      }
    ),
    ("of one row", { try made().head(1) }),
    ("filtered", { try made().filtered(where: "a > 0") }),
    ("filtered to nothing", { try made().filtered(where: "a > 0 and a < 0") }),
    ("joined", { try made().joined(made().selecting(["a", "f"]), on: "a", kind: .left) }),
    ("joined with itself", { try made().joined(made(), on: "s") }),
    ("grouped", { try made().grouped(by: "s").aggregated(.size, .mean("a"), .minimum("d")) }),
    ("computed", { try DataFrame([made().evaluate("f * 2"), made().evaluate("a > 0")]) }),
    ("sorted", { try made().sorted(on: "f", order: .descending) }),
    ("profiled", { try made().profiled() }),
    ("applied", { try made().applying(DietPlan(for: made())) }),
    ("taken", { try made().taking([5, 5, 0, 1, 1, 1]) }),
    (
      "of odd names",
      { try DataFrame(Odd.names.map { Column($0, strings: ["a", nil, "\u{0}", ""]) }) }
    ),
    ("read", { try HostileFile.table(HostileFile.text) }),
    ("read of a header alone", { try HostileFile.table("a,b,c\n") }),
  ]

  private static func made() throws -> DataFrame {
    try DataFrame([
      Column("a", integers: Odd.rows), Column("b", booleans: [true, nil, false, true, true, nil]),
      Column("f", floats: [.nan, nil, -.infinity, .infinity, -0.0, 1e308]),
      Column("s", strings: ["", nil, "a", "a", "\u{0}", "a longer text than sixteen bytes"]),
      Column("d", integers: Odd.rows, type: .decimal(scale: 18)),
      Column("day", integers: Odd.rows.map { $0.map { Int64(Int32(clamping: $0)) } }, type: .date),
      Column("t", integers: Odd.rows, type: .timestamp(unit: .nanosecond, zone: "UTC")),
      Column("u", integers: Odd.rows, type: .duration(unit: .second)),
      Column("n", integers: [nil, nil, nil, nil, nil, nil]),
      Column("one", integers: [1, 1, 1, 1, 1, 1]),
    ])
  }
}
