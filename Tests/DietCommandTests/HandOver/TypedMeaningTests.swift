import Foundation
import TestSupport
import Testing

/// Tables whose types say more than their values, through Arrow and Parquet and back into the real
/// engines: types, categories, index and metadata are what they were.
@Suite struct TypedMeaningTests {
  @Test func isKept() throws {
    let folder = try TemporaryFolder()
    let run = try Python.run(
      "typed_meaning.py", [CommandRun.executable.path, folder.url.path])
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.output.isEmpty, "\(run.output)")
  }
}
