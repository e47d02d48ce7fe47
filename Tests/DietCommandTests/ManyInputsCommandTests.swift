import Foundation
import TestSupport
import Testing

/// Folders, keys and columns put together by name, in the verbs.
@Suite struct ManyInputsCommandTests {
  private static let flags = ["--union-by-name", "--file-name-column", "file"]

  /// Two parts of a table, the second of which has other columns.
  private static func folder(of ending: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (month, text) in [
      ("1", "id,town,v\n1,Oslo,5\n2,Rome,6\n"), ("2", "v,id,extra\n7,3,x\n8,4,y\n"),
    ] {
      try FileManager.default.createDirectory(
        atPath: folder.path("data/month=\(month)"), withIntermediateDirectories: true)
      let name = "data/month=\(month)/part"
      try folder.file("\(name).csv", text)
      if ending == "csv" { continue }
      let run = try CommandRun(["apply", "\(name).csv", "-o", "\(name).\(ending)"], in: folder.url)
      #expect(run.exitCode == 0, "\(run.errors)")
      try FileManager.default.removeItem(atPath: folder.path("\(name).csv"))
    }
    return folder
  }

  /// A report whose commands each stand on one line.
  private static func unbroken(_ report: String) -> String {
    report.split(separator: " \\\n").joined(separator: " ")
      .split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
  }

  @Test(arguments: ["csv", "arrow", "parquet"])
  func whatIsAppliedIsVerified(_ ending: String) throws {
    let folder = try Self.folder(of: ending)
    let cat = try CommandRun(["cat", "data"] + Self.flags, in: folder.url)
    #expect(
      cat.output == """
        id,town,v,extra,month,file
        1,Oslo,5,,1,data/month=1/part.\(ending)
        2,Rome,6,,1,data/month=1/part.\(ending)
        3,,7,x,2,data/month=2/part.\(ending)
        4,,8,y,2,data/month=2/part.\(ending)

        """)
    #expect(
      cat.errors == """
        diet: note: data/month=1/part.\(ending) has no `extra`: null there
        diet: note: data/month=2/part.\(ending) has no `town`: null there

        """)
    for output in ending == "csv" ? ["lean.arrow", "lean.parquet", "lean.csv"] : ["lean.arrow"] {
      let apply = try CommandRun(
        ["apply", "data", "-o", output, "--verify"] + Self.flags, in: folder.url)
      #expect(apply.exitCode == 0, "\(apply.errors)")
      let words = "diet verify \(output) --against data --union-by-name --file-name-column file"
      #expect(Self.unbroken(apply.output).contains(words), "\(apply.output)")
      let verify = try CommandRun(
        Array(words.split(separator: " ").map(String.init).dropFirst()), in: folder.url)
      #expect(verify.exitCode == 0, "\(verify.output)\(verify.errors)")
      let moved = try CommandRun(["verify", output, "--against", "data"], in: folder.url)
      #expect(moved.exitCode != 0, "without the options it is another table")
    }
    let analyze = try CommandRun(["analyze", "data", "--no-measure"] + Self.flags, in: folder.url)
    #expect(
      Self.unbroken(analyze.output).contains(
        "diet apply data --union-by-name --file-name-column file -o"),
      "\(analyze.output)")
    if ending == "csv" {
      let one = try CommandRun(
        ["verify", "lean.arrow", "--against", "data/month=1/part.csv"], in: folder.url)
      #expect(
        one.errors.hasSuffix(
          "`diet verify lean.arrow --against data/month=1/part.csv data/month=2/part.csv --hive`\n"),
        "\(one.errors)")
      try folder.file("data/month=2/part.csv", "v,id,extra\n7,3,x\n8,5,y\n")
      let verify = try CommandRun(
        ["verify", "lean.parquet", "--against", "data"] + Self.flags, in: folder.url)
      #expect(verify.exitCode == 1, "\(verify.output)\(verify.errors)")
    }
  }

  @Test func foldersAreReadAsOthersReadThem() throws {
    let folder = try TemporaryFolder()
    for name in ["data/b", "data/_old", "data/.git"] {
      try FileManager.default.createDirectory(
        atPath: folder.path(name), withIntermediateDirectories: true)
    }
    for (number, name) in ["b/2.tsv", "a.csv", "_x.csv", ".y.csv", "_old/z.csv", ".git/w.csv"]
      .enumerated()
    {
      try folder.file("data/\(name)", "n\n\(number)\n")
    }
    for name in ["README.txt", "b/notes.md"] { try folder.file("data/\(name)", "about\n") }
    let note =
      "diet: note: data: data/README.txt, data/b/notes.md are left out, whose names are none of data;"
      + " to read one, name it\n"
    for verb in [["cat"], ["cat", "--text"]] {
      let run = try CommandRun(verb + ["data"], in: folder.url)
      #expect(run.output == "n\n1\n0\n")
      #expect(run.errors == note)
    }
    let pattern = try CommandRun(["cat", "data/[a-z]*.csv"], in: folder.url)
    #expect(pattern.output == "n\n1\n", "\(pattern.errors)")
    for (pattern, rows) in [
      ("data/**", "1\n0\n"), ("**/*.[ct]sv", "1\n0\n"), ("data/**/b/*.tsv", "0\n"),
      ("**/data/**/?.csv", "1\n"),
    ] {
      let run = try CommandRun(["cat", pattern], in: folder.url)
      #expect(run.output == "n\n" + rows, "\(pattern): \(run.errors)")
    }
    let sniff = try CommandRun(["sniff", "data"], in: folder.url)
    #expect(
      sniff.output.contains("a.csv · ") && sniff.output.contains("2.tsv · "), "\(sniff.errors)")
  }

  /// Code for engines reads a copy; our own library's reads the folder.
  @Test func emittedCodeReadsTheSameTable() throws {
    let folder = try Self.folder(of: "csv")
    let analyze = ["analyze", "data"] + Self.flags
    for loader in ["polars", "pandas", "duckdb"] {
      let run = try CommandRun(analyze + ["--emit", loader], in: folder.url)
      #expect(
        run.output.contains(
          "diet cat data --union-by-name --file-name-column file > data.plain.csv"),
        "\(run.output)\(run.errors)")
    }
    let swift = try CommandRun(analyze + ["--emit", "swift"], in: folder.url)
    for line in [
      "options.files.unionsByName = true", "options.files.fileNameColumn = \"file\"",
      "paths: [String] = [\"data\"]",
    ] {
      #expect(swift.output.contains(line), "\(swift.output)\(swift.errors)")
    }
  }
}
