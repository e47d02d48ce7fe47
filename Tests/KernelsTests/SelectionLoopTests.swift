import CKernels
import TestSupport
import Testing

/// Each loop of `selection.c` answers as a plain loop in Swift does.
@Suite struct SelectionLoopTests {
  private typealias Between<T> = (
    UnsafePointer<T>?, Int, T, T, UnsafeMutablePointer<UInt64>?
  ) -> Void

  private func checkBetween<T: Comparable>(
    _ name: String, _ loop: Between<T>, _ value: (inout SeededGenerator) -> T
  ) {
    forEachLength { count, generator, comment in
      let rows = (0..<count).map { _ in value(&generator) }
      let (a, b) = (value(&generator), value(&generator))
      for (low, high) in [(min(a, b), max(a, b)), (a, a)] where low <= high {
        let found = answers(count, comment) { loop(rows, count, low, high, $0) }
        #expect(found == rows.map { low <= $0 && $0 <= high }, "\(name), \(comment)")
      }
    }
  }

  @Test func between() {
    checkBetween("i8", diet_between_i8, Int8.random)
    checkBetween("i16", diet_between_i16, Int16.random)
    checkBetween("i32", diet_between_i32, Int32.random)
    checkBetween("i64", diet_between_i64, Int64.random)
    checkBetween("u8", diet_between_u8, UInt8.random)
    checkBetween("u16", diet_between_u16, UInt16.random)
    checkBetween("u32", diet_between_u32, UInt32.random)
    checkBetween("u64", diet_between_u64, UInt64.random)
    checkBetween("f32", diet_between_f32, Float.random)
    checkBetween("f64", diet_between_f64, Double.random)
  }

  private func checkMember<T: FixedWidthInteger>(
    _ loop: (UnsafePointer<T>?, Int, UnsafePointer<UInt8>?, UnsafeMutablePointer<UInt64>?) -> Void
  ) {
    forEachLength(1000) { count, generator, comment in
      let codes = (0..<count).map { _ in T.random(in: 0...200, using: &generator) }
      let table = (0...200).map { _ in UInt8(generator.next() % 3) }
      let found = answers(count, comment) { loop(codes, count, table, $0) }
      #expect(found == codes.map { table[Int($0)] != 0 }, "\(T.self), \(comment)")
    }
  }

  @Test func member() {
    checkMember(diet_member_u8)
    checkMember(diet_member_u16)
    checkMember(diet_member_u32)
  }

  private func checkCompress<T: FixedWidthInteger>(
    _ loop: (
      UnsafePointer<T>?, UnsafePointer<UInt64>?, Int, UnsafeMutablePointer<T>?
    ) -> Int
  ) {
    forEachLength(2000) { count, generator, comment in
      let rows = (0..<count).map { _ in T.random(&generator) }
      let words = randomWords(count, &generator)
      var out = [T](repeating: 0, count: count + 64)
      let written = loop(rows, words, count, &out)
      #expect(
        Array(out.prefix(written)) == rows.indices.filter { isSet(words, $0) }.map { rows[$0] },
        "\(T.self), \(comment)")
    }
  }

  @Test func compress() {
    checkCompress(diet_compress_u8)
    checkCompress(diet_compress_u16)
    checkCompress(diet_compress_u32)
    checkCompress(diet_compress_u64)
  }

  @Test func selectedRows() {
    forEachLength(3000) { count, generator, comment in
      let words = randomWords(count, &generator)
      let first = UInt32.random(in: 0...1000, using: &generator)
      var out = [UInt32](repeating: 0, count: count + 64)
      let written = diet_selected_rows(words, count, first, &out)
      #expect(
        Array(out.prefix(written))
          == (0..<count).filter { isSet(words, $0) }.map { first + UInt32($0) }, comment)
    }
  }
}
