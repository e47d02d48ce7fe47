import Foundation
import TestSupport
import Testing

/// The law of use: an operation on the lean table equals that on the plain one, for every kind of
/// column and operation, by every way into an engine. `law.py` tries them.
@Suite struct LawTests {
  /// Each engine, and how many answers are equal at the least: nothing tried would differ by nothing.
  @Test(arguments: [
    ("pandas", 700), ("polars", 700), ("pyarrow", 700), ("duckdb", 700), ("dask", 100),
  ])
  func anOperationOnTheLeanTableEqualsThatOnThePlainOne(engine: String, least: Int) throws {
    let folder = try TemporaryFolder()
    let library = CommandRun.executable.deletingLastPathComponent().appending(path: "libdietc.so")
    let run = try CommandRun(
      python: [
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "law.py").path,
        CommandRun.executable.path, folder.url.path, engine,
      ],
      environment: [
        "MEMORY_DIET_LIBRARY": library.path,
        "PYTHONPATH": packageRoot.appending(path: "Sources/Python").path,
      ])
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    let words = run.output.split(separator: "\n").last?.split(separator: " ") ?? []
    let held = words.dropFirst().first.flatMap { Int($0) } ?? 0
    #expect(held > least, "\(run.output)\(run.errors)")
  }
}
