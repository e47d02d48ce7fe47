package import ArrowFormat
import CKernels
package import Columnar
package import DelimitedText
import Dispatch
package import Typing

/// Reads tables whose columns have types into typed chunks and profiles, on all threads: what
/// `TableLoader` is to text. Plan, layouts, report and certificate follow from its result in the
/// same way.
///
/// Types are kept, whatever the values look like: digits in text stay text. What narrows is the
/// storage, and times are counted in the coarsest unit that tells all of them.
package struct ArrayTableLoader {
  /// Metadata that says how this very file is written, which is not passed on.
  private static let ownKeys: Set<String> = ["ARROW:schema", "diet.certificate"]

  private let tables: [any ArrayTable]
  private let format: String
  private let inputs: [CSVChunkReader.FinishedInput]
  private let paths: [String]
  private let options: Options

  package struct Options: Sendable {
    /// Whether the values are kept, or only learned from.
    package var keepsValues: Bool
    package var countsDistinct: Bool
    /// Whether distinct values are counted exactly, however many there are.
    package var countsExactly = false
    /// Whether columns are of the types that they have in the files, or had in the lean table that was written there:
    /// times in their unit, and decimals where engines see floats.
    package var keepsTypes = false
    /// The types that columns must have, as a plan says.
    package var types: [String: LogicalType] = [:]
    /// The columns to be read; `nil` for all.
    package var only: Set<String>?
    /// The columns to be left out.
    package var drop: Set<String> = []
    /// What names columns may have, where a plan says what they are.
    package var rules = NameRules()
    /// Rows past this number are not read.
    package var rowLimit = Int.max
    package var threads: Int?
    /// Which values that keep a column wide are looked for: of columns that have types, those that are
    /// far from all others.
    package var obstacles = ObstacleSearch.none
    /// What is to be said of the inputs.
    package var notes: [Note] = []
    /// Called with the bytes of arrays that were read.
    package var progress: (@Sendable (_ byteCount: Int) -> Void)?

    package init(keepsValues: Bool, countsDistinct: Bool) {
      self.keepsValues = keepsValues
      self.countsDistinct = countsDistinct
    }
  }

  /// - Parameters:
  ///   - tables: Of the same columns, whose rows follow one another; at least one.
  ///   - format: What the report calls it: `arrow`.
  ///   - inputs: The files with their sizes and digests, for the certificate.
  ///   - paths: The inputs as they were named.
  package init(
    _ tables: [any ArrayTable], format: String, inputs: [CSVChunkReader.FinishedInput] = [],
    paths: [String] = [], options: Options
  ) {
    precondition(!tables.isEmpty)
    self.tables = tables
    self.format = format
    self.inputs = inputs
    self.paths = paths.isEmpty ? tables.map(\.name) : paths
    self.options = options
  }

  /// - Throws: what the tables throw; `ReadingError` where they do not go together, or a plan
  ///   says otherwise.
  package func load() throws -> LoadedTable {
    var schema = try ArraySchema(
      tables, keepsTypes: options.keepsTypes, planned: options.types)
    let told = options.types.keys.sorted() + (options.only ?? []).sorted() + options.drop.sorted()
    try schema.check(names: told.filter { !options.rules.mayLack.contains($0) })
    try options.rules.check(schema.columns.map(\.name), true)
    let columns = schema.columns.indices.filter {
      (options.only?.contains(schema.columns[$0].name) ?? true)
        && !options.drop.contains(schema.columns[$0].name)
        && (options.rules.keeps?.contains(schema.columns[$0].name) ?? true)
    }
    try schema.checkTypes(of: columns)
    var pass = ArrayLoadingPass(tables, schema, options)
    let purpose: IntegerSet.Purpose =
      options.countsDistinct ? options.countsExactly ? .exactReport : .report : .layout
    var result = try pass.run(columns, purpose: purpose)
    let changed = result.changed.sorted()
    if !changed.isEmpty {
      for place in changed { schema.forgetOwnType(columns[place]) }
      pass = ArrayLoadingPass(tables, schema, options)
      let second = try pass.run(changed.map { columns[$0] }, purpose: purpose)
      for (place, column) in zip(changed, second.columns) { result.columns[place] = column }
    }
    var again: [Int] = []
    for (place, column) in columns.enumerated() {
      let settled = try schema.settled(
        column, result.columns[place].evidence, planned: options.types[schema.columns[column].name])
      result.columns[place].settle(as: settled)
      if result.columns[place].recountTarget != nil { again.append(place) }
    }
    if !again.isEmpty {
      // Counting was given up too early, or forgot values.
      let second = try pass.run(
        again.map { columns[$0] }, purpose: purpose == .layout ? .report : purpose,
        mayForgetValues: false)
      for (place, column) in zip(again, second.columns) {
        guard let settled = result.columns[place].settled else { continue }
        result.columns[place] = column
        result.columns[place].settle(as: settled)
      }
    }
    let source = ArrayTableSource(
      paths: paths, format: format, columnNames: schema.columns.map(\.name),
      threads: options.threads,
      metadata: tables[0].metadata.filter { !Self.ownKeys.contains($0.key) },
      notes: options.notes + tables.flatMap(\.notes) + schema.notes
        + columns.compactMap { schema.columns[$0].note })
    var loaded = LoadedTable(
      result.columns, source, rowCount: result.rowCount, keepsValues: options.keepsValues,
      inputsRead: inputs
    ) { place, profile in
      var stored = schema.stored(
        columns[place], categories: result.categories[place], isEmpty: profile.valueCount == 0)
      stored.byteCount = profile.source.byteCount
      stored.longByteCount = profile.source.longByteCount
      stored.dictionary = result.dictionaries[place]
      profile.stored = stored
      profile.notes += schema.notes(columns[place], profile, result.columns[place])
    }
    loaded.obstacles = options.obstacles
    return loaded
  }
}
