import Foundation
import TestSupport
import Testing

/// `diet why`: what it names, and that what it advises harms nothing.
@Suite struct WhyCommandTests {
  private static let rows = 2000

  /// Columns in which `-` and other words stand where numbers, days and ids should, and one in which
  /// `n/k` is a word like others.
  private static func cells() -> [[String]] {
    (0..<rows).map { row in
      [
        row == 70 || row == 1400 ? "-" : "\(row * 7 % 300)",
        row == 71 ? "?" : "\(row % 90).\(10 + row % 80)",
        row == 72 ? "n/k" : "2024-03-\(10 + row % 20)",
        row == 73 ? "sold out" : "\(row % 50)",
        row % 3 == 0 ? "n/k" : "town",
        row == 74 ? "24:00:00" : "\(10 + row % 12):00:00",
      ]
    }
  }

  private static func text(_ cells: [[String]]) -> Data {
    let lines = cells.map { $0.joined(separator: ",") + "\n" }
    return Data(("count,price,day,stock,town,at\n" + lines.joined()).utf8)
  }

  private struct Report: Decodable {
    struct Column: Decodable {
      var name: String
      var obstacles: [Narrower]
    }
    struct Narrower: Decodable {
      var logicalType: String
      var values: Int
      var kinds: [Kind]
      var options: [String]
    }
    struct Kind: Decodable {
      var kind: String
      var count: Int
      var first: [Value]
    }
    struct Value: Decodable {
      var line: Int
      var text: String
    }
    var columns: [Column]
  }

  @Test func adviceChangesNothingElse() throws {
    let folder = try TemporaryFolder()
    let cells = Self.cells()
    _ = try folder.file("in.csv", Self.text(cells))
    let run = try CommandRun(["why", "in.csv", "--format", "json"], in: folder.url)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let report = try decoder.decode(Report.self, from: Data(run.output.utf8))
    var followed: [String] = []
    for (column, found) in report.columns.enumerated() where !found.obstacles.isEmpty {
      let narrower = found.obstacles[0]
      let values = narrower.kinds.flatMap(\.first)
      #expect(values.count == narrower.values)
      for value in values { #expect(cells[value.line - 2][column] == value.text) }
      guard !narrower.options.isEmpty else { continue }
      followed.append(found.name)
      // The same file with these cells empty.
      var rest = cells
      for value in values { rest[value.line - 2][column] = "" }
      _ = try folder.file("rest.csv", Self.text(rest))
      let options = narrower.options.joined(separator: " ")
      let diet = "'\(CommandRun.executable.path)'"
      let told = try CommandRun(
        ["-c", "\(diet) cat in.csv \(options)"], of: URL(filePath: "/bin/sh"), in: folder.url)
      #expect(told.output == (try CommandRun(["cat", "rest.csv"], in: folder.url).output))
    }
    // `n/k` is a town's name, and stays one; `sold out` and `24:00:00` say something.
    #expect(followed == ["count", "price", "day"])
    let types = report.columns.map { $0.obstacles.first?.logicalType ?? "" }
    #expect(types == ["integer", "decimal", "date", "integer", "", "time"])
    #expect(report.columns[0].obstacles[0].kinds[0].first.map(\.line) == [72, 1402])
  }

  /// Standard input, compressed files and several files say the same; a column can be named.
  @Test func everyInput() throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("in.csv", Self.text(Self.cells()))
    func columns(_ arguments: [String], input: Data? = nil) throws -> String {
      let run = try CommandRun(
        ["why", "--format", "json"] + arguments, in: folder.url, input: input)
      #expect(run.exitCode == 0, "\(run.errors)")
      return run.output.split(separator: "\n").filter { $0.contains("\"obstacles\"") }
        .joined(separator: "\n")
    }
    let whole = try columns(["in.csv"])
    #expect(try columns(["-"], input: Self.text(Self.cells())) == whole)
    let gzip = try CommandRun(
      ["-c", "gzip -k in.csv"], of: URL(filePath: "/bin/sh"), in: folder.url)
    #expect(gzip.exitCode == 0)
    #expect(try columns(["in.csv.gz"]) == whole)
    let one = try columns(["in.csv", "price"])
    #expect(one == (try columns(["in.csv", "--columns", "price"])))
    #expect(whole.contains(one.trimmingCharacters(in: .whitespaces)))
    _ = try folder.file("more.csv", Data("count,price,day,stock,town,at\n?,1.10,,,,\n".utf8))
    let both = try columns(["in.csv", "more.csv", "count"])
    #expect(both.contains(#"{"file": "more.csv", "line": 2, "text": "?"}"#), "\(both)")
  }

  /// In a table that has types only values far from all others stand in the way, and rows are named.
  @Test func typedInput() throws {
    let folder = try TemporaryFolder()
    let lines = (0..<Self.rows).map { $0 == 900 ? "70000\n" : "\($0 * 37 % 2003)\n" }
    _ = try folder.file("in.csv", Data(("v\n" + lines.joined()).utf8))
    let apply = try CommandRun(["apply", "in.csv", "-o", "in.arrow"], in: folder.url)
    #expect(apply.exitCode == 0, "\(apply.errors)")
    let run = try CommandRun(["why", "in.arrow"], in: folder.url)
    #expect(run.output.contains("row 901 `70000`"), "\(run.output)")
  }

  /// A report of `analyze` has a line for a few values among many.
  @Test func analyzeHasALine() throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("in.csv", Self.text(Self.cells()))
    let run = try CommandRun(["analyze", "in.csv", "--no-measure"], in: folder.url)
    #expect(run.output.contains("count: 2 of 2,000 values keep this text"), "\(run.output)")
    let json = try CommandRun(
      ["analyze", "in.csv", "--no-measure", "--format", "json"], in: folder.url)
    #expect(json.output.contains(#""obstacles": [{"logical_type": "integer""#))
  }
}
