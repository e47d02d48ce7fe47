package import Columnar
package import DelimitedText
package import FileIO
package import MemoryDiet
package import Options
package import Pipeline
package import Typing

/// A table that is to be read: text, or files that have types, told by how they begin.
package struct TableReading {
  package var inputs: [CSVInput]
  /// How text is read, how many threads read, and whether the inputs' digests are wanted.
  package var reading: CSVReadingOptions
  package var typing: TypingOptions
  /// What columns of text are to be read as, whatever a plan says.
  package var targets: [String: ColumnTarget] = [:]
  /// The types and date formats that columns are to have.
  package var plan: DietPlan?
  /// The columns to be read; `nil` for all.
  package var only: Set<String>?
  /// The columns to be left out.
  package var drop: Set<String> = []
  /// Whether distinct values, where they are counted at all, are counted exactly, however many there
  /// are.
  package var countsExactly = false
  package var progress: (@Sendable (_ byteCount: Int) -> Void)?
  /// Which values that keep columns wide are looked for, and in which columns; `nil` for all.
  package var obstacles = ObstacleSearch.none
  package var obstacleColumns: Set<String>?

  package init(inputs: [CSVInput], reading: CSVReadingOptions, typing: TypingOptions) {
    self.inputs = inputs
    self.reading = reading
    self.typing = typing
  }

  /// What options say.
  ///
  /// - Throws: `OptionError` where an option has a value that it cannot have, or says how text is read
  ///   and the inputs have types; what opening the inputs throws.
  package init(
    inputs: [CSVInput], options: ReadingOptions, digestAlgorithm: DigestAlgorithm? = nil
  ) throws {
    self.init(
      inputs: inputs, reading: options.reading(digestAlgorithm: digestAlgorithm),
      typing: TypingOptions())
    if let option = options.textOption, let input = inputs.first,
      let format = try TypedFileFormats.format(of: input)
    {
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
    only = options.columns.map(Set.init)
    drop = Set(options.drop)
  }

  /// Rows that count as a chunk where there are no chunks of text.
  private static let chunkRowCount = 1 << 14

  /// - Parameters:
  ///   - chunkLimit: Chunks past this number are not read.
  ///   - rowLimit: Rows past this number need not be read, where their number is known beforehand.
  /// - Throws: `ReadingError`.
  package func load(
    keepsValues: Bool, countsDistinct: Bool = false, chunkLimit: Int = .max, rowLimit: Int = .max
  ) throws -> LoadedTable {
    if let typed = try TypedInputs(inputs) {
      var options = ArrayTableLoader.Options(
        keepsValues: keepsValues, countsDistinct: countsDistinct)
      options.countsExactly = countsExactly
      options.types = plan?.types ?? [:]
      options.only = only
      options.drop = drop
      options.threads = reading.threads
      options.progress = progress
      options.obstacles = obstacles
      options.rowLimit = min(
        rowLimit, min(chunkLimit, Int.max / Self.chunkRowCount) * Self.chunkRowCount)
      return try typed.load(
        options, files: reading.files, typing: typing, digestAlgorithm: reading.digestAlgorithm)
    }
    let planned = plan.map(ColumnTarget.targets) ?? [:]
    var loader = TableLoader(
      inputs: inputs, reading: reading, typing: typing, keepsValues: keepsValues,
      countsDistinct: countsDistinct, countsExactly: countsExactly,
      targets: planned.merging(targets) { _, named in named },
      only: only, drop: drop, chunkLimit: chunkLimit, progress: progress)
    loader.obstacles = obstacles
    loader.saysUnmet = plan == nil
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
