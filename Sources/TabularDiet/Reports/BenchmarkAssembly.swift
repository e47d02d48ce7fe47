import Columnar
package import DietReport
package import KernelBench
import Kernels

/// Brings measurements into the form of a report, beside those of an earlier run where there are any.
struct BenchmarkAssembly {
  let benchmarked: BenchmarkedTable
  let path: String
  let rowCount: Int
  let machine: BenchmarkReport.Machine
  let baseline: BenchmarkBaseline?
  let gate: RegressionGate?
  /// Whether all columns were measured with the usual kernels: what the baseline has beside them is
  /// missing.
  let isWhole: Bool

  var report: BenchmarkReport {
    BenchmarkReport(
      path: path, rowCount: rowCount, measuredRowCount: benchmarked.rowCount, machine: machine,
      results: benchmarked.measurements.map(BenchmarkReport.Result.init), comparison: comparison,
      notes: notes)
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
    return BenchmarkReport.Comparison(
      baselinePath: baseline.path, maximumRegression: gate.maximumRegression, findings: findings)
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
    let measured = Set(benchmarked.measurements.map { [$0.column, $0.kernel] })
    let wide = Set(benchmarked.wideColumns.map(\.name))
    let missing = gate.baseline.filter {
      !measured.contains([$0.column, $0.kernel]) && !wide.contains($0.column)
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
  ///   - choice: Which kernels are measured.
  ///   - rowLimit: How many rows are measured at the most.
  ///   - baseline: An earlier run to compare with.
  ///   - maximumRegression: By which share a speed-up may fall.
  /// - Throws: `ReadingError` where a file has changed since; `SpeedMeasurementError`.
  package func benchmark(
    _ choice: KernelBenchmark.Choice = .usual, rowLimit: Int = 1_000_000,
    against baseline: BenchmarkBaseline? = nil, maximumRegression: Double = 0.1
  ) throws -> BenchmarkReport {
    let machine = BenchmarkReport.Machine.measured()
    var benchmark = KernelBenchmark()
    benchmark.choice = choice
    benchmark.gate = baseline.map {
      RegressionGate(
        baseline: $0.measurements, maximumRegression: maximumRegression,
        isSameProcessor: machine.isOfKind(of: $0))
    }
    let benchmarked = try BenchmarkedTable(of: self, rowLimit: rowLimit, benchmark: benchmark)
    var report = BenchmarkAssembly(
      benchmarked: benchmarked, path: summary.source.paths.first ?? "-", rowCount: rowCount,
      machine: machine, baseline: baseline, gate: benchmark.gate,
      isWhole: choice == .usual && reader.options.columns == nil
    ).report
    report.notes = notes + report.notes
    return report
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
  }
}

extension BenchmarkReport.Figures {
  init(_ measurement: KernelMeasurement) {
    let rows = Double(max(measurement.rowCount, 1))
    self.init(
      layout: measurement.lean, speedup: BenchmarkReport.Result(measurement).speedup,
      bytesPerRow: Double(measurement.leanByteCount) / rows,
      instructionsPerRow: measurement.leanInstructionCount.map { Double($0) / rows })
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
