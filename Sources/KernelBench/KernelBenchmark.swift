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
  /// How often wide and lean are timed side by side, in each round.
  package var pairCount = 5
  /// In how many places of memory: where pages lie tells in the time, and is chance.
  package var roundCount = 3
  /// About how long one run takes at the least: the kernel is repeated to make it so.
  package var runLength: Duration = .milliseconds(1)
  /// How many bytes the wide form of a column may take; larger ones are measured on their first rows.
  package var wideByteLimit = 128 << 20
  /// What a run is compared with. What is slower, or may be by its ratio, is measured again.
  package var gate: RegressionGate?
  /// For how many seconds a free moment is looked for, in each round.
  package var freeLength = 0.008
  package var clock = KernelClock.thread
  /// Tells how fast the machine is meanwhile; `nil` where nobody wants to know.
  package var reference: ReferenceLoop? = ReferenceLoop()

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

  /// The measurements, of which those that are slower, or may be, were made again now: what slowed them may
  /// have gone by.
  package func confirmed(
    _ measurements: [KernelMeasurement], _ columns: [Column]
  ) throws(SpeedMeasurementError) -> [KernelMeasurement] {
    var confirmed = measurements
    for (index, measurement) in measurements.enumerated() {
      guard let gate, gate.isInDoubt(measurement) else { continue }
      var again = self
      again.choice = .named([measurement.kernel])
      let single = columns.first { $0.name == measurement.column }
      let now =
        if let single {
          try again.measurements(of: single)
        } else {
          try again.measurements(ofFrame: columns)
        }
      if let now = now.first(where: { $0.column == measurement.column }) {
        confirmed[index] = measurement.joined(with: now)
      }
    }
    return confirmed
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
    guard let first = try KernelComparison(kernel, wide: wide, lean: lean) else { return nil }
    let path = first.path
    func measured() throws(SpeedMeasurementError) -> KernelMeasurement {
      var pairs: [PairedTiming.Pair] = []
      for round in 0..<roundCount {
        let moved = round == 0 ? nil : (wide.map(\.moved), lean.map(\.moved))
        guard
          let comparison = try moved.map({ wide, lean throws(SpeedMeasurementError) in
            try KernelComparison(kernel, wide: wide, lean: lean)
          }) ?? first
        else { break }
        pairs += PairedTiming.pairs(
          pairCount, length: runLength, clock: clock,
          wide: comparison.wide, lean: comparison.lean)
      }
      let timing = PairedTiming(pairs: pairs)
      let rows = Double(max(lean[0].count, 1))
      var measurement = KernelMeasurement(
        column: lean.map(\.name).joined(separator: ", "), kernel: kernel.name,
        wide: Self.layouts(wide), lean: Self.layouts(lean),
        wideNanosecondsPerRow: timing.wide * 1e9 / rows,
        leanNanosecondsPerRow: timing.lean * 1e9 / rows, ratio: timing.ratio, low: timing.low,
        high: timing.high, path: path, wideByteCount: kernel.byteCount(wide),
        leanByteCount: kernel.byteCount(lean), rowCount: lean[0].count)
      measurement.wideLeastNanosecondsPerRow = timing.leastWide * 1e9 / rows
      measurement.leanLeastNanosecondsPerRow = timing.leastLean * 1e9 / rows
      measurement.free = try freeTime(
        of: kernel, wide, lean,
        rowCount: gate?.earlier(measurement)?.free?.rowCount
          ?? FreeTime.rowCount(
            of: lean[0].count, nanosecondsPerRow: timing.leastLean * 1e9 / rows,
            bytesPerRow: Double(measurement.leanByteCount) / rows))
      return measurement
    }
    var measurement = try measured()
    var repeats = 0
    while let gate, gate.isInDoubt(measurement), repeats < Self.repeatLimit {
      measurement = measurement.joined(with: try measured())
      repeats += 1
    }
    return measurement
  }

  /// The lean side's time on its first rows while the machine is free: the least of several places in memory.
  private func freeTime(
    of kernel: MeasuredKernel, _ wide: [Column], _ lean: [Column], rowCount: Int
  ) throws(SpeedMeasurementError) -> FreeTime? {
    guard let reference else { return nil }
    let (wide, lean) = (wide.map { $0.prefix(rowCount) }, lean.map { $0.prefix(rowCount) })
    var free: FreeTime?
    for _ in 0..<roundCount {
      guard
        let comparison = try KernelComparison(kernel, wide: wide, lean: lean.map(\.moved)),
        let now = FreeTime(
          rowCount: lean[0].count, for: freeLength, clock: clock, reference: reference,
          comparison.lean
        )
      else { continue }
      free = free.map { $0.joined(with: now) } ?? now
    }
    return free
  }

  private static func layouts(_ columns: [Column]) -> String {
    columns.map(\.layout.description).joined(separator: ", ")
  }
}

extension Column {
  /// The same values at other places of memory.
  fileprivate var moved: Column {
    var column = Column(
      name: name, type: type, layout: layout, count: count, nullCount: nullCount,
      validity: validity?.bits.moved, values: values?.moved, offsets: offsets?.moved,
      dictionary: dictionary.first?.moved)
    column.derivation = derivation
    return column
  }
}

extension Buffer {
  fileprivate var moved: Buffer {
    let copy = Buffer(uninitializedByteCount: byteCount)
    withUnsafeBytes { copy.base.copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
    return copy
  }
}
