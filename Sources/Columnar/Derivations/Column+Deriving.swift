extension Column {
  /// Of a hundred rows, how many may not follow: more would slow every loop down.
  private static let greatestPercentage = 3

  /// This column without rows of its own; `nil` where too many rows do not follow by `rule`, or it would take no
  /// fewer bytes than so.
  func derived(by rule: any DerivationRule) -> Column? {
    guard let words = ColumnWords(self), let exceptions = exceptions(from: rule, words) else {
      return nil
    }
    var column = Column(
      name: name, type: type, layout: layout, count: count, nullCount: nullCount,
      sharing: validity, dictionary: words.isCoded ? dictionary.first : nil)
    column.derivation = RuleDerivation(
      rule: rule, exceptions: ListedRows(exceptions.rows, exceptions.values, of: count),
      bounds: exceptions.bounds)
    (column.planned, column.declared) = (planned, declared)
    (column.taken, column.ends) = (taken, ends)
    return column.footprint.total < footprint.total ? column : nil
  }

  /// The rows that do not follow, with their words, and a range that has the words of all rows; `nil` where they are
  /// too many.
  private func exceptions(
    from rule: any DerivationRule, _ words: ColumnWords
  ) -> (rows: [Int], values: [Int64], bounds: ClosedRange<Int64>)? {
    let size = DerivedDecoder.pieceCount
    let limit = count / 100 * Self.greatestPercentage
    var (rows, values) = ([Int](), [Int64]())
    var (least, greatest) = (Int64.max, Int64.min)
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: 2 * size) { room in
      guard let found = room.baseAddress else { return }
      let told = found + size
      withExtendedLifetime(ArrowNulls(self)) { nulls in
        for start in stride(from: 0, to: count, by: size) where rows.count <= limit {
          let piece = start..<Swift.min(start + size, count)
          words.copy(piece, to: found)
          rule.write(piece, to: UnsafeMutableRawPointer(told), width: 8)
          var differences: Int64 = 0
          for place in 0..<piece.count {
            differences |= found[place] ^ told[place]
            (least, greatest) = (Swift.min(least, found[place]), Swift.max(greatest, found[place]))
          }
          if differences == 0 { continue }
          for place in 0..<piece.count
          where found[place] != told[place] && !nulls.isNull(start + place) {
            rows.append(start + place)
            values.append(found[place])
          }
        }
      }
    }
    return rows.count <= limit ? (rows, values, least...greatest) : nil
  }
}
