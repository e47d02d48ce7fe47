/// What a page shows of a table beside what every format says. It is gathered only where a page is made.
package struct PageExtras: Hashable, Sendable {
  /// The words of the command, as they were typed; none where there was none.
  package var command: [String] = []
  /// Code that loads the file into the lean types.
  package var loader: Loader?
  /// The first rows, where they are at hand.
  package var firstRows: FirstRows?
  /// The rows that distributions were counted in, from the first on.
  package var distributedRowCount = 0

  package struct Loader: Hashable, Sendable {
    /// The engine, as it is called after `--emit`.
    package var engine: String
    package var code: String

    package init(engine: String, code: String) { (self.engine, self.code) = (engine, code) }
  }

  package init() {}
}

/// The first rows of a table, as text.
package struct FirstRows: Hashable, Sendable {
  /// The names of the columns, from the first on, and whether their values are numbers.
  package var names: [String]
  package var areNumbers: [Bool]
  /// By row; `nil` for a null.
  package var cells: [[String?]]
  /// How many rows and columns the table has.
  package var rowCount: Int
  package var columnCount: Int

  package init(
    names: [String], areNumbers: [Bool], cells: [[String?]], rowCount: Int, columnCount: Int
  ) {
    (self.names, self.areNumbers, self.cells) = (names, areNumbers, cells)
    (self.rowCount, self.columnCount) = (rowCount, columnCount)
  }
}

/// How often which values occur in the first rows of a column.
package struct ColumnDistribution: Hashable, Sendable {
  /// Values, or lengths in bytes, in equal steps from the least to the greatest.
  package struct Histogram: Hashable, Sendable {
    package var low: String
    package var high: String
    package var counts: [Int]

    package init(low: String, high: String, counts: [Int]) {
      (self.low, self.high, self.counts) = (low, high, counts)
    }
  }

  /// A value, and how often it occurs.
  package struct Word: Hashable, Sendable {
    package var text: String
    package var count: Int

    package init(text: String, count: Int) { (self.text, self.count) = (text, count) }
  }

  /// Of numbers, dates and times.
  package var values: Histogram?
  /// Of text, by its bytes.
  package var lengths: Histogram?
  /// The most frequent values of text that has few, the most frequent first.
  package var words: [Word] = []
  /// Rows that hold none of `words`.
  package var otherWordCount = 0
  /// Rows without a value, in equal runs of rows from the first on; empty where there are none.
  package var nulls: [Int] = []

  package init() {}
}
