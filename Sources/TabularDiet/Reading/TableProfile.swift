import CKernels
public import Columnar
package import DelimitedText
public import MemoryDiet
package import Pipeline
public import Typing

/// What a table was, beside its columns.
package struct TableSummary: Sendable {
  package let source: TableSource
  package let rowCount: Int
  package let anomalies: TableAnomalies
  package let inputs: [CSVChunkReader.FinishedInput]
}

/// What one pass over a table learned: what every column is and needs, and what was odd. Values are not kept.
public struct TableProfile: Sendable {
  /// The number of rows.
  public var rowCount: Int { summary.rowCount }
  /// What to store each column as, what that takes and why, in the order of the table.
  public package(set) var recommendations: [Recommendation]
  /// How densely columns are held: as the policy says, or the plan where that is denser.
  package let heldStorage: StoragePolicy
  /// Whether bytes are those of columns that are there.
  var areCounted = false
  /// How long it took to find this out, the measuring of kernels included.
  public internal(set) var duration = Duration.zero
  package let summary: TableSummary
  /// What each column would be stored as but for some of its values, where that was asked.
  package let narrower: [[NarrowerLayout]]
  /// The threads that read the table.
  package let threadCount: Int
  package let reader: TableReader
  /// What it was read by.
  let typing: TypingOptions
  /// The plan that it was read by; `nil` where layouts were chosen.
  package let appliedPlan: DietPlan?
  /// In which columns, and in which words, the table differs from its plan.
  var planNotes: [Note] = []
  /// Columns that the table has not, and that its plan has, null in all rows.
  var addedColumns: Set<String> = []
  /// The columns where their values were not kept, with the words of which dictionaries would be.
  private var columns: [Typing.TypedColumn]
  /// How much faster kernels are on lean columns, where that was measured.
  var measured: MeasuredColumns?

  /// What is known of each column, in the order of the table.
  public var columnProfiles: [ColumnProfile] { recommendations.map(\.profile) }

  /// Records that were not as they should be; none where the files have types. Where there are some, each time
  /// that this is asked for files are read once more up to the first of each kind, to count lines.
  public var anomalies: TableAnomalies { summary.anomalies.located(in: summary.source) }

  /// What a reader should know of the table as a whole: records that were odd, files that were left out,
  /// bytes that were repaired.
  public var notes: [Note] {
    var notes = summary.source.notes
    if summary.anomalies.hasNUL {
      notes.append(Note(.zeroBytes, "zero bytes occur: they are kept as text"))
    }
    notes += planNotes
    if rowCount == 0, columnProfiles.isEmpty, reader.options.columns == nil,
      reader.options.drop.isEmpty, !reader.paths.isEmpty
    {
      notes.append(.noTable)
    }
    return notes
  }

  /// How the values of columns were read, and why they stay as they are: the notes of columns that those
  /// need who see no report.
  package var readingNotes: [Note] {
    recommendations.flatMap { recommendation in
      recommendation.notes.filter(\.code.isOfReading).map { $0.of(recommendation.profile.name) }
    }
  }

  /// Chooses a layout for each column, or takes the plan's.
  ///
  /// - Throws: `ReadingError` where the policy keeps a column that is not there, or a column does not fit the
  ///   plan.
  init(
    of table: borrowing LoadedTable, by reader: TableReader, typing: TypingOptions,
    plan: DietPlan? = nil, policy: LayoutPolicy
  ) throws {
    summary = TableSummary(
      source: table.source, rowCount: table.rowCount, anomalies: table.anomalies,
      inputs: table.inputsRead)
    (self.reader, self.typing, appliedPlan) = (reader, typing, plan)
    let names = table.columns.map(\.profile.name)
    if plan == nil, let missing = policy.keptColumns.subtracting(names).min() {
      throw ReadingError.unknownColumn(missing, among: names, file: table.source.paths.first)
    }
    threadCount = table.source.threads ?? Int(diet_available_processors())
    do {
      for column in table.columns {
        guard let planned = plan?[column.profile.name] else { continue }
        try column.follow(planned.handOver, type: planned.type)
      }
    } catch {
      throw table.source.misfit(error)
    }
    // A plan says what columns are handed over as, and the denser of the two how they are held.
    heldStorage = max(policy.storage, plan?.policy.storage ?? .fast)
    let held = policy.storing(heldStorage)
    recommendations = table.columns.parallelMap(threads: threadCount) { column in
      if let planned = plan?[column.profile.name] {
        return Recommendation(for: column.profile, planned: planned, policy: held)
      }
      return Recommendation(for: column.profile, policy: policy)
    }
    narrower = zip(table.columns, recommendations).map { column, now in
      NarrowerLayout.all(for: column, now: now, among: table, policy: policy)
    }
    columns = table.keepsValues ? [] : table.columns
  }

  /// The plan with the fewest bytes for this table, to be applied to it and again to others: layouts that
  /// only these very values fit (a constant, a sequence, a base) are left out.
  ///
  /// - Parameter closesCategories: Whether words that are not in this table are errors in others.
  public func plan(closesCategories: Bool = false) -> DietPlan {
    DietPlan(
      for: columnProfiles, columns: columns, policy: reader.policy, typing: typing,
      closesCategories: closesCategories)
  }

  /// The words of dictionaries of text that have at most so many, by the names of their columns.
  func columnWords(limit: Int) -> [String: [String]] {
    var words: [String: [String]] = [:]
    for column in columns where column.profile.dictionaryCount ?? .max <= limit {
      if let known = column.words { words[column.profile.name] = known }
    }
    return words
  }

  /// Gives the memory of words back, where no plan is made any more.
  package mutating func forgetWords() { columns = [] }

  /// Writes the records that were left out because they are odd, with the reasons, to the file at `path`,
  /// where they were collected.
  ///
  /// - Throws: `DocumentError` where the file holds anything else; `OutputError`, with the code `inUse` where
  ///   the table was read from that file, under this name or another.
  public func writeRejectedRecords(to path: String) throws {
    try reader.checkRejects(path)
    try summary.source.csv?.saveRejects(to: path)
  }
}

extension TableReader {
  /// Throws where rejected records that are written to `path` would take the place of what the table is read
  /// from.
  package func checkRejects(_ path: String) throws(OutputError) {
    var files = RunFiles(reading: inputs)
    try files.write(path)
  }
}

extension DietPlan {
  /// The lasting plan for columns, whose words are known where they are few.
  init(
    for profiles: [ColumnProfile], columns: [Typing.TypedColumn], policy: LayoutPolicy,
    typing: TypingOptions, closesCategories: Bool
  ) {
    let columns = Dictionary(columns.map { ($0.profile.name, $0) }) { first, _ in first }
    self.init(
      for: profiles, policy: policy, typing: typing, closesCategories: closesCategories
    ) { columns[$0.name]?.words }
  }
}

/// What one pass is to find out beside the types.
public struct ProfilingOptions: Sendable {
  /// Whether distinct values are counted past what layouts need.
  public var countsDistinct = true
  /// Whether they are counted exactly beyond 2^20, which takes memory.
  public var countsExactly = false
  /// Which values are looked for that keep columns wide.
  public var obstacles = ObstacleSearch.few
  /// The columns in which they are looked for; `nil` for all.
  public var obstacleColumns: Set<String>?

  /// Whether the files are hashed.
  package var hashes = false

  /// What `diet analyze` finds out.
  public init() {}
}

extension TableReader {
  /// Reads the table once and learns what its columns are and need. No values are kept.
  ///
  /// - Throws: `OptionError` where an option is not for such a table; `ReadingError`.
  public func profile(_ profiling: ProfilingOptions = ProfilingOptions()) throws -> TableProfile {
    let start = ContinuousClock.now
    if let known {
      let typing = try options.typingOptions(names: Set(known.columnNames))
      let source = ProfileTableSource(known, threads: options.text.threads)
      let table = LoadedTable(known, source: source, typing: typing)
      var profile = try TableProfile(of: table, by: self, typing: typing, policy: policy)
      profile.duration = ContinuousClock.now - start
      profiled?(profile)
      return profile
    }
    var reading = try reading()
    reading.countsExactly = profiling.countsExactly
    reading.obstacles = profiling.obstacles
    reading.obstacleColumns = profiling.obstacleColumns
    if profiling.hashes { reading.reading.digestAlgorithm = digest ?? .xxh3 }
    let table = try reading.load(
      keepsValues: false, countsDistinct: profiling.countsDistinct)
    var profile = try TableProfile(of: table, by: self, typing: reading.typing, policy: policy)
    profile.duration = ContinuousClock.now - start
    profiled?(profile)
    return profile
  }
}
