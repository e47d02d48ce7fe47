extension AnalysisReport {
  /// Whether a table of text fits into so many bytes of memory, in which engines, and the fewest changes with
  /// which pandas can have it.
  ///
  /// What is held is counted by formulas, what loading takes at its peak is an estimate that is rather too large:
  /// `docs/budget.md`. Both are beside what an engine takes without any table.
  public struct Budget: Hashable, Sendable {
    /// The memory that there is.
    public var byteCount: Int
    /// What loading the text takes in each engine, in the order to be shown.
    public var engines: [Engine]
    /// Whether pandas can load the table.
    public var outcome: Outcome
    /// The columns that pandas has to hold as the lean file has them, what saves most of the peak first: the fewest
    /// with which the table fits, or where it does not fit, all that save something. None of them loses anything.
    public var changes: [Change]
    /// What pandas takes with all changes; without any where it loads the text as it is.
    public var total: LoadedBytes
    /// What could be saved beyond, if values might change. Told only where the changes are not enough; never
    /// among them.
    public var lossyChanges: [LossyChange]
    /// What pandas takes with these as well; `nil` where there are none.
    public var lossyTotal: LoadedBytes?
  }

  /// What an engine takes for a table, in bytes.
  public struct LoadedBytes: Hashable, Sendable {
    /// What it holds, counted.
    public var held: Int
    /// How far its memory grows while the table is loaded, estimated.
    public var peak: Int

    package init(held: Int, peak: Int) {
      self.held = held
      self.peak = peak
    }
  }
}

extension AnalysisReport.Budget {
  /// One engine that loads the text as it is.
  public struct Engine: Hashable, Sendable {
    /// The key in the JSON: `pandas`, `polars`, `duckdb`, `dask` (a worker), `lean`.
    public var name: String
    /// What it takes.
    public var bytes: AnalysisReport.LoadedBytes
    /// Whether that is within the budget at its peak.
    public var fits: Bool
  }

  /// Whether pandas can load the table within the budget.
  public enum Outcome: String, Hashable, Sendable, CaseIterable {
    /// From the text, as it is.
    case fits
    /// From an Arrow file with the changes; with none, if columns may stay as they are.
    case reached
    /// Not even with all changes that lose nothing.
    case missed
  }

  /// One column of another type.
  public struct Change: Hashable, Sendable {
    /// The name of the column.
    public var column: String
    /// The type that pandas gives it.
    public var plainType: String
    /// The type with which pandas reads the lean file.
    public var leanType: String
    /// By how much pandas then holds less.
    public var savedByteCount: Int
    /// By how much less the peak of reading is, estimated: what changes are chosen by.
    public var savedPeakByteCount: Int
    /// What the table takes with this and the changes before it, read from an Arrow file.
    public var total: AnalysisReport.LoadedBytes
  }

  /// What a column would take if its values might change.
  public struct LossyChange: Hashable, Sendable {
    /// The name of the column.
    public var column: String
    /// The type without loss.
    public var leanType: String
    /// The type with it.
    public var lossyType: String
    /// By how much pandas then holds less, beyond all other changes.
    public var savedByteCount: Int
    /// How far the farthest value would be off, as a share of itself.
    public var greatestError: Double
  }

  /// What there is to choose from for one column.
  package struct Choice: Hashable, Sendable {
    package var column: String
    package var plain: Side
    package var lean: Side
    /// The greatest error as a share of a value, and what the column then takes.
    package var lossy: Side?
    package var lossyError: Double

    package init(
      column: String, plain: Side, lean: Side, lossy: Side? = nil, lossyError: Double = 0
    ) {
      self.column = column
      self.plain = plain
      self.lean = lean
      self.lossy = lossy
      self.lossyError = lossyError
    }

    /// A column's type, and what it adds to what the table takes.
    package struct Side: Hashable, Sendable {
      package var type: String
      package var bytes: AnalysisReport.LoadedBytes

      package init(type: String, bytes: AnalysisReport.LoadedBytes) {
        self.type = type
        self.bytes = bytes
      }
    }

    /// How much lower the peak is with the lean column.
    fileprivate var saving: Int { plain.bytes.peak - lean.bytes.peak }
  }

  /// - Parameters:
  ///   - engines: What loading the text takes; that of pandas is among them.
  ///   - choices: The columns, as pandas has them once they are read from an Arrow file.
  ///   - constant: What reading such a file adds to the peak.
  package init(
    byteCount: Int, engines: [(name: String, bytes: AnalysisReport.LoadedBytes)],
    choices: [Choice], constant: Int
  ) {
    self.byteCount = byteCount
    self.engines = engines.map {
      Engine(name: $0.name, bytes: $0.bytes, fits: $0.bytes.peak <= byteCount)
    }
    changes = []
    lossyChanges = []
    let direct = self.engines.first { $0.name == "pandas" }
    guard let direct, !direct.fits else {
      outcome = .fits
      total = direct?.bytes ?? AnalysisReport.LoadedBytes(held: 0, peak: 0)
      return
    }
    total = choices.reduce(AnalysisReport.LoadedBytes(held: 0, peak: constant)) {
      $0 + $1.plain.bytes
    }
    // Savings add up, so the largest are the fewest.
    let saving = choices.enumerated().filter {
      $0.element.saving > 0 && $0.element.plain.bytes.held > $0.element.lean.bytes.held
    }.sorted { a, b in
      let (first, second) = (a.element.saving, b.element.saving)
      return first == second ? a.offset < b.offset : first > second
    }
    for (_, choice) in saving where total.peak > byteCount {
      total = total - choice.plain.bytes + choice.lean.bytes
      changes.append(
        Change(
          column: choice.column, plainType: choice.plain.type, leanType: choice.lean.type,
          savedByteCount: choice.plain.bytes.held - choice.lean.bytes.held,
          savedPeakByteCount: choice.saving, total: total))
    }
    outcome = total.peak <= byteCount ? .reached : .missed
    if outcome == .missed { priceLoss(choices) }
  }

  private mutating func priceLoss(_ choices: [Choice]) {
    let changed = Set(changes.map(\.column))
    var lossyTotal = total
    for choice in choices {
      let now = changed.contains(choice.column) ? choice.lean : choice.plain
      guard let lossy = choice.lossy, lossy.bytes.held < now.bytes.held,
        lossy.bytes.peak < now.bytes.peak
      else { continue }
      lossyTotal = lossyTotal - now.bytes + lossy.bytes
      lossyChanges.append(
        LossyChange(
          column: choice.column, leanType: now.type, lossyType: lossy.type,
          savedByteCount: now.bytes.held - lossy.bytes.held, greatestError: choice.lossyError))
    }
    guard !lossyChanges.isEmpty else { return }
    self.lossyTotal = lossyTotal
    lossyChanges = lossyChanges.enumerated().sorted { a, b in
      let (first, second) = (a.element.savedByteCount, b.element.savedByteCount)
      return first == second ? a.offset < b.offset : first > second
    }.map(\.element)
  }
}

extension AnalysisReport.LoadedBytes {
  fileprivate static func + (a: Self, b: Self) -> Self {
    Self(held: a.held + b.held, peak: a.peak + b.peak)
  }

  fileprivate static func - (a: Self, b: Self) -> Self {
    Self(held: a.held - b.held, peak: a.peak - b.peak)
  }
}
