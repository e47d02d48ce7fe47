import Foundation
import TestSupport
import Testing

/// The file of values that other readers change in silence (`bench/torture.py` counts how many):
/// here every byte of it comes back.
@Suite struct TortureTests {
  private static let path = fixtures.appending(path: "torture.csv").path
  private static let types = [
    "big_int": "integer", "price": "decimal", "ratio": "decimal", "zip": "string",
    "country": "string", "sex": "string", "hexid": "string", "u64": "integer", "note": "string",
    "late": "string",
  ]

  @Test func analyzeSaysWhatItIs() throws {
    let run = try CommandRun(["analyze", Self.path, "--no-measure", "--format", "csv"])
    #expect(run.exitCode == 0, "\(run.errors)")
    let lines = run.output.split(separator: "\n").map { $0.split(separator: ",") }
    let names = lines[0]
    for line in run.output.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      #expect(String(cells[1]) == Self.types[String(cells[0])], "\(line)")
      let fidelity = names.firstIndex(of: "fidelity").map { String(cells[$0]) }
      #expect(fidelity == "text", "\(line)")
    }
    #expect(lines.count == 11)
  }

  @Test(arguments: [["--threads", "1"], ["--threads", "3"], ["--engine", "libcsv"]])
  func everyByteComesBack(_ options: [String]) throws {
    let original = try String(contentsOfFile: Self.path, encoding: .utf8)
    let typed = try CommandRun(["cat", Self.path] + options)
    #expect(typed.output == original)
    let folder = try TemporaryFolder()
    for name in ["lean.csv", "lean.arrow"] {
      let apply = try CommandRun(["apply", Self.path, "-o", name] + options, in: folder.url)
      #expect(apply.exitCode == 0, "\(apply.errors)")
      let verify = try CommandRun(["verify", name, "--against", Self.path], in: folder.url)
      #expect(verify.exitCode == 0, "\(verify.output)\(verify.errors)")
    }
    let written = try String(contentsOf: folder.url.appending(path: "lean.csv"), encoding: .utf8)
    #expect(written == original)
  }

  /// 30,000 rows of one type, then one of another: read beyond any sample.
  @Test func aLateRow() throws {
    var text = "then_fraction,then_zeros,then_instant\n"
    for row in 0..<30_000 {
      text += "\(row),\(row),2024-01-\(row % 28 < 9 ? "0" : "")\(row % 28 + 1)\n"
    }
    text += "1.5,007,2024-01-02 13:45:00\n"
    let folder = try TemporaryFolder()
    try folder.file("late.csv", text)
    let run = try CommandRun(["cat", "late.csv", "--format", "csv"], in: folder.url)
    let last = run.output.split(separator: "\n").last
    // Decimals of one place, text, instants: each type holds all values of its column.
    #expect(last == "1.5,007,2024-01-02T13:45:00")
    let zeros = run.output.split(separator: "\n").dropFirst().dropLast().enumerated().allSatisfy {
      $1.split(separator: ",")[1] == "\($0)"
    }
    #expect(zeros)
  }
}
