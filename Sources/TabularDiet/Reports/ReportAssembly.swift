import Columnar
package import DelimitedText
package import DietReport
package import MemoryDiet

/// Brings what the library found into the form of a report.
package struct ReportAssembly {
  let table: LeanTable
  let baseline: any Baseline
  private let categories: CategoryPolicy
  /// From the start of the run, measuring included.
  package var wallSeconds: Double
  let threadCount: Int
  private var speedups: [String: [AnalysisReport.Speedup]] = [:]
  private var notes: [Note] = []

  package init(
    table: LeanTable, baseline: any Baseline, categories: CategoryPolicy = .text,
    wallSeconds: Double, threadCount: Int
  ) {
    self.categories = categories
    self.table = table
    self.baseline = baseline
    self.wallSeconds = wallSeconds
    self.threadCount = threadCount
  }

  /// Adds measured speed-ups; says so where they are of the first rows only.
  package mutating func add(_ measured: MeasuredColumns) {
    speedups = measured.speedups.mapValues { speedups in
      speedups.map {
        AnalysisReport.Speedup(
          kernel: $0.kernel, ratio: $0.ratio, low: $0.low, high: $0.high,
          path: $0.path == .direct ? .direct : .decoded)
      }
    }
    if measured.rowCount < table.loaded.rowCount {
      notes.append(
        Note(
          .measuredInPart, "speed-ups were measured on the first \(measured.rowCount) rows"))
    }
  }

  package var report: AnalysisReport {
    var columns = table.recommendations.parallelMap(threads: threadCount, column)
    for (index, narrower) in narrowerTypes.enumerated() where !narrower.isEmpty {
      columns[index].obstacles = narrower
    }
    return AnalysisReport(
      input: input,
      memory: AnalysisReport.Memory(
        baseline: baseline.name,
        engines: Baselines.all.map { engine in
          AnalysisReport.EngineBytes(
            name: engine.name,
            byteCount: table.recommendations.reduce(0) { $0 + engine.bytes(of: $1.profile) })
        },
        columns: columns, peak: PeakMemory.byteCount),
      columns: columns,
      timing: AnalysisReport.Timing(wallSeconds: wallSeconds, threadCount: threadCount),
      notes: Self.notes(of: table.loaded) + notes + table.wrappingNotes(categories: categories))
  }

  private var input: AnalysisReport.Input {
    let source = table.loaded.source
    var format = "csv"
    if case .arrays(let arrays) = source { format = arrays.format }
    return AnalysisReport.Input(
      path: source.paths.first ?? "-", files: source.paths,
      byteCount: table.loaded.inputs.reduce(0) { $0 + $1.stored.byteCount },
      rowCount: table.loaded.rowCount, columnCount: table.recommendations.count,
      dialect: source.csv.map {
        AnalysisReport.Dialect(
          $0.dialect, $0.findings.surroundings.first?.1 ?? FileSurroundings())
      }, swallowedLineCount: source.csv?.findings.count(of: .swallowed) ?? 0, format: format)
  }

  private func column(_ recommendation: Recommendation) -> AnalysisReport.Column {
    let profile = recommendation.profile
    let minimum = Self.value(profile.minimum)
    // The only value of a column may have megabytes.
    let isOnlyText = profile.text != nil && profile.dictionaryCount == 1
    return AnalysisReport.Column(
      name: profile.name, logicalType: profile.type, nullCount: profile.nullCount,
      distinctCount: profile.distinctCount, isDistinctExact: profile.isDistinctExact,
      minimum: minimum, maximum: isOnlyText ? minimum : Self.value(profile.maximum),
      beforeType: baseline.typeName(of: profile), layout: recommendation.layout.description,
      before: baseline.bytes(of: profile), after: recommendation.footprint,
      handedOver: handedOver(recommendation),
      fidelity: recommendation.fidelity, error: recommendation.valueError,
      headroom: recommendation.headroom,
      reason: recommendation.reason, notes: recommendation.notes,
      speedups: speedups[profile.name] ?? [])
  }

  /// What each engine holds of the lean column once it has read the file.
  private func handedOver(_ recommendation: Recommendation) -> [AnalysisReport.EngineBytes] {
    let column = HandedColumn(
      recommendation.profile, layout: recommendation.layout, categories: categories)
    return LeanEngines.all.map {
      AnalysisReport.EngineBytes(name: $0.name, byteCount: $0.bytes(of: column))
    }
  }

  private static func value(_ extreme: ProfileExtreme?) -> ReportValue {
    switch extreme {
    case .integer(let value): .integer(value)
    case .float(let value): .float(value)
    case .text(let text): .text(text)
    case nil: .null
    }
  }

  /// What was not as it should be.
  package static func notes(of summary: LeanTable.TableSummary) -> [Note] {
    let zeroBytes = Note(.zeroBytes, "zero bytes occur: they are kept as text")
    return summary.source.notes + (summary.anomalies.hasNUL ? [zeroBytes] : [])
  }
}

extension AnalysisReport.Dialect {
  package init(_ dialect: CSVDialect, _ around: FileSurroundings) {
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
