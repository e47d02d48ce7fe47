import Foundation
import TestSupport
import Testing

/// Loaders whose code is not run by the tests' Python: Spark's where there is no Spark, SQL, Swift.
@Suite struct LoaderCodeTests {
  @Test(arguments: HandOverTable.all)
  func sparkIsWellFormed(_ table: HandOverTable) throws {
    let folder = try TemporaryFolder()
    let code = try LoaderTests.emit("spark", [table.path], in: folder)
    let run = try Python.run("check_sql.py", ["spark", code])
    #expect(run.exitCode == 0, "\(table): \(run.errors)")
  }

  /// In the real Spark, where `make spark` has put one.
  @Test(
    .enabled(
      if: SparkPython.isThere,
      "Spark was not run: there is no .venv-spark (`make spark`) or no java; sqlglot parsed its code"
    ),
    arguments: HandOverTable.all.filter { $0.name != "flights" })
  func sparkReadsTheOriginal(_ table: HandOverTable) throws {
    let folder = try TemporaryFolder()
    let code = try LoaderTests.emit("spark", [table.path], in: folder)
    let comparison = try HandOverComparison(
      table, reads: [.init(engine: "spark", path: code, runs: true)],
      in: folder, environment: SparkPython.environment)
    for column in comparison.seen[0] {
      #expect(
        column.differences == 0, "\(table), \(column.name) (\(column.type)): \(column.first ?? [])")
    }
  }

  @Test(arguments: HandOverTable.all)
  func sqlDefinesTheTable(_ table: HandOverTable) throws {
    let folder = try TemporaryFolder()
    let code = try LoaderTests.emit("sql", [table.path], in: folder)
    let analysis = try CommandRun(["analyze", table.path, "--no-measure", "--format", "json"])
    let file = try folder.file("analysis.json", analysis.output)
    let run = try Python.run("check_sql.py", ["sql", code, file.path])
    #expect(run.exitCode == 0, "\(table): \(run.errors)\n")
  }

  /// The compiler accepts every struct, and refuses a column in another width.
  @Test func swiftCompiles() throws {
    let folder = try TemporaryFolder()
    for (index, table) in HandOverTable.all.enumerated() {
      let run = try CommandRun(["analyze", table.path, "--emit", "swift"])
      try #require(run.exitCode == 0, "\(run.errors)")
      // A file each: names of tables may be the same.
      try folder.file("T\(index).swift", "enum Space\(index) {\n" + Self.body(run.output) + "}\n")
    }
    try folder.file("odd.csv", "# x\na;b;zip\n1; x ;7\n2;y;8;9\nend")
    let odd = try CommandRun(
      ["analyze", folder.path("odd.csv"), "--emit", "swift"] + Self.manyOptions)
    try #require(odd.exitCode == 0, "\(odd.errors)")
    try folder.file("Odd.swift", Self.body(odd.output))
    let uses = """
      import TabularDiet
      func use(_ flights: Space7.Flights) {
        let _: ElementColumn<Int16> = flights.dep_time
        let _: Int8? = flights.month[0]
        let _: String? = flights.tailnum[0]
      }
      """
    try folder.file("Use.swift", uses)
    let good = try ClientCode.typecheck(folder)
    #expect(good.exitCode == 0, "\(good.errors)")
    try folder.file("Use.swift", uses.replacingOccurrences(of: "<Int16>", with: "<Int8>"))
    let bad = try ClientCode.typecheck(folder)
    #expect(bad.exitCode != 0)
    #expect(bad.errors.contains("ElementColumn<Int16>"), "\(bad.errors)")
  }

  /// Every option that has words in Swift of its own.
  private static let manyOptions = [
    "--delimiter", ";", "--quote", "none", "--escape", "none", "--comment", "#", "--spaces", "trim",
    "--header", "--header-records", "1", "--encoding", "latin-1", "--invalid-utf8", "replace",
    "--skip-footer", "1", "--repeated-headers", "drop", "--on-bad-record", "skip",
    "--max-expansion", "300", "--union-by-name", "--no-hive", "--file-name-column", "file",
    "--threads", "2", "--null-token", "x", "--null-token", "a=-", "--type", "zip=decimal(2)",
    "--type", "b=string", "--date-format", "%d/%m/%Y", "--boolean", "ja,nein", "--boolean", "b=o,n",
    "--zero-padded", "numeric", "--zero-padded", "zip=text", "--decimal", "a=,", "--thousands", ".",
    "--number", "a", "--exact",
  ]

  /// The code without its import, which a type cannot hold.
  private static func body(_ code: String) -> String {
    code.replacingOccurrences(of: "import TabularDiet\n", with: "")
  }
}
