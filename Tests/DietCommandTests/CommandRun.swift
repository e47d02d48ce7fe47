import Foundation
import TestSupport

/// One run of the built command.
struct CommandRun {
  let exitCode: Int32
  let output: String
  let errors: String

  /// Runs `diet`, or another program, with `arguments` in `folder`, `input` on standard input.
  init(
    _ arguments: [String], of program: URL = executable, in folder: URL? = nil, input: Data? = nil,
    environment: [String: String] = [:]
  ) throws {
    let run = try ChildProcess(
      program, arguments, in: folder, input: input, environment: environment)
    try self.init(run, "\(program.lastPathComponent) \(arguments)")
  }

  /// Runs Python with the engines loaded.
  init(
    python arguments: [String], in folder: URL? = nil, environment: [String: String] = [:]
  ) throws {
    try self.init(
      try TestPython.run(arguments, in: folder, environment: environment), "python \(arguments)")
  }

  private init(_ run: ChildProcess, _ command: String) throws {
    guard let exitCode = run.exitCode else {
      throw ChildProcessFailure(words: "\(command) crashed: \(run.errors)")
    }
    (self.exitCode, output, errors) = (exitCode, run.output, run.errors)
  }

  /// The command beside the test bundle.
  static let executable: URL = {
    var folder = Bundle.main.bundleURL
    #if os(Linux)
      folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      if !FileManager.default.fileExists(atPath: folder.appendingPathComponent("diet").path) {
        folder = Bundle.main.bundleURL
      }
    #endif
    return folder.appendingPathComponent("diet")
  }()
}
