import Foundation
import TestSupport
import Testing

/// The Python package, tested in Python (`cases`) with the library of this build and the real
/// engines of `.venv-tests` and `.venv-spark`.
struct PackageTests {
  @Test(arguments: try Cases.names())
  func holds(_ name: String) throws {
    try run(name, inProcessOfItsOwn: Cases.ofWholeProcesses.contains(name), of: ".venv-tests")
  }

  /// With the engines that `make spark` installs.
  @Test(
    .serialized,
    .enabled(
      if: SparkPython.isThere,
      "memory_diet.spark and .ray were not run: there is no .venv-spark (`make spark`) or no java"),
    arguments: Cases.ofClusters)
  func holdsOnClusters(_ name: String) throws {
    try run(name, inProcessOfItsOwn: true, of: SparkPython.environment)
  }

  private func run(_ name: String, inProcessOfItsOwn: Bool, of environment: String) throws {
    let library = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "libdietc.so")
    try #require(
      FileManager.default.fileExists(atPath: library.path), "\(library.path) is not built")
    let arguments = ["-W", "error::ResourceWarning", "-m", "unittest", name]
    let settings = [
      "MEMORY_DIET_LIBRARY": library.path,
      "PYTHONPATH": packageRoot.appending(path: "Sources/Python").path,
    ]
    let run =
      inProcessOfItsOwn
      ? try TestPython.start(arguments, in: Cases.folder, environment: settings, of: environment)
      : try TestPython.run(arguments, in: Cases.folder, environment: settings, of: environment)
    #expect(run.exitCode == 0, "\(name):\n\(run.output)\(run.errors)")
    // A file without tests would pass, too.
    #expect(run.errors.contains("\nOK"), "\(name):\n\(run.output)\(run.errors)")
  }
}

/// The files with tests.
private enum Cases {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "cases")

  /// Those that try signals, threads, forks, the memory of all the process or its end: what else a
  /// process has done is not to be seen there.
  static let ofWholeProcesses: Set = [
    "test_cluster", "test_interrupts", "test_lifetime", "test_memory", "test_wheel",
  ]

  /// Those of engines that are too large for every run.
  static let ofClusters = ["test_ray", "test_spark", "test_spark_use"]

  static func names() throws -> [String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasPrefix("test_") && $0.hasSuffix(".py") }
      .map { String($0.dropLast(3)) }
      .filter { !ofClusters.contains($0) }
    try #require(!names.isEmpty, "there are no tests in \(folder.path)")
    return names.sorted()
  }
}
