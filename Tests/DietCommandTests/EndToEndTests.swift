import Foundation
import TestSupport
import Testing

@testable import TabularDiet

@Suite struct EndToEndTests {
  private static let orders = """
    id,country,price,when,note
    1,NA,12.30,2024-02-29,first
    2,DE,7.05,2024-03-01,"second, with a comma"
    3,NA,0.99,2024-03-02,
    4,FR,100.00,2024-03-03,""
    """ + "\n"

  @Test(arguments: ["lean.arrow", "lean.arrows", "lean.parquet", "lean.csv"])
  func applyThenVerify(_ output: String) throws {
    let folder = try TemporaryFolder()
    try folder.file("orders.csv", Self.orders)
    let apply = try CommandRun(["apply", "orders.csv", "-o", output], in: folder.url)
    #expect(apply.exitCode == 0, "\(apply.errors)")
    let verify = try CommandRun(["verify", output, "--against", "orders.csv"], in: folder.url)
    #expect(verify.exitCode == 0, "\(verify.output)\(verify.errors)")
    // One byte of the source, and the certificate does not hold any more.
    try folder.file("orders.csv", Self.orders.replacingOccurrences(of: "7.05", with: "7.06"))
    let changed = try CommandRun(["verify", output, "--against", "orders.csv"], in: folder.url)
    #expect(changed.exitCode == 1, "\(changed.output)")
    #expect(changed.output.contains("price"))
  }

  /// A value that was flipped is found in its row, counted from 1, with both texts; several files
  /// are one table, and `apply` names them all.
  @Test(arguments: ["lean.arrow", "lean.arrows", "lean.parquet", "lean.csv"])
  func aFlippedValueIsShown(_ output: String) throws {
    let folder = try TemporaryFolder()
    try folder.file("a.csv", "k,v\n1,x\n2,y\n")
    try folder.file("b.csv", "k,v\n3,x\n4,y\n")
    let apply = try CommandRun(["apply", "a.csv", "b.csv", "-o", output], in: folder.url)
    #expect(apply.exitCode == 0, "\(apply.errors)")
    #expect(apply.output.contains("diet verify \(output) --against a.csv b.csv"), "\(apply.output)")
    let words = ["verify", output, "--against", "a.csv", "b.csv"]
    let verify = try CommandRun(words, in: folder.url)
    #expect(verify.exitCode == 0, "\(verify.output)\(verify.errors)")
    try folder.file("b.csv", "k,v\n3,y\n4,y\n")
    let changed = try CommandRun(words + ["--format", "json"], in: folder.url)
    #expect(changed.exitCode == 1, "\(changed.errors)")
    let text = changed.output.filter { !$0.isWhitespace }
    #expect(text.contains(#""row":3,"line":null,"expected":"y","found":"x""#), "\(text)")
  }

  @Test(arguments: ["lean.arrow", "lean.parquet", "lean.csv"])
  func certificatesInSHA256(_ output: String) throws {
    let folder = try TemporaryFolder()
    try folder.file("orders.csv", Self.orders)
    let apply = try CommandRun(
      ["apply", "orders.csv", "-o", output, "--digest", "sha256"], in: folder.url)
    #expect(apply.exitCode == 0, "\(apply.errors)")
    let verify = try CommandRun(["verify", output, "--against", "orders.csv"], in: folder.url)
    #expect(verify.exitCode == 0, "\(verify.output)\(verify.errors)")
    let certificate = try LeanFile(contentsOf: folder.path(output)).certificate
    #expect(certificate.algorithm == .sha256)
    #expect(certificate.columns.allSatisfy { $0.digest.utf8.count == 64 })
    let sum = try CommandRun(
      ["orders.csv"], of: URL(fileURLWithPath: "/usr/bin/sha256sum"), in: folder.url)
    #expect(sum.output.hasPrefix(certificate.files[0].digest + " "))
    try folder.file("orders.csv", Self.orders.replacingOccurrences(of: "7.05", with: "7.06"))
    let changed = try CommandRun(["verify", output, "--against", "orders.csv"], in: folder.url)
    #expect(changed.exitCode == 1 && changed.output.contains("sha256"), "\(changed.output)")
  }

  /// The command that a report suggests writes the table that the report is about.
  @Test func theNextCommandRepeatsTheOptions() throws {
    let folder = try TemporaryFolder()
    try folder.file("odd.txt", "a;b\n1;x\n-;y\n3;z\n4\n")
    let options = [
      "--delimiter", ";", "--on-bad-record", "collect", "bad.csv", "--null-token", "-",
      "--drop", "b", "--columns", "a,b", "--keep", "a", "--unsigned",
    ]
    let analyze = try CommandRun(
      ["analyze", "odd.txt", "--no-measure"] + options, in: folder.url)
    #expect(analyze.exitCode == 0, "\(analyze.errors)")
    // It may take more than a line, each but the last with a backslash at its end.
    let words = analyze.output.split(whereSeparator: \.isWhitespace).filter { $0 != "\\" }
    let next = try #require(words.lastIndex(of: "next"), "\(analyze.output)")
    #expect(
      words[(next + 1)...].joined(separator: " ")
        == "diet apply odd.txt --delimiter ';' --on-bad-record collect bad.csv"
        + " --null-token - --drop b --columns a,b --keep a --unsigned -o odd.arrow")
    let apply = try CommandRun(
      ["apply", "odd.txt"] + options + ["-o", "odd.arrow"], in: folder.url)
    #expect(apply.exitCode == 0, "\(apply.errors)")
  }

  @Test func keptColumnsStayWide() throws {
    let folder = try TemporaryFolder()
    try folder.file("orders.csv", Self.orders)
    let keep = ["--keep", "price", "--keep", "id,country"]
    let apply = try CommandRun(
      ["apply", "orders.csv", "-o", "kept.arrow", "--save-plan", "plan.json"] + keep,
      in: folder.url)
    #expect(apply.exitCode == 0, "\(apply.errors)")
    let verify = try CommandRun(
      ["verify", "kept.arrow", "--against", "orders.csv"], in: folder.url)
    #expect(verify.exitCode == 0, "\(verify.output)\(verify.errors)")
    let plan = try String(
      contentsOf: folder.url.appendingPathComponent("plan.json"), encoding: .utf8)
    for name in ["country", "id", "price"] { #expect(plan.contains("\"\(name)\"")) }
    let analyze = try CommandRun(
      ["analyze", "orders.csv", "--no-measure", "--exact-distinct", "--format", "csv"] + keep,
      in: folder.url)
    #expect(analyze.output.split(separator: "kept as asked").count == 4, "\(analyze.output)")
    let both = try CommandRun(
      ["apply", "orders.csv", "-o", "kept.arrow", "--plan", "plan.json"] + keep, in: folder.url)
    #expect(both.exitCode == 64 && both.errors.contains("leave out one of the two"))
  }

  /// Floats are rounded only where both words are said, and every report says so.
  @Test func floatsAreRoundedOnRequest() throws {
    let folder = try TemporaryFolder()
    try folder.file("x.csv", "x,n\n" + (0..<300).map { "\($0).1234567891234e-3,\($0)\n" }.joined())
    func run(_ arguments: String...) throws -> String {
      let run = try CommandRun(arguments, in: folder.url)
      #expect(run.exitCode == 0, "\(arguments): \(run.output)\(run.errors)")
      return run.output
    }
    let report = try run("analyze", "x.csv", "--no-measure", "--float-error", "1e-7")
    #expect(report.contains("float32~") && report.contains("1 column rounded to binary32"))
    #expect(report.contains("--float-error 1e-7 --allow-lossy"))
    let json = try run(
      "analyze", "x.csv", "--no-measure", "--float-error", "1e-7", "--format", "json")
    #expect(json.contains("\"fidelity\": \"error\"") && json.contains("\"greatest\""))
    #expect(try !run("analyze", "x.csv", "--no-measure", "--format", "json").contains("greatest"))
    for output in ["x.arrow", "x.parquet", "x-out.csv"] {
      _ = try run(
        "apply", "x.csv", "-o", output, "--float-error", "1e-7", "--allow-lossy", "--save-plan",
        "plan.json")
      #expect(try run("verify", output, "--against", "x.csv").contains("or as near as allowed"))
    }
    _ = try run("apply", "x.csv", "-o", "again.arrow", "--plan", "plan.json", "--allow-lossy")
    let exact = try run("apply", "x.csv", "-o", "exact.arrow", "--allow-lossy")
    #expect(!exact.contains("rounded"))
  }

  /// A Parquet file is a table like any other: read, written anew and proved.
  @Test func parquetIn() throws {
    let folder = try TemporaryFolder()
    try folder.file("orders.csv", Self.orders)
    func run(_ arguments: String...) throws -> CommandRun {
      let run = try CommandRun(arguments, in: folder.url)
      #expect(run.exitCode == 0, "\(arguments): \(run.output)\(run.errors)")
      return run
    }
    _ = try run("apply", "orders.csv", "-o", "lean.parquet")
    _ = try run("apply", "orders.csv", "-o", "lean.arrow")
    // Prices are binary64 in both: 12.3.
    let expected = try run("cat", "lean.arrow").output
    #expect(expected.contains("12.3,2024-02-29"))
    #expect(try run("cat", "lean.parquet").output == expected)
    #expect(try run("analyze", "lean.parquet", "--no-measure").output.contains("country"))
    for output in ["again.parquet", "again.arrow"] {
      _ = try run("apply", "lean.parquet", "-o", output)
      _ = try run("verify", output, "--against", "lean.parquet")
    }
    #expect(try run("cat", "again.parquet").output == expected)
    let none = try run("apply", "orders.csv", "-o", "plain.parquet", "--compression", "none")
    #expect(none.errors.isEmpty)
    // Cut short, it is an error that says so.
    let bytes = try Data(contentsOf: folder.url.appendingPathComponent("lean.parquet"))
    try bytes.prefix(300).write(to: folder.url.appendingPathComponent("short.parquet"))
    let short = try CommandRun(["analyze", "short.parquet"], in: folder.url)
    #expect(short.exitCode == 2)
    #expect(
      short.errors.contains("short.parquet, byte 300: the file does not end with `PAR1`"),
      "\(short.errors)")
  }

  @Test func planGivesTheSameSchemaOrAnErrorWithTheLine() throws {
    let folder = try TemporaryFolder()
    try folder.file("january.csv", "id,n\n1,100\n2,-3\n")
    try folder.file("february.csv", "id,n\n3,7\n4,8\n")
    try folder.file("march.csv", "id,n\n5,7\n6,1000\n")
    try folder.file("april.csv", "id,n\n7,x\n")
    let save = try CommandRun(
      ["analyze", "january.csv", "--save-plan", "plan.json", "--no-measure"], in: folder.url)
    #expect(save.exitCode == 0, "\(save.errors)")
    let plan = try String(
      contentsOf: folder.url.appendingPathComponent("plan.json"), encoding: .utf8)
    #expect(plan.contains("\"integer\""))
    let runs = try ["february", "march", "april"].map {
      try CommandRun(
        ["apply", "\($0).csv", "--plan", "plan.json", "-o", "\($0).arrow"], in: folder.url)
    }
    #expect(runs[0].exitCode == 0, "\(runs[0].errors)")
    #expect(runs[1].exitCode == 2)
    #expect(runs[1].errors.contains("column `n`"), "\(runs[1].errors)")
    #expect(runs[2].exitCode == 2)
    #expect(runs[2].errors.contains("line 2"), "\(runs[2].errors)")
    #expect(!folder.names.contains("march.arrow"))
  }

  /// The value that does not fit comes after the first blocks have been written.
  @Test func aLateMisfitNamesItsLineAndLeavesNothingBehind() throws {
    let folder = try TemporaryFolder()
    try folder.file("plan.csv", "id,n,text\n1,100,a\n2,-3,\"b\nb\"\n")
    let save = try CommandRun(
      ["analyze", "plan.csv", "--save-plan", "plan.json", "--no-measure"], in: folder.url)
    #expect(save.exitCode == 0, "\(save.errors)")
    var rows = (0..<200_000).map { "\($0 % 100),\($0 % 100),word" }
    rows[150_000] = "7,1000,word"
    rows[170_000] = "7,1000,word"
    rows[190_000] = "1000,7,word"
    try folder.file("late.csv", "id,n,text\n" + rows.joined(separator: "\n") + "\n")
    let before = folder.names
    for threads in ["1", "3"] {
      let run = try CommandRun(
        ["apply", "late.csv", "--plan", "plan.json", "-o", "late.arrow", "--threads", threads],
        in: folder.url)
      #expect(run.exitCode == 2)
      #expect(run.errors.contains("line 190002"), "\(run.errors)")
      #expect(run.errors.contains("column `id`"), "\(run.errors)")
      #expect(folder.names == before)
    }
  }

  /// One byte of a value in the lean file.
  @Test func verifyFindsAChangedByteOfTheLeanFile() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<100_000).map { "\($0 * 7 % 100_000),name \($0)" }
    try folder.file("table.csv", "id,name\n" + rows.joined(separator: "\n") + "\n")
    let apply = try CommandRun(["apply", "table.csv", "-o", "lean.arrow"], in: folder.url)
    #expect(apply.exitCode == 0, "\(apply.errors)")
    let path = folder.url.appendingPathComponent("lean.arrow")
    var bytes = try Data(contentsOf: path)
    let place = try #require(bytes.range(of: Data("name 77777".utf8)))
    bytes[place.lowerBound] = UInt8(ascii: "N")
    try bytes.write(to: path)
    let verify = try CommandRun(["verify", "lean.arrow", "--against", "table.csv"], in: folder.url)
    #expect(verify.exitCode == 1, "\(verify.output)\(verify.errors)")
    #expect(verify.output.contains("name"), "\(verify.output)")
  }

  @Test func standardInputAndCompressedInputSayTheSame() throws {
    let file = fixtures.appendingPathComponent("flights.csv.zst")
    let arguments = ["analyze", "--format", "csv", "--no-measure", "--threads", "2"]
    let direct = try CommandRun(arguments + [file.path])
    let piped = try CommandRun(arguments + ["-"], input: try Data(contentsOf: file))
    #expect(direct.exitCode == 0, "\(direct.errors)")
    #expect(direct.output == piped.output)
    #expect(direct.output.contains("tailnum"))
  }

  @Test func aNullTokenMayBeginWithADash() throws {
    let folder = try TemporaryFolder()
    try folder.file("in.csv", "a,b\n-999,x\n2,-999\n")
    let run = try CommandRun(
      ["cat", "in.csv", "--null-token", "-999", "--format", "jsonl"], in: folder.url)
    #expect(run.output == "{\"a\":null,\"b\":\"x\"}\n{\"a\":2,\"b\":null}\n", "\(run.errors)")
  }

  @Test func manyFilesAreOneTable() throws {
    let folder = try TemporaryFolder()
    try folder.file("1.csv", "a,b\n1,x\n2,y\n")
    try folder.file("2.csv", "a,b\n300,x\n")
    try folder.file("3.csv", "a,c\n1,x\n")
    let run = try CommandRun(
      ["analyze", "1.csv", "2.csv", "--format", "json", "--no-measure"], in: folder.url)
    #expect(run.output.contains("\"rows\": 3"), "\(run.output)")
    #expect(run.output.contains("\"files\""))
    let other = try CommandRun(["analyze", "1.csv", "3.csv"], in: folder.url)
    #expect(other.exitCode == 2)
    #expect(other.errors.contains("3.csv"), "\(other.errors)")
  }

  @Test func typesAreSettledBySecondReadingsOfStreams() throws {
    // Chunks of numbers, then a late word: the column is text, and no digit of it is lost.
    let rows = (0..<200_000).map { "\($0),\($0).50" } + ["abc,1e5"]
    let text = "a,b\n" + rows.joined(separator: "\n") + "\n"
    let run = try CommandRun(
      ["analyze", "-", "--format", "csv", "--no-measure"], input: Data(text.utf8))
    #expect(run.exitCode == 0, "\(run.errors)")
    let lines = run.output.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("a,string") }, "\(run.output)")
    #expect(lines.contains { $0.hasPrefix("b,float") }, "\(run.output)")
  }

  @Test func version() throws {
    let run = try CommandRun(["--version"])
    #expect(run.exitCode == 0)
    #expect(run.output.contains("."))
  }
}
