extension [Column] {
  /// Below this many rows, what is saved is not worth a look.
  fileprivate static var leastRowCount: Int { 4096 }
  /// So many candidates are tried at the most: each is a pass over the rows of three columns.
  private static var trialLimit: Int { 64 }

  /// The columns of a table; those that follow from others hold no more than these do not tell, where that takes at
  /// least a tenth fewer bytes. It depends on nothing but the columns.
  ///
  /// - Parameter kept: The names of columns that stay as they are.
  package func deriving(keeping kept: Set<String> = []) -> [Column] {
    guard let rowCount = first?.count, rowCount >= Self.leastRowCount else { return self }
    let places = indices.filter { !kept.contains(self[$0].name) }
    let sampled = places.compactMap { place in SampledColumn(self[place]).map { (place, $0) } }
    let columns = sampled.map(\.1)
    var candidates = DerivationSearch(columns, rowCount: rowCount).candidates
    var made: [Int: Column] = [:]
    for trial in 0... {
      let chosen = candidates.chosen()
      guard let next = chosen.first(where: { made[$0.id] == nil }) else {
        return chosen.reduce(into: self) { derived, candidate in
          guard let column = made[candidate.id] else { return }
          derived[sampled[candidate.target].0] = column
        }
      }
      candidates.removeAll { $0.id == next.id || trial >= Self.trialLimit && made[$0.id] == nil }
      let before = columns[next.target].column.footprint.total
      guard trial < Self.trialLimit, let column = next.column(of: columns),
        column.footprint.total * 10 <= before * 9
      else { continue }
      made[next.id] = column
      candidates.append(next.saving(before - column.footprint.total))
    }
    return self
  }
}

extension [ColumnProfile] {
  /// Whether some of a table's columns may follow from others: which do, only the columns tell.
  package var mayFollowFromOthers: Bool {
    count {
      $0.rowCount >= [Column].leastRowCount && $0.valueCount > 0 && $0.type != .boolean
        && ($0.type.domain == .integer || $0.dictionaryCount != nil)
    } > 1
  }
}
