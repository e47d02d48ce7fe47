import Columnar
public import DietReport
import Engines
import MemoryDiet
public import Options

extension TableProfile {
  /// Whether the table, which is text, fits into so many bytes of memory, in which engines, and the fewest changes
  /// with which pandas can load it.
  ///
  /// - Parameter byteCount: The memory there is for the table, beside what an engine takes without any.
  /// - Throws: `OptionError` where that is not above zero, or the table is of files that have types, of which it
  ///   is not known what loading them takes.
  public func budget(_ byteCount: Int) throws(OptionError) -> AnalysisReport.Budget {
    guard byteCount > 0 else {
      throw OptionError("\(byteCount) bytes hold no table").of("budget")
    }
    guard summary.source.dialect != nil else {
      throw OptionError(
        "it foretells how text is loaded; these columns have types already"
      ).of("budget")
    }
    let profiles = columnProfiles
    let table = LoadingTable(
      profiles: profiles, textByteCount: textByteCount,
      leanByteCount: recommendations.reduce(0) { $0 + $1.footprint.total },
      isLeanForetold: recommendations.contains(where: \.isForetold))
    return AnalysisReport.Budget(
      byteCount: byteCount,
      engines: LoadingEngines.all.map { engine in
        let bytes = engine.bytes(of: table)
        return (engine.name, .init(held: bytes.held, peak: bytes.peak))
      },
      longRecordCount: summary.anomalies.long.count,
      refusing: Set(LoadingEngines.all.filter(\.refusesLongRecords).map(\.name)),
      foretelling: Set(LoadingEngines.all.filter { $0.isForetold(of: table) }.map(\.name)),
      choices: profiles.parallelMap(threads: threadCount, choice),
      constant: PandasColumn.arrowPeakConstant)
  }

  /// The bytes of the text, unpacked: those of all fields, and a delimiter or a line end behind each. Quotes are
  /// known of files that are not packed.
  private var textByteCount: Int {
    let stored = summary.inputs.reduce(0) { $0 + $1.stored.byteCount }
    let fields = columnProfiles.reduce(0) { $0 + $1.source.byteCount + $1.rowCount }
    return max(stored, fields)
  }

  private func choice(_ profile: ColumnProfile) -> AnalysisReport.Budget.Choice {
    let options = reader.options
    var policy = reader.policy
    policy.floatErrorLimit = nil
    let text = AnalysisReport.Budget.Choice.Side(PandasColumn(plain: profile))
    let lean = side(of: profile, policy: policy, categories: options.categories)
    // What is not changed is in the file, too: as `--keep` leaves it there.
    policy.keptColumns.insert(profile.name)
    let plain = side(of: profile, policy: policy, categories: options.categories)
    policy.keptColumns = reader.policy.keptColumns
    guard let error = profile.floats?.float32Error, error > 0, error < 1, profile.type == .float
    else { return .init(column: profile.name, text: text, plain: plain, lean: lean) }
    policy.floatErrorLimit = error
    return .init(
      column: profile.name, text: text, plain: plain, lean: lean,
      lossy: side(of: profile, policy: policy, categories: options.categories), lossyError: error)
  }

  private func side(of profile: ColumnProfile, policy: LayoutPolicy, categories: CategoryPolicy)
    -> AnalysisReport.Budget.Choice.Side
  {
    let layout = Recommendation(for: profile, policy: policy).layout
    return .init(PandasColumn(HandedColumn(profile, layout: layout, categories: categories)))
  }
}

extension AnalysisReport.Budget.Choice.Side {
  fileprivate init(_ column: PandasColumn) {
    self.init(
      type: column.typeName,
      bytes: .init(held: column.heldByteCount, peak: column.arrowPeakByteCount))
  }
}
