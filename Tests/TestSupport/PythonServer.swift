import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// A Python that has the engines loaded and forks for each run: a script costs what it does, not the
/// seconds that loading takes. Each run is a process, so that none sees what another left, and one
/// that crashes takes nothing along. See `python_server.py`.
final class PythonServer: Sendable {
  private let process: pid_t
  /// A named pipe, whose other end is the server's input. It is open for reading here, too, so that no
  /// write to it can end the tests.
  private let requests: Int32
  private let scratch: TemporaryFolder
  private let hasEnded = Mutex(false)

  private static let servers = Mutex<[String: PythonServer]>([:])

  /// The one of an environment, for all tests; another where that has ended. It ends with the tests, at
  /// the end of its input.
  static func of(_ environment: String) throws -> PythonServer {
    try servers.withLock { servers in
      if let server = servers[environment], server.isRunning { return server }
      let server = try PythonServer(environment)
      servers[environment] = server
      return server
    }
  }

  private init(_ environment: String) throws {
    scratch = try TemporaryFolder()
    let input = scratch.url.appending(path: "requests")
    guard mkfifo(input.path, 0o600) == 0 else {
      throw ChildProcessFailure(words: "no named pipe: \(String(cString: strerror(errno)))")
    }
    requests = open(input.path, O_RDWR | O_CLOEXEC)
    process = try ChildProcess.start(
      try TestPython.interpreter(environment),
      [packageRoot.appending(path: "Tests/TestSupport/python_server.py").path], in: nil,
      files: [input, scratch.url.appending(path: "out"), scratch.url.appending(path: "err")],
      environment: ProcessInfo.processInfo.environment.merging(TestPython.settings) { _, own in own
      })
  }

  private var isRunning: Bool {
    hasEnded.withLock { hasEnded in
      var status: Int32 = 0
      hasEnded = hasEnded || waitpid(process, &status, WNOHANG) != 0
      return !hasEnded
    }
  }

  /// Longer than any script takes. A lock that a thread of the server held as it forked is held for
  /// ever in the fork: no library that we load does so, as far as we know, and this is for the case.
  private static let patience = Duration.seconds(240)

  /// Runs what Python's command line would.
  ///
  /// - Returns: `nil` where it does not end and was stopped.
  /// - Throws: ``ChildProcessFailure`` where the server has ended.
  func run(
    _ arguments: [String], in folder: URL?, environment: [String: String]
  ) throws -> ChildProcess? {
    struct Request: Encodable {
      var arguments: [String]
      var folder: String?
      var environment: [String: String]
    }
    let scratch = try TemporaryFolder()
    let request = Request(
      arguments: arguments, folder: (folder?.path ?? FileManager.default.currentDirectoryPath),
      environment: environment)
    try scratch.file("request.json", try JSONEncoder().encode(request))
    // Shorter than what a pipe takes in one piece.
    let line = Array("\(scratch.path)\n".utf8)
    guard write(requests, line, line.count) == line.count else {
      throw ChildProcessFailure(words: "no request: \(String(cString: strerror(errno)))")
    }
    guard let status = try wait(for: scratch) else { return nil }
    return try ChildProcess("python \(arguments)", status: status, streamsIn: scratch)
  }

  /// How it ended; `nil` where it had to be stopped.
  private func wait(for run: TemporaryFolder) throws -> Int32? {
    var patience = ChildProcess.Patience(Self.patience)
    while access(run.path("status"), F_OK) != 0 {
      guard isRunning else {
        let words = try String(contentsOfFile: scratch.path("err"), encoding: .utf8)
        throw ChildProcessFailure(words: "Python, which runs the scripts, has ended: \(words)")
      }
      guard patience.wait() else {
        let text = try String(contentsOfFile: run.path("pid"), encoding: .utf8)
        if let process = pid_t(text) { ChildProcess.stop(process) }
        return nil
      }
    }
    return Int32(try String(contentsOfFile: run.path("status"), encoding: .utf8))
  }
}
