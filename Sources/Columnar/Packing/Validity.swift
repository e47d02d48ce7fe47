/// Which rows of a column have a value: a bit a row, or the places of those that have none.
package enum Validity: Sendable {
  /// Bit `i` (least significant first) is 1 where row `i` has a value.
  case bits(Buffer)
  /// The rows without a value, which are few.
  case nulls(NullRows)

  /// - Parameter listsNulls: Whether rows without a value may be listed, which they are where that takes fewer
  ///   bytes. Bits in lent memory stay there: they are of a block that is gone before long.
  init(_ bits: Buffer, rowCount: Int, nullCount: Int, listsNulls: Bool) {
    let listed = Self.listedByteCount(rowCount: rowCount, nullCount: nullCount)
    if listsNulls, !bits.isLent, listed < (rowCount + 7) / 8 {
      self = .nulls(NullRows(bits, rowCount: rowCount))
    } else {
      self = .bits(bits)
    }
  }

  /// The bytes of rows of which so many have no value; 0 where all have one, or none has.
  static func byteCount(rowCount: Int, nullCount: Int, listsNulls: Bool) -> Int {
    if nullCount == 0 || nullCount == rowCount { return 0 }
    let bits = (rowCount + 7) / 8
    return listsNulls ? min(bits, listedByteCount(rowCount: rowCount, nullCount: nullCount)) : bits
  }

  private static func listedByteCount(rowCount: Int, nullCount: Int) -> Int {
    RowSet.byteCount(rowCount: rowCount, memberCount: nullCount)
  }

  /// What is held.
  package var memory: Buffer {
    switch self {
    case .bits(let bits): bits
    case .nulls(let nulls): nulls.rows.memory
    }
  }

  /// The bits, which are there as long as the buffer is kept: of listed rows they are made, unless someone else
  /// has them at the time.
  package var bits: Buffer {
    switch self {
    case .bits(let bits): bits
    case .nulls(let nulls): nulls.bits
    }
  }

  func isNull(_ row: Int) -> Bool {
    switch self {
    case .bits(let bits): bits.pointer(as: UInt8.self)[row >> 3] & (1 << (row & 7)) == 0
    case .nulls(let nulls): nulls.rows.contains(row)
    }
  }
}

/// The rows of a column without a value, by their places; as bits for as long as someone reads them.
package final class NullRows: Sendable {
  let rows: RowSet
  private let shared = Lock(Shared())

  private struct Shared {
    weak var bits: Buffer?
  }

  /// - Parameter bits: Bit `i` is 0 where row `i` of `rowCount` has no value.
  init(_ bits: Buffer, rowCount: Int) {
    let words = bits.pointer(as: UInt64.self)
    var nulls: [Int] = []
    for word in 0..<(rowCount + 63) / 64 {
      var missing = ~words[word]
      while missing != 0 {
        let row = word << 6 + missing.trailingZeroBitCount
        if row < rowCount { nulls.append(row) }
        missing &= missing &- 1
      }
    }
    rows = RowSet(nulls, of: rowCount)
  }

  /// How many of `rows` have no value.
  package func count(_ rows: Range<Int>) -> Int {
    self.rows.count(before: rows.upperBound) - self.rows.count(before: rows.lowerBound)
  }

  /// Bit `i` is 1 where row `i` has a value. All who read them at a time have the same ones.
  package var bits: Buffer {
    shared.withLock { shared in
      if let bits = shared.bits { return bits }
      let bits = bits(of: 0..<rows.rowCount)
      shared.bits = bits
      return bits
    }
  }

  /// Bit `i` is 1 where row `i` of these has a value.
  package func bits(of rows: Range<Int>) -> Buffer {
    let count = rows.count
    let buffer = Buffer(uninitializedByteCount: (count + 7) / 8)
    let words = buffer.pointer(as: UInt64.self)
    words.update(repeating: ~0, count: count / 64)
    // The last line of a buffer is zeros, which the bits behind the last row stay.
    if count & 63 != 0 { words[count / 64] = 1 << UInt64(count & 63) - 1 }
    clear(rows, in: words)
    return buffer
  }

  /// Clears the bits of those of `rows` that have no value, in words of which the first begins with the first row.
  package func clear(_ rows: Range<Int>, in words: UnsafeMutablePointer<UInt64>) {
    self.rows.clear(rows, in: words)
  }
}
