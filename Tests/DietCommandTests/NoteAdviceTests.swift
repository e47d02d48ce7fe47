import Foundation
import TestSupport
import Testing

/// What notes and errors tell people to do names their file: its columns, spellings and signs.
struct NoteAdviceTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var text: [UInt8]
    let arguments: [String]
    var exitCode: Int32 = 0
    /// What stands in the output or the errors, and what does not.
    var said: [String] = []
    var unsaid: [String] = []
  }

  private static let pairs = (1..<30).map { "p\($0),word \($0)\n" }.joined()

  static let cases = [
    Case(
      testDescription: "lines that quotes take from two columns of text",
      text: Array("pkg,desc\n\(pairs)p1,\"starts\np2,b\np3,ends\"\n\(pairs)".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--format", "json"],
      said: ["linesInQuotes", "2 lines are read as part of quoted fields"]),
    Case(
      testDescription: "the same, strictly",
      text: Array("pkg,desc\n\(pairs)p1,\"starts\np2,b\np3,ends\"\n\(pairs)".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--strict"], exitCode: 1,
      said: ["line 31", "2 lines are part of quoted fields"]),
    Case(
      testDescription: "addresses, strictly",
      text: Array("name,address\n\(pairs)Ann,\"Road 1\nMoon, IL\"\n\(pairs)".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--strict"], unsaid: ["quoted fields"]),
    Case(
      testDescription: "NaN as the file spells them",
      text: Array("a,b\n1.5,x\nNaN,y\nnan,z\n-NaN,v\n2.5,w\n".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--format", "json"],
      said: ["`--null-token a=nan --null-token a=NaN --null-token a=-NaN` makes them null"]),
    Case(
      testDescription: "both orders of dates",
      text: Array("id,d\n1,03/04/2024\n2,05/06/2024\n".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--format", "json"],
      said: ["ambiguousDates", "`--date-format d=%d/%m/%Y` or `--date-format d=%m/%d/%Y`"]),
    Case(
      testDescription: "no order of dates",
      text: Array("id,d\n1,03/04/2024\n2,05/16/2024\n3,17/02/2024\n".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--format", "json"],
      said: ["datesVary"], unsaid: ["ambiguousDates", "--date-format d"]),
    Case(
      testDescription: "the sign that divides most lines", text: Array("title line\na|b\n".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--format", "json"],
      said: ["singleColumn", "`--delimiter '|'` divides"], unsaid: ["--delimiter ,"]),
    Case(
      testDescription: "UTF-16 read as UTF-8",
      text: [0xFF, 0xFE]
        + "a,b\n1,2\n".utf16.flatMap {
          [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)]
        },
      arguments: ["cat", "in.csv", "--encoding", "utf-8"], exitCode: 2,
      said: ["byte order mark of UTF-16", "leave out `--encoding`"]),
    Case(
      testDescription: "an encoding is forced that reads it",
      text: Array("a,b\n1,caf".utf8) + [0xE9] + Array("\n2,y\n".utf8),
      arguments: ["sniff", "in.csv", "--format", "json"],
      said: ["undecodableText", "\"--encoding latin-1\""], unsaid: ["\"--encoding utf-8\""]),
    Case(
      testDescription: "an open quote is no certain reading",
      text: Array("a,b\n1,\"x\n2,y\n3,z\n".utf8),
      arguments: ["sniff", "in.csv", "--format", "json"],
      said: ["unreadableRecords", "\"confidence\": 0.5"]),
    Case(
      testDescription: "no table", text: [],
      arguments: ["apply", "in.csv", "-o", "out.arrow"],
      said: ["nothing to check", "there is no table in the input"]),
    Case(
      testDescription: "bench says how the file was read",
      text: Array("a,b\n\((1..<3_000).map { "\($0 % 100),x\($0 % 3)\n" }.joined())7\n".utf8),
      arguments: ["bench", "in.csv", "--column", "a", "--kernel", "count", "--format", "json"],
      said: ["\"note_codes\": [\"shortRecords\""]),
  ]

  @Test(arguments: cases) func isOfTheFile(_ input: Case) throws {
    let folder = try TemporaryFolder()
    try folder.file("in.csv", Data(input.text))
    let run = try CommandRun(input.arguments, in: folder.url)
    #expect(run.exitCode == input.exitCode, "\(run.errors)")
    let all = run.output + run.errors
    for words in input.said { #expect(all.contains(words), "\(all)") }
    for words in input.unsaid { #expect(!all.contains(words), "\(all)") }
  }

  @Test func severalFilesAreOneDocument() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path("data"), withIntermediateDirectories: false)
    for name in ["data/a.csv", "data/b.csv"] { try folder.file(name, "x,y\n1,2\n") }
    try folder.file("data/readme.txt", "no data\n")
    let run = try CommandRun(["sniff", "data", "--format", "json"], in: folder.url)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
    #expect(json.map { $0["note_codes"] as? [String] } == [["filesLeftOut"], []])
  }

  @Test func aSourceWithoutAColumnDiffers() throws {
    let folder = try TemporaryFolder()
    try folder.file("in.csv", "a,b\n1,2\n")
    try folder.file("other.csv", "c,b\n1,2\n")
    _ = try CommandRun(["apply", "in.csv", "-o", "lean.arrow"], in: folder.url)
    let run = try CommandRun(["verify", "lean.arrow", "--against", "other.csv"], in: folder.url)
    #expect(run.exitCode == 1 && run.errors.contains("other.csv, which has no column `a`"))
  }
}
