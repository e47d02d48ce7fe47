import Columnar

/// Finds, chunk by chunk on one thread, which columns of a part say the same as others, in each way in which they are
/// read.
package final class ReadingRelationFinder {
  private let finder = RelationFinder()
  /// The readings of each column whose values are wanted.
  private var wanted: [ReadingForms]

  /// - Parameter columnCount: The columns that every record has.
  package init(columnCount: Int) {
    wanted = Array(repeating: .all, count: columnCount)
    isFinished = columnCount < 2
  }

  /// Whether no chunk is of interest any more, as when no columns are related.
  package private(set) var isFinished: Bool

  /// The readings of a column whose next chunk is wanted.
  package func wanted(_ column: Int) -> ReadingForms {
    column < wanted.count && !isFinished ? wanted[column] : []
  }

  /// Looks at a chunk of all columns that are wanted.
  package func add(_ columns: [(column: Int, readings: [ReadingsParser.KeptReading])]) {
    if isFinished { return }
    var chunks: [Int: RelationFinder.Chunk] = [:]
    for (column, readings) in columns {
      for reading in readings { chunks[ColumnReading(column, reading.form).number] = reading.chunk }
    }
    finder.add(chunks)
    isFinished = true
    for column in wanted.indices where !wanted[column].isEmpty {
      for form in ReadingForm.allCases where !finder.wants(ColumnReading(column, form).number) {
        wanted[column].remove(ReadingForms(form))
      }
      if !wanted[column].isEmpty { isFinished = false }
    }
  }

  /// What the chunks so far say; `nil` before the first.
  package var related: RelatedReadings? { finder.related.map { RelatedReadings($0) } }
}
