package import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// One run of another program, from its start to its end. One that does not end in time is stopped,
/// with all that it started: a test that waits for ever tells nothing.
package struct ChildProcess: Sendable {
  /// What the program ended with; `nil` where a signal ended it.
  package let exitCode: Int32?
  package let output: String
  package let errors: String

  /// Long enough for the slowest of our runs on a slow machine that does something else, too.
  static let patience = Duration.seconds(600)

  /// - Parameters:
  ///   - input: What stands on standard input: nothing by default.
  ///   - environment: What is set beside this process's environment.
  /// - Throws: ``ChildProcessFailure`` where the program cannot be started or does not end.
  package init(
    _ program: URL, _ arguments: [String], in folder: URL? = nil, input: Data? = nil,
    environment: [String: String] = [:]
  ) throws {
    // Files, not pipes: neither side can wait for the other, nor for a grandchild that holds an end.
    let scratch = try TemporaryFolder()
    let (outputURL, errorURL) = (
      scratch.url.appending(path: "out"), scratch.url.appending(path: "err")
    )
    let inputURL = try input.map { try scratch.file("in", $0) } ?? URL(filePath: "/dev/null")
    let process = try Self.start(
      program, arguments, in: folder, files: [inputURL, outputURL, errorURL],
      environment: Self.environment.merging(environment) { _, own in own })
    try self.init(
      "\(program.path) \(arguments)", status: Self.wait(for: process), streamsIn: scratch)
  }

  /// One that has ended.
  ///
  /// - Parameters:
  ///   - command: What it was, for who reads of a failure.
  ///   - status: As `waitpid` has it; `nil` where it had to be stopped, which is an error.
  ///   - scratch: The folder with what it printed, `out` and `err`.
  init(_ command: String, status: Int32?, streamsIn scratch: TemporaryFolder) throws {
    output = String(
      decoding: try Data(contentsOf: scratch.url.appending(path: "out")), as: UTF8.self)
    errors = String(
      decoding: try Data(contentsOf: scratch.url.appending(path: "err")), as: UTF8.self)
    guard let status else {
      throw ChildProcessFailure(
        words: "\(command) did not end in \(Self.patience): \(output)\(errors)")
    }
    // As WIFEXITED and WEXITSTATUS, which are macros.
    exitCode = status & 0x7F == 0 ? (status >> 8) & 0xFF : nil
  }

  /// This process's variables. Settings of whoever runs the tests are none of theirs: a test that wants settings
  /// empties `DIET_NO_CONFIG`.
  private static var environment: [String: String] {
    ProcessInfo.processInfo.environment.merging(["DIET_NO_CONFIG": "1"]) { _, own in own }
  }

  /// Starts it in a process group of its own, with no signal blocked: the threads that run tests
  /// block some, and what they start inherits that.
  ///
  /// - Parameter files: Standard input, output and errors.
  static func start(
    _ program: URL, _ arguments: [String], in folder: URL?, files: [URL],
    environment: [String: String]
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (descriptor, file) in files.enumerated() {
      posix_spawn_file_actions_addopen(
        &actions, Int32(descriptor), file.path,
        descriptor == 0 ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETPGROUP))

    // Swift does not see `posix_spawn_file_actions_addchdir_np`; `env` becomes the program.
    let command = folder.map { ["/usr/bin/env", "-C", $0.path, program.path] } ?? [program.path]
    var words = (command + arguments).map { strdup($0) } + [nil]
    var settings = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + settings { free(text) } }
    var process = pid_t()
    let error = posix_spawn(&process, command[0], &actions, &attributes, &words, &settings)
    guard error == 0 else {
      throw ChildProcessFailure(
        words: "\(program.path) \(arguments) did not start: \(String(cString: strerror(error)))")
    }
    return process
  }

  /// How it ended; `nil` where it had to be stopped.
  private static func wait(for process: pid_t) -> Int32? {
    var patience = Patience()
    var status: Int32 = 0
    while waitpid(process, &status, WNOHANG) == 0 {
      guard patience.wait() else {
        stop(process)
        waitpid(process, &status, 0)
        return nil
      }
    }
    return status
  }

  /// Ends a process and all that it started. Python says where its threads stand
  /// (PYTHONFAULTHANDLER).
  static func stop(_ process: pid_t) {
    kill(-process, SIGABRT)
    usleep(500_000)
    kill(-process, SIGKILL)
  }

  /// Waits a moment at a time, and not for ever.
  struct Patience {
    private let end: ContinuousClock.Instant
    private var pause: UInt32 = 250

    init(_ patience: Duration = ChildProcess.patience) { end = ContinuousClock.now + patience }

    /// - Returns: `false` where it is at its end.
    mutating func wait() -> Bool {
      guard ContinuousClock.now < end else { return false }
      usleep(pause)
      // Thousands of runs take some hundredths of a second each.
      pause = min(pause * 2, 2_000)
      return true
    }
  }
}

/// Why there is nothing to look at.
package struct ChildProcessFailure: Error, CustomStringConvertible {
  let words: String

  package init(words: String) { self.words = words }

  package var description: String { words }
}
