package import ArrowFormat
package import Columnar
package import DelimitedText
package import FileIO
import MemoryDiet
import Options
package import Pipeline
package import Typing

/// What the files of a table are in.
package enum TableFormat: Sendable {
  /// Their first bytes tell.
  case detected
  case text
  case typed(any TypedFileFormat)
}

/// One pass over a table: what is read, how, and what is learned or kept of it.
package struct TableReading: Sendable {
  /// What the rows are in.
  package enum Source: Sendable {
    /// Inputs of which nobody has looked yet how they begin.
    case unknown
    /// Inputs, with the format of each; `nil` for text.
    case inputs([(any TypedFileFormat)?])
    /// The table of another library.
    case table(any ArrayTable)
  }

  package var inputs: [CSVInput]
  package var source = Source.unknown
  /// How text is read, how many threads read, and whether the inputs' digests are wanted.
  package var reading: CSVReadingOptions
  package var typing: TypingOptions
  /// What columns of text are to be read as, whatever a plan says.
  package var targets: [String: ColumnTarget] = [:]
  /// The types and date formats that columns are to have.
  package var plan: DietPlan?
  /// What names columns may have under the plan.
  package var rules = NameRules()
  /// The columns to be read; `nil` for all.
  package var only: Set<String>?
  /// The columns to be left out.
  package var drop: Set<String> = []
  /// Whether columns are of the types that they have in files which have types, not of the narrowest.
  var keepsTypes = false
  /// Whether distinct values, where they are counted at all, are counted exactly, however many there
  /// are.
  package var countsExactly = false
  /// Whether values are kept in few bytes until their columns are made.
  package var packsValues = false
  package var progress: (@Sendable (_ byteCount: Int) -> Void)?
  /// Which values that keep columns wide are looked for, and in which columns; `nil` for all.
  package var obstacles = ObstacleSearch.none
  package var obstacleColumns: Set<String>?

  package init(inputs: [CSVInput], reading: CSVReadingOptions, typing: TypingOptions) {
    self.inputs = inputs
    self.reading = reading
    self.typing = typing
  }

  /// Inputs as options say.
  ///
  /// - Parameter starts: The first bytes of each, where they are known.
  ///
  /// - Throws: `OptionError` where an option has a value that it cannot have, or says how text is read
  ///   and the inputs have types; what opening the inputs throws.
  init(inputs: [CSVInput], options: ReadingOptions, format: TableFormat, starts: [[UInt8]?]) throws
  {
    self.init(inputs: inputs, reading: options.reading(), typing: TypingOptions())
    let formats =
      switch format {
      case .detected:
        try zip(inputs, starts).map { input, start in
          try TypedFileFormats.format(of: input, startingWith: start)
        }
      case .text: [(any TypedFileFormat)?](repeating: nil, count: inputs.count)
      case .typed(let format): [(any TypedFileFormat)?](repeating: format, count: inputs.count)
      }
    source = .inputs(formats)
    if let option = options.textOption, let input = inputs.first, let format = formats[0] {
      throw OptionError(
        "\(mention: option): \(input.name) is \(format.words), whose columns have types already;"
          + " the option is for text such as CSV")
    }
    let names =
      options.dependsOnNames
      ? try CSVChunkReader(inputs: inputs, options: reading).table.columnNames : nil
    typing = try options.typingOptions(names: names.map(Set.init))
    // A plan has a typing of its own, and columns that are named here are not the plan's.
    targets = try options.targets().merging(
      typing.columns.compactMapValues { $0.dateFormat.flatMap { ColumnTarget(datePattern: $0) } }
    ) { target, told in target.isText ? target : told }
    for name in options.remembered.textColumns
    where targets[name] == nil && typing.columns[name]?.meansValues != true {
      targets[name] = ColumnTarget(type: .string)
    }
    only = options.columns.map(Set.init)
    drop = Set(options.drop)
    rules.mayLack = options.remembered.columns.union(options.remembered.textColumns)
  }

  /// The table that another library has in memory.
  ///
  /// - Throws: `OptionError` where an option says how text or files are read.
  init(_ table: any ArrayTable, options: ReadingOptions) throws(OptionError) {
    if let option = options.textOption {
      throw OptionError(
        "\(mention: option): \(table.name) has types already; the option is for text such as CSV")
    }
    if let (option, value) = options.given(in: [.files]).first {
      throw OptionError(
        "\(mention: option.mention(for: value)): \(table.name) is one table; the option is for files"
      )
    }
    self.init(inputs: [], reading: options.reading(), typing: TypingOptions())
    source = .table(table)
    only = options.columns.map(Set.init)
    drop = Set(options.drop)
  }

  /// Rows that count as a chunk where there are no chunks of text.
  private static let chunkRowCount = 1 << 14

  /// Reads the table.
  ///
  /// - Parameters:
  ///   - chunkLimit: Chunks past this number are not read.
  ///   - rowLimit: Rows past this number need not be read, where their number is known beforehand.
  /// - Throws: `ReadingError`.
  package func load(
    keepsValues: Bool, countsDistinct: Bool = false, chunkLimit: Int = .max, rowLimit: Int = .max
  ) throws -> LoadedTable {
    var options = ArrayTableLoader.Options(
      keepsValues: keepsValues, countsDistinct: countsDistinct)
    options.countsExactly = countsExactly
    options.keepsTypes = keepsTypes
    options.types = plan?.types ?? [:]
    options.only = only
    options.drop = drop
    options.rules = rules
    options.threads = reading.threads
    options.progress = progress
    options.obstacles = obstacles
    options.rowLimit = min(
      rowLimit, min(chunkLimit, Int.max / Self.chunkRowCount) * Self.chunkRowCount)
    switch source {
    case .table(let table):
      return try ArrayTableLoader([table], format: "memory", options: options).load()
    case .inputs(let formats):
      if let typed = try TypedInputs(
        inputs, formats: formats, maximumExpansion: reading.maximumExpansion)
      {
        return try typed.load(
          options, files: reading.files, typing: typing, digestAlgorithm: reading.digestAlgorithm)
      }
    case .unknown:
      var known = self
      known.source = .inputs(try inputs.map { try TypedFileFormats.format(of: $0) })
      return try known.load(
        keepsValues: keepsValues, countsDistinct: countsDistinct, chunkLimit: chunkLimit,
        rowLimit: rowLimit)
    }
    let planned = plan.map(ColumnTarget.targets) ?? [:]
    var loader = TableLoader(
      inputs: inputs, reading: reading, typing: typing, keepsValues: keepsValues,
      countsDistinct: countsDistinct, countsExactly: countsExactly,
      targets: planned.merging(targets) { _, named in named },
      only: only, drop: drop, chunkLimit: chunkLimit, progress: progress)
    loader.obstacles = obstacles
    loader.isPlanned = plan != nil
    loader.packsValues = packsValues
    loader.rules = rules
    loader.obstacleColumns = obstacleColumns
    return try loader.load()
  }
}

extension DietPlan {
  /// The type of each column.
  var types: [String: LogicalType] {
    Dictionary(columns.map { ($0.name, $0.type) }) { first, _ in first }
  }
}

extension ColumnTarget {
  /// What each column of a plan is to be read as.
  package static func targets(_ plan: DietPlan) -> [String: ColumnTarget] {
    var targets: [String: ColumnTarget] = [:]
    for column in plan.columns {
      targets[column.name] =
        column.dateFormat.flatMap { ColumnTarget(datePattern: $0, type: column.type) }
        ?? ColumnTarget(type: column.type)
    }
    return targets
  }
}

extension ColumnTyping {
  /// Whether it says more of values than which of them are missing: they are no plain text then.
  fileprivate var meansValues: Bool {
    var other = self
    other.nullTokens = []
    return other != ColumnTyping()
  }
}
