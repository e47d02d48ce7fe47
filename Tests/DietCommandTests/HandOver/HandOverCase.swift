import Columnar
import Foundation
import MemoryDiet
import TabularDiet
import TestSupport
import Testing

/// A table that engines are to read, and what they should see.
struct HandOverTable: CustomStringConvertible, Sendable {
  let name: String
  let path: String
  let analysis: HandOverAnalysis
  /// The values, as `diet cat` prints them in JSON.
  let truth: URL

  var description: String { name }

  /// - Parameter arguments: Files and options.
  init(_ name: String, _ arguments: [String], in folder: TemporaryFolder) throws {
    self.name = name
    path = arguments[0]
    analysis = try HandOverAnalysis(arguments)
    let cat = try CommandRun(["cat"] + arguments + ["--format", "jsonl"])
    try #require(cat.exitCode == 0, "\(cat.errors)")
    truth = try folder.file("truth of \(UUID().uuidString).jsonl", cat.output)
  }

  /// The tables that `tables.py` makes, and the fixtures.
  static let all: [HandOverTable] = {
    let made = [
      "lineitem", "groupby", "torture", "names", "european", "nulls", "preamble", "flights",
    ]
    let torture = fixtures.appending(path: "torture.csv").path
    do {
      return try made.map { try HandOverTable($0, [folder.path("\($0).csv")], in: folder) }
        + [HandOverTable("torture fixture", [torture], in: folder)]
    } catch {
      fatalError("a table was not read: \(error)")
    }
  }()

  static func named(_ name: String) -> HandOverTable { all.first { $0.name == name }! }

  /// Where the made tables are, for as long as the tests run.
  private static let folder: TemporaryFolder = {
    do {
      let folder = try TemporaryFolder()
      let run = try Python.run("tables.py", [folder.url.path])
      precondition(run.exitCode == 0, run.errors)
      return folder
    } catch {
      fatalError("the tables were not made: \(error)")
    }
  }()
}

/// The scripts of this folder.
enum Python {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

  static func run(_ script: String, _ arguments: [String]) throws -> CommandRun {
    let path = folder.appending(path: script).path
    return try CommandRun(python: [path] + arguments)
  }
}

/// What `diet analyze --format json` says of a table, as far as engines are concerned.
struct HandOverAnalysis: Decodable, Sendable {
  struct Memory: Decodable, Sendable {
    var leanAs: [String: Int]

    private enum CodingKeys: String, CodingKey { case leanAs = "lean_as" }
  }
  struct Column: Codable, Sendable {
    var name: String
    var logicalType: String
    var scale: Int?
    var unit: String?
    var zone: String?
    var bytesAs: [String: Int]

    private enum CodingKeys: String, CodingKey {
      case name, scale, unit, zone
      case logicalType = "logical_type"
      case bytesAs = "bytes_as"
    }
  }

  var memory: Memory
  var columns: [Column]

  /// - Parameter arguments: files and options.
  init(_ arguments: [String]) throws {
    let run = try CommandRun(["analyze"] + arguments + ["--no-measure", "--format", "json"])
    try #require(run.exitCode == 0, "\(run.errors)")
    self = try JSONDecoder().decode(HandOverAnalysis.self, from: Data(run.output.utf8))
  }
}
