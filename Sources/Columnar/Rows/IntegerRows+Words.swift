import CKernels

/// Words of 64 bits that compare as the values do: value = word + `offset`, whatever the shape.
///
/// Those of offsets from a base are the offsets, those of numbers without a sign the number less
/// 2^63, so that no value overflows.
extension IntegerRows {
  /// What is added to each word to have the value.
  package var offset: Int128 {
    if case .plain(let values) = storage { return Int128(base) + values.wordOffset }
    return isUnsigned ? 1 << 63 : 0
  }

  /// Whether words are far from the ends of 64 bits, so that adding to them does not overflow.
  package var hasNarrowWords: Bool {
    switch storage {
    case .plain(.int64), .plain(.uint64), .sequence, .indexed, .decoded: false
    case .plain(.packed(let values)): values.bits < 60
    case .plain, .bits: true
    }
  }

  /// Writes the words of rows in any order. Those of null rows mean nothing.
  package func gatherWords(
    _ rows: UnsafeBufferPointer<UInt32>, to target: UnsafeMutablePointer<Int64>
  ) {
    func subtractSignBit() { for place in rows.indices { target[place] ^= .min } }
    switch storage {
    case .plain(.packed(let values)): values.gather(rows, to: target)
    case .plain(let values):
      values.accept(WordGather(rows: rows, target: target))
      if case .uint64 = values { subtractSignBit() }
    case .sequence, .indexed, .bits, .decoded:
      for (place, row) in rows.enumerated() { target[place] = value(at: Int(row)) }
      if isUnsigned { subtractSignBit() }
    }
  }

  /// The words of `rows`: in `scratch`, which has room for them, or where they are stored. Those of
  /// null rows mean nothing.
  package func words(
    _ rows: Range<Int>, _ scratch: UnsafeMutablePointer<Int64>
  ) -> UnsafePointer<Int64> {
    switch storage {
    case .plain(let values): return values.words(rows, scratch)
    case .bits(let bits): return PlainValues.bits(bits).words(rows, scratch)
    case .indexed(let codes, let values):
      values.withUnsafeBufferPointer {
        guard let table = $0.baseAddress else {
          // Without entries there is no value in any row.
          return scratch.update(repeating: 0, count: rows.count)
        }
        codes.lookUp(rows, in: table.asWords, scratch.asWords)
      }
    case .sequence(let start, step: 0): scratch.update(repeating: start, count: rows.count)
    case .sequence(let start, let step):
      var value = start &+ step &* Int64(rows.lowerBound)
      var row = 0
      while row < rows.count {
        scratch[row] = value
        value &+= step
        row &+= 1
      }
    case .decoded(let decoder, let firstRow):
      decoder.decode(rows.shifted(by: firstRow), to: scratch)
    }
    if isUnsigned { for row in 0..<rows.count { scratch[row] ^= .min } }
    return UnsafePointer(scratch)
  }
}

private struct WordGather: IntegerVisitor {
  let rows: UnsafeBufferPointer<UInt32>
  let target: UnsafeMutablePointer<Int64>

  func visit<Value: FixedWidthInteger>(_ values: UnsafePointer<Value>) {
    for place in 0..<rows.count {
      target[place] = Int64(truncatingIfNeeded: values[Int(rows[place])])
    }
  }
}

extension PlainValues {
  /// What is added to the words to have the values.
  package var wordOffset: Int128 { if case .uint64 = self { 1 << 63 } else { 0 } }

  /// Integers as 64-bit words, in `scratch` unless they are stored so; zeros where these are no
  /// integers.
  package func words(
    _ range: Range<Int>, _ scratch: UnsafeMutablePointer<Int64>
  ) -> UnsafePointer<Int64> {
    let (start, count) = (range.lowerBound, range.count)
    switch self {
    case .int64(let values): return values + start
    case .int8(let values): diet_widen_i8(values + start, count, scratch)
    case .int16(let values): diet_widen_i16(values + start, count, scratch)
    case .int32(let values): diet_widen_i32(values + start, count, scratch)
    case .uint8(let values): diet_widen_u8(values + start, count, scratch)
    case .uint16(let values): diet_widen_u16(values + start, count, scratch)
    case .uint32(let values): diet_widen_u32(values + start, count, scratch)
    case .uint64(let values): diet_widen_u64(values + start, count, scratch)
    case .bits(let bits):
      var row = 0
      while row < count {
        let place = start &+ row
        scratch[row] = Int64(truncatingIfNeeded: bits[place &>> 3] &>> UInt8(place & 7) & 1)
        row &+= 1
      }
    case .packed(let values) where values.wordByteCount == 8:
      values.unpack(range, to: scratch.asWords)
    case .packed(let values):
      values.forEachRun(range) { place, count, words in
        _ = words.words(0..<count, scratch + place)
      }
    case .decoded(let numbers):
      numbers.decoder.decode(range.shifted(by: numbers.firstRow), to: scratch)
    case .float32, .float64, .fixed, .utf8: scratch.update(repeating: 0, count: count)
    }
    return UnsafePointer(scratch)
  }

  /// The words of a table at these codes, which have no sign.
  package func lookUp(
    _ range: Range<Int>, in table: UnsafePointer<UInt64>, _ target: UnsafeMutablePointer<UInt64>
  ) {
    switch self {
    case .uint8(let codes): diet_lookup_u8(codes + range.lowerBound, range.count, table, target)
    case .uint16(let codes): diet_lookup_u16(codes + range.lowerBound, range.count, table, target)
    case .uint32(let codes): diet_lookup_u32(codes + range.lowerBound, range.count, table, target)
    case .packed, .decoded:
      forEachRun(range) { place, count, words in
        words.lookUp(0..<count, in: table, target + place)
      }
    default: for (place, row) in range.enumerated() { target[place] = table[code(at: row)] }
    }
  }
}

extension UnsafePointer<Int64> {
  /// The same memory as words without a sign: sound, as both are plain bits of one size.
  package var asWords: UnsafePointer<UInt64> {
    UnsafeRawPointer(self).assumingMemoryBound(to: UInt64.self)
  }
}

extension UnsafeMutablePointer<Int64> {
  package var asWords: UnsafeMutablePointer<UInt64> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: UInt64.self)
  }
}

extension UnsafePointer<Double> {
  /// The same memory as words of 64 bits: sound, as both are plain bits of one size.
  package var asWords: UnsafePointer<UInt64> {
    UnsafeRawPointer(self).assumingMemoryBound(to: UInt64.self)
  }
}

extension UnsafeMutablePointer<Double> {
  package var asWords: UnsafeMutablePointer<UInt64> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: UInt64.self)
  }
}
