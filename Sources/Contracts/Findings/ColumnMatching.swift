/// Which column of a table is which of its contract.
struct ColumnMatching {
  private(set) var pairs: [(terms: ColumnTerms, column: ColumnFacts)] = []
  private(set) var removed: [ColumnTerms] = []
  private(set) var renamed: [(terms: ColumnTerms, column: ColumnFacts)] = []
  private(set) var added: [ColumnFacts] = []
  /// Whether some column has the name that the contract says, if in other letters.
  private(set) var sharesNames = false
  /// The fewest columns that stand elsewhere, with their places before and after, from 1.
  private(set) var moved: [(name: String, before: Int, after: Int)] = []

  init(_ contract: TableContract, _ now: TableFacts) {
    var places: [ExactText: Int] = [:]
    for (place, column) in now.columns.enumerated() where places[ExactText(column.name)] == nil {
      places[ExactText(column.name)] = place
    }
    let known = Set(contract.columns.map { ExactText($0.name) })
    var free = now.columns.indices.filter { !known.contains(ExactText(now.columns[$0].name)) }
    var order: [(terms: Int, place: Int)] = []
    for (index, terms) in contract.columns.enumerated() {
      if let place = places[ExactText(terms.name)]
        ?? terms.physicalName.flatMap({ places[ExactText($0)] })
      {
        order.append((index, place))
        pairs.append((terms, now.columns[place]))
        sharesNames = true
        continue
      }
      let was = contract.facts?[terms.name]
      let likely = free.compactMap { place -> (place: Int, score: Int)? in
        let score = Self.likeness(
          terms, was, at: index, now.columns[place], at: place,
          hasSameWidth: contract.columns.count == now.columns.count)
        return score > 0 ? (place, score) : nil
      }.max { ($0.score, -$0.place) < ($1.score, -$1.place) }
      guard let place = likely?.place else {
        removed.append(terms)
        continue
      }
      free.removeAll { $0 == place }
      if terms.name.lettersAndDigits == now.columns[place].name.lettersAndDigits {
        sharesNames = true
      }
      order.append((index, place))
      renamed.append((terms, now.columns[place]))
      pairs.append((terms, now.columns[place]))
    }
    added = free.map { now.columns[$0] }
    let staying = Self.longestAscending(order.map(\.place))
    moved = order.enumerated().filter { !staying.contains($0.offset) }.map { _, one in
      (contract.columns[one.terms].name, one.terms + 1, one.place + 1)
    }
  }

  /// How much a column that is gone and one that is new look alike; 0 where it is no more than chance.
  private static func likeness(
    _ terms: ColumnTerms, _ was: ColumnFacts?, at index: Int, _ found: ColumnFacts, at place: Int,
    hasSameWidth: Bool
  ) -> Int {
    let isOfType = terms.type.map { TypeFit(of: found, in: $0).isHeld } ?? true
    guard isOfType else { return 0 }
    let names = (terms.name.lettersAndDigits, found.name.lettersAndDigits)
    if !names.0.isEmpty, names.0 == names.1 { return 100 }
    var score = 0
    if hasSameWidth, index == place { score += 40 }
    if names.0.count > 3, names.1.count > 3,
      names.0.hasPrefix(names.1) || names.1.hasPrefix(names.0)
        || names.0.hasSuffix(names.1) || names.1.hasSuffix(names.0)
    {
      score += 30
    }
    if let was {
      if was.type == found.type { score += 10 }
      if was.minimum != nil, was.minimum == found.minimum, was.maximum == found.maximum {
        score += 20
      }
      if let words = was.words, let others = found.words, !words.isEmpty {
        let shared = Set(words).intersection(others).count
        score += shared * 2 >= words.count ? 30 : shared == 0 ? -40 : 0
      }
      if was.nullCount > 0, was.nullCount == found.nullCount { score += 10 }
    }
    return score >= 40 ? score : 0
  }

  /// The places in `values` of a longest run that ascends.
  static func longestAscending(_ values: [Int]) -> Set<Int> {
    var ends: [Int] = []
    var before = [Int](repeating: -1, count: values.count)
    for (index, value) in values.enumerated() {
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if values[ends[middle]] < value { low = middle + 1 } else { high = middle }
      }
      before[index] = low > 0 ? ends[low - 1] : -1
      if low == ends.count { ends.append(index) } else { ends[low] = index }
    }
    var staying: Set<Int> = []
    var place = ends.last ?? -1
    while place >= 0 {
      staying.insert(place)
      place = before[place]
    }
    return staying
  }
}

extension String {
  /// Small letters and digits alone: `Dep_Delay` and `depDelay` are one name.
  fileprivate var lettersAndDigits: String {
    String(lowercased().filter { $0.isLetter || $0.isNumber })
  }
}
