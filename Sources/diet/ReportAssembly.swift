import Columnar
import DietReport
import Glibc
import MemoryDiet
import TableIO
import TabularDiet

/// Brings what the library found into the form of a report.
struct ReportAssembly {
  let table: LeanTable
  let baseline: any Baseline
  /// From the start of the run, measuring included.
  var wallSeconds: Double
  let threadCount: Int
  private var speedups: [String: [AnalysisReport.Speedup]] = [:]
  private var notes: [String] = []

  init(table: LeanTable, baseline: any Baseline, wallSeconds: Double, threadCount: Int) {
    self.table = table
    self.baseline = baseline
    self.wallSeconds = wallSeconds
    self.threadCount = threadCount
  }

  /// Adds measured speed-ups; says so where they are of the first rows only.
  mutating func add(_ measured: MeasuredColumns) {
    speedups = measured.speedups.mapValues { speedups in
      speedups.map {
        AnalysisReport.Speedup(
          kernel: $0.kernel, ratio: $0.ratio, low: $0.low, high: $0.high,
          path: $0.path == .direct ? .direct : .decoded)
      }
    }
    if measured.rowCount < table.loaded.rowCount {
      notes.append("speed-ups were measured on the first \(measured.rowCount) rows")
    }
  }

  var report: AnalysisReport {
    let columns = table.recommendations.map(column)
    let profiles = table.recommendations.map(\.profile)
    return AnalysisReport(
      input: input,
      memory: AnalysisReport.Memory(
        baseline: baseline.name,
        engines: Baselines.all.map { engine in
          AnalysisReport.EngineBytes(
            name: engine.name, byteCount: profiles.reduce(0) { $0 + engine.bytes(of: $1) })
        },
        columns: columns, peak: PeakMemory.byteCount),
      columns: columns,
      timing: AnalysisReport.Timing(wallSeconds: wallSeconds, threadCount: threadCount),
      notes: Self.notes(of: table.loaded) + notes)
  }

  private var input: AnalysisReport.Input {
    let source = table.loaded.source
    return AnalysisReport.Input(
      path: source.inputs.first?.path ?? "-", files: source.inputs.map(\.path),
      byteCount: table.loaded.inputs.reduce(0) { $0 + $1.stored.byteCount },
      rowCount: table.loaded.rowCount, columnCount: table.recommendations.count,
      dialect: AnalysisReport.Dialect(
        source.dialect, source.findings.surroundings.first?.1 ?? FileSurroundings()))
  }

  private func column(_ recommendation: Recommendation) -> AnalysisReport.Column {
    let profile = recommendation.profile
    return AnalysisReport.Column(
      name: profile.name, logicalType: profile.type, nullCount: profile.nullCount,
      distinctCount: profile.distinctCount, isDistinctExact: profile.isDistinctExact,
      minimum: Self.value(profile.minimum), maximum: Self.value(profile.maximum),
      beforeType: baseline.typeName(of: profile), layout: recommendation.layout.description,
      before: baseline.bytes(of: profile), after: recommendation.footprint,
      fidelity: profile.fidelity, headroom: recommendation.headroom,
      reason: recommendation.reason, notes: recommendation.notes,
      speedups: speedups[profile.name] ?? [])
  }

  private static func value(_ extreme: ProfileExtreme?) -> ReportValue {
    switch extreme {
    case .integer(let value): .integer(value)
    case .float(let value): .float(value)
    case .text(let text): .text(text)
    case nil: .null
    }
  }

  /// Sentences about records that were not as they should be.
  static func notes(of summary: LeanTable.TableSummary) -> [String] {
    let zeroBytes = summary.anomalies.hasNUL ? ["zero bytes occur: they are kept as text"] : []
    return summary.source.notes + zeroBytes
  }
}

extension AnalysisReport.Dialect {
  init(_ dialect: CSVDialect, _ around: FileSurroundings) {
    func text(_ bytes: [UInt8]) -> String? {
      bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
    self.init(
      delimiter: dialect.delimiterText, quote: text(dialect.quote.map { [$0] } ?? []),
      hasHeader: dialect.hasHeader, encoding: dialect.encoding.rawValue,
      lineEnding: dialect.lineEnding.rawValue, escape: text(dialect.escape.map { [$0] } ?? []),
      comment: text(dialect.comment), spaces: dialect.spacing.rawValue,
      headerRecordCount: dialect.headerRecordCount, preambleLineCount: around.preambleLineCount,
      footerLineCount: around.footerLineCount)
  }
}

extension CSVInput {
  /// As the user gave it.
  var path: String {
    switch self {
    case .path(let path): path
    case .stream(_, "standard input"): "-"
    case .stream(_, let name), .bytes(_, let name): name
    }
  }
}

/// Whether standard output is a terminal that shows colour.
var usesColor: Bool {
  let isPlain = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
  let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? false
  return isatty(1) == 1 && !isPlain && !isDumb
}
