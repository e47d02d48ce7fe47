import Columnar

extension GroupIndex {
  /// Pearson's correlation of each group, of rows in which both columns have a number; `nil` with fewer
  /// than two. Deviations from the means are summed in a second pass: one pass would cancel.
  func correlations(_ x: ColumnRows, _ y: ColumnRows, _ nan: NaNPolicy) -> [Double?] {
    let sums = pairSums(x, y, nan) { x, y, _ in SIMD4(x, y, 1, 0) }
    // Rows of no group are measured from zero.
    let means = sums.map { SIMD2($0.x, $0.y) / $0.z } + [.zero]
    let squares = pairSums(x, y, nan) { x, y, slot in
      let distance = SIMD2(x, y) - means[slot]
      return SIMD4(distance.x * distance.x, distance.y * distance.y, distance.x * distance.y, 0)
    }
    return zip(sums, squares).map { sum, square in
      if sum.z < 2 { return nil }
      // Rounding must not make a perfect line more than perfect; NaN stays.
      let quotient = square.z / (square.x * square.y).squareRoot()
      return quotient > 1 ? 1 : quotient < -1 ? -1 : quotient
    }
  }

  private func pairSums(
    _ x: ColumnRows, _ y: ColumnRows, _ nan: NaNPolicy,
    _ term: @Sendable (Double, Double, Int) -> SIMD4<Double>
  ) -> [SIMD4<Double>] {
    let (left, right) = (FloatBlocks(x), FloatBlocks(y))
    let hasNulls = x.nullCount > 0 || y.nullCount > 0
    return accumulate(.zero, +) { range, slots, table, start in
      withBlock { firstRoom in
        withBlock { secondRoom in
          let (first, second) = (left.read(range, firstRoom), right.read(range, secondRoom))
          for row in 0..<range.count {
            if hasNulls {
              let place = range.lowerBound &+ row
              if !x.hasValue(place) || !y.hasValue(place) { continue }
            }
            let (a, b) = (first[row], second[row])
            if nan == .skip && (a.isNaN || b.isNaN) { continue }
            let slot = Int(slots[row])
            table[slot] += term(a, b, start &+ slot)
          }
        }
      }
    }
  }
}
