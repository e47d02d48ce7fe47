import Foundation
import Synchronization
import TestSupport
import Testing

/// What engines make of a table, beside what `diet cat` prints.
struct HandOverComparison {
  struct Read: Codable {
    var engine: String
    var path: String
    /// Whether the file is code to be run.
    var runs = false
  }

  struct Column: Decodable {
    var name: String
    var type: String
    var bytes: Int?
    var differences: Int
    var first: [String]?
  }

  /// By read, in order.
  let seen: [[Column]]

  /// - Parameter folder: Where code runs.
  init(
    _ table: HandOverTable, reads: [Read], in folder: TemporaryFolder,
    environment: String = ".venv-tests"
  ) throws {
    struct Case: Encodable {
      var truth: String
      var columns: [HandOverAnalysis.Column]
      var reads: [Read]
    }
    struct Answer: Decodable {
      var seen: [[Column]]?
      var error: String?
    }
    let data = try JSONEncoder().encode(
      Case(truth: table.truth.path, columns: table.analysis.columns, reads: reads))
    let file = try folder.file("case \(UUID().uuidString).json", data)
    let answer = try JSONDecoder().decode(
      Answer.self, from: try ComparingPython.of(environment).answer(to: file.path))
    seen = try #require(answer.seen, "\(table): \(answer.error ?? "")")
  }
}

/// An interpreter that runs `compare.py` for case after case: loading five engines takes longer than
/// most comparisons.
private final class ComparingPython: Sendable {
  private struct Pipes {
    var process: Process
    var questions: FileHandle
    var answers: FileHandle
  }

  private let pipes: Mutex<Pipes>
  private static let running = Mutex<[String: ComparingPython]>([:])

  /// The interpreter of an environment, one for all tests. It ends with them, at the end of its input.
  static func of(_ environment: String) throws -> ComparingPython {
    try running.withLock { running in
      if let python = running[environment] { return python }
      let python = try ComparingPython(environment)
      running[environment] = python
      return python
    }
  }

  private init(_ environment: String) throws {
    let process = Process()
    process.executableURL = try TestPython.interpreter(environment)
    process.arguments = [Python.folder.appending(path: "compare.py").path]
    let (questions, answers) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (questions, answers)
    try process.run()
    pipes = Mutex(
      Pipes(
        process: process, questions: questions.fileHandleForWriting,
        answers: answers.fileHandleForReading))
  }

  /// One line for one line.
  func answer(to path: String) throws -> Data {
    try pipes.withLock { pipes in
      // Writing to one that has ended would end this process, too.
      try #require(pipes.process.isRunning, "the engines have crashed")
      try pipes.questions.write(contentsOf: Data((path + "\n").utf8))
      var answer = Data()
      while answer.last != UInt8(ascii: "\n") {
        // A comparison takes seconds: one that takes minutes has hung.
        var waiting = pollfd(fd: pipes.answers.fileDescriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 300_000) > 0 else {
          // It may block the signals that this thread does.
          kill(pipes.process.processIdentifier, SIGKILL)
          throw ChildProcessFailure(words: "the engines hang over \(path)")
        }
        let part = pipes.answers.availableData
        try #require(!part.isEmpty, "the engines crashed over \(path)")
        answer += part
      }
      return answer
    }
  }
}
