import Foundation
import TestSupport
import Testing

/// The steps of the job in `docs/ci.md`, run as they stand there.
@Suite struct ContinuousIntegrationTests {
  /// The scripts of the page's job by the names of their steps.
  private static func steps() throws -> [String: String] {
    let page = fixtures.deletingLastPathComponent().appending(path: "docs/ci.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let block = try #require(text.components(separatedBy: "```yaml\n").dropFirst().first)
    let job = try #require(block.components(separatedBy: "```").first)
    var steps: [String: String] = [:]
    var name: String?
    var script: [String]?
    for line in job.components(separatedBy: "\n") + ["      - end"] {
      if let lines = script {
        // A block goes on as long as lines are indented deeper than its key.
        if line.hasPrefix("          ") {
          script = lines + [String(line.dropFirst(10))]
          continue
        }
        steps[try #require(name)] = lines.joined(separator: "\n")
        script = nil
      }
      let trimmed = line.trimmingPrefix { $0 == " " }
      if trimmed.hasPrefix("- ") { name = nil }
      if trimmed.hasPrefix("- name: ") { name = String(trimmed.dropFirst(8)) }
      if trimmed == "run: |" { script = [] }
    }
    #expect(job.contains("shell: bash"), "steps are run as that shell runs them")
    return steps
  }

  private struct Job {
    let folder = try! TemporaryFolder()
    let steps: [String: String]

    init() throws {
      steps = try ContinuousIntegrationTests.steps()
      try FileManager.default.createDirectory(
        at: folder.url.appending(path: "data"), withIntermediateDirectories: false)
      let rows = (0..<2000).map { "\(["UA", "AA", "B6"][$0 % 3]),\($0 % 100)" }
      try folder.file(
        "data/flights.csv", "carrier,delay\n" + rows.joined(separator: "\n") + "\n")
    }

    /// Runs a step as GitHub runs `shell: bash`.
    func run(_ name: String, accept: String = "") throws -> CommandRun {
      let script = try #require(steps[name], "docs/ci.md has no step '\(name)'")
      try folder.file("step.sh", script)
      let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
      return try CommandRun(
        ["--noprofile", "--norc", "-eo", "pipefail", "step.sh"],
        of: URL(filePath: "/bin/bash"), in: folder.url,
        environment: [
          "PATH": CommandRun.executable.deletingLastPathComponent().path + ":" + path,
          "GITHUB_STEP_SUMMARY": folder.path("summary.md"), "ACCEPT": accept,
        ])
    }

    var summary: String {
      (try? String(contentsOf: folder.url.appending(path: "summary.md"), encoding: .utf8)) ?? ""
    }

    /// Changes the results of the baseline that is kept.
    func changeBaseline(_ change: (inout [String: Any]) -> Void) throws {
      let data = try Data(contentsOf: folder.url.appending(path: "diet-baseline.json"))
      var json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      json["results"] = try #require(json["results"] as? [[String: Any]]).map { result in
        var result = result
        change(&result)
        return result
      }
      try folder.file("diet-baseline.json", try JSONSerialization.data(withJSONObject: json))
    }
  }

  @Test func theJobKeepsABaselineAndHoldsTheNextRunToIt() throws {
    let job = try Job()
    #expect(job.steps.keys.sorted() == ["Keep this run as the baseline", "Measure and compare"])

    // The first run has nothing to compare with.
    let first = try job.run("Measure and compare")
    #expect(first.exitCode == 0, "\(first.output)\(first.errors)")
    #expect(job.summary == first.output && job.summary.hasPrefix("**flights.csv"))
    #expect(!job.summary.contains("Against"))
    #expect(try job.run("Keep this run as the baseline").exitCode == 0)
    #expect(job.folder.names.contains("diet-baseline.json"))
    #expect(!job.folder.names.contains("diet-measured.json"))

    // A baseline that was slower by far: nothing has regressed, on any machine.
    try job.changeBaseline { result in
      for key in ["ratio", "low", "high"] {
        result[key] = (result[key] as? Double ?? 1) * 1e-6
      }
    }
    let second = try job.run("Measure and compare")
    #expect(second.exitCode == 0, "\(second.output)\(second.errors)")
    #expect(job.summary.contains("no regression"), "\(job.summary)")

    // A baseline that read fewer bytes.
    try job.changeBaseline { result in
      if result["column"] as? String == "delay", result["kernel"] as? String == "sum" {
        result["bytes_lean"] = 1000
      }
    }
    let third = try job.run("Measure and compare")
    #expect(third.exitCode == 1, "\(third.output)\(third.errors)")
    #expect(job.summary.contains("delay: sum reads 1.00 bytes a row"), "\(job.summary)")

    let accepted = try job.run("Measure and compare", accept: "true")
    #expect(accepted.exitCode == 0, "\(accepted.output)\(accepted.errors)")
  }
}
