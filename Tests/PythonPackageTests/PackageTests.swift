import Foundation
import Testing

/// The Python package, tested in Python (`cases`) with the library of this build and the real
/// engines of `.venv-tests`.
struct PackageTests {
  @Test(arguments: try Cases.names())
  func holds(_ name: String) throws {
    let run = try PythonRun(["-W", "error::ResourceWarning", "-m", "unittest", name])
    #expect(run.exitCode == 0, "\(name):\n\(run.output)")
    // A file without tests would pass, too.
    #expect(run.output.contains("\nOK"), "\(name):\n\(run.output)")
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

/// A run of the tests' Python, with the package on its path.
struct PythonRun {
  let exitCode: Int32
  /// What it printed, errors too.
  let output: String

  init(_ arguments: [String]) throws {
    let root = Cases.folder.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let interpreter = root.appending(path: ".venv-tests/bin/python")
    try #require(
      FileManager.default.isExecutableFile(atPath: interpreter.path),
      """
      There is no .venv-tests: python3 -m venv .venv-tests && \
      .venv-tests/bin/pip install -r Tests/requirements.txt
      """)
    let library = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "libdietc.so")
    try #require(
      FileManager.default.fileExists(atPath: library.path), "\(library.path) is not built")
    let process = Process()
    process.executableURL = interpreter
    process.arguments = arguments
    process.currentDirectoryURL = Cases.folder
    process.environment = ProcessInfo.processInfo.environment.merging([
      "MEMORY_DIET_LIBRARY": library.path,
      "PYTHONPATH": root.appending(path: "Sources/Python").path,
      "PYTHONDONTWRITEBYTECODE": "1",
    ]) { _, own in own }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    exitCode = process.terminationStatus
    output = String(decoding: data, as: UTF8.self)
  }
}
