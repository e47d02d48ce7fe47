import Foundation
import TestSupport
import Testing

/// Files that have types, given to the verbs that read tables.
@Suite struct ArrowInputTests {
  private static let orders = """
    id,zip,price,when,flag,note
    1,00501,12.30,2024-02-29T10:00:00Z,true,first
    2,10115,7.05,2024-03-01T00:00:00Z,false,"second, with a comma"
    3,10115,,2024-03-02T23:59:59Z,,
    4,75001,100.00,2024-03-03T12:30:00Z,true,""
    """ + "\n"

  /// `orders` in each form that has types.
  private static let forms: [[String]] = [
    ["wide.arrow"], ["wide.arrows"], ["wide.parquet"],
    ["wide.arrow", "--compression", "zstd"], ["wide.arrows", "--compression", "zstd"],
  ]

  private func diet(_ arguments: String..., in folder: TemporaryFolder) throws -> CommandRun {
    let run = try CommandRun(arguments, in: folder.url)
    #expect(run.exitCode == 0, "diet \(arguments): \(run.errors)")
    return run
  }

  @Test(arguments: forms)
  func goesOnADiet(_ form: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.file("orders.csv", Self.orders)
    let made = try CommandRun(["apply", "orders.csv", "-o"] + form, in: folder.url)
    #expect(made.exitCode == 0, "\(made.errors)")
    let wide = form[0]
    let report = try diet("analyze", wide, "--format", "json", "--no-measure", in: folder)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(report.output.utf8)) as? [String: Any])
    let input = try #require(json["input"] as? [String: Any])
    #expect(input["dialect"] == nil)
    #expect((input["format"] as? String)?.isEmpty == false)
    #expect(input["rows"] as? Int == 4)
    let columns = try #require(json["columns"] as? [[String: Any]])
    // Digits in text stay text.
    #expect(columns.map { $0["logical_type"] as? String }[1] == "string")
    #expect(columns.allSatisfy { $0["fidelity"] as? String == "text" })
    for lean in ["lean.arrow", "lean.arrows", "lean.parquet", "lean.csv"] {
      _ = try diet("apply", wide, "-o", lean, in: folder)
      _ = try diet("verify", lean, "--against", wide, in: folder)
    }
    let values = try String(contentsOfFile: folder.path("lean.csv"), encoding: .utf8)
    #expect(try diet("cat", wide, in: folder).output == values)
    #expect(
      try diet("cat", wide, "--head", "2", in: folder).output
        == values.split(separator: "\n").prefix(3).joined(separator: "\n") + "\n")
    // Many files are one table.
    let twice = try diet("cat", wide, wide, "--format", "jsonl", in: folder).output
    #expect(twice.split(separator: "\n").count == 8)
  }

  @Test func standardInputAndOutput() throws {
    let folder = try TemporaryFolder()
    try folder.file("orders.csv", Self.orders)
    _ = try diet("apply", "orders.csv", "-o", "wide.arrows", in: folder)
    let bytes = try Data(contentsOf: folder.url.appendingPathComponent("wide.arrows"))
    let report = try CommandRun(
      ["analyze", "-", "--no-measure", "--format", "csv"], in: folder.url, input: bytes)
    #expect(report.exitCode == 0, "\(report.errors)")
    #expect(report.output.contains("\nid,integer"))
    let output = folder.path("piped.arrows")
    let shell = try CommandRun(
      ["-c", "\"$0\" apply orders.csv -o - 2>/dev/null >'\(output)'", CommandRun.executable.path],
      of: URL(filePath: "/bin/sh"), in: folder.url)
    #expect(shell.exitCode == 0)
    _ = try diet("verify", "piped.arrows", "--against", "orders.csv", in: folder)
  }

  @Test func planHoldsForTheNextFile() throws {
    let folder = try TemporaryFolder()
    for (name, text) in [("january", "id,n\n1,100\n"), ("march", "id,n\n5,7\n6,1000\n")] {
      try folder.file("\(name).csv", text)
      _ = try diet("apply", "\(name).csv", "-o", "\(name).arrow", in: folder)
    }
    _ = try diet(
      "analyze", "january.arrow", "--save-plan", "plan.json", "--no-measure", in: folder)
    let run = try CommandRun(
      ["apply", "march.arrow", "--plan", "plan.json", "-o", "lean.arrow"], in: folder.url)
    #expect(run.exitCode == 2)
    #expect(run.errors.contains("row 2"), "\(run.errors)")
    #expect(run.errors.contains("column `n`"), "\(run.errors)")
  }

  @Test func refusals() throws {
    let folder = try TemporaryFolder()
    try folder.file("orders.csv", Self.orders)
    _ = try diet("apply", "orders.csv", "-o", "wide.arrow", in: folder)
    let cases: [([String], Int32, String)] = [
      (
        ["analyze", "wide.arrow", "--delimiter", ";"], 64,
        "--delimiter: wide.arrow is an Arrow file"
      ),
      (["apply", "wide.arrow", "-o", "x.arrow", "--type", "id=string"], 64, "--type"),
      (["verify", "x.arrow", "--against", "wide.arrow", "--quote", "none"], 64, "--quote"),
      (["cat", "wide.arrow", "--text"], 2, "an Arrow file"),
      (["sniff", "wide.arrow"], 2, "an Arrow file"),
      (["analyze", "wide.arrow", "orders.csv"], 2, "orders.csv: this is text"),
      (["analyze", "wide.arrow", "--columns", "no"], 2, "there is no such column"),
      (["apply", "wide.arrow", "-o", "wide.arrow"], 2, "that is the input"),
      (["apply", "orders.csv", "-o", "x.csv", "--compression", "zstd"], 64, "not compressed"),
      (
        ["apply", "orders.csv", "-o", "x.arrow", "--compression", "lz4"], 64,
        "expected none or zstd"
      ),
    ]
    for (arguments, code, words) in cases {
      let run = try CommandRun(arguments, in: folder.url)
      #expect(run.exitCode == code, "diet \(arguments): \(run.errors)")
      #expect(run.errors.contains(words), "diet \(arguments): \(run.errors)")
    }
    var bytes = try Data(contentsOf: folder.url.appendingPathComponent("wide.arrow"))
    bytes.removeLast(100)
    try folder.file("cut.arrow", bytes)
    let cut = try CommandRun(["analyze", "cut.arrow"], in: folder.url)
    #expect(cut.exitCode == 2)
    #expect(cut.errors.contains("cut.arrow, byte \(bytes.count): "), "\(cut.errors)")
    #expect(cut.errors.contains("cut short"), "\(cut.errors)")
  }
}
