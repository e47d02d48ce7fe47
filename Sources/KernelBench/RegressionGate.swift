/// Compares measurements with those of an earlier run.
///
/// Bytes, and how a column is read, are the same in every run of the same rows: any growth is a
/// regression. Times wobble: a ratio has regressed where its whole interval lies below what is
/// allowed and below the earlier interval; where only its median does, the run is too noisy to tell.
package struct RegressionGate: Sendable {
  package enum Verdict: String, Hashable, Sendable, CaseIterable {
    /// As it was, within what is allowed.
    case same
    case faster
    /// The interval of the ratio lies below what is allowed.
    case slower
    /// The ratio is below what is allowed, its interval is not; or it was measured on another
    /// processor.
    case noisy
    /// More bytes are read.
    case moreBytes = "more_bytes"
    /// More instructions are executed.
    case moreInstructions = "more_instructions"
    /// What was read in its encoding is decoded.
    case decoded
    /// The earlier run has no such measurement.
    case new

    package var isRegression: Bool {
      switch self {
      case .slower, .moreBytes, .moreInstructions, .decoded: true
      case .same, .faster, .noisy, .new: false
      }
    }
  }

  private struct Key: Hashable {
    let column: String
    let kernel: String
  }

  /// How much less a ratio may be: 0.1 is a tenth.
  package let maximumRegression: Double
  package let baseline: [KernelMeasurement]
  private let measurements: [Key: KernelMeasurement]
  /// Another processor runs other loops, and gains otherwise from fewer bytes.
  private let isSameProcessor: Bool

  /// - Parameter isSameProcessor: Whether both runs were made on processors of one kind. Otherwise
  ///   only bytes and paths can regress.
  package init(
    baseline: [KernelMeasurement], maximumRegression: Double, isSameProcessor: Bool = true
  ) {
    self.baseline = baseline
    self.maximumRegression = maximumRegression
    self.isSameProcessor = isSameProcessor
    measurements = Dictionary(
      baseline.map { (Key(column: $0.column, kernel: $0.kernel), $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// What the earlier run had for the same column and kernel.
  package func earlier(_ measurement: KernelMeasurement) -> KernelMeasurement? {
    measurements[Key(column: measurement.column, kernel: measurement.kernel)]
  }

  package func verdict(on now: KernelMeasurement) -> Verdict {
    guard let before = earlier(now) else { return .new }
    if Self.hasGrown(now.leanByteCount, now, from: before.leanByteCount, before, by: 0) {
      return .moreBytes
    }
    if before.path == .direct, now.path == .decoded { return .decoded }
    if isSameProcessor, let count = now.leanInstructionCount,
      let earlier = before.leanInstructionCount,
      Self.hasGrown(count, now, from: earlier, before, by: maximumRegression)
    {
      return .moreInstructions
    }
    let allowed = before.ratio * (1 - maximumRegression)
    if now.ratio >= allowed {
      let isFaster = now.low > before.ratio * (1 + maximumRegression) && now.low > before.high
      return isFaster ? .faster : .same
    }
    // An interval that does not hold its ratio was not measured so: the ratio alone counts.
    let isWithin = before.low <= before.ratio && before.ratio <= before.high
    let isOutside = now.high < allowed && (!isWithin || now.high < before.low)
    return isOutside && isSameProcessor ? .slower : .noisy
  }

  /// Whether a count of the lean side has grown: of other rows than before, by the row, where the
  /// same table with more rows may differ by what is allowed.
  private static func hasGrown(
    _ count: Int, _ now: KernelMeasurement, from earlier: Int, _ before: KernelMeasurement,
    by share: Double
  ) -> Bool {
    if now.rowCount == before.rowCount { return Double(count) > Double(earlier) * (1 + share) }
    let perRow = Double(count) / Double(max(now.rowCount, 1))
    let earlierPerRow = Double(earlier) / Double(max(before.rowCount, 1))
    return perRow > earlierPerRow * (1 + max(share, 0.01))
  }

  /// Whether a column that is stored in its wide form now takes more than it took.
  ///
  /// - Returns: The earlier measurement that shows it, `nil` where there is none.
  package func outgrown(
    column: String, byteCount: Int, rowCount: Int
  ) -> KernelMeasurement? {
    baseline.first { before in
      before.column == column
        && Double(byteCount) / Double(max(rowCount, 1))
          > Double(before.leanByteCount) / Double(max(before.rowCount, 1)) * 1.01
    }
  }
}
