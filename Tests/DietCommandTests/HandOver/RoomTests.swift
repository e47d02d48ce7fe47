import Foundation
import TestSupport
import Testing

/// Room for arithmetic: types hold the margin that was asked for, and the note on arithmetic that wraps
/// names just what the real engines get wrong in silence. `room.py` tries it.
@Suite struct RoomTests {
  @Test func widthsAndNotesHold() throws {
    let folder = try TemporaryFolder()
    let library = CommandRun.executable.deletingLastPathComponent().appending(path: "libdietc.so")
    let run = try CommandRun(
      python: [
        Python.folder.appending(path: "room.py").path, CommandRun.executable.path, folder.url.path,
      ],
      environment: [
        "MEMORY_DIET_LIBRARY": library.path,
        "PYTHONPATH": packageRoot.appending(path: "Sources/Python").path,
      ])
    let lines = run.output.split(separator: "\n")
    #expect(run.exitCode == 0 && lines.count == 1, "\(run.output)\(run.errors)")
    #expect(lines.last.flatMap { Int($0.split(separator: " ")[1]) } ?? 0 > 500, "\(run.output)")
  }

  /// Loaders say it at their head, and their types have the room.
  @Test func loadersSayIt() throws {
    let folder = try TemporaryFolder()
    try folder.file("t.csv", "hour,minute,some\n1,2,3\n23,59,\n")
    let notes = [
      "pandas":
        "# Arithmetic wraps in silence. In pandas: `* 60` and `** 2` of hour, minute (int8).",
      "dask": "# Arithmetic wraps in silence. In pandas: `* 60` and `** 2` of hour, minute (int8).",
      "polars":
        "# Arithmetic wraps in silence. In polars: `* 60` and `** 2` of hour, minute (int8);",
    ]
    let types = [
      "pandas": "\"hour\": \"int16\"", "polars": "\"hour\": pl.Int16", "pyarrow": "pa.int16()",
      "duckdb": "'c1': 'SMALLINT'", "spark": "c1 SMALLINT", "sql": "SMALLINT",
      "swift": "let hour: ElementColumn<Int16>", "dask": "\"hour\": \"int16\"",
    ]
    for (engine, type) in types {
      let snug = try emit(engine, [], folder)
      #expect(snug.contains("wraps in silence") == (notes[engine] != nil), "\(snug)")
      if let note = notes[engine] { #expect(snug.contains(note), "\(snug)") }
      let roomy = try emit(engine, ["--min-bits", "16"], folder)
      #expect(roomy.contains(type) && !roomy.contains("wraps"), "\(roomy)")
      #expect(engine == "sql" || !snug.contains(type), "\(snug)")
    }
  }

  private func emit(
    _ engine: String, _ options: [String], _ folder: TemporaryFolder
  ) throws -> String {
    let run = try CommandRun(
      ["analyze", "t.csv", "--emit", engine] + options, in: folder.url)
    try #require(run.exitCode == 0, "\(run.errors)")
    return run.output
  }

  /// The summary says it of whoever reads the file, and suggested commands repeat the options.
  @Test func summariesSayIt() throws {
    let folder = try TemporaryFolder()
    try folder.file("t.csv", "hour,minute\n1,2\n23,59\n")
    let wraps: [String: String?] = [
      "any": "pandas and polars", "pandas": "pandas", "polars": "polars", "duckdb": nil,
      "spark": nil,
    ]
    for (engine, place) in wraps {
      let output = try apply(["--for", engine, "--format", "json"], folder)
      #expect(output.contains("wraps in silence") == (place != nil), "\(engine): \(output)")
      if let place {
        let note = "In \(place): `* 60` and `** 2` of hour, minute (int8). Widen first"
        #expect(output.contains(note), "\(engine): \(output)")
      }
    }
    #expect(!(try apply(["--min-bits", "16"], folder)).contains("wraps"))
    try apply(["--save-plan", "plan.json", "--margin", "1.50x"], folder)
    let planned = try apply(["--plan", "plan.json", "--format", "json"], folder)
    #expect(planned.contains("or make the plan with `--min-bits 16`"), "\(planned)")
    let report = try CommandRun(
      ["analyze", "t.csv", "--no-measure", "--margin", "2x", "--min-bits", "16"], in: folder.url)
    #expect(
      report.output.contains("diet apply t.csv --margin 2x --min-bits 16"), "\(report.output)")
  }

  @discardableResult
  private func apply(_ options: [String], _ folder: TemporaryFolder) throws -> String {
    let run = try CommandRun(["apply", "t.csv", "-o", "t.arrow"] + options, in: folder.url)
    try #require(run.exitCode == 0, "\(run.errors)")
    return run.output
  }
}
