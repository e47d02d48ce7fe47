import DelimitedText

/// Records that were not as they should be, over the whole table.
public struct TableAnomalies: Hashable, Sendable {
  /// How often, and at which row (from 0) first.
  public struct Tally: Hashable, Sendable {
    public var count = 0
    public var firstRow: Int?

    mutating func add(_ tally: RecordAnomalies.Tally, firstRow row: Int) {
      count += tally.count
      if firstRow == nil, let first = tally.firstRow { firstRow = row + first }
    }
  }

  /// Records with missing fields, read as null.
  public var short = Tally()
  /// Records with extra fields, which became columns unless they were empty.
  public var long = Tally()
  /// Blank lines in a table of two or more columns.
  public var blank = Tally()
  /// Records with stray quotes.
  public var irregular = Tally()
  /// Whether zero bytes occur in text.
  public var hasNUL = false
}
