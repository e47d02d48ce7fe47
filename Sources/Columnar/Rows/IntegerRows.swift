/// The integers of a view, whatever its shape: one at a time, or blocks of rows in any width.
///
/// Dispatch is once a block; below it are loops over one pair of types. Values past 2^63 − 1 are
/// handed on as the Int64 of the same bits, and `isUnsigned` says so.
package struct IntegerRows {
  package enum Storage {
    case plain(PlainValues)
    /// `start + step * row`; a constant is a sequence that stands still.
    case sequence(start: Int64, step: Int64)
    case indexed(codes: PlainValues, values: [Int64])
    case bits(UnsafePointer<UInt8>)
    case decoded(any IntegerDecoder, firstRow: Int)
  }

  package let storage: Storage
  /// What is added to each stored value.
  package let base: Int64
  /// Whether the bits are to be read without a sign.
  package let isUnsigned: Bool

  /// `nil` where the view does not hold integers.
  package init?(_ view: ColumnView) {
    switch view {
    case .plain(.bits(let bits)): self.init(storage: .bits(bits))
    case .plain(.decoded(let numbers)):
      self.init(storage: .decoded(numbers.decoder, firstRow: numbers.firstRow))
    case .plain(let values):
      guard values.isInteger else { return nil }
      if case .uint64 = values {
        self.init(storage: .plain(values), isUnsigned: true)
      } else {
        self.init(storage: .plain(values))
      }
    case .scaled(let base, .packed(let offsets)):
      self.init(storage: .plain(.packed(offsets)), base: base)
    case .scaled(let base, let offsets):
      // Offsets have at most 32 bits, so that only a base near the end can lead past it.
      self.init(storage: .plain(offsets), base: base, isUnsigned: base > Int64.max - (1 << 32))
    case .sequence(let start, let step): self.init(storage: .sequence(start: start, step: step))
    case .indexed(let codes, let dictionary, let count):
      guard let values = IntegerRows(dictionary) else { return nil }
      self.init(
        storage: .indexed(codes: codes, values: (0..<count).map { values.value(at: $0) }),
        isUnsigned: values.isUnsigned)
    case .constant(let value?):
      guard let rows = IntegerRows(value) else { return nil }
      self.init(storage: .sequence(start: rows.value(at: 0), step: 0), isUnsigned: rows.isUnsigned)
    case .constant(nil): self.init(storage: .sequence(start: 0, step: 0))
    case .decoded(let view):
      guard case .integers(let decoder) = view.decoder else { return nil }
      self.init(
        storage: .decoded(decoder, firstRow: view.firstRow), isUnsigned: decoder.isUnsigned)
    }
  }

  /// For each row the value that its code stands for.
  package init(codes: PlainValues, values: [Int64]) {
    self.init(storage: .indexed(codes: codes, values: values))
  }

  private init(storage: Storage, base: Int64 = 0, isUnsigned: Bool = false) {
    self.storage = storage
    self.base = base
    self.isUnsigned = isUnsigned
  }

  /// The value in a row.
  @inlinable @inline(__always)
  package func value(at row: Int) -> Int64 {
    switch storage {
    case .plain(let values): values.integer(at: row) &+ base
    case .sequence(let start, let step): start &+ step &* Int64(row)
    case .indexed(let codes, let values): values[Int(codes.integer(at: row))]
    case .bits(let bits): Int64(bits[row >> 3] >> UInt8(row & 7) & 1)
    case .decoded(let decoder, let firstRow): decoder.value(at: firstRow &+ row)
    }
  }

  /// Between which the values of `rows` are known to lie without a look at each; `nil` where nothing is known.
  package func bounds(of rows: Range<Int>) -> ClosedRange<Int64>? {
    guard case .decoded(let decoder, let firstRow) = storage, !isUnsigned, !rows.isEmpty else {
      return nil
    }
    return decoder.bounds(of: rows.shifted(by: firstRow))
  }

  /// The value in a row as a number that has its sign.
  package func wideValue(at row: Int) -> Int128 { widened(value(at: row)) }

  /// The bytes of the narrowest words with a sign that hold what has to be decoded, as far as the decoder knows; 8 of
  /// all others.
  package var decodedByteCount: Int {
    guard case .decoded(let decoder, _) = storage, !isUnsigned, let bounds = decoder.bounds else {
      return 8
    }
    func holds<Word: FixedWidthInteger>(_ type: Word.Type) -> Bool {
      Word(exactly: bounds.lowerBound) != nil && Word(exactly: bounds.upperBound) != nil
    }
    return holds(Int8.self) ? 1 : holds(Int16.self) ? 2 : holds(Int32.self) ? 4 : 8
  }

  /// Writes the values of `rows` as they are in `Target`, which must hold them.
  @inlinable @inline(__always)
  package func copy<Target: FixedWidthInteger>(
    _ rows: Range<Int>, to target: UnsafeMutablePointer<Target>
  ) {
    copy(rows, to: UnsafeMutableRawPointer(target), width: MemoryLayout<Target>.size)
  }

  /// Writes the values of `rows` as integers of `width` bytes (1, 2, 4, 8 or 16), which must hold
  /// them.
  ///
  /// Without type parameters, so that the loops are compiled here once for each width whoever calls.
  package func copy(_ rows: Range<Int>, to target: UnsafeMutableRawPointer, width: Int) {
    switch width {
    case 1: write(rows, to: target.assumingMemoryBound(to: Int8.self))
    case 2: write(rows, to: target.assumingMemoryBound(to: Int16.self))
    case 4: write(rows, to: target.assumingMemoryBound(to: Int32.self))
    case 8: write(rows, to: target.assumingMemoryBound(to: Int64.self))
    default: write(rows, to: target.assumingMemoryBound(to: Int128.self))
    }
  }

  private func write<Target: FixedWidthInteger>(
    _ rows: Range<Int>, to target: UnsafeMutablePointer<Target>
  ) {
    switch storage {
    case .plain(.packed(let values)) where values.wordByteCount == MemoryLayout<Target>.size:
      values.unpack(rows, adding: base, to: UnsafeMutableRawPointer(target))
    case .plain(.packed(let values)):
      values.forEachRun(rows) { place, count, words in
        words.accept(IntegerCopy(rows: 0..<count, base: base, target: target + place))
      }
    case .plain(let values): values.accept(IntegerCopy(rows: rows, base: base, target: target))
    case .sequence(let start, let step):
      if step == 0 {
        target.update(repeating: Target(truncatingIfNeeded: start), count: rows.count)
      } else {
        for (index, row) in rows.enumerated() {
          target[index] = Target(truncatingIfNeeded: start &+ step &* Int64(row))
        }
      }
    case .indexed(let codes, let values):
      values.withUnsafeBufferPointer { values in
        codes.forEachRun(rows) { place, count, words in
          words.accept(IntegerGather(rows: 0..<count, values: values, target: target + place))
        }
      }
    case .bits:
      for (index, row) in rows.enumerated() { target[index] = Target(value(at: row)) }
    case .decoded(let decoder, let firstRow):
      let rows = rows.shifted(by: firstRow)
      if !rows.isEmpty, let bounds = decoder.bounds(of: rows),
        bounds.lowerBound == bounds.upperBound
      {
        return target.update(
          repeating: Target(truncatingIfNeeded: bounds.lowerBound), count: rows.count)
      }
      decoder.decode(
        rows, to: UnsafeMutableRawPointer(target), width: MemoryLayout<Target>.size)
    }
  }

  /// Writes the values of `rows` divided by `divisor`, each rounded once.
  package func divide(
    _ rows: Range<Int>, by divisor: Double, to target: UnsafeMutablePointer<Double>
  ) {
    if case .plain(.packed(let values)) = storage {
      values.forEachRun(rows) { place, count, words in
        words.accept(
          IntegerDivision(rows: 0..<count, base: base, divisor: divisor, target: target + place))
      }
    } else if case .plain(let values) = storage {
      values.accept(IntegerDivision(rows: rows, base: base, divisor: divisor, target: target))
    } else {
      // Rows that have to be decoded are so a block at a time.
      let size = min(rows.count, 2048)
      withUnsafeTemporaryAllocation(of: Int64.self, capacity: size) { room in
        guard let words = room.baseAddress, size > 0 else { return }
        for start in stride(from: rows.lowerBound, to: rows.upperBound, by: size) {
          let block = start..<min(start + size, rows.upperBound)
          copy(block, to: words)
          let place = target + (start - rows.lowerBound)
          for row in 0..<block.count { place[row] = Double(words[row]) / divisor }
        }
      }
    }
  }

  /// The smallest and the largest of the first `count` values; `nil` where there is none.
  package func range(count: Int) -> ClosedRange<Int128>? {
    if count == 0 { return nil }
    switch storage {
    case .plain(.packed(let values)):
      var (least, greatest) = (Int128.max, Int128.min)
      values.forEachRun(0..<count) { _, count, words in
        guard let ends = words.accept(IntegerRange(count: count)) else { return }
        (least, greatest) = (min(least, ends.lowerBound), max(greatest, ends.upperBound))
      }
      return least + Int128(base)...greatest + Int128(base)
    case .plain(let values):
      guard let stored = values.accept(IntegerRange(count: count)) else { return nil }
      return stored.lowerBound + Int128(base)...stored.upperBound + Int128(base)
    case .sequence(let start, let step):
      let first = widened(start)
      let last = first + Int128(step) * Int128(count - 1)
      return min(first, last)...max(first, last)
    case .indexed(_, let values):
      guard let first = values.first else { return 0...0 }
      return values.reduce(widened(first)...widened(first)) {
        min($0.lowerBound, widened($1))...max($0.upperBound, widened($1))
      }
    case .bits: return 0...1
    case .decoded(let decoder, let firstRow):
      var range: ClosedRange<Int128>?
      decoder.forEachBlock(firstRow..<firstRow + count) { _, values in
        for value in values {
          let value = widened(value)
          range =
            range.map { min($0.lowerBound, value)...max($0.upperBound, value) } ?? value...value
        }
      }
      return range
    }
  }

  func widened(_ value: Int64) -> Int128 {
    isUnsigned ? Int128(UInt64(bitPattern: value)) : Int128(value)
  }
}

private struct IntegerCopy<Target: FixedWidthInteger>: IntegerVisitor {
  let rows: Range<Int>
  let base: Int64
  let target: UnsafeMutablePointer<Target>

  func visit<Value: FixedWidthInteger>(_ values: UnsafePointer<Value>) {
    let source = values + rows.lowerBound
    let count = rows.count
    // Modulo the target's width, which is exact because the sum fits it.
    let add = Target(truncatingIfNeeded: base)
    var index = 0
    while index < count {
      target[index] = Target(truncatingIfNeeded: source[index]) &+ add
      index &+= 1
    }
  }
}

private struct IntegerGather<Target: FixedWidthInteger>: IntegerVisitor {
  let rows: Range<Int>
  let values: UnsafeBufferPointer<Int64>
  let target: UnsafeMutablePointer<Target>

  func visit<Code: FixedWidthInteger>(_ codes: UnsafePointer<Code>) {
    guard let values = values.baseAddress else {
      // Without entries there is no value in any row.
      return target.update(repeating: 0, count: rows.count)
    }
    for (index, row) in rows.enumerated() {
      target[index] = Target(truncatingIfNeeded: values[Int(truncatingIfNeeded: codes[row])])
    }
  }
}

private struct IntegerDivision: IntegerVisitor {
  let rows: Range<Int>
  let base: Int64
  let divisor: Double
  let target: UnsafeMutablePointer<Double>

  func visit<Value: FixedWidthInteger>(_ values: UnsafePointer<Value>) {
    let source = values + rows.lowerBound
    let count = rows.count
    var index = 0
    while index < count {
      target[index] = Double(Int64(truncatingIfNeeded: source[index]) &+ base) / divisor
      index &+= 1
    }
  }
}

private struct IntegerRange: IntegerVisitor {
  let count: Int

  func visit<Value: FixedWidthInteger>(_ values: UnsafePointer<Value>) -> ClosedRange<Int128> {
    var minimum = values[0]
    var maximum = values[0]
    var index = 1
    while index < count {
      let value = values[index]
      minimum = value < minimum ? value : minimum
      maximum = value > maximum ? value : maximum
      index &+= 1
    }
    return Int128(minimum)...Int128(maximum)
  }
}
