public import Columnar

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

  private var spent: Duration = .zero

  public init() {}

  /// What each reduction gains on the column. Nothing for a column that is as wide as it could be,
  /// has hardly any rows or no value, or came after the table's time was up.
  ///
  /// - Throws: `SpeedMeasurementError` where the two sides differ in their answers.
  public mutating func speedups(
    of column: Column
  ) throws(SpeedMeasurementError) -> [Speedup] {
    guard spent < tableBudget else { return [] }
    let start = ContinuousClock.now
    defer { spent += ContinuousClock.now - start }
    // One thread: its processor time is what is measured.
    let rows = ColumnRows(column)
    return try KernelThreads.withCount(1) {
      Result { () throws(SpeedMeasurementError) in try measure(rows) }
    }.get()
  }

  private func measure(_ lean: ColumnRows) throws(SpeedMeasurementError) -> [Speedup] {
    guard lean.count >= Self.leastRowCount, !WideForm.isForm(of: lean),
      let constant = lean.middleValue
    else { return [] }
    let reductions = Reductions.all.filter {
      $0.applies(to: lean.type) && $0.isMeasured(on: lean)
    }
    // A fifth of the budget goes to decoding and trials; a kernel is warmed up for two runs.
    let runCount = 2 * pairCount + 2
    let runLength = min(
      .milliseconds(1), columnBudget * 4 / 5 / max(reductions.count, 1) / runCount)

    let start = ThreadTime.seconds
    let trial = WideForm.make(lean, rowLimit: Self.trialRowCount, byteLimit: wideByteLimit)
    let decodingTime = max(ThreadTime.seconds - start, 1e-9)
    guard trial.valueCount > 0 else { return [] }
    // A run is long enough when the wide side takes its whole length once.
    let rowTimes = reductions.map { reduction in
      let work = Work(reduction, trial, constant)
      work.run()
      return ThreadTime.of(2, work.run) / Double(trial.count)
    }
    let rowCounts = rowTimes.map { Int(runLength / .seconds(1) / $0 * 1.5) + 64 }
    let decodable = Int(columnBudget / .seconds(1) / 4 * Double(trial.count) / decodingTime)
    var wide = trial
    let wanted = min(rowCounts.max() ?? 0, max(decodable, trial.count), lean.count)
    if wanted > trial.count {
      wide = WideForm.make(lean, rowLimit: wanted, byteLimit: wideByteLimit)
    }

    var speedups: [Speedup] = []
    for (reduction, rowCount) in zip(reductions, rowCounts) {
      let sides = (
        wide: wide.prefix(max(rowCount, Self.leastRowCount)),
        lean: lean.prefix(min(wide.count, max(rowCount, Self.leastRowCount)))
      )
      speedups.append(try compare(reduction, sides.wide, sides.lean, constant, runLength))
    }
    return speedups
  }

  func compare(
    _ reduction: any Reduction, _ wide: ColumnRows, _ lean: ColumnRows, _ constant: Scalar,
    _ runLength: Duration
  ) throws(SpeedMeasurementError) -> Speedup {
    // Rows that fit a cache were tried: larger ones may take longer than was thought.
    let first = ThreadTime.of(1, Work(reduction, wide, constant).run)
    let excess = first / (2 * (runLength / .seconds(1)))
    let fitting = max(Int(Double(wide.count) / excess), Self.leastRowCount)
    if excess > 1, fitting < wide.count {
      return try compare(
        reduction, wide.prefix(fitting), lean.prefix(fitting), constant, runLength)
    }
    let expected = try? reduction(wide, constant: constant)
    let reduced = try? reduction(lean, constant: constant)
    guard let expected, let reduced, expected.answer.agrees(with: reduced.answer) else {
      throw SpeedMeasurementError(column: lean.name, kernel: reduction.name)
    }
    let timing = PairedTiming(
      pairCount: pairCount, length: runLength, wide: Work(reduction, wide, constant).run,
      lean: Work(reduction, lean, constant).run)
    return Speedup(
      kernel: reduction.name, ratio: timing.ratio, low: timing.low, high: timing.high,
      path: reduced.path, rowCount: lean.count)
  }
}

/// One call of a reduction.
private struct Work {
  let reduction: any Reduction
  let rows: ColumnRows
  let constant: Scalar

  init(_ reduction: any Reduction, _ rows: ColumnRows, _ constant: Scalar) {
    self.reduction = reduction
    self.rows = rows
    self.constant = constant
  }

  /// Not inlined, so that no call is found to be superfluous.
  @inline(never)
  func run() { _ = try? reduction(rows, constant: constant) }
}
