/// What `diet bench` measured: kernels on the lean columns of a table against their wide form.
public struct BenchmarkReport: Hashable, Sendable {
  public static let schemaVersion = 1

  public var path: String
  /// Rows of the table, and how many of them were measured, from the first on.
  public var rowCount: Int
  public var measuredRowCount: Int
  public var machine: Machine
  /// Slowdowns first, the worst at the top; then the others as they were measured.
  public let results: [Result]
  public var comparison: Comparison?
  /// Sentences.
  public var notes: [String]

  public init(
    path: String, rowCount: Int, measuredRowCount: Int, machine: Machine, results: [Result],
    comparison: Comparison? = nil, notes: [String] = []
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
  public struct Machine: Hashable, Sendable {
    public var processor: String
    public var architecture: String
    public var processorCount: Int
    /// Processes that wanted to run, in the mean of the last minute, when measuring began.
    public var load: Double?
    /// Bytes that one thread reads from memory in a second.
    public var readBandwidth: Double
    /// The version of diet.
    public var version: String

    public init(
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
  public struct Result: Hashable, Sendable {
    public var column: String
    public var kernel: String
    /// The layouts of both sides.
    public var wide: String
    public var lean: String
    public var wideNanosecondsPerRow: Double
    public var leanNanosecondsPerRow: Double
    /// Time on the wide form / time on the lean one, and its interval. Below 1 is slower.
    public var speedup: AnalysisReport.Speedup
    /// The bytes that one run reads.
    public var wideByteCount: Int
    public var leanByteCount: Int
    public var rowCount: Int
    /// Instructions of one run; `nil` where nobody has counted them.
    public var wideInstructionCount: Int?
    public var leanInstructionCount: Int?

    public init(
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

    public var ratio: Double { speedup.ratio }
    public var isSlowdown: Bool { speedup.isSlowdown }

    /// `distance: sum`
    var name: String { "\(column): \(kernel)" }

    func bytesPerRow(_ byteCount: Int) -> Double { Double(byteCount) / Double(max(rowCount, 1)) }

    /// What the lean side reads in a second, as a share of what the memory gives.
    func bandwidthShare(_ machine: Machine) -> Double {
      bytesPerRow(leanByteCount) / leanNanosecondsPerRow * 1e9 / machine.readBandwidth
    }
  }

  /// The run beside an earlier one.
  public struct Comparison: Hashable, Sendable {
    public var baselinePath: String
    /// How much less a ratio may be: 0.1 is a tenth.
    public var maximumRegression: Double
    /// One for each measurement, and for each column that lost its lean form.
    public var findings: [Finding]

    public init(baselinePath: String, maximumRegression: Double, findings: [Finding]) {
      self.baselinePath = baselinePath
      self.maximumRegression = maximumRegression
      self.findings = findings
    }

    public var hasRegression: Bool { findings.contains(where: \.verdict.isRegression) }
  }

  public enum Verdict: String, Hashable, Sendable, CaseIterable {
    case same, faster, slower, noisy
    case moreBytes = "more_bytes"
    case moreInstructions = "more_instructions"
    case decoded, new

    public var isRegression: Bool {
      switch self {
      case .slower, .moreBytes, .moreInstructions, .decoded: true
      case .same, .faster, .noisy, .new: false
      }
    }
  }

  /// One kernel on one column, then and now.
  public struct Finding: Hashable, Sendable {
    public var column: String
    public var kernel: String
    public var verdict: Verdict
    public var before: Figures?
    public var now: Figures

    public init(
      column: String, kernel: String, verdict: Verdict, before: Figures?, now: Figures
    ) {
      self.column = column
      self.kernel = kernel
      self.verdict = verdict
      self.before = before
      self.now = now
    }
  }

  public struct Figures: Hashable, Sendable {
    public var layout: String
    /// `nil` where the column has its wide form, so that nothing was measured.
    public var speedup: AnalysisReport.Speedup?
    public var bytesPerRow: Double
    public var instructionsPerRow: Double?

    public init(
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
