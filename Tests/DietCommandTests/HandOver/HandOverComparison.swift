import Foundation
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
    let run = try TestPython.run(
      [Python.folder.appending(path: "compare.py").path, file.path], of: environment)
    try #require(run.exitCode == 0, "\(table): the engines crashed: \(run.errors)")
    let answer = try JSONDecoder().decode(Answer.self, from: Data(run.output.utf8))
    seen = try #require(answer.seen, "\(table): \(answer.error ?? "")")
  }
}
