import Foundation
import TestSupport
import Testing

/// `diet analyze --quick`.
struct EstimateCommandTests {
  /// A table of more bytes than are read as a whole.
  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let rows = (0..<4_000).map { "\($0 % 977),word \($0 % 40),2024-01-\(10 + $0 % 20)\n" }.joined()
    let text = "id,word,day\n" + String(repeating: rows, count: 800)
    try folder.file("t.csv", text)
    try folder.file("small.csv", "a,b\n1,x\n2,y\n")
    return folder
  }

  @Test func everyFigureIsAnEstimate() throws {
    let folder = try Self.folder()
    let run = try CommandRun(["analyze", "t.csv", "--quick", "--format", "json"], in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(json["exact"] as? Bool == false)
    let (low, high) = (json["rows_low"] as? Int ?? 0, json["rows_high"] as? Int ?? 0)
    #expect(low <= 3_200_000 && 3_200_000 <= high && high < 3_400_000, "\(low) \(high)")
    /// Numbers of the table, by their keys.
    func check(_ value: Any, _ key: String) {
      switch value {
      case let object as [String: Any]: for (key, value) in object { check(value, key) }
      case let array as [Any]: for value in array { check(value, key) }
      case is NSNumber:
        #expect(["_estimate", "_low", "_high"].contains(where: key.hasSuffix), "\(key)")
      default: break
      }
    }
    for key in ["memory", "columns"] { check(try #require(json[key]), key) }
    #expect(json["rows"] == nil)
  }

  @Test(arguments: ["table", "markdown", "csv", "html"])
  func everyFormatSaysSo(format: String) throws {
    let folder = try Self.folder()
    let run = try CommandRun(["analyze", "t.csv", "--quick", "--format", format], in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.output.contains(format == "csv" ? "bytes_after_estimate" : "ESTIMATE from 130"))
  }

  @Test func smallFilesAreReadAsAWhole() throws {
    let folder = try Self.folder()
    let run = try CommandRun(
      ["analyze", "small.csv", "--quick", "--format", "json"], in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.output.contains("\"allRead\"") && run.output.contains("\"rows\": 2"))
    let table = try CommandRun(["analyze", "small.csv", "--quick"], in: folder.url)
    #expect(table.output.contains("figure is exact"), "\(table.output)")
  }

  @Test(arguments: [
    ("--save-plan p.json", "a plan is a promise"), ("--emit pandas", "types of all rows"),
    ("--budget 2GB", "told by an estimate"), ("--exact-distinct", "do not count"),
    ("--type id=string", "an estimate is not made with it"),
    ("--on-bad-record skip", "an estimate is not made with it"),
  ])
  func othersAreRefused(option: String, words: String) throws {
    let folder = try Self.folder()
    let run = try CommandRun(
      ["analyze", "t.csv", "--quick"] + option.split(separator: " ").map(String.init),
      in: folder.url)
    #expect(run.exitCode == 64 && run.errors.contains(words), "\(run.exitCode) \(run.errors)")
    #expect(run.output.isEmpty && !folder.names.contains("p.json"))
  }

  @Test func streamsAreRefused() throws {
    let folder = try Self.folder()
    let run = try CommandRun(
      ["analyze", "-", "--quick"], in: folder.url, input: Data("a,b\n1,2\n".utf8))
    #expect(run.exitCode == 2 && run.errors.contains("single places of it cannot be read"))
  }
}
