import Foundation
import TestSupport
import Testing

/// What a column takes while it is read is in proportion to its rows, however far its values are apart.
struct WideTableTests {
  @Test(arguments: ["integers", "decimals", "words", "days"])
  func fewRowsOfManyColumnsTakeLittle(_ kind: String) throws {
    var generator = SeededGenerator(seed: 11)
    func field() -> String {
      let number = Int.random(in: 0..<1_000_000, using: &generator)
      return switch kind {
      case "decimals": "\(number / 100).\(10 + number % 90)"
      case "words": "word\(number)"
      case "days": "\(1900 + number % 200)-0\(1 + number % 9)-\(10 + number % 19)"
      default: "\(number)"
      }
    }
    let columnCount = 2000
    var text = (0..<columnCount).map { "c\($0)" }.joined(separator: ",") + "\n"
    for _ in 0..<100 {
      text += (0..<columnCount).map { _ in field() }.joined(separator: ",") + "\n"
    }
    let folder = try TemporaryFolder()
    try folder.file("in.csv", text)
    let run = try CommandRun(
      ["analyze", "in.csv", "--no-measure", "--format", "json"], in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let memory = try #require(json["memory"] as? [String: Any])
    let peak = try #require(memory["peak"] as? Int)
    #expect(peak < 250 << 20, "\(peak >> 20) MB of \(text.utf8.count >> 20) MB of text")
  }
}
