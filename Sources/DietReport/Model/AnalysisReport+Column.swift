public import Columnar
public import MemoryDiet

extension AnalysisReport {
  /// What one column is, what it takes and what it needs.
  public struct Column: Hashable, Sendable {
    /// The name of the column.
    public var name: String
    /// What its values mean.
    public var logicalType: LogicalType
    /// How many rows have no value.
    public var nullCount: Int
    /// How many different values there are, nulls not counted; `nil` where nobody counted.
    public var distinctCount: Int?
    /// False where the count is an estimate.
    public var isDistinctExact: Bool
    /// The smallest value.
    public var minimum: ReportValue
    /// The largest value.
    public var maximum: ReportValue
    /// The type that the baseline engine gives the column.
    public var beforeType: String
    /// The layout chosen, as `Layout` describes it.
    public var layout: String
    /// The bytes in the baseline engine.
    public var before: Int
    /// The bytes in the layout chosen. A shared dictionary is charged to its first column.
    public var after: Footprint
    /// Whether these are foretold from some of the values, since only encoding tells.
    public var isForetold = false
    /// The bytes that each engine holds for the lean column once it is handed over, in the order to
    /// be shown; empty where that was not asked.
    public var handedOver: [EngineBytes]
    /// How equal the lean column is to the text in the file.
    public var fidelity: Fidelity
    /// How far values are from those in the file, where some differ.
    public var error: ValueError?
    /// 1 − used range / range of the layout; `nil` where the layout has no range.
    public var headroom: Double?
    /// Why this layout, in words.
    public var reason: String
    /// What the column follows from, in words; `nil` where it is held by itself.
    package var follows: String?
    /// What else there is to know.
    public var notes: [Note]
    /// What the column would be but for a few values, from the fewest on; empty where there are none,
    /// or that was not asked.
    public var obstacles: [NarrowerType] = []
    /// How values are distributed; `nil` where no rows were looked at. It is no part of the JSON.
    package var distribution: ColumnDistribution?
    /// The kernels measured, slowdowns first.
    public var speedups: [Speedup] { didSet { speedups.sort(by: Speedup.isShownBefore) } }

    package init(
      name: String, logicalType: LogicalType, nullCount: Int, distinctCount: Int?,
      isDistinctExact: Bool = true, minimum: ReportValue = .null, maximum: ReportValue = .null,
      beforeType: String, layout: String, before: Int, after: Footprint,
      handedOver: [EngineBytes] = [], fidelity: Fidelity = .text,
      error: ValueError? = nil, headroom: Double? = nil, reason: String = "", notes: [Note] = [],
      speedups: [Speedup] = []
    ) {
      self.name = name
      self.logicalType = logicalType
      self.nullCount = nullCount
      self.distinctCount = distinctCount
      self.isDistinctExact = isDistinctExact
      self.minimum = minimum
      self.maximum = maximum
      self.beforeType = beforeType
      self.layout = layout
      self.before = before
      self.after = after
      self.handedOver = handedOver
      self.fidelity = fidelity
      self.error = error
      self.headroom = headroom
      self.reason = reason
      self.notes = notes
      self.speedups = speedups.sorted(by: Speedup.isShownBefore)
    }

    /// Negative where the lean column is the larger one: padding outweighs a few rows.
    public var savedByteCount: Int { before - after.total }
  }

  /// How much faster a kernel is on the lean column than on the wide one.
  public struct Speedup: Hashable, Sendable {
    /// The kernel, as `diet bench` calls it.
    public var kernel: String
    /// Time on the wide column / time on the lean one: the median of pairs. Below 1 is slower.
    public var ratio: Double
    /// The lower end of the 95 % interval of the ratio.
    public var low: Double
    /// The upper end.
    public var high: Double
    /// How the kernel read the lean column.
    public var path: Path

    /// How the kernel read the lean column.
    public enum Path: String, Hashable, Sendable, CaseIterable {
      /// In its encoding.
      case direct
      /// After decoding it, block by block.
      case decoded
    }

    package init(kernel: String, ratio: Double, low: Double, high: Double, path: Path) {
      self.kernel = kernel
      self.ratio = ratio
      self.low = low
      self.high = high
      self.path = path
    }

    /// Whether the lean column is the slower one.
    public var isSlowdown: Bool { ratio < 1 }

    /// Slowdowns come first, the worst at the top; then the others, the best at the top.
    static func isShownBefore(_ a: Speedup, _ b: Speedup) -> Bool {
      if a.isSlowdown != b.isSlowdown { return a.isSlowdown }
      return a.isSlowdown ? a.ratio < b.ratio : a.ratio > b.ratio
    }
  }
}

/// The smallest or largest value of a column, as reports print it.
public enum ReportValue: Hashable, Sendable {
  /// Any integer of a column: from −2^63 to 2^64 − 1.
  case integer(Int128)
  /// A binary floating-point number.
  case float(Double)
  /// Decimals as written out, dates and times in ISO 8601, strings as they are.
  case text(String)
  /// No value.
  case null

  /// The value as text: infinities are `inf` and `-inf`, a missing value is empty.
  public var text: String {
    switch self {
    case .integer(let value): "\(value)"
    case .float(let value): "\(value)"
    case .text(let value): value
    case .null: ""
    }
  }
}
