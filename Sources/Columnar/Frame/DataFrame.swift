/// A table: named columns of one length.
public struct DataFrame: Sendable {
  /// The columns, in the order of the table.
  public let columns: [Column]
  /// How many rows every column has.
  public let rowCount: Int
  /// What is known about each column: one profile for each, in the same order.
  public let profiles: [ColumnProfile]
  /// What was odd about the records that the rows were read from: short, long, left out, with odd quotes; how
  /// often, and where first. All zero for files that have types.
  ///
  /// `nil` where the rows are not those that were read: columns may be selected, renamed, added, dropped or
  /// stored otherwise, but rows that were filtered, sorted, joined, grouped or concatenated are of no record
  /// any more, and what no file was read for never was.
  public let anomalies: TableAnomalies?

  /// Columns that follow from others which are not among these are held by themselves again.
  ///
  /// - Precondition: every column has `rowCount` rows and a profile.
  package init(
    columns: [Column], profiles: [ColumnProfile], rowCount: Int, anomalies: TableAnomalies? = nil
  ) {
    precondition(columns.allSatisfy { $0.count == rowCount }, "columns differ in length")
    precondition(columns.count == profiles.count, "every column has a profile")
    self.columns = columns.settlingStrays()
    self.profiles = zip(columns, profiles).map { $1.foretelling($0) }
    self.rowCount = rowCount
    self.anomalies = anomalies
    for (column, profile) in zip(columns, profiles) { column.noteEnds(profile) }
  }

  /// The same table, of which this is known.
  package func having(_ anomalies: TableAnomalies?) -> DataFrame {
    DataFrame(columns: columns, profiles: profiles, rowCount: rowCount, anomalies: anomalies)
  }

  /// The number of rows and of columns.
  public var shape: (rows: Int, columns: Int) { (rowCount, columns.count) }

  /// The first column with that name.
  public subscript(name: String) -> Column? { columns.first { $0.name == name } }

  /// The bytes that all columns hold.
  public var footprint: Footprint { columns.reduce(Footprint()) { $0 + $1.footprint } }
}
