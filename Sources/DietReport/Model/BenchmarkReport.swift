package import Columnar

/// What `diet bench` measured: kernels on the lean columns of a table against their wide form.
///
/// As text it is one of the formats of `diet bench`; of these, `json` is what a baseline is read from.
public struct BenchmarkReport: Hashable, Sendable {
  package static let schemaVersion = 1

  package var path: String
  /// Rows of the table, and how many of them were measured, from the first on.
  package var rowCount: Int
  package var measuredRowCount: Int
  package var machine: Machine
  /// All columns of the table, in the order of the file.
  package var columns: [Column] = []
  /// Slowdowns first, the worst at the top; then the others as they were measured.
  package let results: [Result]
  package var comparison: Comparison?
  /// What else there is to know.
  package var notes: [Note]
  /// The words of the command, as they were typed, for a page; no part of the JSON.
  package var command: [String] = []

  package init(
    path: String, rowCount: Int, measuredRowCount: Int, machine: Machine, results: [Result],
    comparison: Comparison? = nil, notes: [Note] = []
  ) {
    self.path = path
    self.rowCount = rowCount
    self.measuredRowCount = measuredRowCount
    self.machine = machine
    self.results =
      results.filter(\.isSlowdown).sorted { $0.ratio < $1.ratio }
      + results.filter { !$0.isSlowdown }
    self.comparison = comparison
    self.notes = notes
  }

  /// Where it was measured.
  package struct Machine: Hashable, Sendable {
    package var processor: String
    package var architecture: String
    package var processorCount: Int
    /// Processes that wanted to run, in the mean of the last minute, when measuring began.
    package var load: Double?
    /// Bytes that one thread reads from memory in a second.
    package var readBandwidth: Double
    /// The version of diet.
    package var version: String

    package init(
      processor: String, architecture: String, processorCount: Int, load: Double? = nil,
      readBandwidth: Double, version: String
    ) {
      self.processor = processor
      self.architecture = architecture
      self.processorCount = processorCount
      self.load = load
      self.readBandwidth = readBandwidth
      self.version = version
    }
  }

  /// One kernel on one column, or on several whose names are joined by commas.
  package struct Result: Hashable, Sendable {
    package var column: String
    package var kernel: String
    /// The layouts of both sides.
    package var wide: String
    package var lean: String
    package var wideNanosecondsPerRow: Double
    package var leanNanosecondsPerRow: Double
    /// Time on the wide form / time on the lean one, and its interval. Below 1 is slower.
    package var speedup: AnalysisReport.Speedup
    /// The bytes that one run reads.
    package var wideByteCount: Int
    package var leanByteCount: Int
    package var rowCount: Int
    /// The least times, nanoseconds a row; the lean side's on a free machine; the ratios of several runs.
    package var wideLeastNanosecondsPerRow: Double?
    package var leanLeastNanosecondsPerRow: Double?
    package var free: FreeTime?
    package var runRatios: [Double]?
    /// Instructions of one run; `nil` where nobody has counted them.
    package var wideInstructionCount: Int?
    package var leanInstructionCount: Int?

    package init(
      column: String, kernel: String, wide: String, lean: String, wideNanosecondsPerRow: Double,
      leanNanosecondsPerRow: Double, ratio: Double, low: Double, high: Double,
      path: AnalysisReport.Speedup.Path, wideByteCount: Int, leanByteCount: Int, rowCount: Int,
      wideInstructionCount: Int? = nil, leanInstructionCount: Int? = nil
    ) {
      self.column = column
      self.kernel = kernel
      self.wide = wide
      self.lean = lean
      self.wideNanosecondsPerRow = wideNanosecondsPerRow
      self.leanNanosecondsPerRow = leanNanosecondsPerRow
      speedup = AnalysisReport.Speedup(
        kernel: kernel, ratio: ratio, low: low, high: high, path: path)
      self.wideByteCount = wideByteCount
      self.leanByteCount = leanByteCount
      self.rowCount = rowCount
      self.wideInstructionCount = wideInstructionCount
      self.leanInstructionCount = leanInstructionCount
    }

    package var ratio: Double { speedup.ratio }
    package var isSlowdown: Bool { speedup.isSlowdown }

    /// `distance: sum`
    var name: String { "\(column): \(kernel)" }

    func bytesPerRow(_ byteCount: Int) -> Double { Double(byteCount) / Double(max(rowCount, 1)) }

    /// What the lean side reads in a second, as a share of what the memory gives.
    func bandwidthShare(_ machine: Machine) -> Double {
      bytesPerRow(leanByteCount) / leanNanosecondsPerRow * 1e9 / machine.readBandwidth
    }
  }

  /// What the lean side takes on some rows while nothing else has the core, and a fixed loop beside it.
  package struct FreeTime: Hashable, Sendable {
    package var nanosecondsPerRow: Double
    package var runs: [Double]?
    package var reference: Double
    package var rowCount: Int

    package init(
      nanosecondsPerRow: Double, runs: [Double]? = nil, reference: Double, rowCount: Int
    ) {
      self.nanosecondsPerRow = nanosecondsPerRow
      self.runs = runs
      self.reference = reference
      self.rowCount = rowCount
    }
  }

  /// The run beside an earlier one.
  package struct Comparison: Hashable, Sendable {
    package var baselinePath: String
    /// How many rows the file of the earlier run had.
    package var baselineRowCount: Int
    /// How much less a ratio may be: 0.1 is a tenth.
    package var maximumRegression: Double
    /// One for each measurement, and for each column that lost its lean form.
    package var findings: [Finding]
    /// What is another column than it was.
    package var changes: [Change]
    /// What of it is a regression.
    package var gate: Gate

    package init(
      baselinePath: String, baselineRowCount: Int, maximumRegression: Double, findings: [Finding],
      changes: [Change] = [],
      gate: Gate = .all
    ) {
      self.baselinePath = baselinePath
      self.baselineRowCount = baselineRowCount
      self.maximumRegression = maximumRegression
      self.findings = findings
      self.changes = changes
      self.gate = gate
    }

    package var hasRegression: Bool {
      (findings.map(\.verdict) + changes.map(\.verdict)).contains(where: isRegression)
    }

    /// Whether the gate does not let it through.
    func isRegression(_ verdict: Verdict) -> Bool {
      verdict.gate != nil && (gate == .all || verdict.gate == gate)
    }
  }

  package enum Verdict: String, Hashable, Sendable, CaseIterable {
    case same, faster, slower, noisy
    case moreBytes = "more_bytes"
    case moreInstructions = "more_instructions"
    case decoded, new
    case typeChanged = "type_changed"
    case widened
    case columnGone = "column_gone"
    case columnAdded = "column_added"

    /// The gate that does not let it through; `nil` for what no gate minds.
    package var gate: Gate? {
      switch self {
      case .typeChanged, .columnGone, .columnAdded: .types
      case .moreBytes, .widened: .bytes
      case .slower, .moreInstructions, .decoded: .speed
      case .same, .faster, .noisy, .new: nil
      }
    }
  }

  /// One kernel on one column, then and now.
  package struct Finding: Hashable, Sendable {
    package var column: String
    package var kernel: String
    package var verdict: Verdict
    package var before: Figures?
    package var now: Figures

    package init(
      column: String, kernel: String, verdict: Verdict, before: Figures?, now: Figures
    ) {
      self.column = column
      self.kernel = kernel
      self.verdict = verdict
      self.before = before
      self.now = now
    }
  }

  package struct Figures: Hashable, Sendable {
    package var layout: String
    /// `nil` where the column has its wide form, so that nothing was measured.
    package var speedup: AnalysisReport.Speedup?
    package var bytesPerRow: Double
    package var instructionsPerRow: Double?
    /// Nanoseconds a row on a free machine; `nil` where there was no such moment.
    package var freeNanosecondsPerRow: Double?

    package init(
      layout: String, speedup: AnalysisReport.Speedup?, bytesPerRow: Double,
      instructionsPerRow: Double? = nil
    ) {
      self.layout = layout
      self.speedup = speedup
      self.bytesPerRow = bytesPerRow
      self.instructionsPerRow = instructionsPerRow
    }
  }
}
