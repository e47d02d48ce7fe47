import Foundation
import TestSupport
import Testing

/// A run replaces nothing that it reads, and writes no file twice.
struct RunFilesTests {
  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.file("in.csv", "a,b\n1,2\n3,4\n")
    try folder.file("mine.json", "{\"mine\": 1}\n")
    let save = try CommandRun(
      ["analyze", "in.csv", "--no-measure", "--save-plan", "plan.json"], in: folder.url)
    #expect(save.exitCode == 0, "\(save.errors)")
    return folder
  }

  @Test(arguments: [
    (["analyze", "in.csv", "--save-plan", "./in.csv"], "--save-plan"),
    (["analyze", "in.csv", "--save-plan", "mine.json"], "something else in it than a plan"),
    (["apply", "in.csv", "-o", "x.arrow", "--save-plan", "in.csv"], "--save-plan"),
    (["apply", "in.csv", "-o", "x.arrow", "--save-plan", "./x.arrow"], "--save-plan"),
    (["apply", "in.csv", "-o", "x.csv", "--save-plan", "x.csv.certificate.json"], "--save-plan"),
    (["apply", "in.csv", "-o", "x.csv", "--on-bad-record", "collect", "x.csv"], "-o"),
    (["apply", "in.csv", "-o", "x.csv", "--on-bad-record", "collect", "in.csv"], "collect"),
    (["apply", "in.csv", "-o", "in.csv"], "-o"),
    (["apply", "in.csv", "--plan", "plan.json", "-o", "link.csv"], "that is the plan"),
    (["bench", "in.csv", "--save-baseline", "in.csv"], "--save-baseline"),
  ])
  func nothingIsReplaced(_ arguments: [String], _ said: String) throws {
    let folder = try Self.folder()
    try FileManager.default.createSymbolicLink(
      at: folder.url.appendingPathComponent("link.csv"),
      withDestinationURL: folder.url.appendingPathComponent("plan.json"))
    func contents() throws -> [String: String] {
      try ["in.csv", "mine.json", "plan.json"].reduce(into: [:]) { texts, name in
        texts[name] = try String(
          contentsOf: folder.url.appendingPathComponent(name), encoding: .utf8)
      }
    }
    let before = try contents()
    let run = try CommandRun(arguments, in: folder.url)
    #expect(run.exitCode == 2, "\(run.output)\(run.errors)")
    #expect(run.errors.contains(said), "\(run.errors)")
    #expect(try contents() == before)
    #expect(!FileManager.default.fileExists(atPath: folder.path("x.arrow")))
  }

  /// Plans go where tables go: through links.
  @Test func plansAreWrittenThroughLinks() throws {
    let folder = try Self.folder()
    let link = folder.url.appendingPathComponent("link.json")
    try FileManager.default.createSymbolicLink(
      at: link, withDestinationURL: folder.url.appendingPathComponent("plan.json"))
    try folder.file("in.csv", "other\n1\n")
    let save = try CommandRun(
      ["analyze", "in.csv", "--no-measure", "--save-plan", "link.json"], in: folder.url)
    #expect(save.exitCode == 0, "\(save.errors)")
    #expect(
      try String(contentsOf: folder.url.appendingPathComponent("plan.json"), encoding: .utf8)
        .contains("other"))
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: link.path).hasSuffix("plan.json"))
  }

  /// Words that a plan has not are let in, and said.
  @Test func newWordsAreNamed() throws {
    let folder = try TemporaryFolder()
    let rows = String(repeating: "b,1\nz,2\n", count: 20)
    try folder.file("old.csv", "k,v\n" + rows)
    try folder.file("new.csv", "k,v\n" + rows + "a,3\n")
    _ = try CommandRun(
      ["analyze", "old.csv", "--no-measure", "--save-plan", "plan.json"], in: folder.url)
    for output in ["new.parquet", "new.arrow"] {
      let run = try CommandRun(
        ["apply", "new.csv", "--plan", "plan.json", "-o", output, "--format", "json"],
        in: folder.url)
      #expect(run.output.contains("wordsUnplanned"), "\(run.output)\(run.errors)")
      let old = try CommandRun(
        ["apply", "old.csv", "--plan", "plan.json", "-o", output, "--format", "json"],
        in: folder.url)
      #expect(!old.output.contains("wordsUnplanned"), "\(old.output)\(old.errors)")
    }
  }

  /// A difference has its line; a copy in another file is told from other values.
  @Test func differencesHaveLines() throws {
    let folder = try TemporaryFolder()
    try folder.file("in.csv", "k,v\n\"b\nc\",1\nz,2\n")
    _ = try CommandRun(["apply", "in.csv", "-o", "x.parquet"], in: folder.url)
    try folder.file("in.csv", "k,v\n\"b\nc\",1\ny,2\n")
    let run = try CommandRun(
      ["verify", "x.parquet", "--against", "in.csv", "--format", "json"], in: folder.url)
    #expect(run.exitCode == 1)
    #expect(run.output.contains("{\"row\": 2, \"line\": 4,"), "\(run.output)\(run.errors)")
    try folder.file("in.csv", "k,v\r\n\"b\nc\",1\r\nz,2\r\n")
    let copy = try CommandRun(["verify", "x.parquet", "--against", "in.csv"], in: folder.url)
    #expect(copy.exitCode == 1)
    #expect(copy.output.contains("Every value is the one in in.csv"), "\(copy.output)")
  }
}
