/// Compares measurements with those of an earlier run.
///
/// Bytes, and how a column is read, are the same in every run of the same rows: any growth is a
/// regression. Times wobble, and neighbours on the machine slow one side more than the other. So a kernel
/// has become slower where all of these speak for it: the ratio of the least times is below what is
/// allowed, and so is their median; the least time of the lean side has grown by so much; and a loop that is
/// always the same was at its best then and now. Where only the ratio speaks for it, the run is too
/// noisy to tell. A baseline without least times is compared by intervals.
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
  /// The fixed loop's time when the machine was free; `nil` where the earlier run did not look.
  private let leastReference: Double?

  /// - Parameter isSameProcessor: Whether both runs were made on processors of one kind. Otherwise
  ///   only bytes and paths can regress.
  package init(
    baseline: [KernelMeasurement], maximumRegression: Double, isSameProcessor: Bool = true
  ) {
    self.baseline = baseline
    self.maximumRegression = maximumRegression
    self.isSameProcessor = isSameProcessor
    leastReference = baseline.compactMap(\.referenceNanoseconds).min()
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
    // Calls cost the same for any number of rows, and caches hold some numbers of them.
    let rows = Double(now.rowCount) / Double(max(before.rowCount, 1))
    if !(0.9...1.1).contains(rows) { return now.ratio < allowed ? .noisy : .same }
    if let slowed = hasSlowed(now, from: before) {
      if slowed { return isSameProcessor ? .slower : .noisy }
      if now.ratio < allowed { return .noisy }
    }
    if now.ratio >= allowed {
      let isFaster = now.low > before.ratio * (1 + maximumRegression) && now.low > before.high
      return isFaster ? .faster : .same
    }
    // An interval that does not hold its ratio was not measured so: the ratio alone counts.
    let isWithin = before.low <= before.ratio && before.ratio <= before.high
    let isOutside = now.high < allowed && (!isWithin || now.high < before.low)
    return isOutside && isSameProcessor ? .slower : .noisy
  }

  /// How much slower than at its best the fixed loop may be, then and now, for times to be comparable.
  private static let referenceTolerance = 1.05

  /// Whether the least times say so; `nil` where the earlier run has none, or none that go with its
  /// ratio.
  private func hasSlowed(
    _ now: KernelMeasurement, from before: KernelMeasurement
  ) -> Bool? {
    let isOfItsTimes =
      before.runRatios?.contains(before.ratio)
      ?? (0.25...4).contains(
        before.ratio * before.leanNanosecondsPerRow / before.wideNanosecondsPerRow)
    guard let earlier = LeastTimes(before), let times = LeastTimes(now), isOfItsTimes else {
      return nil
    }
    let growth = 1 / (1 - maximumRegression)
    let free = min(leastReference ?? times.reference, times.reference) * Self.referenceTolerance
    return now.ratio < before.ratio / growth && times.ratio < earlier.ratio / growth
      && times.lean > earlier.lean * growth
      && times.reference <= free && earlier.reference <= free
  }

  private struct LeastTimes {
    let wide: Double
    let lean: Double
    let reference: Double
    var ratio: Double { wide / lean }

    init?(_ measurement: KernelMeasurement) {
      guard let wide = measurement.wideLeastNanosecondsPerRow,
        let lean = measurement.leanLeastNanosecondsPerRow,
        let reference = measurement.referenceNanoseconds, wide > 0, lean > 0, reference > 0
      else { return nil }
      (self.wide, self.lean, self.reference) = (wide, lean, reference)
    }
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
    // The bytes of a dictionary, or of texts, are not by the row.
    let isByRow = !["dictionary", "utf8"].contains(where: now.lean.contains)
    return perRow > earlierPerRow * (1 + max(share, isByRow ? 0.01 : 0.1))
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
