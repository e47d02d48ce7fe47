import Foundation
import TestSupport
import Testing

/// What the command tells CI systems and OpenLineage of real tables, read by real readers.
@Suite struct GateCommandTests {
  /// Names of columns that mean something to some format.
  private static let names = [
    "a\"b", "line\nbreak", "]]>", "🛫", "列", "<b>&amp;</b>", "a,b:c", "%0A::error::x", "##[error]y",
    "| `c` |", "'", "back\\slash", "100%",
  ]

  /// A folder with a table, one that is not as its lock says in each column, and the lock.
  private static func hostileFolder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    func table(_ odd: Int?) -> String {
      let header = names.map { "\"\($0.replacingOccurrences(of: "\"", with: "\"\""))\"" }
      let rows = (0..<200).map { row in
        names.indices.map { row == odd ? "40000" : "\((row * ($0 + 3)) % 100)" }
          .joined(separator: ",")
      }
      return ([header.joined(separator: ",")] + rows).joined(separator: "\n") + "\n"
    }
    try folder.file("good.csv", table(nil))
    try folder.file("a bad,one.csv", table(77))
    let run = try CommandRun(["lock", "good.csv", "-o", "lock.json"], in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    return folder
  }

  @Test func hostileNamesComeThroughEachFormat() throws {
    let folder = try Self.hostileFolder()
    let formats = ["junit", "gitlab", "sarif", "github", "markdown"]
    let run = try CommandRun(
      ["check", "./a bad,one.csv", "--lock", "lock.json", "--format", "sarif"]
        + formats.flatMap { ["--report", "\($0)=out.\($0)"] }, in: folder.url)
    #expect(run.exitCode == 1, "\(run.errors)")
    func file(_ format: String) -> URL { folder.url.appending(path: "out.\(format)") }
    #expect(run.output == (try String(contentsOf: file("sarif"), encoding: .utf8)))

    let cases = try GateReader.list("junit", file("junit"))
    #expect(cases.compactMap { $0["name"] as? String } == ["table"] + Self.names)
    for element in cases {
      let failed = (element["codes"] as? [String])?.isEmpty == false
      #expect(failed == (element["name"] as? String != "table"), "\(element)")
    }

    let results = try GateReader.list("sarif", file("sarif")).filter {
      $0["code"] as? String == "wider-needed"
    }
    #expect(results.compactMap { $0["column"] as? String } == Self.names)
    for result in results {
      #expect(result["file"] as? String == "a bad,one.csv")
      // The header has a line end in a name.
      #expect(result["line"] as? Int == 80)
      #expect(result["level"] as? String == "error")
    }

    let findings = try GateReader.list("gitlab", file("gitlab"))
    #expect(findings.count { $0["check_name"] as? String == "wider-needed" } == Self.names.count)
    let annotations = try GateReader.list("github", file("github"))
    #expect(annotations.count { $0["level"] as? String == "error" } == 10)
    #expect(annotations[0]["file"] as? String == "a bad,one.csv")
    #expect(annotations[0]["title"] as? String == "wider-needed a\"b")
  }

  @Test func whatHoldsHasNoErrors() throws {
    let folder = try Self.hostileFolder()
    let formats = ["junit", "gitlab", "sarif", "github"]
    let run = try CommandRun(
      ["check", "good.csv", "--lock", "lock.json"]
        + formats.flatMap { ["--report", "\($0)=out.\($0)"] }, in: folder.url)
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    for format in formats where format != "junit" {
      #expect(try GateReader.list(format, folder.url.appending(path: "out.\(format)")).isEmpty)
    }
    for element in try GateReader.list("junit", folder.url.appending(path: "out.junit")) {
      #expect((element["codes"] as? [String])?.isEmpty == true)
    }
  }

  @Test func verifyAndBenchHaveTheSameFormats() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<2000).map { "\(["UA", "AA"][$0 % 2]),\($0 % 100)" }.joined(separator: "\n")
    try folder.file("t.csv", "carrier,delay\n\(rows)\n")
    #expect(try CommandRun(["apply", "t.csv", "-o", "t.arrow"], in: folder.url).exitCode == 0)
    let verified = try CommandRun(
      ["verify", "t.arrow", "--against", "t.csv", "--format", "sarif", "--report", "junit=v.xml"],
      in: folder.url)
    #expect(verified.exitCode == 0)
    try folder.file("v.sarif", verified.output)
    #expect(try GateReader.list("sarif", folder.url.appending(path: "v.sarif")).isEmpty)
    #expect(try GateReader.list("junit", folder.url.appending(path: "v.xml")).count == 3)

    let first = try CommandRun(
      ["bench", "t.csv", "--kernel", "sum", "--save-baseline", "b.json", "--format", "junit"],
      in: folder.url)
    #expect(first.exitCode == 0, "\(first.errors)")
    try folder.file("b.xml", first.output)
    let cases = try GateReader.list("junit", folder.url.appending(path: "b.xml"))
    #expect(cases.contains { $0["name"] as? String == "delay: sum" })
    try folder.file("t.csv", "carrier,delay\n\(rows)\nUA,40000\n")
    let second = try CommandRun(
      [
        "bench", "t.csv", "--kernel", "sum", "--baseline", "b.json", "--gate", "bytes", "--format",
        "sarif",
      ],
      in: folder.url)
    #expect(second.exitCode == 1, "\(second.output)\(second.errors)")
    try folder.file("b.sarif", second.output)
    let results = try GateReader.list("sarif", folder.url.appending(path: "b.sarif"))
    #expect(results.contains { $0["level"] as? String == "error" }, "\(results)")
  }

  @Test func eventsAreOpenLineages() throws {
    let folder = try Self.hostileFolder()
    let event = folder.url.appending(path: "event.json")
    let bad = try CommandRun(
      ["check", "a bad,one.csv", "--lock", "lock.json", "--openlineage", "event.json"],
      in: folder.url)
    #expect(bad.exitCode == 1, "\(bad.errors)")
    var object = try GateReader.object("openlineage", event)
    #expect(object["eventType"] as? String == "FAIL")
    #expect(try String(contentsOf: event, encoding: .utf8).contains("40000"))

    let good = try CommandRun(
      ["check", "good.csv", "--lock", "lock.json", "--redact", "--openlineage", "-"],
      in: folder.url)
    #expect(good.exitCode == 0 && good.errors.contains("good.csv"), "\(good.errors)")
    try folder.file("event.json", good.output)
    object = try GateReader.object("openlineage", event)
    #expect(object["eventType"] as? String == "COMPLETE")
    #expect(!good.output.contains("\"min\"") && !good.output.contains("\"max\""))

    let applied = try CommandRun(
      ["apply", "good.csv", "a bad,one.csv", "-o", "lean.arrow", "--openlineage", "event.json"],
      in: folder.url)
    #expect(applied.exitCode == 0, "\(applied.errors)")
    object = try GateReader.object("openlineage", event)
    let input = try #require((object["inputs"] as? [[String: Any]])?.first)
    let output = try #require((object["outputs"] as? [[String: Any]])?.first)
    // Several files are what is in their folder.
    let whole = folder.url.resolvingSymlinksInPath().path
    #expect((input["name"] as? String)?.hasSuffix(folder.url.lastPathComponent) == true, "\(whole)")
    #expect((output["name"] as? String)?.hasSuffix("/lean.arrow") == true)
    let statistics = (output["outputFacets"] as? [String: [String: Any]])?["outputStatistics"]
    #expect(statistics?["rowCount"] as? Int == 400)
  }
}
