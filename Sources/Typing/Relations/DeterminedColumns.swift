import Columnar

/// Columns that are determined by others, in all rows but a few.
package struct DeterminedColumns {
  package struct Dependency {
    package let determinant: Int
    package let dependent: Int
    /// How many values the determinant has.
    let determinantCount: Int
    let exceptionCount: Int
    /// The first row, from 0, that is an exception.
    let firstException: Int?
  }

  /// All that were found, by dependent.
  let dependencies: [Dependency]
  /// Columns that the table's first rows show to have too many values.
  package let ruledOut: Set<Int>

  /// What holds in the rows of all threads.
  ///
  /// - Parameter firstRow: The row at which a chunk begins.
  package init(_ finders: [DependencyFinder], firstRow: (_ ordinal: Int) -> Int) {
    for finder in finders { finder.finish() }
    // Threads that came too late for a chunk know nothing.
    let shares = finders.filter { $0.hasRows }
    var dependencies: [Dependency] = []
    var united: [Int: UnitedNumbers] = [:]
    for candidate in shares.first?.evidence?.map(\.candidate) ?? [] {
      let (determinant, dependent) = (candidate.determinant, candidate.dependent)
      let pairs = shares.compactMap { finder in
        finder.evidence?.first { $0.candidate == candidate }.map { (finder, $0) }
      }
      guard pairs.count == shares.count else { continue }
      for column in [determinant, dependent] where united[column] == nil {
        united[column] = UnitedNumbers(shares.map { $0.numbers[column] })
      }
      guard let keys = united[determinant], let values = united[dependent],
        keys.isComplete, values.isComplete
      else { continue }
      var tally = PairTally(determinantCount: keys.count)
      for (share, (finder, evidence)) in pairs.enumerated() {
        guard let counts = finder.counts[determinant], let known = finder.numbers[determinant]
        else { continue }
        evidence.forEachPair(counts, known.firstPlaces) { key, value, count, place in
          tally.add(
            Int(keys.translations[share][key]), values.translations[share][Int(value)],
            count: count, firstPlace: place)
        }
      }
      let summary = tally.summary(dependentCount: values.count)
      guard summary.isTold else { continue }
      dependencies.append(
        Dependency(
          determinant: determinant, dependent: dependent,
          determinantCount: summary.determinantCount, exceptionCount: summary.exceptionCount,
          firstException: summary.firstException.map {
            firstRow(RowPlace.ordinal($0)) + RowPlace.row($0)
          }))
    }
    self.dependencies = dependencies
    self.ruledOut = finders.first?.screen.ruledOut ?? []
  }

  /// For each column the one that determines it, if any: without exceptions rather than with, then
  /// the one with the fewest values, then the first.
  ///
  /// - Parameter isTold: Whether another relation of the column is told already.
  package func determinants(where isTold: (Int) -> Bool) -> [Dependency] {
    let pairs = Set(dependencies.map { [$0.determinant, $0.dependent] })
    let groups = Dictionary(grouping: dependencies, by: \.dependent)
    return groups.keys.sorted().compactMap { dependent in
      guard !isTold(dependent) else { return nil }
      return groups[dependent]!.filter {
        // Of two that determine each other, the later one follows from the earlier.
        $0.determinant < dependent || !pairs.contains([dependent, $0.determinant])
      }.min {
        ($0.exceptionCount > 0 ? 1 : 0, $0.determinantCount, $0.determinant)
          < ($1.exceptionCount > 0 ? 1 : 0, $1.determinantCount, $1.determinant)
      }
    }
  }
}

/// One column's numbers, of all threads.
private struct UnitedNumbers {
  /// For each thread the common number of each of its own.
  private(set) var translations: [[UInt16]] = []
  private(set) var count = 1
  /// False where there are too many values.
  private(set) var isComplete = true

  init(_ shares: [ValueNumbers?]) {
    let kind = shares.compactMap { $0?.kind }.reduce(FieldKind.null) { kind, other in
      kind.factor(to: other) != nil || kind == .null ? other : kind
    }
    let keys = KeyNumbers()
    let strings = TextTable()
    for share in shares {
      guard let share else {
        isComplete = false
        return
      }
      var translation: [UInt16] = [0]
      if let table = share.strings {
        for code in 0..<share.count - 1 {
          let string = table[code]
          guard let start = string.baseAddress, strings.count < KeyNumbers.limit else {
            isComplete = false
            return
          }
          let hash = strings.hash(of: start, count: string.count)
          translation.append(
            UInt16(strings.code(of: start, count: string.count, hash: hash)) + 1)
        }
      } else {
        let factor = share.kind.factor(to: kind) ?? 1
        for key in share.keys.dropFirst() {
          guard let number = keys.number(of: key &* factor) else {
            isComplete = false
            return
          }
          translation.append(number)
        }
      }
      translations.append(translation)
    }
    count = max(keys.count, strings.count + 1)
  }
}
