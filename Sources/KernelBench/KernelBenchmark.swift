package import Columnar
import Kernels

/// Measures kernels on lean columns against their wide form: every row that is given, so that bytes
/// are the same in every run.
///
/// The wide form of one column is held at a time, and of those that a kernel of the table reads.
package struct KernelBenchmark: Sendable {
  /// Which kernels are measured.
  package enum Choice: Hashable, Sendable {
    case usual
    case all
    case named(Set<String>)
  }

  package var choice = Choice.usual
  /// How often wide and lean are timed side by side.
  package var pairCount = 9
  /// About how long one run takes at the least: the kernel is repeated to make it so.
  package var runLength: Duration = .milliseconds(1)
  /// How many bytes the wide form of a column may take; larger ones are measured on their first rows.
  package var wideByteLimit = 128 << 20
  /// What a run is compared with. A regression is measured again before it is believed.
  package var gate: RegressionGate?
  package var clock = KernelClock.thread

  /// How often a regression is measured again.
  private static let repeatLimit = 2

  package init() {}

  /// What kernels gain on the column: nothing where it has its wide form already, or no value.
  ///
  /// - Throws: `SpeedMeasurementError` where the two sides differ in their answers.
  package func measurements(
    of column: Column
  ) throws(SpeedMeasurementError) -> [KernelMeasurement] {
    guard Self.isLean(column) else { return [] }
    let wide = WideForm.make(column, rowLimit: column.count, byteLimit: wideByteLimit)
    let lean = column.prefix(wide.count)
    var measurements: [KernelMeasurement] = []
    for kernel in MeasuredKernels.all(for: lean) where isChosen(kernel) {
      measurements += try measure(kernel, [wide], [lean]).map { [$0] } ?? []
    }
    return measurements
  }

  /// What the kernels gain that read several columns of a table.
  package func measurements(
    ofFrame columns: [Column]
  ) throws(SpeedMeasurementError) -> [KernelMeasurement] {
    let members = FrameKernels(columns.filter(Self.isLean)).members.filter { isChosen($0.kernel) }
    var wides: [String: Column] = [:]
    for column in members.flatMap(\.columns) where wides[column.name] == nil {
      wides[column.name] = WideForm.make(
        column, rowLimit: column.count, byteLimit: wideByteLimit / 2)
    }
    let rowCount = wides.values.map(\.count).min() ?? 0
    var measurements: [KernelMeasurement] = []
    for member in members {
      let wide = member.columns.map { wides[$0.name]!.prefix(rowCount) }
      let lean = member.columns.map { $0.prefix(wide[0].count) }
      measurements += try measure(member.kernel, wide, lean).map { [$0] } ?? []
    }
    return measurements
  }

  /// Whether the column is stored otherwise than in its wide form, and has a value.
  package static func isLean(_ column: Column) -> Bool {
    column.nullCount < column.count && !WideForm.isForm(of: ColumnRows(column))
  }

  /// The bytes that one pass over a column reads.
  package static func byteCount(of column: Column) -> Int {
    MeasuredKernel.wholeByteCount([column])
  }

  private func isChosen(_ kernel: MeasuredKernel) -> Bool {
    switch choice {
    case .usual: kernel.isUsual
    case .all: true
    case .named(let names): names.contains(kernel.name)
    }
  }

  private func measure(
    _ kernel: MeasuredKernel, _ wide: [Column], _ lean: [Column]
  ) throws(SpeedMeasurementError) -> KernelMeasurement? {
    // One thread: its processor time is what is measured.
    try KernelThreads.withCount(1) {
      Result { () throws(SpeedMeasurementError) in try measureHere(kernel, wide, lean) }
    }.get()
  }

  private func measureHere(
    _ kernel: MeasuredKernel, _ wide: [Column], _ lean: [Column]
  ) throws(SpeedMeasurementError) -> KernelMeasurement? {
    guard let comparison = try KernelComparison(kernel, wide: wide, lean: lean) else { return nil }
    func measured() -> KernelMeasurement {
      let timing = PairedTiming(
        pairCount: pairCount, length: runLength, clock: clock, wide: comparison.wide,
        lean: comparison.lean)
      let rows = Double(max(lean[0].count, 1))
      return KernelMeasurement(
        column: lean.map(\.name).joined(separator: ", "), kernel: kernel.name,
        wide: Self.layouts(wide), lean: Self.layouts(lean),
        wideNanosecondsPerRow: timing.wide * 1e9 / rows,
        leanNanosecondsPerRow: timing.lean * 1e9 / rows, ratio: timing.ratio, low: timing.low,
        high: timing.high, path: comparison.path, wideByteCount: kernel.byteCount(wide),
        leanByteCount: kernel.byteCount(lean), rowCount: lean[0].count)
    }
    var measurement = measured()
    var repeats = 0
    while let gate, gate.verdict(on: measurement) == .slower, repeats < Self.repeatLimit {
      measurement = measurement.joined(with: measured())
      repeats += 1
    }
    return measurement
  }

  private static func layouts(_ columns: [Column]) -> String {
    columns.map(\.layout.description).joined(separator: ", ")
  }
}
