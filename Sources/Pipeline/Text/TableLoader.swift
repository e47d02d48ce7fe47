package import Columnar
package import DelimitedText
import Dispatch
import Engines
package import FileIO
package import Typing

/// Reads a whole table into typed chunks and profiles, on all threads.
///
/// Every thread takes one chunk of records after the other, finds its fields and parses them column
/// by column. Afterwards the chunks of a column are joined. A column whose chunks turn out to be of
/// different families is read once more, as what all of them are.
package struct TableLoader {
  private let inputs: [CSVInput]
  private var reading: CSVReadingOptions
  private let typing: TypingOptions
  /// Whether the values are kept, or only learned from.
  private let keepsValues: Bool
  private let purpose: IntegerSet.Purpose
  private let targets: [String: ColumnTarget]
  private let only: Set<String>?
  private let drop: Set<String>
  private let chunkLimit: Int
  private let progress: (@Sendable (Int) -> Void)?
  /// Which values that keep a column wide are looked for.
  package var obstacles = ObstacleSearch.none
  /// The columns for which they are looked for; `nil` for all.
  package var obstacleColumns: Set<String>?
  /// Whether a plan says what columns are: then it is of no interest what the typing names and the table
  /// has not (words for nothing, words that are booleans, formats).
  package var isPlanned = false
  /// Whether values are kept in few bytes until their columns are made.
  package var packsValues = false
  /// What names columns may have, where a plan says what they are.
  package var rules = NameRules()

  /// - Parameters:
  ///   - countsDistinct: Whether distinct values are counted past what layouts need.
  ///   - countsExactly: And exactly, however many there are.
  package init(
    inputs: [CSVInput], reading: CSVReadingOptions, typing: TypingOptions, keepsValues: Bool,
    countsDistinct: Bool, countsExactly: Bool = false, targets: [String: ColumnTarget] = [:],
    only: Set<String>? = nil, drop: Set<String> = [], chunkLimit: Int = .max,
    progress: (@Sendable (_ byteCount: Int) -> Void)? = nil
  ) {
    self.inputs = inputs
    self.reading = reading
    self.typing = typing
    self.keepsValues = keepsValues
    purpose = countsDistinct ? countsExactly ? .exactReport : .report : .layout
    // Names are names, whatever they look like.
    let names = reading.files.fileNameColumn.map { [$0: ColumnTarget(type: .string)] } ?? [:]
    // A plan's target for a format has a unit, too, and who says that a column is text knows it.
    self.targets = names.merging(targets) { _, told in told }.merging(
      typing.columns.compactMapValues { $0.dateFormat.flatMap { ColumnTarget(datePattern: $0) } }
    ) { target, told in
      if case .date = target.target { target } else { target.isText ? target : told }
    }
    self.only = only
    self.drop = drop
    self.chunkLimit = chunkLimit
    self.progress = progress
  }

  /// - Throws: `ReadingError`
  package func load() throws -> LoadedTable {
    // Of a part what the table's beginning says holds: the part alone might say otherwise.
    guard reading.guessesQuotes, reading.byteRange == nil else {
      let table: LoadedTable
      do {
        table = try loadOnce()
      } catch let error as ReadingError {
        throw StrictReading.explained(
          error, inputs: inputs, options: reading, isPart: reading.byteRange != nil,
          looksTyped: TypedFields.looksTyped)
      }
      guard let source = table.source.csv else { return table }
      if reading.byteRange != nil,
        let error = try StrictReading.quotesOfWhole(source, looksTyped: TypedFields.looksTyped)
      {
        throw error
      }
      if reading.isStrict, reading.countsSwallowedLines,
        let error = StrictReading.swallowedLines(in: source),
        try QuotesAsText.verdict(
          on: source, looksTyped: TypedFields.looksTyped) != .quotes
      {
        throw error
      }
      return table
    }
    // What the first megabyte says of quotes is checked to the end, and decided again by all of it.
    let outcome: Result<LoadedTable, any Error>
    let verdict: QuotesAsText.Verdict
    do {
      let table = try loadOnce()
      guard let source = table.source.csv, source.findings.count(of: .swallowed) > 0 else {
        return table
      }
      verdict = try QuotesAsText.verdict(
        on: source, looksTyped: TypedFields.looksTyped)
      if verdict == .quotes { source.findings.forget(.swallowed) }
      outcome = .success(table)
    } catch let error as ReadingError where error.code == .unterminatedQuote {
      guard let reader = try? makeReader() else { throw error }
      verdict = try QuotesAsText.verdict(
        on: reader.table, looksTyped: TypedFields.looksTyped)
      outcome = .failure(error)
    }
    guard case .text(let quotes) = verdict else { return try outcome.get() }
    var again = self
    again.reading.quotesAsText = quotes
    return try again.loadOnce()
  }

  private func loadOnce() throws -> LoadedTable {
    let most =
      ([typing] + typing.columns.keys.map(typing.options(for:)))
      .map(\.nullTokens.count).max() ?? 0
    guard most <= TypingOptions.nullTokenLimit else {
      throw ReadingError(
        .unsupportedInput, file: inputs.first?.name,
        "\(most) words that are null are more than can be told apart",
        remedy: "name at most \(TypingOptions.nullTokenLimit) of them")
    }
    for pattern in typing.dateFormats + typing.columns.values.compactMap(\.dateFormat) {
      guard let problem = DateFormat.problem(with: pattern) else { continue }
      throw ReadingError(
        .unsupportedInput, file: inputs.first?.name, "the date format '\(pattern)': \(problem)")
    }
    let reader = try makeReader()
    var contexts = TypingContexts(options: typing, delimiter: reader.table.commonDelimiter)
    try checkTargets(reader.table)
    let blocks =
      purpose.isReport ? PandasBlocks(reader.table, dataOffset: reader.dataOffset) : nil
    var pass = LoadingPass(
      reader: reader, contexts: contexts, keepsValues: keepsValues, purpose: purpose,
      targets: initialTargets(reader.table), chunkLimit: chunkLimit,
      mayForgetValues: chunkLimit == .max, blocks: blocks, findsRelations: purpose.isReport,
      progress: progress)
    pass.findsObstacles = obstacles != .none
    pass.isPlanned = isPlanned
    pass.packing = packsValues ? ValuePacking(columnCount: pass.targets.count) : nil
    let laterTarget = { @Sendable [targets, known = reader.table.columnNames] column in
      targets[HeaderNames.extended(known, to: column + 1)[column]]?.target ?? .inferred
    }
    pass.laterTarget = laterTarget
    var result = try pass.run()
    var trials = ObstacleTrials(obstacles, options: typing)
    if chunkLimit == .max { try checkTargets(reader.table, found: result.columns.map(\.name)) }
    var lastTargets = pass.targets
    let firstInputs = reader.inputsRead
    var notes: [Int: Note] = [:]
    var formats = initialFormats(result.columns.map(\.name))
    var told = ToldOptions(typing)
    // Each reading settles a column or leaves fewer ways to read it. At most: the user's formats,
    // without them, as floats, as text where digits are to be kept.
    while true {
      var again: [Int: (ColumnParser.Target, IntegerSet.Purpose)] = [:]
      var beside: [Int: ColumnParser.Target] = [:]
      var isRetold = false
      told.note(result.columns)
      let signs = DecimalSigns(
        of: result.columns, delimiter: reader.table.dialect.delimiter)
      for column in result.columns.indices {
        let forced = targets[result.columns[column].name]?.target
        switch try result.columns[column].resolve(
          options: typing.options(for: result.columns[column].name), forced: forced,
          isPlanned: isPlanned, signs: signs)
        {
        case .settled(let settled):
          if let format = settled.dateFormat { formats[column] = format.pattern }
          notes[column] = settled.note ?? notes[column]
          if let target = result.columns[column].recountTarget {
            again[column] = (
              Self.keeping(settled.dateFormat, lastTargets, column) ?? target, .report
            )
          }
        case .readNumbers(let unit, let signs):
          isRetold = true
          contexts.settle(result.columns[column].name, unit: unit, signs: signs)
          again[column] = (.inferred, purpose)
        case .refused: break
        case .readAgain(let target, let note):
          isRetold = true
          again[column] = (target, purpose)
          notes[column] = note ?? notes[column]
          if case .date(let format, _) = target { formats[column] = format.pattern }
        }
      }
      // No value of theirs is in the way of another type.
      let versions = again.filter { $0.value.0.isVersions }.map { result.columns[$0.key].name }
      trials.plan(for: result.columns) { name in
        targets[name] == nil && !skipped(name) && !versions.contains(name)
          && obstacleColumns?.contains(name) ?? true
      }
      if again.isEmpty, trials.pending.isEmpty { break }
      // What determines what is not known of columns that were taken for something else.
      if isRetold, let ruledOut = result.determined?.ruledOut {
        for column in result.columns.indices
        where again[column] == nil && !ruledOut.contains(column) {
          beside[column] = column < lastTargets.count ? lastTargets[column] : .inferred
        }
      }
      let reader = try makeReader()
      pass = LoadingPass(
        reader: reader, contexts: contexts, keepsValues: keepsValues,
        purpose: purpose == .layout && again.values.contains { $0.1.isReport } ? .report : purpose,
        targets: result.columns.indices.map { again[$0]?.0 ?? beside[$0] ?? .skipped },
        chunkLimit: chunkLimit, mayForgetValues: false, blocks: blocks,
        findsRelations: purpose.isReport && !again.isEmpty, progress: nil)
      pass.findsObstacles = obstacles != .none
      pass.isPlanned = isPlanned
      pass.packing = packsValues ? ValuePacking(columnCount: pass.targets.count) : nil
      pass.trials = trials.pending
      let second = try pass.run()
      guard second.rowCount == result.rowCount,
        chunkLimit < .max || reader.inputsRead == firstInputs
      else {
        throw ReadingError.changedWhileRead(file: inputs.first?.name)
      }
      trials.take(second.trials)
      for column in lastTargets.count..<max(lastTargets.count, result.columns.count) {
        lastTargets.append(laterTarget(column))
      }
      for column in again.keys {
        result.columns[column] = second.columns[column]
        if blocks != nil { result.missingRows[column] = second.missingRows[column] }
        lastTargets[column] = pass.targets[column]
      }
      result.related = result.related?.replacing(Set(again.keys), with: second.related)
      if isRetold { result.determined = second.determined }
    }
    for (index, column) in result.columns.enumerated()
    where !skipped(column.name) && told.fitsInPart(column, note: notes[index]) {
      notes[index] = told.noteOfPart(column: index, column.name, result.source, contexts)
    }
    if !isPlanned, chunkLimit == .max, result.rowCount > 0 {
      let read = result.columns.filter { !skipped($0.name) }
      result.source.findings.note(unmet: told.unmet(read, formats: Set(formats.values)))
    }
    var loaded = LoadedTable(
      result, blocks: blocks, notes: notes, dateFormats: formats, skipped: skipped,
      keepsValues: keepsValues, inputsRead: firstInputs, trials: trials.settled)
    loaded.obstacles = obstacles
    return loaded
  }

  /// The target that says how the column's values are written, which their type alone does not.
  private static func keeping(
    _ format: DateFormat?, _ targets: [ColumnParser.Target], _ column: Int
  ) -> ColumnParser.Target? {
    if let format { return .date(format, unit: nil) }
    guard column < targets.count, case .date = targets[column] else { return nil }
    return targets[column]
  }

  private func initialFormats(_ names: [String]) -> [Int: String] {
    var formats: [Int: String] = [:]
    for (column, name) in names.enumerated() {
      if case .date(let format, _)? = targets[name]?.target { formats[column] = format.pattern }
    }
    return formats
  }

  /// Whether the user left a column out, or the plan has not got it.
  private func skipped(_ name: String) -> Bool {
    drop.contains(name) || only.map { !$0.contains(name) } ?? false
      || rules.keeps.map { !$0.contains(name) } ?? false
  }

  private func makeReader() throws -> CSVChunkReader {
    try CSVChunkReader(inputs: inputs, options: reading)
  }

  private func initialTargets(_ table: CSVTableSource) -> [ColumnParser.Target] {
    table.columnNames.map { name in
      if skipped(name) { return .skipped }
      return targets[name]?.target ?? .inferred
    }
  }

  /// - Parameter found: The columns once all rows are read, those too that only longer records have.
  private func checkTargets(_ table: CSVTableSource, found: [String]? = nil) throws {
    let names = Set(found ?? table.columnNames)
    let told = Set(targets.keys).union(typing.columns.keys)
    for name in told.sorted() + (only ?? []).sorted() + drop.sorted()
    where !names.contains(name) && !rules.mayLack.contains(name)
      && (found != nil || !name.hasPrefix("column_"))
    {
      throw table.unknownColumn(name)
    }
    try rules.check(found ?? table.columnNames, found != nil)
  }
}

/// What a column is to be read as, because the user or a plan says so.
package struct ColumnTarget: Sendable {
  let target: ColumnParser.Target

  /// Whether values stay as they are written.
  package var isText: Bool {
    if case .kind(.string) = target { true } else { false }
  }

  /// The type by its name, as `--type` takes it: `integer`, `decimal(2)`, `timestamp(ms)`, ….
  package init(type: LogicalType) {
    switch type {
    case .null: target = .kind(.null)
    case .boolean: target = .kind(.boolean)
    case .integer: target = .kind(.integer)
    case .decimal(let scale): target = .kind(.decimal(scale: scale))
    case .float: target = .kind(.float)
    case .date: target = .kind(.date)
    case .time(let unit): target = .kind(.time(unit))
    case .duration(let unit): target = .kind(.duration(unit))
    case .timestamp(let unit, _): target = .kind(.timestamp(unit))
    case .uuid, .ipv4, .string: target = .kind(.string)
    }
  }

  /// Days, times or instants written in the given pattern of strftime letters; `nil` where it is none.
  ///
  /// - Parameter type: The type that a plan names.
  package init?(datePattern: String, type: LogicalType? = nil) {
    guard let format = DateFormat(datePattern) else { return nil }
    switch type {
    case .time(let unit), .timestamp(let unit, _): target = .date(format, unit: unit)
    default: target = .date(format, unit: nil)
    }
  }

  /// Why a pattern is no format, in words; `nil` for one that is.
  package static func problem(withDatePattern pattern: String) -> String? {
    DateFormat.problem(with: pattern)
  }
}
