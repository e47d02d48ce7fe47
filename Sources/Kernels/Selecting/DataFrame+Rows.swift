public import Columnar

extension DataFrame {
  /// The selected rows.
  ///
  /// - Throws: `FrameError` where `selection` is of a table of another length.
  public func filtered(by selection: Selection) throws(FrameError) -> DataFrame {
    guard selection.rowCount == rowCount else {
      throw .rows(selection.rowCount, for: rowCount, "the selection is")
    }
    return keeping(selection)
  }

  /// - Precondition: `selection` is of as many rows.
  package func keeping(_ selection: Selection) -> DataFrame {
    DataFrame(columns.map { $0.keeping(selection) }, rowCount: selection.count)
  }

  /// The rows with these numbers, in this order; a row may be taken more than once.
  ///
  /// - Throws: `FrameError` for a row that there is not, and for more than 4 GiB of text in a column.
  public func taking(_ rows: [Int]) throws(FrameError) -> DataFrame {
    let numbers = try rows.checked(of: rowCount)
    var taken: [Column] = []
    for column in columns { taken.append(try column.repeating(rowNumbers: numbers)) }
    return DataFrame(taken, rowCount: rows.count)
  }

  /// The rows with these numbers, each once at most; `noRow` makes nulls.
  func taking(rowNumbers: [UInt32]) -> DataFrame {
    DataFrame(columns.map { $0.taking(rowNumbers: rowNumbers) }, rowCount: rowNumbers.count)
  }

  private func span(_ range: Range<Int>) -> DataFrame {
    DataFrame(columns.map { $0.run(range) }, rowCount: range.count)
  }

  /// The first rows, all where there are fewer; all but the last `-count` where it is below 0.
  public func head(_ count: Int = 5) -> DataFrame { span(0..<rowCount(taking: count)) }

  /// The last rows, all where there are fewer; all but the first `-count` where it is below 0.
  public func tail(_ count: Int = 5) -> DataFrame {
    span(rowCount - rowCount(taking: count)..<rowCount)
  }

  /// How many rows are taken from one end, as pandas and polars count them.
  private func rowCount(taking count: Int) -> Int {
    count >= 0 ? Swift.min(count, rowCount) : Swift.max(0, rowCount &+ Swift.max(count, -rowCount))
  }

  /// The rows with these numbers, from 0.
  ///
  /// - Throws: `FrameError` for a row that there is not.
  public func rows(_ range: Range<Int>) throws(FrameError) -> DataFrame {
    if range.isEmpty { return span(0..<0) }
    guard range.lowerBound >= 0 else { throw .row(range.lowerBound, of: rowCount) }
    guard range.upperBound <= rowCount else { throw .row(range.upperBound - 1, of: rowCount) }
    return span(range)
  }

  /// `count` different rows, all where there are fewer, in the order in which they stand. The same
  /// seed takes the same rows.
  public func sample(_ count: Int, seed: UInt64) -> DataFrame {
    var generator = SplitMix(state: seed)
    // Selection sampling (Knuth, The Art of Computer Programming, 3.4.2 S): each row once, in order.
    var rows: [UInt32] = []
    var wanted = Swift.min(count, rowCount)
    for row in 0..<rowCount where wanted > 0 {
      if generator.next(below: rowCount - row) < wanted {
        rows.append(UInt32(row))
        wanted -= 1
      }
    }
    return taking(rowNumbers: rows)
  }

  init(_ columns: [Column], rowCount: Int) {
    self = columns.isEmpty ? DataFrame(emptyOf: rowCount) : DataFrame(aligned: columns)
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
