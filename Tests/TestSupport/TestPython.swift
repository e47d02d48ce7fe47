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

  /// Runs `arguments`, a script or `-m` and a module. A run that has to be stopped says where its
  /// threads stand.
  package static func run(
    _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:]
  ) throws -> ChildProcess {
    let own = ["PYTHONDONTWRITEBYTECODE": "1", "PYTHONFAULTHANDLER": "1"]
    return try ChildProcess(
      try interpreter(), arguments, in: folder,
      environment: own.merging(environment) { _, given in given })
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
