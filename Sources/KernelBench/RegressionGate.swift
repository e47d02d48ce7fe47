/// Compares measurements with those of an earlier run.
///
/// Bytes, and how a column is read, are the same in every run of the same rows: any growth is a
/// regression. Times wobble, and neighbours on the machine slow one side more than the other. So a kernel
/// has become slower where the ratio has fallen and its lean side takes longer in moments in which the machine is
/// free, as a loop tells that is always the same. Where only the ratio of wide to lean speaks for it, the run is too noisy to tell. A
/// baseline without such times is compared by intervals.
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
    leastReference = baseline.compactMap(\.free?.reference).min()
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
    let freely = freeComparison(of: now, with: before)
    switch freely {
    case .slower where now.ratio < allowed: return isSameProcessor ? .slower : .noisy
    case .notFree where now.ratio < allowed: return .noisy
    case .slower, .notSlower, .notFree, .unknown: break
    }
    if now.ratio >= allowed || freely == .notSlower {
      let isFaster = now.low > before.ratio * (1 + maximumRegression) && now.low > before.high
      return isFaster ? .faster : .same
    }
    // An interval that does not hold its ratio was not measured so: the ratio alone counts.
    let isWithin = before.low <= before.ratio && before.ratio <= before.high
    let isOutside = now.high < allowed && (!isWithin || now.high < before.low)
    return isOutside && isSameProcessor ? .slower : .noisy
  }

  /// By how much a run may be slower than all that were put together.
  private static let runTolerance = 1.03

  private enum FreeComparison { case slower, notSlower, notFree, unknown }

  /// What the times on a free machine say; nothing where the earlier run has none that goes with its ratio.
  private func freeComparison(
    of now: KernelMeasurement, with before: KernelMeasurement
  ) -> FreeComparison {
    let isOfItsTimes =
      before.runRatios?.contains(before.ratio)
      ?? (0.25...4).contains(
        before.ratio * before.leanNanosecondsPerRow / before.wideNanosecondsPerRow)
    guard isOfItsTimes, let earlier = before.free else { return .unknown }
    guard let free = now.free, earlier.rowCount == free.rowCount else { return .notFree }
    let best = min(leastReference ?? free.reference, free.reference) * FreeTime.tolerance
    guard free.reference <= best, earlier.reference <= best else { return .notFree }
    let isSlower =
      free.nanosecondsPerRow > earlier.nanosecondsPerRow / (1 - maximumRegression)
      && free.nanosecondsPerRow > earlier.most * Self.runTolerance
    return isSlower ? .slower : .notSlower
  }

  /// Whether a measurement is to be made again: it is slower, or by its ratio may be.
  package func isInDoubt(_ measurement: KernelMeasurement) -> Bool {
    let verdict = verdict(on: measurement)
    return verdict == .slower || verdict == .noisy && isSameProcessor
  }

  /// How many other processes are asked at the most.
  private static let processLimit = 2

  /// The measurements, of which those that are slower were joined with what other processes measured: where
  /// code and data lie in memory is chance in each process, and no regression.
  ///
  /// - Parameter again: What another process measures of these kernels; `nil` where there is none.
  package func confirmed(
    _ measurements: [KernelMeasurement],
    again: (Set<String>) throws -> [KernelMeasurement]?
  ) rethrows -> [KernelMeasurement] {
    var confirmed = measurements
    for _ in 0..<Self.processLimit {
      let slower = confirmed.indices.filter { verdict(on: confirmed[$0]) == .slower }
      if slower.isEmpty { break }
      guard let others = try again(Set(slower.map { confirmed[$0].kernel })) else { break }
      for index in slower {
        let own = confirmed[index]
        let same = others.first {
          $0.column == own.column && $0.kernel == own.kernel && $0.rowCount == own.rowCount
        }
        if let same { confirmed[index] = own.joined(with: same) }
      }
    }
    return confirmed
  }

  /// What bits of other numbers of rows may take more for they fill whole bytes, and words.
  private static let roundedUp = 16

  /// Whether a count of the lean side has grown: of other rows than before, by the row, where the
  /// same table with more rows may differ by what is allowed.
  private static func hasGrown(
    _ count: Int, _ now: KernelMeasurement, from earlier: Int, _ before: KernelMeasurement,
    by share: Double
  ) -> Bool {
    if now.rowCount == before.rowCount { return Double(count) > Double(earlier) * (1 + share) }
    let perRow = Double(count - roundedUp) / Double(max(now.rowCount, 1))
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
          > Double(before.leanByteCount + Self.roundedUp) / Double(max(before.rowCount, 1)) * 1.01
    }
  }
}
