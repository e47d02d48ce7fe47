public import Columnar
import Kernels

/// Measures reductions on lean columns against their wide form, one column at a time, within a
/// budget of time and memory.
///
///     var measurement = SpeedMeasurement()
///     for column in frame.columns { print(try measurement.speedups(of: column)) }
public struct SpeedMeasurement: Sendable {
  /// About how long one column takes.
  public var columnBudget: Duration = .milliseconds(30)
  /// About how long all columns together take: those that come later are not measured.
  public var tableBudget: Duration = .seconds(2)
  /// How many bytes the wide form may take; columns that are larger are measured on their first
  /// rows.
  public var wideByteLimit = 64 << 20
  /// How often wide and lean are timed side by side.
  public var pairCount = 9

  /// Below this many rows a call costs more than its rows, and nothing is measured.
  private static let leastRowCount = 1024
  /// On so many rows it is found out what a row costs.
  private static let trialRowCount = 16 << 10

  var clock = KernelClock.thread
  private var spent: Duration = .zero

  /// With a budget of 30 ms a column and 2 s a table.
  public init() {}

  /// What each reduction gains on the column. Nothing for a column that is as wide as it could be,
  /// has hardly any rows or no value, or came after the table's time was up.
  ///
  /// - Throws: `SpeedMeasurementError` where the two sides differ in their answers.
  public mutating func speedups(
    of column: Column
  ) throws(SpeedMeasurementError) -> [Speedup] {
    if WideForm.isForm(of: ColumnRows(column)) { return [] }
    return try timed { (measurement) throws(SpeedMeasurementError) in
      try measurement.measure(column) {
        WideForm.make(column, rowLimit: $0, byteLimit: measurement.wideByteLimit)
      }
    }
  }

  /// What each reduction gains, or loses, on the column beside `other`, which has the same values in another layout.
  ///
  /// - Throws: `SpeedMeasurementError` where the two differ in their answers.
  package mutating func speedups(
    of column: Column, beside other: Column
  ) throws(SpeedMeasurementError) -> [Speedup] {
    try timed { (measurement) throws(SpeedMeasurementError) in
      try measurement.measure(column) { other.prefix($0) }
    }
  }

  private mutating func timed(
    _ body: (Self) throws(SpeedMeasurementError) -> [Speedup]
  ) throws(SpeedMeasurementError) -> [Speedup] {
    guard spent < tableBudget else { return [] }
    let start = ContinuousClock.now
    defer { spent += ContinuousClock.now - start }
    // One thread: its processor time is what is measured.
    return try KernelThreads.withCount(1) {
      Result { () throws(SpeedMeasurementError) in try body(self) }
    }.get()
  }

  /// - Parameter firstRows: As many rows of the other side, or fewer.
  private func measure(
    _ lean: Column, _ firstRows: (Int) -> Column
  ) throws(SpeedMeasurementError) -> [Speedup] {
    let rows = ColumnRows(lean)
    guard lean.count >= Self.leastRowCount, let constant = rows.middleValue else { return [] }
    let kernels = MeasuredKernels.reductions(rows, constant)
      .filter { $0.reduction.isMeasured(on: rows) }.map(\.kernel)
    // A fifth of the budget goes to decoding and trials; a kernel is warmed up for two runs.
    let runCount = 2 * pairCount + 2
    let runLength = min(
      .milliseconds(1), columnBudget * 4 / 5 / max(kernels.count, 1) / runCount)

    let start = clock.seconds()
    let trial = firstRows(min(Self.trialRowCount, lean.count))
    let decodingTime = max(clock.seconds() - start, 1e-9)
    guard trial.nullCount < trial.count else { return [] }
    // A run is long enough when the wide side takes its whole length once.
    let rowTimes = kernels.map { kernel in
      let run = kernel.prepare([trial])
      _ = try? run()
      return clock.time(of: 2) { _ = try? run() } / Double(trial.count)
    }
    let rowCounts = rowTimes.map { Int(runLength / .seconds(1) / $0 * 1.5) + 64 }
    let decodable = Int(columnBudget / .seconds(1) / 4 * Double(trial.count) / decodingTime)
    var wide = trial
    let wanted = min(rowCounts.max() ?? 0, max(decodable, trial.count), lean.count)
    if wanted > trial.count {
      wide = firstRows(wanted)
    }

    var speedups: [Speedup] = []
    for (kernel, rowCount) in zip(kernels, rowCounts) {
      let rowCount = min(wide.count, max(rowCount, Self.leastRowCount))
      speedups +=
        try compare(
          kernel, wide.prefix(rowCount), lean.prefix(rowCount), runLength
        ).map { [$0] } ?? []
    }
    return speedups
  }

  func compare(
    _ kernel: MeasuredKernel, _ wide: Column, _ lean: Column, _ runLength: Duration
  ) throws(SpeedMeasurementError) -> Speedup? {
    guard let comparison = try KernelComparison(kernel, wide: [wide], lean: [lean]) else {
      return nil
    }
    // Rows that fit a cache were tried: larger ones may take longer than was thought.
    let excess = clock.time(of: 1, comparison.wide) / (2 * (runLength / .seconds(1)))
    let fitting = max(Int(Double(wide.count) / excess), Self.leastRowCount)
    if excess > 1, fitting < wide.count {
      return try compare(kernel, wide.prefix(fitting), lean.prefix(fitting), runLength)
    }
    let timing = PairedTiming(
      pairCount: pairCount, length: runLength, clock: clock, wide: comparison.wide,
      lean: comparison.lean)
    return Speedup(
      kernel: kernel.name, ratio: timing.ratio, low: timing.low, high: timing.high,
      path: comparison.path, rowCount: lean.count)
  }
}
