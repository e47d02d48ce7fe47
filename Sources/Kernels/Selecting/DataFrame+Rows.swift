public import Columnar

extension DataFrame {
  /// The selected rows.
  public func filtered(by selection: Selection) -> DataFrame {
    DataFrame(columns.map { $0.filtered(by: selection) }, rowCount: selection.count)
  }

  /// The rows with these numbers, in this order.
  public func taking(_ rows: [Int]) -> DataFrame {
    DataFrame(columns.map { $0.taking(rows) }, rowCount: rows.count)
  }

  /// The first rows, all where there are fewer; all but the last `-count` where it is below 0.
  public func head(_ count: Int = 5) -> DataFrame { rows(0..<rowCount(taking: count)) }

  /// The last rows, all where there are fewer; all but the first `-count` where it is below 0.
  public func tail(_ count: Int = 5) -> DataFrame {
    rows(rowCount - rowCount(taking: count)..<rowCount)
  }

  /// How many rows are taken from one end, as pandas and polars count them.
  private func rowCount(taking count: Int) -> Int {
    count >= 0 ? Swift.min(count, rowCount) : Swift.max(0, rowCount &+ Swift.max(count, -rowCount))
  }

  /// - Precondition: `range` is of rows that there are.
  public func rows(_ range: Range<Int>) -> DataFrame { taking(Array(range)) }

  /// `count` different rows, all where there are fewer, in the order in which they stand. The same
  /// seed takes the same rows.
  public func sample(_ count: Int, seed: UInt64) -> DataFrame {
    var generator = SplitMix(state: seed)
    // Selection sampling (Knuth, The Art of Computer Programming, 3.4.2 S): each row once, in order.
    var rows: [Int] = []
    var wanted = Swift.min(count, rowCount)
    for row in 0..<rowCount where wanted > 0 {
      if generator.next(below: rowCount - row) < wanted {
        rows.append(row)
        wanted -= 1
      }
    }
    return taking(rows)
  }

  init(_ columns: [Column], rowCount: Int) {
    self = columns.isEmpty ? DataFrame(emptyOf: rowCount) : DataFrame(columns)
  }
}

/// SplitMix64: numbers that only the seed decides, on every machine.
private struct SplitMix {
  var state: UInt64

  mutating func next(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    // The high half of the product is even enough: off by 2^-64 of the bound.
    return Int(mixed.multipliedFullWidth(by: UInt64(bound)).high)
  }
}
