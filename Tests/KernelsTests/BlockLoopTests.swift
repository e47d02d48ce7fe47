import CKernels
import TestSupport
import Testing

/// Each loop of `blocks.c` and `sum_lookup.c` answers as a plain loop in Swift does.
@Suite struct BlockLoopTests {
  private func check<T, R: Equatable>(
    _ name: String, _ loop: (UnsafePointer<T>?, Int, UnsafeMutablePointer<R>?) -> Void,
    _ empty: R, _ value: (inout SeededGenerator) -> T, _ expected: (T) -> R
  ) {
    forEachLength { count, generator, comment in
      let rows = (0..<count).map { _ in value(&generator) }
      var out = [R](repeating: empty, count: count + 1)
      loop(rows, count, &out)
      #expect(out == rows.map(expected) + [empty], "\(name), \(comment)")
    }
  }

  @Test func widened() {
    check("i8", diet_widen_i8, 7, Int8.random) { Int64($0) }
    check("i16", diet_widen_i16, 7, Int16.random) { Int64($0) }
    check("i32", diet_widen_i32, 7, Int32.random) { Int64($0) }
    check("u8", diet_widen_u8, 7, UInt8.random) { Int64($0) }
    check("u16", diet_widen_u16, 7, UInt16.random) { Int64($0) }
    check("u32", diet_widen_u32, 7, UInt32.random) { Int64($0) }
    check("u64", diet_widen_u64, 7, UInt64.random) { Int64(bitPattern: $0 ^ 1 << 63) }
  }

  @Test func roundedToFloats() {
    func bits(_ loop: @escaping (UnsafePointer<Float>?, Int, UnsafeMutablePointer<Double>?) -> Void)
    {
      check(
        "f32",
        { rows, count, out in
          // NaN differs from itself: bits are compared.
          loop(rows, count, UnsafeMutableRawPointer(out!).assumingMemoryBound(to: Double.self))
        } as (UnsafePointer<Float>?, Int, UnsafeMutablePointer<UInt64>?) -> Void, 7,
        { generator in
          let number = Float.random(&generator)
          return number.isNaN ? 1 : number
        }, { Double($0).bitPattern })
    }
    bits(diet_widen_f32)
    check("i64", diet_round_i64, 7, Int64.random) { Double($0) }
  }

  private func checkLookup<T: FixedWidthInteger>(
    _ loop: (UnsafePointer<T>?, Int, UnsafePointer<UInt64>?, UnsafeMutablePointer<UInt64>?) -> Void
  ) {
    forEachLength(1000) { count, generator, comment in
      let codes = (0..<count).map { _ in T.random(in: 0...99, using: &generator) }
      let table = (0...99).map { _ in generator.next() }
      var out = [UInt64](repeating: 7, count: count + 1)
      loop(codes, count, table, &out)
      #expect(out == codes.map { table[Int($0)] } + [7], "\(T.self), \(comment)")
    }
  }

  @Test func lookedUp() {
    checkLookup(diet_lookup_u8)
    checkLookup(diet_lookup_u16)
    checkLookup(diet_lookup_u32)
  }

  @Test func gapsFilled() {
    forEachLength(2000) { count, generator, comment in
      let words = randomWords(count, &generator)
      let rows = (0..<count).map { _ in generator.next() }
      var filled = rows + [9]
      diet_fill_gaps(&filled, words, count, 42)
      let expected = rows.indices.map { isSet(words, $0) ? rows[$0] : 42 }
      #expect(filled == expected + [9], comment)
    }
  }

  @Test func squares() {
    forEachLength(3000) { count, generator, comment in
      let pivot = Int64.random(in: -1000...1000, using: &generator)
      let distances = (0..<count).map { _ in
        [0, 1, UInt64(UInt32.max), generator.next() >> 32].randomElement(using: &generator)!
      }
      let rows = distances.map { pivot + Int64($0) }
      var (sum, high, low) = (UInt64(0), UInt64(0), UInt64(0))
      diet_square_sums(rows, count, pivot, &sum, &high, &low)
      #expect(sum == distances.reduce(0, +), comment)
      let squares = distances.reduce(UInt128(0)) { $0 + UInt128($1) * UInt128($1) }
      #expect(UInt128(high) << 32 + UInt128(low) == squares, comment)
    }
  }

  /// Sums by planes of bytes on CPUs that have the instruction, and a row at a time on all.
  @Test func sumsOfCodes() {
    for (tableCount, span) in [
      (1, 0), (2, 1), (7, 255), (200, 65_535), (256, 1 << 33), (256, 1 << 55),
    ]
      as [(Int, Int64)]
    {
      for count in loopLengths + [4095, 4096, 4097, 70_001] {
        let seed = UInt64(count + tableCount)
        var generator = SeededGenerator(seed: seed)
        let base = Int64.random(in: -1000...1000, using: &generator)
        let table = (0..<tableCount).map { code in
          code == 0
            ? base
            : base + [span, Int64.random(in: 0...span, using: &generator)]
              .randomElement(using: &generator)!
        }
        let codes = (0..<count).map { _ in
          UInt8.random(in: 0...UInt8(tableCount - 1), using: &generator)
        }
        let sum = codes.reduce(Int64(0)) { $0 &+ table[Int($1)] }
        let comment: Comment = "seed \(seed), \(count) rows, \(tableCount) values up to \(span)"
        #expect(diet_sum_lookup_u8(codes, count, table, tableCount) == sum, comment)
        #expect(diet_sum_lookup_u8_plain(codes, count, table) == sum, comment)
        #expect(diet_sum_lookup_u16(codes.map { UInt16($0) }, count, table) == sum, comment)
        #expect(diet_sum_lookup_u32(codes.map { UInt32($0) }, count, table) == sum, comment)
      }
    }
  }
}
