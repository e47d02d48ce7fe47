import CKernels
package import Columnar

/// The sample variance (divided by n − 1) and that of a population (by n), as binary64 in the square
/// of the value's own unit. The standard deviation is the root of it.
///
/// Of integers and decimals less than 2^32 apart the sums are exact, n · Σd² − (Σd)², and rounded
/// once. Otherwise the mean is taken first and the squares of the distances from it are added in
/// the fixed order of float sums.
package struct Variance: Reduction {
  package let nan: NaNPolicy

  package init(nan: NaNPolicy = .propagate) { self.nan = nan }

  package var name: String { nan == .propagate ? "variance" : "nanvar" }

  package func applies(to type: LogicalType) -> Bool { Sum(nan: nan).applies(to: type) }

  package func emptyAnswer(for type: LogicalType) -> ReductionAnswer { .numbers([nil, nil]) }

  package func reduce(
    _ rows: ColumnRows, constant: StoredValue?
  ) throws(ReductionError) -> Reduced {
    guard let sum = sumOfSquares(rows), sum.count > 0 else {
      return Reduced(.numbers([nil, nil]), .direct)
    }
    return Reduced(
      .numbers([
        sum.count == 1 ? nil : sum.divided(by: sum.count - 1), sum.divided(by: sum.count),
      ]), sum.path)
  }

  /// The squares of the distances from the mean, as numerator / denominator.
  private struct SumOfSquares {
    let numerator: Double
    let denominator: Double
    let count: Int
    let path: ReductionPath

    func divided(by count: Int) -> Double { numerator / (denominator * Double(count)) }
  }

  private func sumOfSquares(_ rows: ColumnRows) -> SumOfSquares? {
    if rows.type.domain == .integer {
      let ends = rows.integerMinMax
      let squares = ends.maximum - ends.minimum < 1 << 32 && rows.count < 1 << 31
      if squares { return exactSquares(rows, from: ends.minimum) }
    }
    return roundedSquares(rows)
  }

  private func exactSquares(_ rows: ColumnRows, from pivot: Int128) -> SumOfSquares {
    let sums = rows.mapParts { part -> (Int128, Int128) in
      let blocks = IntegerBlocks(part)
      let pivot = Int64(pivot - blocks.offset)
      var (total, squares): (Int128, Int128) = (0, 0)
      part.forEachBlock(of: Int64.self) { range, scratch in
        var (sum, high, low): (UInt64, UInt64, UInt64) = (0, 0, 0)
        let words = blocks.read(range, filling: pivot, scratch)
        diet_square_sums(words, range.count, pivot, &sum, &high, &low)
        total += Int128(sum)
        squares += Int128(high) << 32 + Int128(low)
      }
      return (total, squares)
    }
    let total = sums.reduce(0) { $0 + $1.0 }
    let squares = sums.reduce(0) { $0 + $1.1 }
    let count = Int128(rows.valueCount)
    let unit = rows.type.unitsPerOne
    return SumOfSquares(
      numerator: Double(count * squares - total * total),
      denominator: Double(count) * (unit * unit), count: rows.valueCount, path: .direct)
  }

  private func roundedSquares(_ rows: ColumnRows) -> SumOfSquares? {
    let center: Double
    let count: Int
    if rows.type.domain == .integer {
      count = rows.valueCount
      center = Double(rows.integerSum) / (Double(count) * rows.type.unitsPerOne)
    } else {
      let sum = rows.floatSum(nan)
      count = sum.count
      if count == 0 { return nil }
      center = sum.total / Double(count)
    }
    let parts = rows.mapParts { part in
      let blocks = FloatBlocks(part)
      return PairwiseSum.sum(part.count) { run, scratch in
        diet_sum_squares_f64(
          blocks.read(run, scratch), part.words(from: run.lowerBound), run.count, center,
          nan == .skip ? 1 : 0)
      }
    }
    return SumOfSquares(
      numerator: PairwiseSum.joining(parts, of: rows.count), denominator: 1, count: count,
      path: rows.isStoredAsFloats ? .direct : .decoded)
  }
}
