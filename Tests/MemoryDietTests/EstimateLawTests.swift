import DietReport
import Foundation
import TabularDiet
import Testing

/// The intervals of estimates hold what is so.
@Suite struct EstimateLawTests {
  /// A file, what is so of it, and what its samples say.
  private struct Outcome: Sendable {
    let seed: UInt64
    let kinds: [String]
    /// The figures that no interval holds.
    let missed: [String]
    /// How wide the interval of the lean bytes is, as a share of what is so.
    let leanWidth: Double
  }

  /// 3 % of each file and the start and the end, in 24 samples.
  private static let sampling = {
    var sampling = Sampling()
    sampling.leastFileByteCount = 0
    (sampling.count, sampling.byteCount) = (40, 2 << 10)
    return sampling
  }()

  private static func outcome(_ seed: UInt64, in folder: URL) throws -> Outcome {
    let file = EstimateCorpus.file(seed: seed, byteCount: 400_000)
    let path = folder.appending(path: "\(seed).csv").path
    try file.text.write(toFile: path, atomically: false, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    var options = ReadingOptions()
    options.text.threads = 1
    let reader = try TableReader([path], options: options, digest: nil)
    var profiling = ProfilingOptions()
    profiling.obstacles = .none
    let exact = try reader.profile(profiling).report()
    let estimate = try #require(try reader.estimate(sampling), "seed \(seed)")
    var missed: [String] = []
    func check(_ name: String, _ figure: EstimateReport.Figure, _ truth: Int) {
      #expect(
        figure.low <= figure.estimate && figure.estimate <= figure.high, "seed \(seed) \(name)")
      if !figure.holds(truth) {
        missed.append("\(name) \(truth) not \(figure.low)…\(figure.estimate)…\(figure.high)")
      }
    }
    check("rows", estimate.rows, exact.input.rowCount)
    check("lean", estimate.after, exact.memory.after)
    for (own, truth) in zip(estimate.engines, exact.memory.engines) {
      check(own.name, own.bytes, truth.byteCount)
    }
    for (own, truth) in zip(estimate.handedOver, exact.memory.handedOver) {
      check("lean in \(own.name)", own.bytes, truth.byteCount)
    }
    #expect(estimate.columns.map(\.name) == exact.columns.map(\.name), "seed \(seed)")
    let width = Double(estimate.after.high - estimate.after.low) / Double(exact.memory.after)
    return Outcome(seed: seed, kinds: file.kinds, missed: missed, leanWidth: width)
  }

  /// All figures of a file at once, in at least 95 of 100 files.
  @Test func intervalsHoldTheTruth() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "diet-estimates-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let seeds = Array(1...200 as ClosedRange<UInt64>)
    let outcomes = try seeds.map { try Self.outcome($0, in: folder) }
    let failures = outcomes.filter { !$0.missed.isEmpty }
    let words = failures.map { "seed \($0.seed) \($0.kinds): \($0.missed.joined(separator: "; "))" }
    let widths = outcomes.map(\.leanWidth).sorted()
    if let path = ProcessInfo.processInfo.environment["DIET_ESTIMATE_LOG"] {
      let text =
        "\(failures.count) of \(outcomes.count) missed, median width \(widths[100])\n"
        + words.joined(separator: "\n")
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
    #expect(failures.count <= 10, "\(words.joined(separator: "\n"))")
    // An interval from nothing to infinity would hold everything.
    #expect(widths[widths.count / 2] < 1.5, "the median width is \(widths[widths.count / 2])")
  }
}
