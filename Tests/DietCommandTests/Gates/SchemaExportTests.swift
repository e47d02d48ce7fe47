import Contracts
import Foundation
import TestSupport
import Testing

/// Schemas that `analyze --emit` writes, held against tables by the tools that they are for.
@Suite struct SchemaExportTests {
  /// A table of most types, with one thing changed, or nothing.
  private static func table(_ change: (_ row: Int, _ fields: inout [String]) -> Void = { _, _ in })
    -> String
  {
    var text = "order_id,carrier,delay,price,day,at,ok,\"no \"\"te\"\"\",key\n"
    for row in 0..<400 {
      var fields = [
        "\(row * 7 % 400 + 1)", ["UA", "AA", "B6"][row % 3], row % 11 == 0 ? "" : "\(row % 90)",
        "\(row).\(row % 10)5", "2026-0\(row % 9 + 1)-1\(row % 10)",
        "2026-01-02 03:04:\(10 + row % 50)", row % 2 == 0 ? "true" : "false",
        "\"a, \(row)\"", row < 16 ? "0\(row)" : "\(row)",
      ]
      change(row, &fields)
      text += fields.joined(separator: ",") + "\n"
    }
    return text
  }

  /// What may go wrong, and who does not see it.
  private static let faults: [(name: String, unseen: Set<String>, table: String)] = [
    ("null", [], table { if $0 == 5 { $1[1] = "" } }),
    ("wide", [], table { if $0 == 5 { $1[2] = "40000" } }),
    ("category", [], table { if $0 == 5 { $1[1] = "ZZ" } }),
    // A row alone does not tell.
    ("duplicate", ["json-schema"], table { if $0 == 5 { $1[0] = "1" } }),
    ("text", [], table { if $0 == 5 { $1[3] = "late" } }),
    // Without a word's closed list, too.
    ("nothing", [], table { if $0 == 5 { $1[8] = "" } }),
  ]

  private struct OddTable {
    var name: String
    var text: String
    var options: [String] = []
    /// Whether what is odd is how text is spelled, which schemas of rows and frames need not know.
    var isOfText = true
    var isRefused = false
  }

  /// Tables that are spelled in ways of their own, or have odd names or values.
  private static let oddTables = [
    OddTable(name: "comma", text: "a;b\n1,5;x\n2,25;y\n3,1;z\n", isOfText: false),
    OddTable(
      name: "groups", text: "a;b;n\n1.234,5;x;1.000\n2.222,25;y;2.000\n3,1;z;3\n",
      options: ["--decimal", "a=,", "--thousands", "a=.", "--thousands", "n=."]),
    OddTable(name: "money", text: "p,q\n$5.00,3%\n$6.50,4%\n$7.25,5%\n"),
    OddTable(name: "preamble", text: "Report of 2024\n\na,b,c\n1,2,x\n3,4,y\n5,6,z\n"),
    OddTable(
      name: "skipped", text: "Report,of,2024\na,b,c\n1,2,x\n3,4,y\n", options: ["--skip", "1"]),
    OddTable(name: "blank", text: "\n\na,b,c\n1,2,x\n\n3,4,y\n"),
    OddTable(name: "named-delimiter", text: "sep=;\na;b;c\n1;2;x\n3;4;y\n"),
    OddTable(name: "comments", text: "# c1\na,b,c\n1,2,x\n# c2\n3,4,y\n5,6,z\n"),
    OddTable(name: "spaces", text: "a, b, c\n1, 2, x\n3, 4, y\n"),
    OddTable(name: "signs-of-quotes", text: "a,b\n1,it\"s\n3,y\n", options: ["--quote", "none"]),
    OddTable(name: "no-header", text: "1,2,x\n3,4,y\n", options: ["--no-header"]),
    OddTable(
      name: "two-headers",
      text: "Sales,,Costs,\nnet,gross,net,gross\n1.5,2,1,2\n1.5,2,1,2\n1.5,2,1,2\n"),
    OddTable(name: "alike", text: "a,a,\n1,2,x\n3,4,y\n", isOfText: false),
    OddTable(name: "edges", text: " a , b\n1,2\n3,4\n", isOfText: false),
    OddTable(
      name: "names", text: "my col,\"say \"\"hi\"\"\",1st,select\n1,2,3,4\n2,3,4,5\n",
      isOfText: false),
    OddTable(name: "no-numbers", text: "x,y\n1.5,1\nNaN,2\ninf,3\n", isOfText: false),
    OddTable(
      name: "zeros", text: "k,n,e\n0815,NA,1.50\n0816,x,2.25\n0817,y,3.10\n", isOfText: false),
    OddTable(
      name: "wide", text: "i,u\n9223372036854775807,\(UInt64.max)\n-9223372036854775808,0\n",
      isOfText: false),
    OddTable(name: "long", text: "a||b\n1||2\n3||4\n", isRefused: true),
  ]

  @Test(arguments: SchemaExports.all.map(\.name))
  func toolsFindWhatIsOtherwise(name: String) throws {
    let folder = try TemporaryFolder()
    try folder.file("good.csv", Self.table())
    let schema = try Self.emit(name, "good.csv", in: folder)
    let faults = Self.faults.filter { !$0.unseen.contains(name) }
    for fault in faults { try folder.file("\(fault.name).csv", fault.table) }
    let tables = ["good.csv"] + faults.map { "\($0.name).csv" }
    for table in tables { try Self.copy(table, for: name, in: folder) }
    let answers = try Self.check(name, tables.map { (schema, $0) }, in: folder)
    #expect(answers == [true] + faults.map { _ in false }, "\(tables)")
  }

  @Test(arguments: SchemaExports.all.map(\.name))
  func toolsReadTheVeryFile(name: String) throws {
    let folder = try TemporaryFolder()
    var pairs: [(String, String)] = []
    let readers = ["frictionless", "csvw"]
    for table in Self.oddTables where !table.isOfText || readers.contains(name) {
      let file = "\(table.name).csv"
      try folder.file(file, table.text)
      let run = try CommandRun(["analyze", file, "--emit", name] + table.options, in: folder.url)
      if table.isRefused {
        #expect(run.exitCode == 2 && run.errors.contains("diet cat"), "\(run.errors)")
        continue
      }
      #expect(run.exitCode == 0, "\(run.errors)")
      try folder.file("\(file).schema", run.output)
      try Self.copy(file, for: name, table.options, in: folder)
      pairs.append(("\(file).schema", file))
    }
    let answers = try Self.check(name, pairs, in: folder)
    #expect(zip(pairs, answers).filter { !$0.1 }.map(\.0.1) == [])
  }

  /// Writes the schema of a table, and says where.
  private static func emit(
    _ name: String, _ table: String, in folder: TemporaryFolder
  ) throws -> String {
    let run = try CommandRun(["analyze", table, "--emit", name], in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    try folder.file("\(table).schema", run.output)
    return "\(table).schema"
  }

  /// Writes the copies of a table that the tool reads where it does not read the table itself.
  private static func copy(
    _ table: String, for name: String, _ options: [String] = [], in folder: TemporaryFolder
  ) throws {
    if ["frictionless", "csvw"].contains(name) { return }
    let isJSON = name == "json-schema"
    let format = isJSON ? ["--format", "jsonl"] : []
    let run = try CommandRun(["cat", table] + format + options, in: folder.url)
    try #require(run.exitCode == 0, "\(run.errors)")
    try folder.file("\(table).\(isJSON ? "jsonl" : "plain.csv")", run.output)
  }

  /// Whether tables are as schemas say.
  private static func check(
    _ name: String, _ pairs: [(schema: String, table: String)], in folder: TemporaryFolder
  ) throws -> [Bool] {
    let script = packageRoot.appending(path: "Tests/DietCommandTests/Gates/check_schema.py").path
    let run = try CommandRun(
      python: [script, name] + pairs.flatMap { [folder.path($0.schema), folder.path($0.table)] },
      in: folder.url)
    try #require(run.exitCode == 0, "\(run.output)\(run.errors)")
    return try JSONDecoder().decode([Bool].self, from: Data(run.output.utf8))
  }

  @Test func factsAreSaidThatToolsDoNotHold() throws {
    let folder = try TemporaryFolder()
    func schema(_ name: String, _ table: String) throws -> String {
      try folder.file("t.csv", table)
      return try CommandRun(["analyze", "t.csv", "--emit", name], in: folder.url).output
    }
    let names = "my col,\"say \"\"hi\"\"\",1st,select,Big,plain_1\n1,2,3,4,5,6\n2,3,4,5,6,7\n"
    let quoted = try schema("dbt", names).components(separatedBy: "quote: true").count - 1
    #expect(quoted == 5)
    let wide = "i\n9223372036854775807\n-9223372036854775808\n"
    for name in ["frictionless", "great-expectations", "json-schema", "csvw", "pandera"] {
      let text = try schema(name, wide)
      #expect(text.contains("-9223372036854775808") && text.contains("9223372036854775807"))
    }
    #expect(try schema("csvw", "d\n1.25\n2.50\n").contains("\"format\": \"#0.##\""))
    for name in ["frictionless", "csvw"] {
      #expect(try schema(name, "a,a\n1,2\n").contains("The header is skipped"))
    }
  }

  @Test func namesDifferFromThoseOfLoaders() throws {
    let names = SchemaExports.all.map(\.name)
    #expect(Set(names).count == names.count)
    let run = try CommandRun(["analyze", "--help"])
    for name in names { #expect(run.output.contains(name)) }
  }
}
