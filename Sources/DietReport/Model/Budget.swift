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
    /// How many records have more fields than the header, with which some engines do not take the file.
    public var longRecordCount: Int
    /// The columns that pandas has to hold as the lean file has them, what saves most of the peak first: the fewest
    /// with which the table fits, or where it does not fit, all that save something. None of them loses anything.
    public var changes: [Change]
    /// The columns that are otherwise lean in the file, and have to be kept in it as they are (`--keep`) so that
    /// pandas takes what is told; in the order of the table. None where it loads the text.
    public var keptColumns: [String]
    /// Columns that pandas holds in more bytes from the file than from the text, so that no value changes; what
    /// takes most beyond it first.
    public var largerColumns: [LargerColumn]
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
  /// As many kept columns are named in a command.
  static let keepLimit = 12

  /// One engine that loads the text as it is.
  public struct Engine: Hashable, Sendable {
    /// The key in the JSON: `pandas`, `polars`, `duckdb`, `dask` (a worker), `lean`.
    public var name: String
    /// What it takes.
    public var bytes: AnalysisReport.LoadedBytes
    /// Whether it loads the text, and is within the budget at its peak.
    public var fits: Bool
    /// Whether it refuses the text as it is, or reads it otherwise, whatever memory there is.
    public var refuses: Bool
    /// Whether what it holds is foretold from some of the values, not counted.
    public var isForetold: Bool
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
    /// The type with which pandas reads it from a file that keeps it as it is.
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

  /// A column that takes more from the file than from the text.
  public struct LargerColumn: Hashable, Sendable {
    /// The name of the column.
    public var column: String
    /// The type that `read_csv` of pandas gives it.
    public var textType: String
    /// What it then holds, in bytes.
    public var textByteCount: Int
    /// The type with which pandas reads it from the file.
    public var fileType: String
    /// What it then holds, in bytes.
    public var fileByteCount: Int
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
    /// As `read_csv` makes it of the text.
    package var text: Side
    /// As it is read from a file that keeps it.
    package var plain: Side
    package var lean: Side
    /// The greatest error as a share of a value, and what the column then takes.
    package var lossy: Side?
    package var lossyError: Double

    package init(
      column: String, text: Side? = nil, plain: Side, lean: Side, lossy: Side? = nil,
      lossyError: Double = 0
    ) {
      self.column = column
      self.text = text ?? plain
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
  ///   - longRecordCount: Records with more fields than the header.
  ///   - refusing: Engines that do not take such records.
  ///   - foretelling: Engines of which what they hold is foretold from some of the values.
  ///   - choices: The columns, as pandas has them once they are read from an Arrow file.
  ///   - constant: What reading such a file adds to the peak.
  package init(
    byteCount: Int, engines: [(name: String, bytes: AnalysisReport.LoadedBytes)],
    longRecordCount: Int = 0, refusing: Set<String> = [], foretelling: Set<String> = [],
    choices: [Choice], constant: Int
  ) {
    self.byteCount = byteCount
    self.longRecordCount = longRecordCount
    self.engines = engines.map {
      let refuses = longRecordCount > 0 && refusing.contains($0.name)
      return Engine(
        name: $0.name, bytes: $0.bytes, fits: !refuses && $0.bytes.peak <= byteCount,
        refuses: refuses, isForetold: foretelling.contains($0.name))
    }
    (changes, lossyChanges, keptColumns, largerColumns) = ([], [], [], [])
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
    let changed = Set(changes.map(\.column))
    keptColumns = choices.filter { !changed.contains($0.column) && $0.lean != $0.plain }
      .map(\.column)
    compareWithText(choices, changed: changed)
    if outcome == .missed { priceLoss(choices, changed: changed) }
  }

  private mutating func compareWithText(_ choices: [Choice], changed: Set<String>) {
    let larger = choices.compactMap { choice -> LargerColumn? in
      let now = changed.contains(choice.column) ? choice.lean : choice.plain
      guard now.bytes.held > choice.text.bytes.held else { return nil }
      return LargerColumn(
        column: choice.column, textType: choice.text.type, textByteCount: choice.text.bytes.held,
        fileType: now.type, fileByteCount: now.bytes.held)
    }
    largerColumns = larger.enumerated().sorted { a, b in
      let (first, second) = (a.element.excess, b.element.excess)
      return first == second ? a.offset < b.offset : first > second
    }.map(\.element)
  }

  private mutating func priceLoss(_ choices: [Choice], changed: Set<String>) {
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

extension AnalysisReport.Budget.LargerColumn {
  fileprivate var excess: Int { fileByteCount - textByteCount }
}

extension AnalysisReport.LoadedBytes {
  fileprivate static func + (a: Self, b: Self) -> Self {
    Self(held: a.held + b.held, peak: a.peak + b.peak)
  }

  fileprivate static func - (a: Self, b: Self) -> Self {
    Self(held: a.held - b.held, peak: a.peak - b.peak)
  }
}
