import Columnar
import DelimitedText
public import DietReport
public import Engines
import MemoryDiet

/// Brings what the library found into the form of a report.
struct ReportAssembly {
  let table: TableProfile
  let baseline: any Baseline

  /// What columns take, as far as it is known.
  private var recommendations: [Recommendation] {
    table.measured?.recommendations ?? table.recommendations
  }

  /// Says so where measured speed-ups are of the first rows only.
  private var measuringNotes: [Note] {
    guard let measured = table.measured, measured.rowCount < table.rowCount else { return [] }
    return [
      Note(.measuredInPart, "speed-ups were measured on the first \(measured.rowCount) rows")
    ]
  }

  private func smallnessNotes(
    _ memory: AnalysisReport.Memory, _ columns: [AnalysisReport.Column]
  ) -> [Note] {
    let padding = columns.reduce(0) { $0 + $1.after.padding }
    guard memory.after > memory.before, memory.after - padding <= memory.before, padding > 0 else {
      return []
    }
    return [
      Note(
        .tableTooSmall,
        "the table is too small to save anything: each buffer is rounded up to 64 bytes")
    ]
  }

  var report: AnalysisReport {
    var columns = recommendations.parallelMap(threads: table.threadCount, column)
    for (index, narrower) in narrowerTypes.enumerated() where !narrower.isEmpty {
      columns[index].obstacles = narrower
    }
    var memory = AnalysisReport.Memory(
      baseline: baseline.name,
      engines: Baselines.all.map { engine in
        AnalysisReport.EngineBytes(
          name: engine.name,
          byteCount: recommendations.reduce(0) { $0 + engine.bytes(of: $1.profile) })
      },
      columns: columns, peak: PeakMemory.byteCount)
    memory.policies = policies
    memory.isForetold = memory.isForetold || mayTakeLess(table.heldStorage)
    memory.policyTimes = (table.measured?.policyTimes ?? []).map {
      AnalysisReport.PolicyTime(kernel: $0.kernel, shares: $0.shares)
    }
    var report = AnalysisReport(
      input: input, memory: memory, columns: columns,
      timing: AnalysisReport.Timing(
        wallSeconds: table.duration.seconds, threadCount: table.threadCount),
      notes: table.notes + measuringNotes + table.wrappingNotes + smallnessNotes(memory, columns))
    let options = table.reader.options
    report.readingOptions = options.words()
    if options.layout.floatErrorLimit != nil { report.readingOptions.append("--allow-lossy") }
    if let measured = table.measured, !measured.distributions.isEmpty {
      report.extras.distributedRowCount = measured.rowCount
    }
    if table.reader.paths != report.input.files { report.input.named = table.reader.paths }
    return report
  }

  /// To learn from the text of more columns, only to say what they would take under another policy, takes longer than
  /// to read them: there, text counts as it is.
  private static let learnedColumnCount = 200

  /// What the columns would take under each policy, where no plan says how they are held.
  private var policies: [AnalysisReport.PolicyBytes] {
    let own = table.reader.policy
    let profiles = recommendations.map(\.profile)
    let isWide = profiles.count > Self.learnedColumnCount
    return StoragePolicy.allCases.map { storage in
      // As they are held, or are to be: counted, where they were made.
      if storage == table.heldStorage {
        return .init(
          policy: storage, byteCount: recommendations.reduce(0) { $0 + $1.footprint.total },
          isForetold: recommendations.contains(where: \.isForetold) || mayTakeLess(storage))
      }
      let policy = own.storing(storage, learningText: !isWide || storage <= own.storage)
      let columns = profiles.parallelMap(threads: table.threadCount) {
        Recommendation(for: $0, policy: policy)
      }
      return .init(
        policy: storage, byteCount: columns.reduce(0) { $0 + $1.footprint.total },
        isForetold: !policy.learnsText || columns.contains(where: \.isForetold)
          || profiles.mayTakeLess(under: storage))
    }
  }

  /// Whether bytes are those of columns that are there, or were to be measured.
  private var areCounted: Bool {
    table.areCounted || table.measured?.recommendations != nil && measuringNotes.isEmpty
  }

  /// Whether columns may take fewer bytes together than each by itself.
  private func mayTakeLess(_ storage: StoragePolicy) -> Bool {
    !areCounted && recommendations.map(\.profile).mayTakeLess(under: storage)
  }

  private var input: AnalysisReport.Input {
    let source = table.summary.source
    var format = "csv"
    if case .arrays(let arrays) = source { format = arrays.format }
    return AnalysisReport.Input(
      path: source.paths.first ?? "-", files: source.paths,
      byteCount: table.summary.inputs.reduce(0) { $0 + $1.stored.byteCount },
      rowCount: table.rowCount, columnCount: recommendations.count,
      dialect: source.dialect.map {
        AnalysisReport.Dialect(
          $0, source.csv?.findings.surroundings.first?.1 ?? FileSurroundings())
      }, swallowedLineCount: source.csv?.findings.count(of: .swallowed) ?? 0, format: format)
  }

  private func column(_ recommendation: Recommendation) -> AnalysisReport.Column {
    let profile = recommendation.profile
    let minimum = Self.value(profile.minimum)
    // The only value of a column may have megabytes.
    let isOnlyText = profile.text != nil && profile.dictionaryCount == 1
    var column = AnalysisReport.Column(
      name: profile.name, logicalType: profile.type, nullCount: profile.nullCount,
      distinctCount: profile.distinctCount, isDistinctExact: profile.isDistinctExact,
      minimum: minimum, maximum: isOnlyText ? minimum : Self.value(profile.maximum),
      beforeType: baseline.typeName(of: profile), layout: recommendation.layout.description,
      before: baseline.bytes(of: profile), after: recommendation.footprint,
      handedOver: handedOver(recommendation),
      fidelity: recommendation.fidelity, error: recommendation.valueError,
      headroom: recommendation.headroom,
      reason: recommendation.reason, notes: recommendation.notes,
      speedups: speedups(of: profile.name))
    (column.isForetold, column.follows) = (recommendation.isForetold, recommendation.follows)
    column.distribution = table.measured?.distributions[profile.name]
    return column
  }

  private func speedups(of name: String) -> [AnalysisReport.Speedup] {
    (table.measured?.speedups[name] ?? []).map {
      AnalysisReport.Speedup(
        kernel: $0.kernel, ratio: $0.ratio, low: $0.low, high: $0.high,
        path: $0.path == .direct ? .direct : .decoded)
    }
  }

  /// What each engine holds of the lean column once it has read the file.
  private func handedOver(_ recommendation: Recommendation) -> [AnalysisReport.EngineBytes] {
    let column = HandedColumn(
      recommendation.profile, layout: recommendation.layout,
      categories: table.reader.options.categories)
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
}

extension TableProfile {
  /// What `diet analyze` says of the table. Where obstacles were looked for, the files are read once more as far
  /// as the last of them, to tell its line.
  ///
  /// - Parameter baseline: The engine that "before" speaks of.
  public func report(baseline: any Baseline = Baselines.standard) -> AnalysisReport {
    ReportAssembly(table: self, baseline: baseline).report
  }
}

extension LeanTable {
  /// What `diet analyze` says of the table, of the layouts that its columns have. Distinct values are told only
  /// where a layout needed them.
  ///
  /// - Parameter baseline: The engine that "before" speaks of.
  public func report(baseline: any Baseline = Baselines.standard) -> AnalysisReport {
    profile.report(baseline: baseline)
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

extension [ColumnProfile] {
  /// Whether columns may take fewer bytes together than each by itself, if they are held so.
  fileprivate func mayTakeLess(under storage: StoragePolicy) -> Bool {
    storage == .smallest && mayFollowFromOthers
  }
}
