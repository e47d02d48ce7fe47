import Columnar
import Platform

/// What the first rows of a column foretell of all of them: the share of its values that are distinct.
///
/// They are taken for draws from values that are all as likely. Where some are likelier, the first rows
/// repeat more than the others will; how the repeats grew so far tells by how much. Where rows with the
/// same value stand together, all this may err. It decides what is done, never what is said.
struct DistinctShare {
  /// How many distinct values some rows have.
  struct Rows {
    var count: Int
    var distinctCount: Int
  }

  /// Between 0 and 1.
  let share: Double
  let rowCount: Int

  /// - Parameters:
  ///   - first: the first rows; at least one.
  ///   - fewer: the first of these, none where that is not known.
  ///   - rowCount: how many rows there will be, at least as many.
  init(first: Rows, after fewer: Rows = Rows(count: 0, distinctCount: 0), foretoldFor rowCount: Int)
  {
    self.rowCount = rowCount
    let ratio = Self.ratio(of: first)
    var growth = 1.0
    if fewer.count > 0, fewer.count < first.count {
      let before = Self.ratio(of: fewer)
      if before > 0 {
        growth = log(ratio / before) / log(Double(first.count) / Double(fewer.count))
        growth = min(max(growth, 0), 1)
      }
    }
    share = Self.share(ratio * pow(Double(rowCount) / Double(first.count), growth))
  }

  /// How many distinct values are foretold.
  var count: Double { share * Double(rowCount) }

  /// Whether a dictionary of texts may be a fifth smaller than the texts.
  ///
  /// - Parameter meanByteCount: of a text, its offset not counted.
  func mayPay(meanByteCount: Double) -> Bool {
    let stored = meanByteCount + 4
    return share * stored + (count <= 0x1_0000 ? 2 : 4) <= 0.8 * stored
  }

  /// The share of distinct values among n draws from m values: m/n (1 − (1 − 1/m)ⁿ) ≈ (1 − e^−r) / r,
  /// where r is n/m.
  private static func share(_ ratio: Double) -> Double { ratio == 0 ? 1 : -expm1(-ratio) / ratio }

  /// The r for which draws have as many distinct values as these rows.
  private static func ratio(of rows: Rows) -> Double {
    if rows.distinctCount >= rows.count { return 0 }
    let seen = Double(rows.distinctCount) / Double(rows.count)
    // The share falls with r, and is below 1/r.
    var (low, high) = (0.0, 1 / seen)
    for _ in 0..<48 {
      let middle = (low + high) / 2
      if share(middle) > seen { low = middle } else { high = middle }
    }
    return low
  }
}

/// How the distinct values of one thread's share of a column grow.
struct DistinctGrowth {
  private(set) var first = DistinctShare.Rows(count: 0, distinctCount: 0)
  /// At most half of these rows, and at least a quarter where there are some.
  private var halfway = DistinctShare.Rows(count: 0, distinctCount: 0)
  private var sinceHalfway = DistinctShare.Rows(count: 0, distinctCount: 0)

  /// Adds rows that have a value; then there are so many distinct ones.
  mutating func add(rowCount: Int, distinctCount: Int) {
    first = DistinctShare.Rows(count: first.count + rowCount, distinctCount: distinctCount)
    if first.count >= 2 * sinceHalfway.count {
      halfway = sinceHalfway
      sinceHalfway = first
    }
  }

  /// What these rows foretell of so many; of themselves where there are more of them.
  func foretell(_ rowCount: Int) -> DistinctShare {
    DistinctShare(first: first, after: halfway, foretoldFor: max(rowCount, first.count))
  }
}

extension DistinctShare {
  /// So many values tell that there will be too many to be counted.
  static let foreseeingCount = 1 << 16

  /// Whether an estimate leaves it open that there are no more values than are counted: one a tenth above
  /// that is twelve standard errors away from it.
  static func isInDoubt(estimate: Int) -> Bool {
    estimate < IntegerSet.maximumTableCount * 11 / 10
  }

  /// Whether there will be far more values than are counted.
  var foreseesTooMany: Bool { count > Double(2 * IntegerSet.maximumTableCount) }
}
