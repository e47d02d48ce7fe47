import Columnar
public import DietReport
import KernelBench
import Kernels
import Options

/// Brings measurements into the form of a report, beside those of an earlier run where there are any.
struct BenchmarkAssembly {
  let benchmarked: BenchmarkedTable
  let path: String
  let rowCount: Int
  let machine: BenchmarkReport.Machine
  let baseline: BenchmarkBaseline?
  let gate: RegressionGate?
  let gates: BenchmarkReport.Gate
  /// All columns of the table, and what has become of those of the baseline.
  let columns: [BenchmarkReport.Column]
  let changes: [BenchmarkReport.Change]
  /// Whether all columns were measured with the usual kernels: what the baseline has beside them is
  /// missing.
  let isWhole: Bool

  var report: BenchmarkReport {
    var report = BenchmarkReport(
      path: path, rowCount: rowCount, measuredRowCount: benchmarked.rowCount, machine: machine,
      results: benchmarked.measurements.map(BenchmarkReport.Result.init), comparison: comparison,
      notes: notes)
    report.columns = columns
    return report
  }

  private var comparison: BenchmarkReport.Comparison? {
    guard let baseline, let gate else { return nil }
    var findings = benchmarked.measurements.map { measurement in
      BenchmarkReport.Finding(
        column: measurement.column, kernel: measurement.kernel,
        verdict: BenchmarkReport.Verdict(gate.verdict(on: measurement)),
        before: gate.earlier(measurement).map(BenchmarkReport.Figures.init),
        now: BenchmarkReport.Figures(measurement))
    }
    for column in benchmarked.wideColumns {
      guard
        let before = gate.outgrown(
          column: column.name, byteCount: column.byteCount, rowCount: benchmarked.rowCount)
      else { continue }
      let bytes = Double(column.byteCount) / Double(max(benchmarked.rowCount, 1))
      findings.append(
        BenchmarkReport.Finding(
          column: column.name, kernel: before.kernel, verdict: .moreBytes,
          before: BenchmarkReport.Figures(before),
          now: BenchmarkReport.Figures(layout: column.layout, speedup: nil, bytesPerRow: bytes)))
    }
    // What a column is now explains what its kernels read.
    let changed = Set(changes.map(\.column))
    findings.removeAll { finding in
      guard finding.verdict == .moreBytes else { return false }
      return changed.contains(finding.column) || isOfItsDictionary(finding, since: baseline)
    }
    return BenchmarkReport.Comparison(
      baselinePath: baseline.path, baselineRowCount: baseline.rowCount,
      maximumRegression: gate.maximumRegression, findings: findings, changes: changes, gate: gates)
  }

  /// Whether what a kernel reads more is of a dictionary or of texts, which columns are held to as a whole.
  private func isOfItsDictionary(
    _ finding: BenchmarkReport.Finding, since baseline: BenchmarkBaseline
  ) -> Bool {
    guard !baseline.columns.isEmpty, let before = finding.before else { return false }
    let isByRow = !["dictionary", "utf8"].contains(where: before.layout.contains)
    // Fewer rows may be worth no dictionary.
    return !isByRow
      && (before.layout == finding.now.layout || rowCount * 10 < baseline.rowCount * 9)
  }

  private var notes: [Note] {
    var notes: [Note] = []
    if benchmarked.measurements.isEmpty, !benchmarked.wideColumns.isEmpty {
      notes.append(
        Note(
          .nothingMeasured, "nothing was measured: no kernel that was asked for reads a lean column"
        ))
    }
    guard let baseline, let gate else { return notes }
    if !machine.isOfKind(of: baseline) {
      notes.append(
        Note(
          .otherProcessor,
          """
          the baseline was measured on another processor (\(baseline.processor)): ratios that fell \
          count as noisy, bytes as ever
          """))
    }
    if baseline.columns.isEmpty {
      notes.append(
        Note(
          .baselineWithoutColumns,
          """
          the baseline names no columns, as those of earlier versions: types and columns are not \
          compared until it is saved again
          """))
    }
    let measured = Set(benchmarked.measurements.map { [$0.column, $0.kernel] })
    // What has become of a column says what has become of its kernels.
    let explained = Set(benchmarked.wideColumns.map(\.name)).union(changes.map(\.column))
    let missing = gate.baseline.filter {
      !measured.contains([$0.column, $0.kernel]) && !explained.contains($0.column)
    }
    if isWhole, !missing.isEmpty {
      let names = missing.prefix(3).map { "\($0.column): \($0.kernel)" }.joined(separator: "; ")
      notes.append(
        Note(
          .measurementsMissing,
          """
          \(missing.count) of the baseline's measurements cannot be made any more (\(names)\
          \(missing.count > 3 ? " …" : ""))
          """))
    }
    return notes
  }
}

extension TableProfile {
  /// What `diet bench` says: how much faster kernels are on lean columns than on their wide form. The start of
  /// the table is read once more.
  ///
  /// - Parameters:
  ///   - kernels: The kernels to measure, such as `sum`, or `all`; none for the usual ones.
  ///   - rowLimit: How many rows are measured at the most.
  ///   - baseline: An earlier run to compare with.
  ///   - maximumRegression: By which share a speed-up may fall, and a column may grow in its layout.
  ///   - gate: What is a regression.
  /// - Throws: `OptionError` where there is no such kernel, or a number is out of range; `ReadingError` where a
  ///   file has changed since; `DocumentError` where the baseline has nothing that the gate compares;
  ///   `SpeedMeasurementError` where the two sides differ in their answers.
  public func benchmark(
    kernels: Set<String> = [], rowLimit: Int = 1_000_000,
    against baseline: BenchmarkBaseline? = nil, maximumRegression: Double = 0.1,
    gate: BenchmarkReport.Gate = .all
  ) throws -> BenchmarkReport {
    try benchmark(
      kernels: kernels, rowLimit: rowLimit, against: baseline,
      maximumRegression: maximumRegression, gate: gate, again: { _ in nil })
  }

  /// - Parameter again: What another process measures of these kernels; `nil` where there is none.
  package func benchmark(
    kernels: Set<String>, rowLimit: Int, against baseline: BenchmarkBaseline?,
    maximumRegression: Double, gate: BenchmarkReport.Gate,
    again: (Set<String>) throws -> BenchmarkBaseline?
  ) throws -> BenchmarkReport {
    let choice = try KernelBenchmark.Choice(naming: kernels)
    guard rowLimit >= BenchmarkLimits.fewestRows else {
      throw OptionError(
        "\(rowLimit) is below \(BenchmarkLimits.fewestRows), the fewest that are measured"
      )
      .of("rows")
    }
    guard (0..<1).contains(maximumRegression) else {
      throw OptionError("\(maximumRegression) is no share from 0 to below 1").of("max-regression")
    }
    try baseline?.check(for: gate)
    let machine = BenchmarkReport.Machine.measured()
    var benchmark = KernelBenchmark()
    benchmark.choice = choice
    benchmark.gate = baseline.map {
      RegressionGate(
        baseline: $0.measurements, maximumRegression: maximumRegression,
        isSameProcessor: machine.isOfKind(of: $0))
    }
    let benchmarked = try BenchmarkedTable(of: self, rowLimit: rowLimit, benchmark: benchmark)
      .confirmed(by: benchmark.gate, again)
    var report = BenchmarkAssembly(
      benchmarked: benchmarked, path: summary.source.paths.first ?? "-", rowCount: rowCount,
      machine: machine, baseline: baseline, gate: benchmark.gate,
      gates: gate, columns: benchmarkColumns,
      changes: baseline.map { changes(since: $0, maximumGrowth: maximumRegression) } ?? [],
      isWhole: choice == .usual && reader.options.columns == nil
    ).report
    report.notes = notes + report.notes
    return report
  }
}

/// What a run may be asked for.
package enum BenchmarkLimits {
  /// Fewer rows are gone before a clock has seen them.
  package static let fewestRows = 64
}

extension KernelBenchmark.Choice {
  /// The kernels of these names, `all` for all of them, none for the usual ones.
  ///
  /// - Throws: `OptionError` where there is none of a name.
  package init(naming names: Set<String>) throws(OptionError) {
    if names.contains("all") {
      self = .all
      return
    }
    if let unknown = names.sorted().first(where: { !MeasuredKernels.names.contains($0) }) {
      throw OptionError(
        "there is no kernel '\(unknown)'; kernels are all, \(MeasuredKernels.names.joined(separator: ", "))"
      ).of("kernel")
    }
    self = names.isEmpty ? .usual : .named(names)
  }
}

extension TableProfile {
  private var benchmarkColumns: [BenchmarkReport.Column] {
    recommendations.map { recommendation in
      let bytes = recommendation.footprint
      return BenchmarkReport.Column(
        name: recommendation.profile.name, type: "\(recommendation.profile.type)",
        layout: recommendation.layout.description,
        bytes: BenchmarkReport.Column.Bytes(
          values: bytes.values, validity: bytes.validity, offsets: bytes.offsets,
          dictionary: bytes.dictionary), reason: recommendation.reason)
    }
  }

  /// What columns of the baseline are no more, or otherwise. Those of which some were asked for are looked at
  /// alone.
  private func changes(
    since baseline: BenchmarkBaseline, maximumGrowth: Double
  ) -> [BenchmarkReport.Change] {
    let wanted = reader.options.columns.map(Set.init)
    let before = baseline.columns.filter { wanted?.contains($0.name) != false }
    if before.isEmpty { return [] }
    let now = benchmarkColumns
    let comparison = SchemaComparison(
      rowsBefore: baseline.rowCount, rowsNow: rowCount, maximumGrowth: maximumGrowth)
    let earlier = Dictionary(before.map { ($0.name, $0) }) { first, _ in first }
    let other = now.filter { column in
      earlier[column.name].map { $0.type != column.type || $0.layout != column.layout } ?? false
    }
    let places = other.isEmpty ? [:] : firstObstacles(in: other.map(\.name), since: earlier)
    return comparison.changes(from: before, to: now) { name in
      places[name] ?? earlier[name].flatMap { value(of: name, type: $0.type, beyond: $0.layout) }
    }
  }

  /// The least or greatest value of a column of the type that it had, where plain integers as they were then do not
  /// hold it.
  private func value(of name: String, type: String, beyond layout: String) -> String? {
    let limits: [String: ClosedRange<Int128>] = [
      "int8": -128...127, "uint8": 0...255, "int16": -32_768...32_767, "uint16": 0...65_535,
      "int32": -2_147_483_648...2_147_483_647, "uint32": 0...4_294_967_295,
    ]
    guard let limit = limits[layout],
      let profile = recommendations.first(where: { $0.profile.name == name })?.profile,
      "\(profile.type)" == type, let integers = profile.integers,
      let value = [integers.maximum, integers.minimum].first(where: { !limit.contains($0) })
    else { return nil }
    return "`\(profile.canonicalText(Int64(clamping: value)))` is beyond \(layout)"
  }

  /// Where the first value stands that keeps each column from the type and layout that it had. The files
  /// are read once more; what cannot be read again, or has too many such values, has no places.
  private func firstObstacles(
    in columns: [String], since earlier: [String: BenchmarkReport.Column]
  ) -> [String: String] {
    var profiling = ProfilingOptions()
    profiling.countsDistinct = false
    profiling.obstacles = .all
    profiling.obstacleColumns = Set(columns)
    guard let report = try? reader.profile(profiling).obstacleReport(columns: columns.sorted())
    else { return [:] }
    var places: [String: String] = [:]
    for column in report.columns {
      guard let before = earlier[column.name] else { continue }
      let ofItsType = column.obstacles.filter { "\($0.logicalType)" == before.type }
      let narrower =
        ofItsType.first { $0.layout == before.layout } ?? ofItsType.first
        ?? ("\(column.logicalType)" == before.type ? nil : column.obstacles.first)
      places[column.name] = narrower?.places(limit: 1)
    }
    return places
  }
}

extension BenchmarkReport.Result {
  init(_ measurement: KernelMeasurement) {
    self.init(
      column: measurement.column, kernel: measurement.kernel, wide: measurement.wide,
      lean: measurement.lean, wideNanosecondsPerRow: measurement.wideNanosecondsPerRow,
      leanNanosecondsPerRow: measurement.leanNanosecondsPerRow, ratio: measurement.ratio,
      low: measurement.low, high: measurement.high,
      path: measurement.path == .direct ? .direct : .decoded,
      wideByteCount: measurement.wideByteCount, leanByteCount: measurement.leanByteCount,
      rowCount: measurement.rowCount, wideInstructionCount: measurement.wideInstructionCount,
      leanInstructionCount: measurement.leanInstructionCount)
    wideLeastNanosecondsPerRow = measurement.wideLeastNanosecondsPerRow
    leanLeastNanosecondsPerRow = measurement.leanLeastNanosecondsPerRow
    free = measurement.free.map(BenchmarkReport.FreeTime.init)
    runRatios = measurement.runRatios
  }
}

extension BenchmarkReport.Figures {
  init(_ measurement: KernelMeasurement) {
    let rows = Double(max(measurement.rowCount, 1))
    self.init(
      layout: measurement.lean, speedup: BenchmarkReport.Result(measurement).speedup,
      bytesPerRow: Double(measurement.leanByteCount) / rows,
      instructionsPerRow: measurement.leanInstructionCount.map { Double($0) / rows })
    freeNanosecondsPerRow = measurement.free?.nanosecondsPerRow
  }
}

extension BenchmarkReport.Verdict {
  init(_ verdict: RegressionGate.Verdict) {
    self =
      switch verdict {
      case .same: .same
      case .faster: .faster
      case .slower: .slower
      case .noisy: .noisy
      case .moreBytes: .moreBytes
      case .moreInstructions: .moreInstructions
      case .decoded: .decoded
      case .new: .new
      }
  }
}
