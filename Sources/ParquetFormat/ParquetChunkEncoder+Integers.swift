import Columnar

extension ParquetChunkEncoder {
  /// Integers, decimals, dates and times: with a dictionary of those that occur where that is
  /// smaller, else plain.
  mutating func addIntegers<Value: FixedWidthInteger & SignedInteger>(
    _ column: ParquetColumn, _ parts: [ParquetPart], _ pages: ParquetPages, of type: Value.Type
  ) {
    let values = gathered.memory(of: Value.self, count: pages.rowCount)
    let factor = Value(truncatingIfNeeded: column.factor)
    let count = gather(parts, to: values) { part, rows, target in
      guard case .integers(let source) = part.values else { return }
      source.copy(rows, to: target)
      if factor != 1 { for index in 0..<rows.count { target[index] &*= factor } }
    }
    let form = ParquetNumberForm(column)
    guard let range = extremes(of: values, count: count, isUnsigned: column.isUnsigned) else {
      return addPlain(pages, bitCount: 1) { _, _ in }
    }
    statistics.minimum = form.bytes(Int64(truncatingIfNeeded: range.minimum))
    statistics.maximum = form.bytes(Int64(truncatingIfNeeded: range.maximum))
    guard let entryCount = number(values, count: count, range, width: form.byteCount) else {
      return addPlain(pages, bitCount: form.byteCount * 8) { range, page in
        form.append(values + range.lowerBound, count: range.count, to: &page)
      }
    }
    page.removeAll()
    form.append(entries.memory(of: Value.self, count: entryCount), count: entryCount, to: &page)
    output.addDictionary(page, count: entryCount)
    addCodePages(
      pages, codes.memory(of: UInt32.self, count: count), HybridEncoder(codeCount: entryCount))
  }

  /// Numbers the values that occur, in their order: `entries` and `codes` have them then. Returns how
  /// many there are, or `nil` where plain values are smaller.
  private func number<Value: FixedWidthInteger & SignedInteger>(
    _ values: UnsafePointer<Value>, count: Int, _ range: (minimum: Value, maximum: Value),
    width: Int
  ) -> Int? {
    let last = distance(from: range.minimum, to: range.maximum)
    // A bit for each number in the range: 8 MB at the most, and not much to clear for few values.
    guard last < min(64 * count + 4096, 1 << 26) else { return nil }
    let wordCount = Int(last) / 64 + 1
    let bits = occurring.memory(of: UInt64.self, count: wordCount)
    bits.update(repeating: 0, count: wordCount)
    for index in 0..<count {
      let place = distance(from: range.minimum, to: values[index])
      bits[Int(place &>> 6)] |= 1 &<< (place & 63)
    }
    // The number of the first value of each word.
    let ranks = ranks.memory(of: UInt32.self, count: wordCount)
    var entryCount = 0
    for word in 0..<wordCount {
      ranks[word] = UInt32(truncatingIfNeeded: entryCount)
      entryCount &+= bits[word].nonzeroBitCount
    }
    guard entryCount * width <= options.dictionaryByteCount,
      HybridEncoder(codeCount: entryCount).pays(
        count, entryByteCount: entryCount * width, plainByteCount: count * width)
    else { return nil }
    let entries = entries.memory(of: Value.self, count: entryCount)
    var rank = 0
    for word in 0..<wordCount {
      var rest = bits[word]
      while rest != 0 {
        let place = word &* 64 &+ rest.trailingZeroBitCount
        entries[rank] = range.minimum &+ Value(truncatingIfNeeded: place)
        rank &+= 1
        rest &= rest &- 1
      }
    }
    let codes = codes.memory(of: UInt32.self, count: count)
    for index in 0..<count {
      let place = distance(from: range.minimum, to: values[index])
      let below = bits[Int(place &>> 6)] & (1 &<< (place & 63) &- 1)
      codes[index] =
        ranks[Int(place &>> 6)] &+ UInt32(truncatingIfNeeded: below.nonzeroBitCount)
    }
    return entryCount
  }
}

/// How far `value` is from a number that is not above it.
@inline(__always)
private func distance<Value: FixedWidthInteger & SignedInteger>(
  from minimum: Value, to value: Value
) -> UInt64 {
  UInt64(truncatingIfNeeded: Value.Magnitude(truncatingIfNeeded: value &- minimum))
}

/// The smallest and the largest value; `nil` where there is none.
private func extremes<Value: FixedWidthInteger & SignedInteger>(
  of values: UnsafePointer<Value>, count: Int, isUnsigned: Bool
) -> (minimum: Value, maximum: Value)? {
  if count == 0 { return nil }
  // With the sign bit turned over, numbers without a sign compare as those with one.
  let turned: Value = isUnsigned ? .min : 0
  var minimum = values[0] ^ turned
  var maximum = minimum
  for index in 0..<count {
    let value = values[index] ^ turned
    minimum = value < minimum ? value : minimum
    maximum = value > maximum ? value : maximum
  }
  return (minimum ^ turned, maximum ^ turned)
}

extension HybridEncoder {
  /// Whether a dictionary and the codes of so many values are smaller than plain values.
  func pays(_ valueCount: Int, entryByteCount: Int, plainByteCount: Int) -> Bool {
    entryByteCount + valueCount * width / 8 < plainByteCount
  }
}
