import Foundation
import TestSupport
import Testing

/// A month's job on the library, as a user writes it: its answers are polars' on the plain files.
@Suite struct MonthlyJobTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  @Test(arguments: [(40, 1), (900, 2)])
  func `Every file is what polars makes of the plain ones`(rows: Int, seed: Int) throws {
    let folder = try TemporaryFolder()
    let data = folder.url.path
    let made = try TestPython.run([
      Self.folder.appending(path: "make_months.py").path, data, "\(rows)", "\(seed)",
    ])
    try #require(made.exitCode == 0, "\(made.errors)")
    let out = "\(data)/out"
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    try MonthlyJob.run(data: data, out: out)
    let run = try TestPython.run([
      Self.folder.appending(path: "compare_job.py").path, data, out,
    ])
    #expect(run.exitCode == 0, "seed \(seed): \(run.output)\(run.errors)")
    #expect(run.output.contains("held 8"), "seed \(seed): \(run.output)")
  }

  @Test func `The page shows the job`() throws {
    let source = try MarkedSource(Self.folder.appending(path: "MonthlyJob.swift"), mark: "Job")
    #expect(source.parts.count == 6)
    #expect(try source.missing(in: packageRoot.appending(path: "docs/etl.md")) == [])
  }
}
