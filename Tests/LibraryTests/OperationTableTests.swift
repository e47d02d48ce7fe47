import Foundation
import TabularDiet
import TestSupport
import Testing

/// The last column of the table "From other libraries" in `docs/expressions.md` is Swift that is compiled and runs: these
/// lines.
@Suite struct OperationTableTests {
  private static func run(_ path: String) throws {
    let frame = try DataFrame([
      Column("a", [1, 2, nil]), Column("b", [0.125, 1.5, nil]), Column("s", ["x", "y", "x"]),
      Column("k", [1, 2, 2]), Column("t", [Date(timeIntervalSince1970: 0), nil, nil]),
    ])
    let other = try DataFrame([Column("s", ["x"]), Column("word", ["ex"])])
    try frame.write(toParquetFile: path)
    try frame.write(toCSVFile: path)
    _ = try DataFrame(contentsOfCSVFile: path)
    _ = frame["a"]
    _ = try frame.selecting(["a", "b"])
    _ = try frame.dropping("a")
    _ = try frame.renaming(["a": "z"])
    _ = try frame.filtered(where: col("a") > 1)
    _ = try frame.filtered(where: "a > 1 and s == 'x'")
    _ = try frame.adding(frame.evaluate(col("a") * 2, named: "c"))
    _ = try frame.evaluate(col("a").coalesced(with: 0))
    _ = try frame.evaluate(.when(col("a") > 1, then: "x", otherwise: "y"))
    _ = try frame.casting("a", to: .string)
    _ = try frame.evaluate(col("b").rounded(toPlaces: 2))
    _ = try frame.evaluate(col("t").date)
    _ = try frame.evaluate(col("t") - Date(timeIntervalSince1970: 0))
    _ = try frame.evaluate(col("s").uppercased)
    _ = try frame["a"]?.sum()
    _ = try frame["a"]?.median()
    _ = try frame["t"]?.quantile(0.5, interpolation: .nearest)
    _ = try frame["s"]?.maximum()
    _ = try frame.filtered(where: col("a").isIn([1, 2]))
    _ = frame["s"]?.valueCounts()
    _ = try frame.grouped(by: "s").aggregated(.mean("a"), .size)
    _ = try frame.sorted(on: [("a", .descending)])
    _ = try frame.sorted(on: [("a", .descending)]).head(3)
    _ = try frame.joined(other, on: "s", kind: .left)
    _ = try DataFrame(concatenating: [frame, frame])
    _ = try frame.selecting(["s", "a", "b"]).melted(keeping: ["s"])
    _ = try frame.pivoted(rows: ["s"], columns: "k", values: .sum("a"))
    _ = try frame["a"]?.moving(.mean, MovingWindow(3))
    _ = frame.head(3)
    _ = Array(try frame.values("a", as: Int.self))
  }

  @Test func theyRun() throws {
    let folder = try TemporaryFolder()
    try Self.run(folder.path("table"))
  }

  @Test func thePageShowsThem() throws {
    var root = URL(filePath: #filePath)
    let source = try String(contentsOf: root, encoding: .utf8)
    let lines = Set(
      source.split(separator: "\n").map { line in
        let code = line.drop { $0 == " " }
        return String(code.hasPrefix("_ = ") ? code.dropFirst(4) : code)
      })
    for _ in 0..<3 { root.deleteLastPathComponent() }
    let page = try String(contentsOf: root.appending(path: "docs/expressions.md"), encoding: .utf8)
    let table = page.components(separatedBy: "\n## ").first { $0.hasPrefix("From other libraries") }
    let rows = (table ?? "").split(separator: "\n").filter { $0.hasPrefix("| `") }
    #expect(rows.count > 25)
    for row in rows {
      let cell = row.dropLast(2).components(separatedBy: " | ").last ?? ""
      let code = String(cell.drop { $0 == "`" }.prefix { $0 != "`" })
      #expect(lines.contains(code), "\(code)")
    }
  }
}
