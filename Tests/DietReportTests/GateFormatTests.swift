import Columnar
import Contracts
import Foundation
import Testing

@testable import DietReport

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The formats that CI systems read: what each says of the same gate.
@Suite struct GateFormatTests {
  @Test(arguments: GateFormats.names)
  func golden(format: String) throws {
    let reports: [(String, any GateReport)] = [
      ("check", ExampleGates.check), ("check-good", ExampleGates.good),
      ("verify-different", SummaryTests.different), ("check-failed", ExampleGates.failed),
    ]
    for (name, report) in reports {
      try expectGolden(report.text(format: format, usesColor: false), "\(name).\(format).txt")
    }
  }

  @Test func namesDiffer() { #expect(Set(GateFormats.names).count == GateFormats.names.count) }

  /// Whether the text, read as the format's readers do, has an error in it; throws where it cannot be read.
  private static var judges: [String: (String, GateResult) throws -> Bool] {
    [
      "markdown": markdownHasError, "junit": junitHasError, "github": githubHasError,
      "gitlab": gitlabHasError, "sarif": sarifHasError,
    ]
  }

  @Test(arguments: GateFormats.all.map(\.name))
  func sayWhatTheGateFound(name: String) throws {
    let format = try #require(GateFormats.all.first { $0.name == name })
    let judge = try #require(Self.judges[name], "nothing reads the format \(name) in the tests")
    for seed in 1...300 as ClosedRange<UInt64> {
      var random = SeededGenerator(seed: seed)
      let gate = ExampleGates.random(using: &random)
      let text = format.text(of: gate)
      #expect(text.unicodeScalars.last == "\n", "seed \(seed)")
      #expect(
        !text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x7F },
        "seed \(seed)")
      #expect(try judge(text, gate) == !gate.holds, "seed \(seed)\n\(text)")
    }
  }

  @Test func reportsHoldAsTheirGatesDo() {
    #expect(!ExampleGates.check.gate.holds && !ExampleGates.check.holds)
    #expect(ExampleGates.good.gate.holds && ExampleGates.good.holds)
    for report in [SummaryTests.equal, SummaryTests.near, SummaryTests.different] {
      #expect(report.gate.holds == report.isVerified)
    }
    for report in [ExampleBenchmark.full, ExampleBenchmark.plain] {
      #expect(report.gate.holds == !(report.comparison?.hasRegression ?? false))
    }
    for gate in BenchmarkReport.Gate.allCases {
      var report = ExampleBenchmark.full
      report.comparison?.gate = gate
      #expect(report.gate.holds == !(report.comparison?.hasRegression ?? false), "\(gate)")
      #expect(report.gate.problems.count == 5, "what passes is a warning")
    }
  }

  /// A value of the table is in no format of a check that was told to name none.
  @Test func redactedChecksNameNoValue() {
    for format in GateFormats.names {
      let open = ExampleGates.check.text(format: format, usesColor: false)
      #expect(open.contains("ZZ") && open.contains("40000"), "\(format)")
      let text = ExampleGates.check.redacted().text(format: format, usesColor: false)
      #expect(!text.contains("ZZ") && !text.contains("40000"), "\(format)")
    }
  }

  @Test func fingerprintsAreOfTheFindingAndNotOfItsPlace() {
    func fingerprints(_ gate: GateResult) -> [String] {
      GateFingerprints(gate).all.map(\.fingerprint)
    }
    var gate = ExampleGates.check.gate
    let first = fingerprints(gate)
    #expect(Set(first).count == 5)
    for index in gate.cases.indices {
      for place in gate.cases[index].problems.indices {
        gate.cases[index].problems[place].line = 9
        gate.cases[index].problems[place].message = "other words"
      }
    }
    gate.path = "data/feb.csv"
    #expect(fingerprints(gate) == first)
    // One more of the same is another finding.
    gate.cases[1].problems.append(gate.cases[1].problems[0])
    #expect(Set(fingerprints(gate)).count == 6 && Set(fingerprints(gate)).isSuperset(of: first))
  }

  /// Paths below a folder of the run lead from there, and no others.
  @Test func pathsAreOfTheRun() {
    GateFolders.$ofRun.withValue(["/job/repo", "/job"]) {
      for (path, relative) in [
        ("/job/repo/data/x.csv", "data/x.csv"), ("/job/x.csv", "x.csv"),
        ("/job/repository/x.csv", "repository/x.csv"), ("/jobs/x.csv", "/jobs/x.csv"),
        ("/job/repo//x.csv", "x.csv"), ("/job/repo/", "repo/"), ("./x.csv", "x.csv"),
        ("job/x.csv", "job/x.csv"),
      ] { #expect(GatePath(path).relative == relative) }
    }
    #expect(GatePath("/job/repo/x.csv").relative == "/job/repo/x.csv")
  }

  /// Many columns with the same finding are one entry of the table, and each of them for programs.
  @Test func manyAlikeAreFolded() {
    var report = ExampleGates.good
    func findings(_ count: Int, _ level: FindingLevel) -> [Finding] {
      (0..<count).map { index in
        var finding = Finding(.narrowerPossible, column: "c\(index)", "fewer bits would do")
        (finding.expected, finding.found, finding.level) = ("i32", "i16", level)
        return finding
      }
    }
    for level in FindingLevel.allCases {
      report.findings = findings(5, level)
      let few = report.text(format: "table", usesColor: false)
      #expect((0..<5).allSatisfy { few.contains("c\($0)") }, "\(few)")
      report.findings = findings(2860, level)
      let text = report.text(format: "table", usesColor: false)
      #expect(text.contains("2,857 more") && !text.contains("c3"), "\(text)")
      #expect(text.lines.count < 9 && text.lines.allSatisfy { $0.count <= 80 }, "\(text)")
      #expect(report.text(format: "json", usesColor: false).contains("\"c2859\""))
    }
    report.findings = findings(1, .allow) + findings(1, .allow)
    let twice = report.text(format: "table", usesColor: false)
    #expect(twice.ranges(of: "narrower-possible").count == 1, "\(twice)")
  }

  @Test func codesAreSaidOnce() {
    let problem = GateResult.Problem(.error, code: "distinct", "distinct: 5 instead of 4")
    let gate = GateResult(
      verb: "diff", path: "x", cases: [.init(name: "a", problems: [problem])], wallSeconds: 0)
    #expect(!JUnitFormat().text(of: gate).contains("distinct: distinct"))
  }

  @Test func summariesFitIntoAStep() {
    let problem = GateResult.Problem(
      .error, code: "wider-needed", String(repeating: "列", count: 4000), file: "x", line: 1,
      column: String(repeating: "|", count: 4000))
    let cases = (0..<20_000).map { GateResult.Case(name: "\($0)", problems: [problem]) }
    let gate = GateResult(verb: "check", path: "x", cases: cases, wallSeconds: 1)
    let text = GateFormats.markdown.text(of: gate)
    #expect(text.utf8.count < 1 << 19 && text.contains("19,900 more"))
    let lines = GateFormats.github.text(of: gate).lines
    #expect(lines.count { $0.hasPrefix("::error") } == 10)
    #expect(lines[9].contains("19,991 more errors"))
    #expect(gate.stepOutputs == "findings=20000\nok=false\n")
  }

  // MARK: - Readers

  private static func markdownHasError(_ text: String, _ gate: GateResult) throws -> Bool {
    let rows = text.lines.filter { $0.unicodeScalars.first == "|" }
    for row in rows {
      var cells = 0
      var isEscaped = false
      for scalar in row.unicodeScalars {
        if scalar == "|", !isEscaped { cells += 1 }
        isEscaped = scalar == "\\" && !isEscaped
      }
      #expect(cells == 6, "\(row)")
    }
    let count = gate.problems.count
    #expect(rows.count == (count == 0 ? 0 : min(count, 100) + 2))
    // As code it is what it is.
    #expect(!text.replacing("`<b>&amp;</b>`", with: "").contains("<b>"))
    return rows.contains { $0.hasPrefix("| **error** ") }
  }

  private final class Elements: NSObject, XMLParserDelegate {
    var elements: [(name: String, attributes: [String: String])] = []
    var text = ""

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String] = [:]
    ) { elements.append((name, attributes)) }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
  }

  private static func junitHasError(_ text: String, _ gate: GateResult) throws -> Bool {
    let parser = XMLParser(data: Data(text.utf8))
    let elements = Elements()
    parser.delegate = elements
    try #require(parser.parse(), "\(parser.parserError as Any)\n\(text)")
    func all(_ name: String) -> [[String: String]] {
      elements.elements.filter { $0.name == name }.map(\.attributes)
    }
    let cases = all("testcase")
    #expect(cases.count == gate.cases.count)
    for (attributes, element) in zip(cases, gate.cases) where element.name.hasPrefix("<b>") {
      #expect(attributes["name"] == element.name)
    }
    let suite = try #require(all("testsuite").first)
    #expect(suite["tests"] == "\(cases.count)")
    #expect(suite["failures"] == "\(all("failure").count)")
    #expect(suite["errors"] == "\(all("error").count)")
    #expect(all("error").count == gate.cases.count { $0.problems.contains(where: \.isOfRun) })
    #expect(suite["skipped"] == "\(all("skipped").count)")
    return suite["failures"] != "0" || suite["errors"] != "0"
  }

  private static func githubHasError(_ text: String, _ gate: GateResult) throws -> Bool {
    func unescaped(_ text: Substring) -> String {
      [("%0A", "\n"), ("%0D", "\r"), ("%3A", ":"), ("%2C", ","), ("%25", "%")]
        .reduce(String(text)) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
    }
    var counts: [Substring: Int] = [:]
    for line in text.lines.dropLast() {
      let command = try #require(line.firstMatch(of: /^::(\w+) ([^:]*)::(.*)$/), "\(line)")
      counts[command.1, default: 0] += 1
      let names = command.2.split(separator: ",").map { $0.prefix { $0 != "=" } }
      #expect(Set(names).isSubset(of: ["file", "line", "title"]), "\(line)")
      let severity = try #require(GateResult.Severity(rawValue: String(command.1)))
      let messages = gate.problems.filter { $0.severity == severity }.map(\.text)
      let message = unescaped(command.3)
      #expect(
        message.hasSuffix(": --format json shows all")
          || messages.contains { told in
            told.unicodeScalars.map { $0 == "\n" || $0 == "\r" ? $0 : $0.picture ?? $0 }
              == Array(message.unicodeScalars)
          }, "\(line)")
    }
    let last = try #require(text.lines.last)
    #expect(last.hasPrefix("diet check: "))
    #expect(!last.unicodeScalars.contains("##[".unicodeScalars))
    #expect(counts.values.allSatisfy { $0 <= 10 })
    return counts["error", default: 0] > 0
  }

  private static func gitlabHasError(_ text: String, _ gate: GateResult) throws -> Bool {
    let all = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    #expect(all.count == gate.problems.count)
    var prints: Set<String> = []
    for (finding, problem) in zip(all, gate.problems) {
      #expect(
        Set(finding.keys) == ["description", "check_name", "fingerprint", "severity", "location"])
      let location = try #require(finding["location"] as? [String: Any])
      let path = try #require(location["path"] as? String)
      #expect(path == "./" || !path.hasPrefix("./"))
      #expect((location["lines"] as? [String: Int])?["begin"] == problem.line ?? 1)
      #expect((finding["description"] as? String) == problem.text)
      #expect((finding["severity"] as? String == "blocker") == problem.isOfRun)
      prints.insert(try #require(finding["fingerprint"] as? String))
    }
    #expect(prints.count == all.count, "each finding has a name of its own")
    return all.contains { ["blocker", "critical", "major"].contains($0["severity"] as? String) }
  }

  private static func sarifHasError(_ text: String, _ gate: GateResult) throws -> Bool {
    let log = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: [String: Any]])?["driver"])
    let rules = try #require(driver["rules"] as? [[String: Any]])
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.count == gate.problems.count)
    for (result, problem) in zip(results, gate.problems) {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
      let location = try #require((result["locations"] as? [[String: Any]])?.first)
      let place = try #require(location["physicalLocation"] as? [String: Any])
      let uri = try #require((place["artifactLocation"] as? [String: String])?["uri"])
      let path = GatePath(problem.file ?? gate.path).relative
      #expect(uri.removingPercentEncoding == (path.hasPrefix("/") ? "file://" : "") + path)
      #expect(uri.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
    }
    return results.contains { $0["level"] as? String == "error" }
  }
}

extension String.UnicodeScalarView {
  fileprivate func contains(_ other: String.UnicodeScalarView) -> Bool {
    !ranges(of: other).isEmpty
  }
}
