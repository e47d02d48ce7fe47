package import Columnar
import MemoryDiet
package import TableIO

extension DataFrame {
  /// The first rows of a table, at least `rowLimit` of them where it has so many, of the types that
  /// all rows call for; without a limit the whole table.
  ///
  /// All of the input is read to learn the types, but only the chunks that hold these rows are kept.
  package init(
    first rowLimit: Int?, of inputs: [CSVInput], reading: CSVReadingOptions, typing: TypingOptions,
    targets: [String: ColumnTarget] = [:], progress: (@Sendable (_ byteCount: Int) -> Void)? = nil,
    onSource: (CSVTableSource) throws -> Void = { _ in }
  ) throws {
    func load(
      keepsValues: Bool, _ targets: [String: ColumnTarget], chunkLimit: Int = .max
    ) throws -> LoadedTable {
      try TableLoader(
        inputs: inputs, reading: reading, typing: typing, keepsValues: keepsValues,
        countsDistinct: false, targets: targets, chunkLimit: chunkLimit,
        progress: chunkLimit == .max ? progress : nil
      ).load()
    }
    func finish(_ table: consuming LoadedTable) throws -> DataFrame {
      try LeanTable(finishing: table, plan: nil, policy: LayoutPolicy()).frame!
    }
    guard let rowLimit else {
      let whole = try load(keepsValues: true, targets)
      try onSource(whole.source)
      self = try finish(whole)
      return
    }
    let whole = try load(keepsValues: false, targets)
    try onSource(whole.source)
    guard whole.columns.count == whole.source.columnCount else {
      // Columns that only longer records have cannot be told what they are.
      self = try finish(try load(keepsValues: true, targets))
      return
    }
    var learned: [String: ColumnTarget] = [:]
    for profile in whole.columns.map(\.profile) {
      learned[profile.name] =
        profile.dateFormat.flatMap { ColumnTarget(datePattern: $0) }
        ?? ColumnTarget(type: profile.type)
    }
    var chunkLimit = 1
    while true {
      let table = try load(keepsValues: true, learned, chunkLimit: chunkLimit)
      if table.rowCount >= min(rowLimit, whole.rowCount) {
        self = try finish(table)
        return
      }
      chunkLimit *= 4
    }
  }
}
