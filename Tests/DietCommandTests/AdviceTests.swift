import Foundation
import TestSupport
import Testing

/// What a note or a refusal tells people to type is typed here, and helps.
struct AdviceTests {
  /// What stands in the text, and what a person reads in it.
  struct Layout: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: String
    let expected: String
  }

  static let layouts = [
    Layout(
      testDescription: "lines quoted as a whole",
      text: "\"a,b\"\n\"1,\"\"x\"\"\"\n\"2,\"\"y, z\"\"\"\n",
      expected: "a,b\n1,x\n2,\"y, z\"\n"),
    Layout(
      testDescription: "a table of Markdown", text: "| a | b |\n|---|--:|\n| 1 | x |\n| -2 | y |\n",
      expected: "a,b\n1,x\n-2,y\n"),
    Layout(
      testDescription: "a table in a box",
      text: "+---+----+\n| a | b  |\n+---+----+\n| 1 | x  |\n| 2 | yy |\n+---+----+\n",
      expected: "a,b\n1,x\n2,yy\n"),
    Layout(
      testDescription: "a table of psql", text: " a | b \n---+---\n 1 | x\n 2 | y\n 3 | z\n",
      expected: "a,b\n1,x\n2,y\n3,z\n"),
    Layout(
      testDescription: "columns aligned to the right",
      text: "   id    val\n    1   0.50\n   20  12.25\n  300   7.00\n",
      expected: "id,val\n1,0.50\n20,12.25\n300,7.00\n"),
    Layout(
      testDescription: "columns aligned to the left",
      text: "name    town\nAda     New York\nBo      Oslo\nCy      Rome\n",
      expected: "name,town\nAda,New York\nBo,Oslo\nCy,Rome\n"),
    Layout(
      testDescription: "a delimiter named in vain", text: "sep=;\na,b\n1,x\n2,y\n",
      expected: "a,b\n1,x\n2,y\n"),
    Layout(
      testDescription: "two columns with a colon", text: "k:v\nx:1\ny:2\nz:3\n",
      expected: "k,v\nx,1\ny,2\nz,3\n"),
    Layout(
      testDescription: "points between thousands", text: "k;v\nx;1.234,50\ny;22.345,75\n",
      expected: "k,v\nx,1234.50\ny,22345.75\n"),
    Layout(
      testDescription: "commas between thousands", text: "k;v\nx;1,234\ny;22,345\n",
      expected: "k,v\nx,1234\ny,22345\n"),
    Layout(
      testDescription: "two tables", text: "id,v\n1,5\n2,6\n3,7\n\ncity,pop\nOslo,5\nRome,6\n",
      expected: "city,pop\nOslo,5\nRome,6\n"),
    Layout(
      testDescription: "a wider table below",
      text: "id,v\n1,5\n2,6\n3,7\n4,8\n5,9\n\ncity,pop,area\nOslo,5,1\nRome,6,2\n",
      expected: "city,pop,area\nOslo,5,1\nRome,6,2\n"),
    Layout(
      testDescription: "totals", text: "id,v\n1,5\n2,6\n3,7\n4,8\nTotal,26\n",
      expected: "id,v\n1,5\n2,6\n3,7\n4,8\n"),
    Layout(
      testDescription: "questions below the names",
      text: "Q1,Q2\nHow old?,How many?\n1,2\n3,4\n5,6\n7,8\n",
      expected: "Q1 How old?,Q2 How many?\n1,2\n3,4\n5,6\n7,8\n"),
  ]

  @Test(arguments: layouts) func layoutsAreReadAsAdvised(_ layout: Layout) throws {
    let folder = try TemporaryFolder()
    try folder.file("in.csv", layout.text)
    let sniffed = try CommandRun(["sniff", "in.csv", "--format", "json"], in: folder.url)
    let json = try JSONSerialization.jsonObject(with: Data(sniffed.output.utf8)) as? [String: Any]
    let notes = json?["notes"] as? [String] ?? []
    let advice = notes.flatMap(Self.advice)
    let script = try #require(
      advice.last {
        !$0.hasPrefix("--header-records 1") && $0 != "--spaces keep" && !$0.hasPrefix("--skip 1")
      })
    let command =
      script.hasPrefix("sed")
      ? script.replacing("FILE", with: "in.csv") + " | \"$DIET\" cat -"
      : "\"$DIET\" cat in.csv \(script)"
    let followed = try Self.shell(command, in: folder)
    #expect(followed.output == layout.expected, "\(script): \(followed.errors)")
    #expect((json?["confidence"] as? Double ?? 1) < 1, "another reading is as good")
  }

  /// Options in backticks, and commands.
  private static func advice(_ text: String) -> [String] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.0 % 2 == 1 && ($0.1.hasPrefix("--") || $0.1.hasPrefix("sed ")) }
      .map { String($0.1) }
  }

  private static func shell(_ command: String, in folder: TemporaryFolder) throws -> CommandRun {
    try CommandRun(
      ["-c", command], of: URL(filePath: "/bin/sh"), in: folder.url,
      environment: ["DIET": CommandRun.executable.path])
  }

  /// The options that `sniff` prints give the table that was found without them.
  @Test(arguments: [
    "My Table,v2\n\nGene,A,B\nx,1,2\ny,3,4\nz,5,6\n",
    "Patient: John Doe, born 1970\nid,hr\n1,70\n2,71\n3,72\n",
    "id,hr\n1,70\n2,71\n3,72\n4,73\n\nSource: World Bank, 2020\n",
    "c,y,v\na,1,70\nb,2,71\nc,3,72\nd,4,73\nSource: XYZ,,\nUpdated: May,,\n",
    ",bar,bar\n,one,two\nd,,\n2024-01-01,1,2\n2024-01-02,3,4\n2024-01-03,3,4\n",
    "a,b\n-- x, y, z\n1,2\n-- pump off\n3,4\n5,6\n7,8\n",
    "a,b\r\n1,2\r\n3,4\r\n5,6\r\nmade by hand of May\r\n\u{1A}",
    "a;b\n1,5;2,5\n3,5;4,5\n", "a\tb\n1\t2\n", "x 'y',z\n1,2\n3,4\n",
  ])
  func whatSniffForcesIsTheSame(_ text: String) throws {
    let folder = try TemporaryFolder()
    try folder.file("in.csv", text)
    let sniffed = try CommandRun(["sniff", "in.csv", "--format", "json"], in: folder.url)
    let json = try JSONSerialization.jsonObject(with: Data(sniffed.output.utf8)) as? [String: Any]
    let options = try #require(json?["options"] as? [String])
    let found = try CommandRun(["cat", "in.csv"], in: folder.url)
    let forced = try Self.shell(
      "\"$DIET\" cat in.csv \(options.joined(separator: " "))", in: folder)
    #expect(forced.output == found.output, "\(options): \(forced.errors)")
    #expect(found.exitCode == 0)
  }

  /// Whatever a refusal names can be typed, and does not end in the same refusal: some of the cases
  /// of each option.
  @Test func refusalsAreFollowed() throws {
    var cases: [String: [BadInputCase]] = [:]
    for input in try BadInputCase.all() where input.exitCode != 64 {
      for option in Self.advice(input.errors.joined(separator: "\n")).filter(Self.isComplete) {
        cases[option, default: []].append(input)
      }
    }
    #expect(cases.count >= 20)
    for (option, inputs) in cases {
      let step = max(1, inputs.count / 2)
      for input in stride(from: inputs.count - 1, through: 0, by: -step).map({ inputs[$0] }) {
        let run = try input.run(following: option)
        let name = Comment(rawValue: "\(input.name): \(option): \(run.errors)")
        #expect(run.exitCode < 64, name)
        #expect(run.exitCode == 0 || BadInputCase.lines(run.errors) != input.errors, name)
      }
    }
  }

  /// Whether a value is named where the option needs one.
  private static func isComplete(_ advice: String) -> Bool {
    // What would grow so far is not read in a test.
    if advice.hasPrefix("--max-expansion") { return false }
    return advice.contains(" ") || advice.contains("=")
      || [
        "--strict", "--exact", "--header", "--no-header", "--union-by-name", "--hive", "--no-hive",
      ]
      .contains(advice)
  }

  /// Rows of plain ASCII are as they were under every encoding, and every mending, that a refusal
  /// names; where there is no text none is named.
  @Test(arguments: [
    ("Москва и Киев", 1251), ("Übermäßig schön", 1252), ("東京の天気はとても良い", 932), ("źdźbło łąka", 1250),
  ])
  func encodingsSpoilNothing(_ words: String, _ page: Int) throws {
    let folder = try TemporaryFolder()
    let plain = (1...20).map { "\($0),plain \($0)\n" }
    try folder.file(
      "utf8.csv", "id,v\n" + plain.joined() + (21...40).map { "\($0),\(words) \($0)\n" }.joined())
    let made = try Self.shell("iconv -f UTF-8 -t CP\(page) utf8.csv > in.csv", in: folder)
    try #require(made.exitCode == 0)
    let refused = try CommandRun(["cat", "in.csv"], in: folder.url)
    #expect(refused.exitCode == 2)
    let options = Self.advice(refused.errors).filter(Self.isComplete)
    #expect(!options.isEmpty)
    for option in options {
      let run = try Self.shell("\"$DIET\" cat in.csv \(option)", in: folder)
      let lines = run.output.split(separator: "\n").map { String($0) + "\n" }
      #expect(run.exitCode == 0)
      #expect(lines.count == 41)
      #expect(Array(lines.dropFirst().prefix(20)) == plain)
    }
  }
}
