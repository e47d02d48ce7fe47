package import Columnar

/// Finds, chunk by chunk on one thread, what speaks against columns being determined by others.
package final class DependencyFinder {
  package typealias Chunk = (report: ChunkReport, chunk: ColumnChunk?)

  let screen: DependencyScreen
  /// `nil` for columns that are of no interest any more.
  private(set) var numbers: [ValueNumbers?]
  /// Chunks that came before it was known which pairs of columns to look at.
  private var pending: [DependencyScreen.NumberedRows] = []
  /// `nil` until then.
  private(set) var evidence: [DependencyEvidence]?
  /// How many rows have each number, of columns that may determine others.
  private(set) var counts: [Int: [Int]] = [:]

  /// - Parameter columnCount: The columns that every record has.
  package init(_ screen: DependencyScreen, columnCount: Int) {
    self.screen = screen
    let isNarrow = (2...DependencyRule.columnLimit).contains(columnCount)
    numbers = isNarrow ? (0..<columnCount).map { _ in ValueNumbers() } : []
  }

  /// Whether the values of this column's next chunk are wanted.
  package func wants(_ column: Int) -> Bool {
    column < numbers.count && numbers[column]?.isRuledOut == false
  }

  /// Looks at a chunk of all columns.
  package func add(_ columns: [Chunk], ordinal: Int, rowCount: Int) {
    guard !numbers.isEmpty else { return }
    hasRows = true
    let rows = DependencyScreen.NumberedRows(
      ordinal: ordinal, rowCount: rowCount,
      columns: numbers.indices.map { column in
        let (report, chunk) = columns[column]
        return numbers[column]?.numbers(of: chunk, report, ordinal: ordinal) ?? []
      })
    if evidence == nil {
      pending.append(rows)
      if screen.candidates == nil { screen.offer(rows, numbers) }
      if let candidates = screen.candidates { look(for: candidates) }
    } else {
      look(at: rows)
    }
  }

  /// Whether it has been given any chunk.
  private(set) var hasRows = false

  /// Ends the search.
  func finish() {
    if evidence == nil, !numbers.isEmpty { look(for: screen.decide()) }
  }

  private func look(for candidates: [DependencyEvidence.Candidate]) {
    evidence = candidates.map { DependencyEvidence($0) }
    forgetOthers()
    for rows in pending { look(at: rows) }
    pending = []
  }

  private func look(at rows: DependencyScreen.NumberedRows) {
    for determinant in counts.keys {
      guard let known = numbers[determinant] else { continue }
      counts[determinant]!.count(rows.columns[determinant], numberCount: known.count)
    }
    var remaining: [DependencyEvidence] = []
    for var pair in evidence ?? [] {
      let (determinant, dependent) = (pair.candidate.determinant, pair.candidate.dependent)
      let (a, b) = (rows.columns[determinant], rows.columns[dependent])
      guard a.count == rows.rowCount, b.count == rows.rowCount,
        let known = numbers[determinant], let counts = counts[determinant],
        pair.add(a, b, determinantCount: known.count, ordinal: rows.ordinal),
        pair.settle(counts, known.firstPlaces)
      else { continue }
      remaining.append(pair)
    }
    let isFewer = remaining.count < evidence?.count ?? 0
    evidence = remaining
    if isFewer { forgetOthers() }
  }

  /// Drops what no pair needs.
  private func forgetOthers() {
    let candidates = (evidence ?? []).map(\.candidate)
    let determinants = Set(candidates.map(\.determinant))
    let needed = determinants.union(candidates.map(\.dependent))
    for column in numbers.indices where !needed.contains(column) { numbers[column] = nil }
    counts = counts.filter { determinants.contains($0.key) }
    for column in determinants where counts[column] == nil { counts[column] = [] }
  }
}

extension [Int] {
  /// Counts numbers, of which there are `numberCount`.
  fileprivate mutating func count(_ rows: [UInt16], numberCount: Int) {
    if count < numberCount { self += Array(repeating: 0, count: numberCount - count) }
    withUnsafeMutableBufferPointer { counts in
      let counts = counts.baseAddress.unsafelyUnwrapped
      for row in rows { counts[Int(row)] &+= 1 }
    }
  }
}
