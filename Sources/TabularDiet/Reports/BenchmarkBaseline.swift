public import DietReport
import FoundationEssentials
package import KernelBench

/// What `diet bench --format json` printed earlier: measurements to compare with.
public struct BenchmarkBaseline: Sendable {
  /// The file that it was read from.
  public let path: String
  package let measurements: [KernelMeasurement]
  /// The processor that they were made on.
  package let processor: String
  package let architecture: String
  /// The columns of its table, and how many rows that had; none in what earlier versions saved.
  package let columns: [BenchmarkReport.Column]
  package let rowCount: Int

  /// What `diet bench` saved at `path`, or `BenchmarkReport` printed as `json`.
  ///
  /// - Throws: `DocumentError` where there is no such file, or no run could have given what it says.
  public init(contentsOfFile path: String) throws {
    try self.init(json: JSONDocument.bytes(path, kind: "baseline"), path: path)
  }

  /// - Parameter path: The file that errors name.
  package init(json: [UInt8], path: String) throws {
    let document: Document = try JSONDocument.decode(json, path: path, kind: "baseline")
    guard document.version == 1 else {
      throw DocumentError(
        path: path,
        message: "the baseline has version \(document.version), this diet reads version 1")
    }
    for measurement in document.results where !measurement.isSound {
      throw DocumentError(
        path: path,
        message: "the numbers of column `\(measurement.column)`, kernel \(measurement.kernel), are"
          + " none that a run could give; make the baseline again with `diet bench --format json`")
    }
    if let problem = document.problem {
      throw DocumentError(
        path: path, message: "\(problem); make the baseline again with `diet bench --format json`")
    }
    self.path = path
    measurements = document.results
    processor = document.machine.cpu
    architecture = document.machine.architecture
    columns = document.columns ?? []
    rowCount = document.input?.rows ?? 0
  }

  /// More rows or bytes than any table has: up to it, they can be added and multiplied.
  fileprivate static let limit = 1 << 56

  /// Throws where the baseline has nothing that this gate compares: it would let anything through.
  func check(for gate: BenchmarkReport.Gate) throws(DocumentError) {
    let lacks: String? =
      switch gate {
      case .types: columns.isEmpty ? "columns" : nil
      case .speed: measurements.isEmpty ? "measurements" : nil
      case .bytes: columns.isEmpty && measurements.isEmpty ? "columns" : nil
      case .all: nil
      }
    guard let lacks else { return }
    throw DocumentError(
      path: path,
      message: "the baseline has no \(lacks), so that this gate would let anything through; save it"
        + " again with `diet bench --save-baseline`")
  }

  private struct Document: Decodable {
    let version: Int
    let machine: Machine
    let input: Input?
    let columns: [BenchmarkReport.Column]?
    let results: [KernelMeasurement]

    /// What no run could give; `nil` for nothing.
    var problem: String? {
      let columns = columns ?? []
      if columns.isEmpty, results.isEmpty { return "the baseline has neither columns nor results" }
      if let doubled = Self.doubled(columns.map(\.name)) {
        return "the baseline has column `\(doubled)` twice"
      }
      if let doubled = Self.doubled(results.map { "\($0.column): \($0.kernel)" }) {
        return "the baseline has measurement `\(doubled)` twice"
      }
      if let column = columns.first(where: { !$0.bytes.isSound }) {
        return "the bytes of column `\(column.name)` are below 0, or more than there can be"
      }
      if let rows = input?.rows, !(1...BenchmarkBaseline.limit).contains(rows) {
        return "the baseline is of \(rows) rows"
      }
      return nil
    }

    private static func doubled(_ names: [String]) -> String? {
      var seen: Set<String> = []
      return names.first { !seen.insert($0).inserted }
    }

    enum CodingKeys: String, CodingKey {
      case version = "schema_version"
      case machine, input, columns, results
    }

    struct Input: Decodable {
      let rows: Int
    }

    struct Machine: Decodable {
      let cpu: String
      let architecture: String
    }
  }
}

extension BenchmarkReport.Column.Bytes {
  fileprivate var isSound: Bool {
    [values, validity, offsets, dictionary].allSatisfy {
      (0...BenchmarkBaseline.limit).contains($0)
    }
  }
}

extension KernelMeasurement {
  /// Whether ratios are above 0, and counts not below it.
  fileprivate var isSound: Bool {
    [ratio, low, high].allSatisfy { $0 > 0 && $0.isFinite } && low <= high
      && wideByteCount >= 0 && leanByteCount >= 0 && rowCount > 0 && free?.isSound != false
  }
}

extension FreeTime {
  fileprivate var isSound: Bool {
    ([nanosecondsPerRow, reference] + (runs ?? [])).allSatisfy { $0 > 0 && $0.isFinite }
      && rowCount > 0
  }
}

extension BenchmarkReport {
  /// This run and those of the baseline as one: each kernel's runs together.
  ///
  /// Where the tables are not alike, or the machines, the earlier runs say nothing of this one, and are
  /// left out.
  public func merged(with baseline: BenchmarkBaseline) -> BenchmarkReport {
    guard isOfTable(of: baseline) else { return self }
    let merged = results.map { result in
      let now = KernelMeasurement(result)
      let earlier = baseline.measurements.first {
        $0.column == now.column && $0.kernel == now.kernel && $0.rowCount == now.rowCount
          && $0.lean == now.lean
      }
      return Result(earlier?.merged(with: now) ?? now)
    }
    var report = BenchmarkReport(
      path: path, rowCount: rowCount, measuredRowCount: measuredRowCount, machine: machine,
      results: merged, comparison: comparison, notes: notes)
    report.columns = columns
    return report
  }
}

extension BenchmarkReport {
  /// Whether the baseline's runs are of such a table, on such a machine.
  public func isOfTable(of baseline: BenchmarkBaseline) -> Bool {
    baseline.columns.map(\.name) == columns.map(\.name)
      && baseline.columns.map(\.type) == columns.map(\.type)
      && baseline.columns.map(\.layout) == columns.map(\.layout) && baseline.rowCount == rowCount
      && machine.isOfKind(of: baseline)
  }
}

extension KernelMeasurement {
  fileprivate init(_ result: BenchmarkReport.Result) {
    self.init(
      column: result.column, kernel: result.kernel, wide: result.wide, lean: result.lean,
      wideNanosecondsPerRow: result.wideNanosecondsPerRow,
      leanNanosecondsPerRow: result.leanNanosecondsPerRow, ratio: result.ratio,
      low: result.speedup.low, high: result.speedup.high,
      path: result.speedup.path == .direct ? .direct : .decoded,
      wideByteCount: result.wideByteCount, leanByteCount: result.leanByteCount,
      rowCount: result.rowCount, wideInstructionCount: result.wideInstructionCount,
      leanInstructionCount: result.leanInstructionCount)
    wideLeastNanosecondsPerRow = result.wideLeastNanosecondsPerRow
    leanLeastNanosecondsPerRow = result.leanLeastNanosecondsPerRow
    free = result.free.map(FreeTime.init)
    runRatios = result.runRatios
  }
}
