import CKernels
import Columnar

/// Integers in packed blocks: whole blocks are read as they lie where there is a loop for their width, else
/// unpacked on the way. Null rows hold 0.
struct PackedNumbers: StoredIntegers {
  let values: PackedValues

  func sum(_ rows: ColumnRows) -> Int128 {
    var sum: Int128 = 0
    forEachPart(of: rows.count) { blocks, blockCount in
      let total =
        switch values.wordByteCount {
        case 1: diet_packed_sum_u8(blocks.as(UInt8.self), values.bits, blockCount)
        case 2: diet_packed_sum_u16(blocks.as(UInt16.self), values.bits, blockCount)
        default: diet_packed_sum_u32(blocks.as(UInt32.self), values.bits, blockCount)
        }
      sum += Int128(total)
    } rest: { run in
      values.forEachRun(run) { _, count, words in
        sum += words.stored.sum(rows.part(view: .plain(words), count: count))
      }
    }
    return sum
  }

  func minMax(_ rows: ColumnRows) -> (minimum: Int128, maximum: Int128) {
    ends(rows, absentCount: rows.nullCount) ?? (Int128.max, Int128.min)
  }

  /// The least and the greatest number; `nil` where there is none.
  ///
  /// - Parameter absentCount: How many rows hold 0 and have no number.
  func ends(
    _ rows: ColumnRows, absentCount: Int
  ) -> (minimum: Int128, maximum: Int128)? {
    if absentCount >= rows.count { return nil }
    let first = absentCount > 0 ? 1 : 0
    var (minimum, maximum) = (Int128.max, Int128(0))
    func add(_ ends: (low: Int128, high: Int128)) {
      if ends.high < first { return }
      (minimum, maximum) = (min(minimum, ends.low), max(maximum, ends.high))
    }
    forEachPart(of: rows.count) { blocks, blockCount in
      add(values.ends(blocks, blockCount, from: first))
    } rest: { run in
      values.forEachRun(run) { _, count, words in
        if let ends = words.ends(count, from: first) { add(ends) }
      }
    }
    // Zeros are numbers, too, where there are more than rows without one.
    if absentCount > 0, countAll(.equal, 0, rows) > absentCount { minimum = 0 }
    return (minimum, maximum)
  }

  func count(_ comparison: Comparison, _ constant: Int128, _ rows: ColumnRows) -> Int {
    let nulls = comparison.holds(0, constant) ? rows.nullCount : 0
    if constant < 0 || constant > Int128(values.limit) {
      // Past an end of the numbers, all rows compare alike.
      return comparison.holds(constant < 0 ? 1 : 0, constant < 0 ? 0 : 1) ? rows.valueCount : 0
    }
    if comparison == .greater {
      return rows.count - countAll(.less, constant + 1, rows) - nulls
    }
    return countAll(comparison, constant, rows) - nulls
  }

  /// The rows, null ones among them, whose number is `constant`, or less than it.
  private func countAll(_ comparison: Comparison, _ constant: Int128, _ rows: ColumnRows) -> Int {
    if constant > Int128(values.limit) { return rows.count }
    let key = UInt64(constant)
    let isEqual = comparison == .equal
    var total = 0
    forEachPart(of: rows.count) { blocks, blockCount in
      switch values.wordByteCount {
      case 1:
        let count = isEqual ? diet_packed_count_eq_u8 : diet_packed_count_lt_u8
        total += count(blocks.as(UInt8.self), values.bits, blockCount, UInt8(key))
      case 2:
        let count = isEqual ? diet_packed_count_eq_u16 : diet_packed_count_lt_u16
        total += count(blocks.as(UInt16.self), values.bits, blockCount, UInt16(key))
      default:
        let count = isEqual ? diet_packed_count_eq_u32 : diet_packed_count_lt_u32
        total += count(blocks.as(UInt32.self), values.bits, blockCount, UInt32(key))
      }
    } rest: { run in
      values.forEachRun(run) { _, count, words in
        total += words.stored.count(
          comparison, constant, rows.part(view: .plain(words), count: count))
      }
    }
    return total
  }

  /// Calls `whole` with the blocks that lie within the rows, and `rest` with the rows that are left; with
  /// all where there is no loop over blocks of the width.
  private func forEachPart(
    of count: Int, whole: (UnsafeRawPointer, Int) -> Void, rest: (Range<Int>) -> Void
  ) {
    if !values.hasLoops { return rest(0..<count) }
    let parts = values.wholeBlocks(count)
    if !parts.before.isEmpty { rest(parts.before) }
    if parts.blockCount > 0 { whole(parts.blocks, parts.blockCount) }
    if !parts.after.isEmpty { rest(parts.after) }
  }
}

extension PackedValues {
  /// Whether there are loops over blocks of these numbers as they lie.
  fileprivate var hasLoops: Bool { bits < 32 }

  /// The least and the greatest number of so many blocks from `first` on, which is 0 or 1; 0 where there is none.
  fileprivate func ends(
    _ blocks: UnsafeRawPointer, _ count: Int, from first: Int
  ) -> (low: Int128, high: Int128) {
    switch wordByteCount {
    case 1:
      var (low, high): (UInt8, UInt8) = (0, 0)
      diet_packed_ends_u8(blocks.as(UInt8.self), bits, count, UInt8(first), &low, &high)
      return (Int128(low), Int128(high))
    case 2:
      var (low, high): (UInt16, UInt16) = (0, 0)
      diet_packed_ends_u16(blocks.as(UInt16.self), bits, count, UInt16(first), &low, &high)
      return (Int128(low), Int128(high))
    default:
      var (low, high): (UInt32, UInt32) = (0, 0)
      diet_packed_ends_u32(blocks.as(UInt32.self), bits, count, UInt32(first), &low, &high)
      return (Int128(low), Int128(high))
    }
  }

  /// Writes a bit for each row of `range`, which starts at a multiple of 64: whether its number is from
  /// `low` to `high`.
  func writeRows(
    _ range: Range<Int>, from low: UInt64, through high: UInt64,
    _ out: UnsafeMutablePointer<UInt64>
  ) {
    let start = advanced(by: range.lowerBound)
    let parts = start.wholeBlocks(range.count)
    guard hasLoops, parts.before.isEmpty, parts.blockCount > 0 else {
      return writeEachRun(range, from: low, through: high, out)
    }
    let (blocks, count) = (parts.blocks, parts.blockCount)
    switch wordByteCount {
    case 1:
      diet_packed_between_u8(blocks.as(UInt8.self), bits, count, UInt8(low), UInt8(high), out)
    case 2:
      diet_packed_between_u16(blocks.as(UInt16.self), bits, count, UInt16(low), UInt16(high), out)
    default:
      diet_packed_between_u32(blocks.as(UInt32.self), bits, count, UInt32(low), UInt32(high), out)
    }
    if parts.after.isEmpty { return }
    let rest = range.lowerBound + parts.after.lowerBound..<range.upperBound
    writeEachRun(rest, from: low, through: high, out + parts.after.lowerBound / 64)
  }

  private func writeEachRun(
    _ range: Range<Int>, from low: UInt64, through high: UInt64,
    _ out: UnsafeMutablePointer<UInt64>
  ) {
    forEachRun(range) { place, count, words in
      let out = out + place / 64
      switch words {
      case .uint8(let words): diet_between_u8(words, count, UInt8(low), UInt8(high), out)
      case .uint16(let words): diet_between_u16(words, count, UInt16(low), UInt16(high), out)
      case .uint32(let words): diet_between_u32(words, count, UInt32(low), UInt32(high), out)
      case .uint64(let words): diet_between_u64(words, count, low, high, out)
      default: fatalError("numbers are unpacked to words without a sign")
      }
    }
  }
}

extension PlainValues {
  /// The least and the greatest of the first `count` numbers that are `first`, 0 or 1, or more; `nil` where none is.
  fileprivate func ends(_ count: Int, from first: Int) -> (low: Int128, high: Int128)? {
    func ends<T: LoopInteger & UnsignedInteger>(_ words: UnsafePointer<T>) -> (Int128, Int128)? {
      if first == 0 { return T.minMax(words, count, nil).map { (Int128($0.0), Int128($0.1)) } }
      var (low, high) = (T.max, T.min)
      for row in 0..<count {
        // Less one without a sign, 0 is the greatest.
        low = min(low, words[row] &- 1)
        high = max(high, words[row])
      }
      return high == 0 ? nil : (Int128(low) + 1, Int128(high))
    }
    return switch self {
    case .uint8(let words): ends(words)
    case .uint16(let words): ends(words)
    case .uint32(let words): ends(words)
    case .uint64(let words): ends(words)
    default: fatalError("numbers are unpacked to words without a sign")
    }
  }

  /// The words that numbers are unpacked to.
  fileprivate var stored: any StoredIntegers {
    guard let integers else { fatalError("numbers are unpacked to words") }
    return integers
  }
}

extension UnsafeRawPointer {
  /// The same memory as words. Sound: blocks are made of such words, and lie as these must.
  fileprivate func `as`<Word: PackedWord>(_ type: Word.Type) -> UnsafePointer<Word> {
    assumingMemoryBound(to: type)
  }
}
