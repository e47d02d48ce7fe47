import Columnar
import Foundation
import KernelBench
import Kernels
import TabularDiet
import Testing
import Wording

@testable import DietReport

/// The formats of `diet bench`: what they print of a benchmark of which every figure is known.
@Suite struct BenchmarkFormatTests {
  private static let formats = BenchmarkFormats.all.map(\.name)

  @Test(arguments: formats)
  func golden(format: String) throws {
    let format = try #require(BenchmarkFormats.named(format))
    try expectGolden(
      format.text(of: ExampleBenchmark.full, usesColor: false), "bench.\(format.name).txt")
    try expectGolden(
      format.text(of: ExampleBenchmark.plain, usesColor: false), "bench-plain.\(format.name).txt")
  }

  @Test func namesDiffer() { #expect(Set(Self.formats).count == Self.formats.count) }

  @Test(arguments: formats)
  func hostileNamesDoNoHarm(format: String) throws {
    let format = try #require(BenchmarkFormats.named(format))
    for name in ["a\nb", "\u{1B}[31m", "| a `b` |", "\"", "", "列列列列列列列列列列列列列列列列列列"] {
      var result = ExampleBenchmark.results[0]
      (result.column, result.lean) = (name, name)
      let report = BenchmarkReport(
        path: name, rowCount: 9, measuredRowCount: 9, machine: ExampleBenchmark.machine,
        results: [result], notes: [Note(.otherProcessor, Sentence(name))])
      let text = format.text(of: report, usesColor: false)
      #expect(text.hasSuffix("\n"))
      // Fields of CSV are what they are, in quotes; every other text is printable.
      if format.name != "csv" { #expect(!text.unicodeScalars.contains("\u{1B}"), "\(text)") }
      if format.name == "table" {
        for line in text.split(separator: "\n") {
          #expect(String(line).displayWidth <= reportWidth, "\(line)")
        }
      }
      if ["json", "github-benchmark", "bencher"].contains(format.name) {
        _ = try JSONSerialization.jsonObject(with: Data(text.utf8))
      }
    }
  }

  @Test func slowdownsComeFirst() throws {
    let ratios = ExampleBenchmark.full.results.map(\.ratio)
    #expect(ratios.first.map { $0 < 1 } == true)
    #expect(ratios.dropFirst().allSatisfy { $0 >= 1 })
  }

  // MARK: - Contracts

  @Test func jsonHasTheKeysThatWerePromised() throws {
    let text = ExampleBenchmark.full.text(format: "json", usesColor: true)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(object["schema_version"] as? Int == 1)
    #expect(object["machine"] is [String: Any])
    let results = try #require(object["results"] as? [[String: Any]])
    #expect(results.count == ExampleBenchmark.results.count)
    for result in results {
      for key in ["column", "kernel", "wide", "lean"] { #expect(result[key] is String, "\(key)") }
      for key in ["wide_ns_per_row", "lean_ns_per_row", "ratio", "low", "high"] {
        #expect(result[key] is Double, "\(key)")
      }
      for key in ["bytes_wide", "bytes_lean", "rows"] { #expect(result[key] is Int, "\(key)") }
      #expect(["direct", "decoded"].contains(result["path"] as? String))
    }
    let comparison = try #require(object["comparison"] as? [String: Any])
    #expect(comparison["regressed"] as? Bool == true)
  }

  @Test func whatIsPrintedIsReadAsABaseline() throws {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "diet-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: file) }
    let text = ExampleBenchmark.full.text(format: "json", usesColor: false)
    try Data(text.utf8).write(to: file)
    let baseline = try BenchmarkBaseline(contentsOfFile: file.path)
    #expect(baseline.processor == ExampleBenchmark.machine.processor)
    for (measurement, result) in zip(baseline.measurements, ExampleBenchmark.full.results) {
      #expect(measurement.column == result.column && measurement.kernel == result.kernel)
      #expect(measurement.ratio == result.ratio && measurement.high == result.speedup.high)
      #expect(measurement.leanByteCount == result.leanByteCount)
      #expect(measurement.leanInstructionCount == result.leanInstructionCount)
      #expect(measurement.path.rawValue == result.speedup.path.rawValue)
    }
  }

  /// github-action-benchmark, `src/extract.ts`: name, unit and extra are text, value is a number.
  @Test func githubBenchmark() throws {
    let text = GitHubBenchmarkFormat().text(of: ExampleBenchmark.full, usesColor: false)
    let entries = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    #expect(entries.count == 2 * ExampleBenchmark.results.count)
    for entry in entries {
      #expect(Set(entry.keys) == ["name", "unit", "value", "extra"])
      #expect(entry["name"] is String && entry["unit"] is String && entry["extra"] is String)
      #expect(entry["value"] is Double)
    }
    #expect(Set(entries.compactMap { $0["name"] as? String }).count == entries.count)
  }

  /// Bencher Metric Format: benchmark, measure, `value` with optional bounds.
  @Test func bencher() throws {
    let text = BencherFormat().text(of: ExampleBenchmark.full, usesColor: false)
    let benchmarks = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8))
        as? [String: [String: [String: Double]]]
    )
    #expect(benchmarks.count == ExampleBenchmark.results.count)
    for measures in benchmarks.values {
      #expect(Set(measures.keys) == ["latency", "speedup", "bytes-per-row"])
      for metric in measures.values {
        #expect(Set(metric.keys).isSubset(of: ["value", "lower_value", "upper_value"]))
        #expect(metric["value"] != nil)
      }
    }
  }

  @Test func verdictsAreThoseOfTheGate() {
    #expect(
      Set(BenchmarkReport.Verdict.allCases.map(\.rawValue))
        .isSuperset(of: RegressionGate.Verdict.allCases.map(\.rawValue)))
    for verdict in RegressionGate.Verdict.allCases {
      #expect(
        (BenchmarkReport.Verdict(rawValue: verdict.rawValue)?.gate != nil) == verdict.isRegression)
    }
  }
}
