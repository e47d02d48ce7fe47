import Columnar

/// Finds in a table's first rows which columns may be determined by which: what all threads then look
/// at. One for a pass; threads offer their chunks until it has seen enough.
package final class DependencyScreen: Sendable {
  typealias Candidate = DependencyEvidence.Candidate

  /// A chunk's rows as numbers.
  struct NumberedRows {
    let ordinal: Int
    let rowCount: Int
    /// Fewer, or none, of columns that are ruled out.
    let columns: [[UInt16]]
  }

  private struct Offer {
    let rows: NumberedRows
    let keys: [[Int64]]
    let kinds: [FieldKind]
  }

  private struct State {
    var offers: [Int: Offer] = [:]
    /// Chunks from the first on without a gap, and their rows.
    var chunkCount = 0
    var rowCount = 0
    var candidates: [Candidate]?
    var ruledOut: Set<Int> = []
  }

  private let state = Lock(State())

  package init() {}

  /// `nil` until enough rows have been seen.
  var candidates: [Candidate]? { state.withLock { $0.candidates } }

  /// Columns that have too many values in the first rows already.
  var ruledOut: Set<Int> { state.withLock { $0.ruledOut } }

  func offer(_ rows: NumberedRows, _ numbers: [ValueNumbers?]) {
    let offer = Offer(
      rows: rows, keys: numbers.map { $0?.keys ?? [] }, kinds: numbers.map { $0?.kind ?? .null })
    state.withLock { state in
      guard state.candidates == nil else { return }
      state.offers[rows.ordinal] = offer
      while let next = state.offers[state.chunkCount] {
        state.rowCount += next.rows.rowCount
        state.chunkCount += 1
      }
      if state.rowCount >= DependencyRule.prefixRowCount { Self.decide(&state) }
    }
  }

  /// What the rows offered so far show: all there are.
  func decide() -> [Candidate] {
    state.withLock { state in
      if state.candidates == nil { Self.decide(&state) }
      return state.candidates ?? []
    }
  }

  private static func decide(_ state: inout State) {
    let offers = (0..<state.chunkCount).compactMap { state.offers[$0] }
    let columnCount = offers.map(\.rows.columns.count).min() ?? 0
    let columns = (0..<columnCount).map {
      PrefixColumn(offers.map { ($0.rows, $0.keys, $0.kinds) }, $0)
    }
    state.offers = [:]
    state.ruledOut = Set(columns.indices.filter { columns[$0] == nil })
    state.candidates = candidates(among: columns)
  }

  private static func candidates(among columns: [PrefixColumn?]) -> [Candidate] {
    var votes = MajorityVotes()
    var firstOfKind: [Int] = []
    for (index, column) in columns.enumerated() {
      guard let column, column.mayDetermine else { continue }
      // Columns that determine one another count as one.
      if !firstOfKind.contains(where: { columns[$0]!.numbers == column.numbers }) {
        firstOfKind.append(index)
      }
    }
    return columns.indices.flatMap { dependent -> [Candidate] in
      guard let values = columns[dependent], values.distinctCount > 1 else { return [] }
      var found: [(exceptionCount: Int, distinctCount: Int, determinant: Int)] = []
      for determinant in firstOfKind where determinant != dependent {
        guard let keys = columns[determinant], votes.mayDetermine(keys, values) else { continue }
        if let summary = PairTally.Summary(keys, values), summary.isTold {
          found.append((summary.exceptionCount, keys.distinctCount, determinant))
        }
      }
      return found.sorted { a, b in
        (a.exceptionCount > 0 ? 1 : 0, a.distinctCount, a.determinant)
          < (b.exceptionCount > 0 ? 1 : 0, b.distinctCount, b.determinant)
      }.prefix(DependencyRule.determinantLimit).map {
        Candidate(determinant: $0.determinant, dependent: dependent)
      }
    }
  }
}

/// The first rows of a column, its values numbered from 0 as they come.
private struct PrefixColumn {
  let numbers: [UInt16]
  let distinctCount: Int

  /// `nil` where there are too many values.
  init?(
    _ chunks: [(rows: DependencyScreen.NumberedRows, keys: [[Int64]], kinds: [FieldKind])],
    _ column: Int
  ) {
    let kind = chunks.reduce(FieldKind.null) { kind, chunk in
      kind.factor(to: chunk.kinds[column]) != nil || kind == .null ? chunk.kinds[column] : kind
    }
    let united = KeyNumbers()
    var renumbered = [UInt16](repeating: .max, count: KeyNumbers.limit + 2)
    var next: UInt16 = 0
    let rowCount = min(
      chunks.reduce(0) { $0 + $1.rows.rowCount }, DependencyRule.prefixRowCount)
    var isOverfull = false
    let numbers = [UInt16](unsafeUninitializedCapacity: rowCount) { numbers, count in
      for chunk in chunks {
        let rows = chunk.rows.columns[column]
        let keys = chunk.keys[column]
        let factor = chunk.kinds[column].factor(to: kind) ?? 1
        let needed = min(chunk.rows.rowCount, rowCount - count)
        // Threads take chunks in order: a row of the prefix that has no number is preceded by too many
        // values in the prefix.
        isOverfull = isOverfull || rows.count < needed
        if isOverfull { return }
        // Keys that only later rows have do not count.
        var translation = [UInt16](repeating: .max, count: keys.count)
        isOverfull = !translation.withUnsafeMutableBufferPointer { translation in
          rows.withUnsafeBufferPointer { rows in
            for row in 0..<needed {
              let own = Int(rows[row])
              if translation[own] == .max {
                guard let number = own == 0 ? 0 : united.number(of: keys[own] &* factor) else {
                  return false
                }
                if renumbered[Int(number)] == .max {
                  renumbered[Int(number)] = next
                  next += 1
                }
                translation[own] = renumbered[Int(number)]
              }
              numbers[count &+ row] = translation[own]
            }
            return true
          }
        }
        if isOverfull { return }
        count += needed
      }
    }
    if isOverfull { return nil }
    self.numbers = numbers
    distinctCount = Int(next)
  }

  /// Whether rows repeat values often enough to say anything.
  var mayDetermine: Bool {
    distinctCount > 1 && distinctCount <= DependencyRule.valueLimit
      && DependencyRule.isTold(
        exceptionCount: 0, confirmationCount: numbers.count - distinctCount)
  }

  /// How often each value occurs.
  var counts: [Int] {
    var counts = [Int](repeating: 0, count: distinctCount)
    for number in numbers { counts[Int(number)] += 1 }
    return counts
  }
}

extension PairTally.Summary {
  /// `nil` where there are too many exceptions.
  fileprivate init?(_ determinant: PrefixColumn, _ dependent: PrefixColumn) {
    var evidence = DependencyEvidence(.init(determinant: 0, dependent: 0))
    let isPossible = evidence.add(
      determinant.numbers, dependent.numbers, determinantCount: determinant.distinctCount,
      ordinal: 0)
    guard isPossible else { return nil }
    var tally = PairTally(determinantCount: determinant.distinctCount)
    let firstPlaces = Array(repeating: 0, count: determinant.distinctCount)
    evidence.forEachPair(determinant.counts, firstPlaces) { key, value, count, place in
      tally.add(key, value, count: count, firstPlace: place)
    }
    self = tally.summary(dependentCount: dependent.distinctCount)
  }
}

/// Tells quickly that a column does not determine another: a majority vote (Boyer and Moore, 1981) for
/// each of its values. Two rows of a value that vote against each other are at least one exception.
private struct MajorityVotes {
  private var leaders = [UInt16](repeating: 0, count: KeyNumbers.limit + 1)
  private var leads = [UInt16](repeating: 0, count: KeyNumbers.limit + 1)

  mutating func mayDetermine(_ determinant: PrefixColumn, _ dependent: PrefixColumn) -> Bool {
    let limit = DependencyRule.exceptionLimit
    guard dependent.distinctCount <= determinant.distinctCount + limit else { return false }
    return determinant.numbers.withUnsafeBufferPointer { a in
      dependent.numbers.withUnsafeBufferPointer { b in
        leaders.withUnsafeMutableBufferPointer { leaders in
          leads.withUnsafeMutableBufferPointer { leads in
            leads[..<determinant.distinctCount].update(repeating: 0)
            var exceptionCount = 0
            for row in a.indices {
              let key = Int(a[row])
              if leaders[key] == b[row], leads[key] > 0 {
                leads[key] &+= 1
              } else if leads[key] == 0 {
                (leaders[key], leads[key]) = (b[row], 1)
              } else {
                leads[key] &-= 1
                exceptionCount &+= 1
                if exceptionCount > limit { return false }
              }
            }
            return true
          }
        }
      }
    }
  }
}
