public import Kernels

/// One kernel on one column, or on some of a table, wide against lean. Its coded form is a result of
/// `diet bench`, and an entry of a baseline.
public struct KernelMeasurement: Hashable, Sendable {
  /// The column's name; several are joined by commas.
  public var column: String
  /// The name of the kernel.
  public var kernel: String
  /// The layouts of both sides.
  public var wide: String
  /// The layout on the lean side.
  public var lean: String
  /// Processor time on the wide side, in nanoseconds a row: the median.
  public var wideNanosecondsPerRow: Double
  /// Processor time on the lean side, in nanoseconds a row: the median.
  public var leanNanosecondsPerRow: Double
  /// Time on the wide form / time on the lean one: the median of pairs. Below 1 is slower.
  public var ratio: Double
  /// The second least and the second greatest ratio of the pairs.
  public var low: Double
  /// The second greatest ratio of the pairs.
  public var high: Double
  /// How the lean side was read.
  public var path: ReductionPath
  /// The bytes that one run reads, each buffer once.
  public var wideByteCount: Int
  /// The bytes that one run of the lean side reads.
  public var leanByteCount: Int
  /// How many rows both sides had.
  public var rowCount: Int
  /// The least times that were seen, in nanoseconds a row; `nil` in what earlier versions saved.
  public var wideLeastNanosecondsPerRow: Double?
  /// The least time on the lean side.
  public var leanLeastNanosecondsPerRow: Double?
  /// The lean side while nothing else had the core; `nil` where nobody has looked.
  package var free: FreeTime?
  /// The ratio of each run, where several are put together.
  public var runRatios: [Double]?
  /// Instructions that one run executes; `nil` where nobody has counted them, as `KernelBenchmark` does not.
  public var wideInstructionCount: Int?
  /// Instructions that one run of the lean side executes; `nil` where nobody has counted.
  public var leanInstructionCount: Int?

  /// A measurement as it was made or saved.
  public init(
    column: String, kernel: String, wide: String, lean: String, wideNanosecondsPerRow: Double,
    leanNanosecondsPerRow: Double, ratio: Double, low: Double, high: Double, path: ReductionPath,
    wideByteCount: Int, leanByteCount: Int, rowCount: Int, wideInstructionCount: Int? = nil,
    leanInstructionCount: Int? = nil
  ) {
    self.column = column
    self.kernel = kernel
    self.wide = wide
    self.lean = lean
    self.wideNanosecondsPerRow = wideNanosecondsPerRow
    self.leanNanosecondsPerRow = leanNanosecondsPerRow
    self.ratio = ratio
    self.low = low
    self.high = high
    self.path = path
    self.wideByteCount = wideByteCount
    self.leanByteCount = leanByteCount
    self.rowCount = rowCount
    self.wideInstructionCount = wideInstructionCount
    self.leanInstructionCount = leanInstructionCount
  }

  /// Whether the lean side took longer.
  public var isSlowdown: Bool { ratio < 1 }

  /// What the lean side reads in a second: bytes.
  public var leanBandwidth: Double {
    Double(leanByteCount) / (leanNanosecondsPerRow * Double(max(rowCount, 1))) * 1e9
  }

  /// What both measurements say together: the better ratio, and an interval that holds both.
  func joined(with other: KernelMeasurement) -> KernelMeasurement {
    var joined = ratio > other.ratio ? self : other
    joined.cover(self, other)
    joined.free = free.map { one in other.free.map(one.joined) ?? one } ?? other.free
    return joined
  }

  /// Several runs as one: the ratio in their middle, and an interval that holds all of them.
  package func merged(with other: KernelMeasurement) -> KernelMeasurement {
    var merged = other
    let ratios = ((runRatios ?? [ratio]) + (other.runRatios ?? [other.ratio])).suffix(25)
    merged.runRatios = Array(ratios)
    merged.ratio = ratios.sorted()[ratios.count / 2]
    merged.cover(self, other)
    merged.free = free.map { one in other.free.map(one.merged) ?? one } ?? other.free
    return merged
  }

  private mutating func cover(_ one: KernelMeasurement, _ other: KernelMeasurement) {
    low = min(one.low, other.low)
    high = max(one.high, other.high)
    func least(_ part: (KernelMeasurement) -> Double?) -> Double? {
      [part(one), part(other)].compactMap { $0 }.min()
    }
    wideLeastNanosecondsPerRow = least(\.wideLeastNanosecondsPerRow)
    leanLeastNanosecondsPerRow = least(\.leanLeastNanosecondsPerRow)
  }
}

extension KernelMeasurement: Codable {
  private enum CodingKeys: String, CodingKey {
    case column, kernel, wide, lean
    case wideNanosecondsPerRow = "wide_ns_per_row"
    case leanNanosecondsPerRow = "lean_ns_per_row"
    case ratio, low, high, path
    case wideLeastNanosecondsPerRow = "wide_ns_least"
    case leanLeastNanosecondsPerRow = "lean_ns_least"
    case free
    case runRatios = "run_ratios"
    case wideByteCount = "bytes_wide"
    case leanByteCount = "bytes_lean"
    case rowCount = "rows"
    case wideInstructionCount = "instructions_wide"
    case leanInstructionCount = "instructions_lean"
  }
}
