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
    let run = try TestPython.run(
      ["-W", "error::ResourceWarning", "-m", "unittest", name], in: Cases.folder,
      environment: [
        "MEMORY_DIET_LIBRARY": library.path,
        "PYTHONPATH": packageRoot.appending(path: "Sources/Python").path,
      ])
    #expect(run.exitCode == 0, "\(name):\n\(run.output)\(run.errors)")
    // A file without tests would pass, too.
    #expect(run.errors.contains("\nOK"), "\(name):\n\(run.output)\(run.errors)")
  }
}

/// The files with tests.
private enum Cases {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "cases")

  static func names() throws -> [String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasPrefix("test_") && $0.hasSuffix(".py") }
      .map { String($0.dropLast(3)) }
    try #require(!names.isEmpty, "there are no tests in \(folder.path)")
    return names.sorted()
  }
}
