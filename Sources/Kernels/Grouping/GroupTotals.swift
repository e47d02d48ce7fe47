import Columnar

/// How many numbers each group has in a column, and their sums: what sum, mean and variance share.
struct GroupTotals {
  struct Key: Hashable {
    let column: String
    let skipsNaN: Bool
  }

  enum Sums {
    case floats([Double])
    /// In the type's units.
    case integers(IntegerSums)
  }

  let counts: [UInt32]
  let sums: Sums

  /// - Parameter sizes: How many rows each group has.
  init(_ index: GroupIndex, _ rows: ColumnRows, _ sizes: [UInt32], skipsNaN: Bool) {
    let counts =
      skipsNaN
      ? index.numberCounts(rows) : rows.nullCount == 0 ? sizes : index.counts(rows)
    self.counts = counts
    sums =
      rows.type.domain == .float
      ? .floats(index.floatSums(rows, skipsNaN ? .skip : .propagate))
      : .integers(index.integerSums(rows, counts: counts))
  }

  /// The mean of each of these groups; that of none has no meaning.
  func means(_ unitsPerOne: Double, of slots: GroupOrder) -> [Double] {
    switch sums {
    case .floats(let sums): slots.map { sums[$0] / Double(counts[$0]) }
    case .integers(let sums): slots.map { Double(sums[$0]) / (Double(counts[$0]) * unitsPerOne) }
    }
  }
}
