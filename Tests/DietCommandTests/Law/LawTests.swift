import Foundation
import Testing

/// The law of use: an operation on the lean table equals that on the plain one, for every kind of
/// column and operation, by every way into an engine. `law.py` tries them.
@Suite struct LawTests {
  @Test(arguments: ["pandas", "polars", "pyarrow", "duckdb"])
  func anOperationOnTheLeanTableEqualsThatOnThePlainOne(engine: String) throws {
    let folder = try TemporaryFolder()
    let library = CommandRun.executable.deletingLastPathComponent().appending(path: "libdietc.so")
    let run = try CommandRun(
      [
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "law.py").path,
        CommandRun.executable.path, folder.url.path, engine,
      ], of: try Python.interpreter(".venv-tests"),
      environment: [
        "MEMORY_DIET_LIBRARY": library.path,
        "PYTHONPATH": Python.root.appending(path: "Sources/Python").path,
        "PYTHONDONTWRITEBYTECODE": "1",
      ])
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    // Nothing tried would differ by nothing.
    let words = run.output.split(separator: "\n").last?.split(separator: " ") ?? []
    let held = words.dropFirst().first.flatMap { Int($0) } ?? 0
    #expect(held > 700, "\(run.output)\(run.errors)")
  }
}
