import Columnar
import Foundation
import MemoryDiet
import TabularDiet
import Testing

/// A table that engines are to read, and what they should see.
struct HandOverTable: CustomStringConvertible, Sendable {
  let name: String
  let path: String

  var description: String { name }

  /// The tables that `tables.py` makes, and the fixtures.
  static let all: [HandOverTable] = {
    let made = [
      "lineitem", "groupby", "torture", "names", "european", "nulls", "preamble", "flights",
    ]
    return made.map { HandOverTable(name: $0, path: folder.path("\($0).csv")) } + [
      HandOverTable(name: "torture fixture", path: fixtures.appending(path: "torture.csv").path)
    ]
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

/// The tests' Python, with the real engines.
enum Python {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  static let root = fixtures.deletingLastPathComponent()

  static func run(
    _ script: String, _ arguments: [String], environment: String = ".venv-tests",
    in place: URL? = nil
  ) throws -> CommandRun {
    let python = root.appending(path: "\(environment)/bin/python")
    try #require(
      FileManager.default.isExecutableFile(atPath: python.path),
      "there is no \(environment): `make test` makes it")
    let path = folder.appending(path: script).path
    return try CommandRun([path] + arguments, of: python, in: place)
  }
}

/// What `diet analyze --format json` says of a table, as far as engines are concerned.
struct HandOverAnalysis: Decodable {
  struct Memory: Decodable {
    var leanAs: [String: Int]

    private enum CodingKeys: String, CodingKey { case leanAs = "lean_as" }
  }
  struct Column: Codable {
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

  init(_ path: String) throws { try self.init([path]) }

  /// - Parameter arguments: files and options.
  init(_ arguments: [String]) throws {
    let run = try CommandRun(["analyze"] + arguments + ["--no-measure", "--format", "json"])
    try #require(run.exitCode == 0, "\(run.errors)")
    self = try JSONDecoder().decode(HandOverAnalysis.self, from: Data(run.output.utf8))
  }
}

/// A run of `compare.py`: engines beside what `diet cat` prints.
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

  init(
    _ table: HandOverTable, _ columns: [HandOverAnalysis.Column], reads: [Read],
    truth options: [String] = [], in folder: TemporaryFolder, environment: String = ".venv-tests"
  ) throws {
    struct Case: Encodable {
      var truth: String
      var columns: [HandOverAnalysis.Column]
      var reads: [Read]
    }
    let cat = try CommandRun(["cat", table.path, "--format", "jsonl"] + options)
    try #require(cat.exitCode == 0, "\(cat.errors)")
    let truth = try folder.file("truth.jsonl", cat.output)
    let data = try JSONEncoder().encode(
      Case(truth: truth.path, columns: columns, reads: reads))
    let file = try folder.file("case.json", data)
    let run = try Python.run(
      "compare.py", [file.path], environment: environment, in: folder.url)
    try #require(run.exitCode == 0, "\(table): \(run.errors)")
    seen = try JSONDecoder().decode([[Column]].self, from: Data(run.output.utf8))
  }
}
