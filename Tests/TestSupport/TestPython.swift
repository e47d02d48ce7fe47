package import Foundation

/// The top of the package.
package let packageRoot = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The fixture folder at the top of the package.
package let fixtures = packageRoot.appending(path: "fixtures")

/// The tests' Python, with the real engines.
package enum TestPython {
  /// - Throws: ``ChildProcessFailure`` where the environment has not been made.
  package static func interpreter(_ environment: String = ".venv-tests") throws -> URL {
    let python = packageRoot.appending(path: "\(environment)/bin/python")
    guard FileManager.default.isExecutableFile(atPath: python.path) else {
      throw ChildProcessFailure(words: "there is no \(environment): `make test` makes it")
    }
    return python
  }

  static let settings = ["PYTHONDONTWRITEBYTECODE": "1", "PYTHONFAULTHANDLER": "1"]

  /// Runs `arguments`: a script, `-m` and a module, or `-c` and code. The engines are loaded before,
  /// see `PythonServer`; all else is as in a process of its own. A run that has to be stopped says
  /// where its threads stand.
  package static func run(
    _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:],
    of virtualEnvironment: String = ".venv-tests"
  ) throws -> ChildProcess {
    try PythonServer.of(virtualEnvironment)
      .run(arguments, in: folder, environment: environment)
      ?? start(arguments, in: folder, environment: environment, of: virtualEnvironment)
  }

  /// The same where how Python starts and ends, signals or the whole process are tried.
  package static func start(
    _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:],
    of virtualEnvironment: String = ".venv-tests"
  ) throws -> ChildProcess {
    try ChildProcess(
      try interpreter(virtualEnvironment), arguments, in: folder,
      environment: settings.merging(environment) { _, given in given })
  }

  /// What a script prints.
  package static func output(_ arguments: [String]) throws -> Data {
    let run = try run(arguments)
    guard run.exitCode == 0 else {
      throw ChildProcessFailure(words: "python \(arguments) failed: \(run.output)\(run.errors)")
    }
    return Data(run.output.utf8)
  }
}
