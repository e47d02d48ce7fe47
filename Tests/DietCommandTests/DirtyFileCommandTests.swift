import Foundation
import TestSupport
import Testing

/// Short, long and oddly quoted records, and what becomes of them.
@Suite struct DirtyFileCommandTests {
  private static let dirty = "a,b\n1,2\n3\n4,5,6\n5\" pipe,7\n8,9\n"

  private func run(_ arguments: [String], _ text: String = dirty) throws -> (
    CommandRun, TemporaryFolder
  ) {
    let folder = try TemporaryFolder()
    try folder.file("f.csv", text)
    return (try CommandRun(arguments, in: folder.url), folder)
  }

  @Test func readAndSaid() throws {
    let (run, _) = try run(["cat", "f.csv", "--text", "--format", "jsonl"])
    #expect(run.exitCode == 0)
    #expect(
      run.output
        == #"["a","b"]"# + "\n" + #"["1","2"]"# + "\n" + #"["3"]"# + "\n" + #"["4","5","6"]"# + "\n"
        + #"["5\" pipe","7"]"# + "\n" + #"["8","9"]"# + "\n")
    for words in ["1 record is short, on line 3", "1 record is long, on line 4", "on line 5"] {
      #expect(run.errors.contains(words), "\(run.errors)")
    }
  }

  @Test func notesStandInTheReport() throws {
    let (run, _) = try run(["analyze", "f.csv", "--format", "json", "--no-measure"])
    #expect(run.exitCode == 0)
    #expect(run.output.contains("1 record is short, on line 3: the missing fields are null"))
  }

  @Test(arguments: [
    ("a,b\n1,2\n3\n", "line 3, byte 8"), ("a,b\n1,2\n3,4,5\n", "line 3, byte 8"),
    ("a,b\n1,2\n5\" x,4\n", "line 3, byte 9"),
  ])
  func strictRefusesTheFirst(_ text: String, _ place: String) throws {
    for arguments in [["--strict"], ["--on-bad-record", "error"]] {
      let (run, _) = try run(["cat", "f.csv", "--text"] + arguments, text)
      #expect(run.exitCode == 1, "\(run.errors)")
      #expect(run.errors.contains(place), "\(run.errors)")
    }
  }

  @Test(arguments: ["--text", "--threads=2"])
  func skipped(_ how: String) throws {
    let (run, _) = try run(["cat", "f.csv", how, "--on-bad-record", "skip"])
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.output == "a,b\n1,2\n8,9\n")
    #expect(run.errors.contains("3 records are left out, the first on line 3"), "\(run.errors)")
  }

  @Test(arguments: ["cat", "analyze", "apply"])
  func collected(_ verb: String) throws {
    let output = verb == "apply" ? ["-o", "lean.csv"] : []
    let (run, folder) = try run(
      [verb, "f.csv", "--on-bad-record", "collect", "rejects.csv"] + output)
    #expect(run.exitCode == 0, "\(run.errors)")
    let rejects = try String(
      contentsOf: folder.url.appendingPathComponent("rejects.csv"), encoding: .utf8)
    #expect(
      rejects == """
        file,line,byte,reason,record
        f.csv,3,8,"the record has 1 field, the table 2",3
        f.csv,4,10,"the record has 3 fields, the table 2","4,5,6"
        f.csv,5,16,a quote stands inside a field without being doubled,"5"" pipe,7"

        """)
  }

  /// A quote that nothing closes takes its own line with it, not the rest of the file.
  @Test func anOpenQuoteSwallowsNothing() throws {
    let text = "a,b\n1,2\n3,\"4\n5,6\n7,8\n"
    let (refused, _) = try run(["cat", "f.csv", "--text"], text)
    #expect(refused.exitCode == 2)
    #expect(refused.errors.contains("line 3, byte 10"), "\(refused.errors)")
    #expect(refused.errors.contains("--on-bad-record skip"))
    let (skipped, folder) = try run(
      ["cat", "f.csv", "--text", "--on-bad-record", "collect", "r.csv"], text)
    #expect(skipped.output == "a,b\n1,2\n5,6\n7,8\n", "\(skipped.errors)")
    let rejects = try String(
      contentsOf: folder.url.appendingPathComponent("r.csv"), encoding: .utf8)
    #expect(rejects.contains("f.csv,3,8,a quoted field opens here and is never closed,\"3,\"\"4\""))
  }

  @Test func collectNeverReplacesAnInput() throws {
    let (run, folder) = try run(["cat", "f.csv", "--on-bad-record", "collect", "f.csv"])
    #expect(run.exitCode == 2)
    #expect(run.errors.contains("something else in it"), "\(run.errors)")
    let kept = try String(contentsOf: folder.url.appendingPathComponent("f.csv"), encoding: .utf8)
    #expect(kept == Self.dirty)
  }

  @Test(arguments: [
    ["--on-bad-record", "collect"], ["--on-bad-record", "perhaps"],
    ["--strict", "--on-bad-record", "skip"],
    ["--escape", "xy"], ["--spaces", "some"], ["--header-records", "0"], ["--delimiter", ""],
  ])
  func usage(_ arguments: [String]) throws {
    let (run, _) = try run(["cat", "f.csv", "--text"] + arguments)
    #expect(run.exitCode == 64, "\(run.errors)")
  }

  @Test(arguments: [
    ("a||b\n1||2\n", ["--delimiter", "||"], "a,b\n1,2\n"),
    ("a\tb\n1\t2\n", ["--delimiter", "\\t"], "a,b\n1,2\n"),
    ("a;b\n'1;2';3\n", ["--delimiter", ";", "--quote", "'"], "a,b\n1;2,3\n"),
    ("a,b\nx\\,y,2\n", ["--escape", "\\"], "a,b\n\"x,y\",2\n"),
    ("a,b\n;c\n1,2\n", ["--comment", ";"], "a,b\n1,2\n"),
    ("a,b\n# c\n1,2\n3,4\n", ["--comment", "none"], "a,b\n# c\n1,2\n3,4\n"),
    ("a, b\n1, 2\n", ["--spaces", "keep"], "a, b\n1, 2\n"),
    ("x\ny\na,b\n1,2\n", ["--skip", "2"], "a,b\n1,2\n"),
    ("a,b\nc,d\n1,2\n", ["--header-records", "2"], "a c,b d\n1,2\n"),
  ])
  func forced(_ text: String, _ arguments: [String], _ expected: String) throws {
    let (run, _) = try run(["cat", "f.csv", "--text"] + arguments, text)
    #expect(run.output == expected, "\(run.errors)")
  }

  /// What sniff says forces the same reading.
  @Test(arguments: [
    "a||b\n1||2\n3||4\n", "Report\n\na;b\n1,5;x\n2,5;y\n3,5;z\n", "a,b\n1,2\n# note it\n3,4\n",
    "a, b\n1, x\n2, y\n", "id,mass\n,(kg)\n1,2.5\n2,3.5\n3,4.5\n", "a,b\n\"x\\\"y\",1\n\"z\",2\n",
    "1\t2\n3\t4\n",
  ])
  func sniffedOptionsForceTheSame(_ text: String) throws {
    let (plain, folder) = try run(["cat", "f.csv", "--text"], text)
    let sniff = try CommandRun(["sniff", "f.csv", "--format", "json"], in: folder.url)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(sniff.output.utf8)) as? [String: Any])
    let options = try #require(json["options"] as? [String])
    let arguments = options.flatMap { option in
      option.split(separator: " ", maxSplits: 1).map { part in
        let isQuoted = part.count > 2 && (part.first == "'" || part.first == "\"")
        return String(isQuoted ? part.dropFirst().dropLast() : part)
      }
    }
    let forced = try CommandRun(["cat", "f.csv", "--text"] + arguments, in: folder.url)
    #expect(forced.output == plain.output, "\(options): \(forced.errors)")
  }

  /// Certain is what no other reading explains; what else the file may be, sniff says.
  @Test(
    arguments: [
      ("n,m\n1,2\n3,4\n", nil), ("a,b\nx,y\nz,w\n", "--no-header"),
      ("1,2\n3,4\n5,6\n", "--header"), ("Report\n\nn,m\n1,2\n3,4\n5,6\n", "--delimiter ,"),
      ("town,0,1,2,3\nOslo,5,3,5,8\nRome,2,7,4,4\n", "--no-header"),
    ] as [(String, String?)])
  func sniffSaysTheRunnerUp(_ text: String, _ option: String?) throws {
    let (run, folder) = try run(["sniff", "f.csv", "--format", "json"], text)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect((json["runner_up"] as? [String: Any])?["option"] as? String == option)
    if option != nil { #expect(try #require(json["confidence"] as? Double) < 1) }
    guard let option else { return }
    let table = try CommandRun(["sniff", "f.csv"], in: folder.url).output
    #expect(!table.contains("certain") && table.contains("else       `\(option)`"), "\(table)")
    // The option takes that reading.
    let words = option.split(separator: " ").map(String.init)
    let tables = try [[], words].map { words in
      try CommandRun(["cat", "f.csv", "--format", "jsonl"] + words, in: folder.url).output
    }
    #expect(tables[0] != tables[1])
  }

  /// Lines that quotes took in are counted where the rows are.
  @Test func headlinesCountLinesWithinFields() throws {
    let rows = (0..<80).map { row in
      "\(row),\(row == 50 ? "\"opens" : row == 60 ? "closes\"" : "\"abc\""),\(row % 7)"
    }
    let text = "id,name,v\n" + rows.joined(separator: "\n") + "\n"
    let (analyze, _) = try run(["analyze", "f.csv", "--no-measure"], text)
    #expect(analyze.output.contains("79 rows × 3 columns (1 line within quoted fields)"))
    let (apply, _) = try run(["apply", "f.csv", "-o", "f.arrow"], text)
    #expect(apply.output.contains("79 rows × 3 columns (1 line within quoted fields)"))
  }

  @Test func sniffNamesWhatItFound() throws {
    let (run, _) = try run(["sniff", "f.csv", "--format", "json"], "a;b\n1,5;x\n2,5;y\n")
    #expect(run.exitCode == 0, "\(run.errors)")
    for words in [
      "\"delimiter\": \";\"", "\"quote\": \"\\\"\"", "\"header\": true", "\"encoding\": \"utf-8\"",
      "\"decimal\": \",\"", "\"confidence\": ", "\"rejected\": [", "\"reason\": ",
    ] {
      #expect(run.output.contains(words), "\(run.output)")
    }
    let (table, _) = try self.run(["sniff", "f.csv"], "a;b\n1,5;x\n2,5;y\n")
    for words in ["delimiter  semicolon", "rejected", "--delimiter ';'"] {
      #expect(table.output.contains(words), "\(table.output)")
    }
  }

  /// A seeded part of the pollutions that `bench/pollution` compares engines with.
  @Test func pollutions() throws {
    let script = fixtures.deletingLastPathComponent()
      .appendingPathComponent("bench/pollution/compare.py").path
    let run = try TestPython.run([
      script, "--check", "--diet", CommandRun.executable.path, "--seed", "7", "--count", "80",
    ])
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
  }
}
