import Foundation
import TestSupport
import Testing

/// The Python package, tested in Python (`cases`) with the library of this build and the real
/// engines of `.venv-tests`.
struct PackageTests {
  @Test(arguments: try Cases.names())
  func holds(_ name: String) throws {
    let library = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "libdietc.so")
    try #require(
      FileManager.default.fileExists(atPath: library.path), "\(library.path) is not built")
    let arguments = ["-W", "error::ResourceWarning", "-m", "unittest", name]
    let environment = [
      "MEMORY_DIET_LIBRARY": library.path,
      "PYTHONPATH": packageRoot.appending(path: "Sources/Python").path,
    ]
    let run =
      Cases.ofWholeProcesses.contains(name)
      ? try TestPython.start(arguments, in: Cases.folder, environment: environment)
      : try TestPython.run(arguments, in: Cases.folder, environment: environment)
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

  static func names() throws -> [String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasPrefix("test_") && $0.hasSuffix(".py") }
      .map { String($0.dropLast(3)) }
    try #require(!names.isEmpty, "there are no tests in \(folder.path)")
    return names.sorted()
  }
}
