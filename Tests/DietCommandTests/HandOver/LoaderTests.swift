import Columnar
import Engines
import Foundation
import TabularDiet
import TestSupport
import Testing

/// The code that `--emit` prints, run in the engine that it is for, beside what `diet cat` prints.
@Suite struct LoaderTests {
  /// Loaders whose code this interpreter runs, and what `compare.py` calls the result's engine.
  private static let engines = ["pandas", "polars", "pyarrow", "duckdb", "dask"]

  @Test(arguments: HandOverTable.all)
  func readsTheOriginal(_ table: HandOverTable) throws {
    let folder = try TemporaryFolder()
    let reads = try Self.engines.map { engine in
      HandOverComparison.Read(
        engine: engine, path: try Self.emit(engine, [table.path], in: folder), runs: true)
    }
    let comparison = try HandOverComparison(table, reads: reads, in: folder)
    let frame = try DataFrame(contentsOfCSVFile: table.path)
    for (engine, seen) in zip(Self.engines, comparison.seen) {
      #expect(seen.map(\.name) == table.analysis.columns.map(\.name), "\(table), \(engine)")
      for (index, column) in seen.enumerated() {
        #expect(
          column.differences == 0,
          "\(table), \(engine), \(column.name) (\(column.type)): \(column.first ?? [])")
        let type = Self.type(frame.profiles[index], frame.columns[index].layout, in: engine)
        #expect(
          column.type == type || (type == "ENUM" && column.type.hasPrefix("ENUM(")),
          "\(table), \(engine), \(column.name): \(column.type), not \(type)")
      }
    }
  }

  /// Dialects that engines do not read, words that the user named, several files.
  @Test(arguments: [
    (["a||b\n1||x\n2||\"y||z\"\n"], ["--delimiter", "||"]),
    (["a;b\n1;yes\n-;no\n;yes\n"], ["--null-token", "-", "--boolean", "yes,no"]),
    (["a\tb\n\"1\t2\"\tx\n3\ty\n"], []),
    (["1,x\n2,y\n3,NA\n"], ["--no-header"]),
    (["a,b\n1,2,3\n4\n"], []),
    (["a,b\n1,x\n2,y\n", "a,b\n300,\"\"\n4,NA\n"], []),
    (["a,b\n1,'x, y'\n2,z\n"], ["--quote", "'"]),
    (["a,b\n\"1,234\",x\n\"5\",y\n"], ["--thousands", ","]),
    (["a,b\n,x\n,y\n"], []),
    (["a,b\n"], []),
    (["n\n1\n2\n\n4\n"], []),
    (["a;b\n1,5;03/04/2024\n2,25;25/12/2024\n"], ["--date-format", "%d/%m/%Y"]),
    (["a,b\n+5, 7\n3,8 \n-1,-2\n"], []),
    (["a,b\n1,x\n\n3,y\n\n"], []),
    (["\na,b\n1,x\n3,y\n"], []),
    (["sep=;\na;b\n1;x\n3;y\n"], []),
    (["report,x\nof 2024,y\na,b\n1,2\n3,4\n"], ["--skip", "2"]),
    (["t,b\n2024-01-01,1\n2024-01-01 10:00,2\n2024-01-02T10:00:30.5,3\n"], []),
    (["a,b,c\n1,x,2024-01-01\n3,y,2024-01-02\n"], ["--drop", "b"]),
    (["a,it's\n\"C:\\dir\\\",x\n\"\\n\",y\n"], []),
  ])
  func oddFiles(_ texts: [String], _ options: [String]) throws {
    let folder = try TemporaryFolder()
    let names = try texts.enumerated().map { index, text in
      try folder.file("part \(index + 1).csv", text).path
    }
    let reads = try Self.engines.map { engine in
      HandOverComparison.Read(
        engine: engine, path: try Self.emit(engine, names + options, in: folder), runs: true)
    }
    let table = try HandOverTable(texts.joined(), names + options, in: folder)
    let comparison = try HandOverComparison(table, reads: reads, in: folder)
    for (engine, seen) in zip(Self.engines, comparison.seen) {
      for (column, expected) in zip(seen, table.analysis.columns) {
        #expect(column.name == expected.name, "\(table), \(engine)")
        #expect(
          column.differences == 0,
          "\(table), \(engine), \(column.name) (\(column.type)): \(column.first ?? [])")
      }
    }
  }

  @Test func unknownEnginesAreNamed() throws {
    let run = try CommandRun(["analyze", HandOverTable.all[0].path, "--emit", "excel"])
    #expect(run.exitCode == 64)
    for loader in Loaders.all { #expect(run.errors.contains(loader.name), "\(run.errors)") }
  }

  /// Writes the code of a loader to a file; makes the copy that it reads, where it says so.
  static func emit(
    _ engine: String, _ arguments: [String], in folder: TemporaryFolder
  ) throws -> String {
    let run = try CommandRun(["analyze"] + arguments + ["--emit", engine], in: folder.url)
    try #require(run.exitCode == 0, "\(run.errors)")
    for line in run.output.split(separator: "\n") {
      guard let start = line.range(of: "   diet cat "), line.hasPrefix("#") || line.hasPrefix("--")
      else { continue }
      let command = "diet cat " + line[start.upperBound...]
      let bin = CommandRun.executable.deletingLastPathComponent().path
      let path = "\(bin):\(ProcessInfo.processInfo.environment["PATH"] ?? "")"
      let copy = try CommandRun(
        ["-c", command], of: URL(fileURLWithPath: "/bin/sh"), in: folder.url,
        environment: ["PATH": path])
      try #require(copy.exitCode == 0, "\(command): \(copy.errors)")
    }
    let file = "\(engine)." + (["duckdb", "sql"].contains(engine) ? "sql" : "py")
    return try folder.file(file, run.output).path
  }

  /// The type that a loader gives a column.
  private static func type(_ profile: ColumnProfile, _ layout: Layout, in engine: String) -> String
  {
    func handed(_ target: TargetEngine) -> HandedColumn {
      HandedColumn(profile, layout: layout, for: target)
    }
    switch engine {
    case "pandas", "dask":
      // Made by way of Arrow, whose decimals pandas can hold; from a file it makes objects.
      if case .decimal = handed(.pandas).typing.type { return "decimal128" }
      return LeanPandas().typeName(of: handed(.pandas))
    case "polars": return LeanPolars().typeName(of: handed(.polars))
    case "duckdb":
      let typing = handed(.duckdb).typing
      if typing.type == .utf8, typing.dictionary != nil { return "ENUM" }
      return LeanDuckDB().typeName(of: handed(.duckdb))
    default:
      return HandOverMatrixTests.spelled(handed(.any).typing.description, by: "arrow")
    }
  }
}
