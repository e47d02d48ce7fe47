import CKernels
import TestSupport
import Testing

/// Each loop in C answers as a plain loop in Swift does, with nulls and without.
struct ReductionLoopTests {
  /// Around the ends of words and of blocks, and a few in between.
  static let sizes = [0, 1, 15, 16, 17, 63, 64, 65, 127, 128, 129, 1023, 1024, 1025, 3500]
  static let nullPercents = [0, 3, 60, 100]

  func forEachCase<T>(
    _ value: (inout SeededGenerator) -> T, _ check: (MaskedRows<T>, String) -> Void
  ) {
    for (index, size) in Self.sizes.enumerated() {
      for nullPercent in Self.nullPercents {
        let seed = UInt64(index * 1000 + nullPercent)
        var generator = SeededGenerator(seed: seed)
        let rows = MaskedRows(
          count: size, nullPercent: nullPercent, using: &generator, value: value)
        check(rows, "seed \(seed), \(size) rows, \(nullPercent) % null")
      }
    }
  }

  func checkEndsAndCounts<T>(
    _ loops: ReductionLoops<T>, _ rows: MaskedRows<T>, keys: [T], _ origin: String
  ) {
    let (values, words, count) = (rows.values, rows.words, rows.values.count)
    let origin: Comment = "\(loops.name), \(origin)"
    #expect(
      loops.ends { loops.minmax(values, count, $0, $1) } == loops.referenceEnds(values), origin)
    #expect(
      loops.ends { loops.maskedMinmax(values, words, count, $0, $1) }
        == loops.referenceEnds(rows.present), origin)
    for key in keys {
      #expect(
        loops.counts.map { $0(values, count, key) } == loops.referenceCounts(values, key: key),
        origin)
      #expect(
        loops.maskedCounts.map { $0(values, words, count, key) }
          == loops.referenceCounts(rows.present, key: key), origin)
    }
  }

  /// Half of the values are among the ends of the type, where lanes overflow.
  func checkIntegers<T: FixedWidthInteger & Sendable>(
    _ loops: ReductionLoops<T>,
    sum: ([T]) -> Int128, maskedSum: ([T], [UInt64]) -> Int128
  ) {
    let keys: [T] = [.min, .max, 1]
    for few in [[], [.min], [.max], [.min, .max, 0, 1]] as [[T]] {
      forEachCase {
        few.randomElement(using: &$0) ?? T(truncatingIfNeeded: $0.next())
      } _: {
        rows, origin in
        checkEndsAndCounts(loops, rows, keys: keys, origin)
        let origin: Comment = "\(loops.name), \(origin)"
        #expect(sum(rows.values) == rows.values.reduce(0) { $0 + Int128($1) }, origin)
        #expect(
          maskedSum(rows.values, rows.words) == rows.present.reduce(0) { $0 + Int128($1) }, origin)
      }
    }
  }

  @Test
  func `Narrow integers`() {
    checkIntegers(.i8) {
      Int128(diet_sum_i8($0, $0.count))
    } maskedSum: {
      Int128(diet_sum_masked_i8($0, $1, $0.count))
    }
    checkIntegers(.i16) {
      Int128(diet_sum_i16($0, $0.count))
    } maskedSum: {
      Int128(diet_sum_masked_i16($0, $1, $0.count))
    }
    checkIntegers(.i32) {
      Int128(diet_sum_i32($0, $0.count))
    } maskedSum: {
      Int128(diet_sum_masked_i32($0, $1, $0.count))
    }
    checkIntegers(.u8) {
      Int128(diet_sum_u8($0, $0.count))
    } maskedSum: {
      Int128(diet_sum_masked_u8($0, $1, $0.count))
    }
    checkIntegers(.u16) {
      Int128(diet_sum_u16($0, $0.count))
    } maskedSum: {
      Int128(diet_sum_masked_u16($0, $1, $0.count))
    }
    checkIntegers(.u32) {
      Int128(diet_sum_u32($0, $0.count))
    } maskedSum: {
      Int128(diet_sum_masked_u32($0, $1, $0.count))
    }
  }

  @Test
  func `Wide integers, whose sums need 128 bits`() {
    checkIntegers(.i64) { values in
      wideSum { diet_sum_i64(values, values.count, $0, $1) }
    } maskedSum: { values, words in
      wideSum { diet_sum_masked_i64(values, words, values.count, $0, $1) }
    }
    checkIntegers(.u64) { values in
      wideSum { diet_sum_u64(values, values.count, $0, $1) }
    } maskedSum: { values, words in
      wideSum { diet_sum_masked_u64(values, words, values.count, $0, $1) }
    }
  }

  func wideSum(
    _ call: (UnsafeMutablePointer<Int64>, UnsafeMutablePointer<UInt64>) -> Void
  ) -> Int128 {
    var high: Int64 = 0
    var low: UInt64 = 0
    call(&high, &low)
    return Int128(high) << 64 + Int128(low)
  }

  /// Values of very different size, so that the order of additions shows in the last bits.
  func checkFloats<T: BinaryFloatingPoint & Sendable>(
    _ loops: ReductionLoops<T>, specials: [T],
    sum: ([T]) -> Double, maskedSum: ([T], [UInt64]) -> Double
  ) where T.RawSignificand: FixedWidthInteger {
    func value(_ generator: inout SeededGenerator) -> T {
      let isSpecial = Int.random(in: 0..<10, using: &generator) == 0
      if isSpecial, let special = specials.randomElement(using: &generator) { return special }
      let scale = T(1 << Int.random(in: 0..<40, using: &generator))
      return T.random(in: -1...1, using: &generator) * scale
    }
    forEachCase(value) { rows, origin in
      checkEndsAndCounts(loops, rows, keys: [0, 1, .infinity, .nan], origin)
      let origin: Comment = "\(loops.name), \(origin)"
      let masked = zip(rows.values, rows.isValid).map { $1 ? Double($0) : nil }
      let expected = referenceSum(rows.values.map { Double($0) })
      let expectedMasked = referenceSum(masked)
      #expect(isSame(sum(rows.values), expected), origin)
      #expect(isSame(maskedSum(rows.values, rows.words), expectedMasked), origin)
    }
  }

  /// The same bits, but for the payload of NaN, which the CPU chooses.
  func isSame(_ left: Double, _ right: Double) -> Bool {
    left.bitPattern == right.bitPattern || (left.isNaN && right.isNaN)
  }

  @Test(arguments: [[], [0], [-0.0], [.nan], [.infinity], [.nan, .infinity, -.infinity]])
  func `Floating point, to the last bit`(specials: [Double]) {
    checkFloats(.f32, specials: specials.map { Float($0) }) {
      diet_sum_f32($0, $0.count)
    } maskedSum: {
      diet_sum_masked_f32($0, $1, $0.count)
    }
    checkFloats(.f64, specials: specials) {
      diet_sum_f64($0, $0.count)
    } maskedSum: {
      diet_sum_masked_f64($0, $1, $0.count)
    }
  }

  @Test
  func `Bytes at the ends of their range do not overflow a lane`() {
    for count in [16_384, 16_385, 100_000] {
      #expect(
        diet_sum_i8([Int8](repeating: .min, count: count), count) == Int64(count) * -128)
      #expect(diet_sum_i8([Int8](repeating: .max, count: count), count) == Int64(count) * 127)
      #expect(diet_sum_u8([UInt8](repeating: .max, count: count), count) == Int64(count) * 255)
      #expect(diet_count_eq_u8([UInt8](repeating: 7, count: count), count, 7) == count)
    }
    let rows = 2_200_000  // More than 65,536 rounds of 32 lanes.
    #expect(diet_sum_u16([UInt16](repeating: .max, count: rows), rows) == Int64(rows) * 65_535)
    #expect(diet_sum_i16([Int16](repeating: .min, count: rows), rows) == Int64(rows) * -32_768)
  }

  @Test
  func `Groups are counted on top of what is there`() {
    for size in Self.sizes {
      let seed = UInt64(size)
      for groups in [1, 2, 200, 256] {
        var generator = SeededGenerator(seed: seed)
        let codes = (0..<size).map { _ in UInt8(Int.random(in: 0..<groups, using: &generator)) }
        var expected = [UInt64](repeating: 3, count: groups)
        for code in codes { expected[Int(code)] += 1 }
        let start = [UInt64](repeating: 3, count: groups)
        var (narrow, middle, wide) = (start, start, start)
        diet_group_count_u8(codes, size, &narrow)
        diet_group_count_u16(codes.map { UInt16($0) }, size, &middle)
        diet_group_count_u32(codes.map { UInt32($0) }, size, &wide)
        #expect([narrow, middle, wide] == [expected, expected, expected], "seed \(seed)")
      }
    }
  }

  @Test
  func `Bits are counted`() {
    for size in Self.sizes {
      let seed = UInt64(size)
      var generator = SeededGenerator(seed: seed)
      let words = (0..<size).map { _ in generator.next() }
      let expected = words.reduce(0) { $0 + $1.nonzeroBitCount }
      #expect(diet_popcount(words, size) == expected, "seed \(seed)")
    }
  }
}
