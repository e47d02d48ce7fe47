import CKernels
import TestSupport
import Testing

@testable import Kernels

/// Each loop of `expression_loops.c` and `diet_is_equal_i64` answer as a plain loop in Swift does; also
/// where the result takes the place of an operand.
@Suite struct ExpressionLoopTests {
  private func checkChoice<T: ExpressionLane>(
    _ value: (inout SeededGenerator) -> T, _ isSame: (T, T) -> Bool
  ) {
    forEachLength(2000) { count, generator, comment in
      let words = randomWords(count, &generator)
      let a = (0..<count).map { _ in value(&generator) }
      let b = (0..<count).map { _ in value(&generator) }
      let expected = (0..<count).map { isSet(words, $0) ? a[$0] : b[$0] }
      var out = [T](repeating: a.first ?? value(&generator), count: count)
      T.choose(words, a, b, count, &out)
      let isRight = zip(out, expected).allSatisfy(isSame)
      #expect(isRight, "\(T.self), \(comment)")
      var first = a
      first.withUnsafeMutableBufferPointer { place in
        guard let start = place.baseAddress else { return }
        T.choose(words, UnsafePointer(start), b, count, start)
      }
      let isRightInPlace = zip(first, expected).allSatisfy(isSame)
      #expect(isRightInPlace, "\(T.self) in place, \(comment)")
    }
  }

  @Test func choices() {
    checkChoice(Int16.random, ==)
    checkChoice(Int32.random, ==)
    checkChoice(Int64.random, ==)
    checkChoice(Int128.random, ==)
    checkChoice(Double.random) { $0.bitPattern == $1.bitPattern }
  }

  @Test func equality() {
    forEachLength(1000) { count, generator, comment in
      let a = (0..<count).map { _ in Int64.random(&generator) }
      let b = a.map { generator.next() % 3 == 0 ? $0 : Int64.random(&generator) }
      let found = answers(count, comment) { diet_is_equal_i64(a, b, count, $0) }
      #expect(found == zip(a, b).map(==), comment)
    }
  }
}
