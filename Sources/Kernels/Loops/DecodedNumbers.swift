import Columnar

/// Integers of any shape, decoded a block at a time for the loops over 64 bits.
struct DecodedIntegers: StoredIntegers {
  let integers: IntegerRows

  /// Calls `body` with blocks of rows that have a value somewhere, as words: in as few bytes as hold all that is
  /// decoded, as far as that is known.
  ///
  /// - Parameter isAnswered: Whether all is known of some rows, of which it is told between which words they lie.
  private func forEachBlock(
    _ rows: ColumnRows,
    unless isAnswered: (ClosedRange<Int64>, ColumnRows) -> Bool = { _, _ in false },
    _ body: (any StoredIntegers, ColumnRows) -> Void
  ) {
    func add(_ range: Range<Int>, _ words: () -> PlainValues) {
      if let bounds = integers.bounds(of: range), isAnswered(bounds, rows[range]) { return }
      let words = words()
      let block = rows[range].rows(as: .plain(words), in: [])
      if block.valueCount > 0, let stored = words.integers { body(stored, block) }
    }
    func copied<Word>(
      _ range: Range<Int>, _ words: UnsafeMutablePointer<Word>
    ) -> UnsafePointer<Word> {
      integers.copy(
        range, to: UnsafeMutableRawPointer(words), width: MemoryLayout<Word>.size)
      return UnsafePointer(words)
    }
    switch integers.decodedByteCount {
    case 1:
      rows.forEachBlock(of: Int8.self) { range, room in add(range) { .int8(copied(range, room)) } }
    case 2:
      rows.forEachBlock(of: Int16.self) { range, room in add(range) { .int16(copied(range, room)) }
      }
    case 4:
      rows.forEachBlock(of: Int32.self) { range, room in add(range) { .int32(copied(range, room)) }
      }
    default:
      rows.forEachBlock(of: Int64.self) { range, room in
        add(range) { .int64(integers.words(range, room)) }
      }
    }
  }

  func sum(_ rows: ColumnRows) -> Int128 {
    var sum = integers.offset * Int128(rows.valueCount)
    forEachBlock(rows) { sum += $0.sum($1) }
    return sum
  }

  func minMax(_ rows: ColumnRows) -> (minimum: Int128, maximum: Int128) {
    var (minimum, maximum) = (Int128.max, Int128.min)
    forEachBlock(rows) { bounds, _ in
      minimum <= Int128(bounds.lowerBound) && Int128(bounds.upperBound) <= maximum
    } _: { words, block in
      let ends = words.minMax(block)
      (minimum, maximum) = (min(minimum, ends.minimum), max(maximum, ends.maximum))
    }
    return (minimum + integers.offset, maximum + integers.offset)
  }

  func count(_ comparison: Comparison, _ constant: Int128, _ rows: ColumnRows) -> Int {
    let (word, overflow) = constant.subtractingReportingOverflow(integers.offset)
    // So far out, the constant itself lies beyond every word, too.
    let bound = overflow ? constant : word
    var count = 0
    forEachBlock(rows) { bounds, block in
      guard let isCounted = comparison.holds(for: bounds, bound) else { return false }
      if isCounted { count += block.valueCount }
      return true
    } _: { words, block in
      count += words.count(comparison, bound, block)
    }
    return count
  }
}

/// Floating point of any shape, decoded a block at a time for the loops over 64 bits.
struct DecodedFloats: StoredFloats {
  /// Calls `body` with blocks of rows that have a value somewhere.
  private func forEachBlock(_ rows: ColumnRows, _ body: (any StoredFloats, ColumnRows) -> Void) {
    let floats = rows.view.floats
    rows.forEachBlock(of: Double.self) { range, scratch in
      let numbers = PlainValues.float64(floats.read(range, scratch))
      let block = rows[range].rows(as: .plain(numbers), in: [])
      if block.valueCount > 0, let stored = numbers.floats { body(stored, block) }
    }
  }

  func sum(_ rows: ColumnRows) -> Double { rows.blockSum(.propagate).total }

  func sumSkippingNaN(_ rows: ColumnRows) -> FloatSum { rows.blockSum(.skip) }

  func minMax(_ rows: ColumnRows) -> (minimum: Double, maximum: Double)? {
    var joined: (minimum: Double, maximum: Double)?
    forEachBlock(rows) { numbers, block in
      guard let ends = numbers.minMax(block) else { return }
      joined = joined.map { (min($0.minimum, ends.minimum), max($0.maximum, ends.maximum)) } ?? ends
    }
    return joined
  }

  func count(_ comparison: Comparison, _ constant: Double, _ rows: ColumnRows) -> Int {
    var count = 0
    forEachBlock(rows) { count += $0.count(comparison, constant, $1) }
    return count
  }
}
