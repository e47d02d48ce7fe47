import CKernels
import Testing

@testable import Kernels

/// Each loop of `expression_loops.c`, and its place among a lane's operations, answers as a plain loop
/// in Swift does; also where the result takes the place of an operand.
@Suite struct ExpressionLoopTests {
  private func check<T: ExpressionLane>(
    _ name: String, _ loop: LaneOperations<T>.Binary, _ value: (inout SeededGenerator) -> T,
    _ isSame: (T, T) -> Bool, _ expected: (T, T) -> T
  ) {
    forEachLength { count, generator, comment in
      let a = (0..<count).map { _ in value(&generator) }
      let b = (0..<count).map { _ in value(&generator) }
      let answers = zip(a, b).map(expected)
      var out = a
      loop(a, b, count, &out)
      let isRight = zip(out, answers).allSatisfy(isSame)
      #expect(isRight, "\(name), \(comment)")
      var first = a
      first.withUnsafeMutableBufferPointer { place in
        b.withUnsafeBufferPointer {
          loop(UnsafePointer(place.baseAddress), $0.baseAddress, count, place.baseAddress)
        }
      }
      var second = b
      second.withUnsafeMutableBufferPointer { place in
        a.withUnsafeBufferPointer {
          loop($0.baseAddress, UnsafePointer(place.baseAddress), count, place.baseAddress)
        }
      }
      for inPlace in [first, second] {
        let isRight = zip(inPlace, answers).allSatisfy(isSame)
        #expect(isRight, "\(name) in place, \(comment)")
      }
    }
  }

  private func checkComparisons<T: ExpressionLane>(_ value: (inout SeededGenerator) -> T) {
    let loops: [(LaneOperations<T>.Comparison, (T, T) -> Bool)] = [
      (T.operations.isEqual, { $0 == $1 }), (T.operations.isLess, { $0 < $1 }),
      (T.operations.isAtMost, { $0 <= $1 }),
    ]
    forEachLength(1000) { count, generator, comment in
      let a = (0..<count).map { _ in value(&generator) }
      let b = a.map { generator.next() % 3 == 0 ? $0 : value(&generator) }
      for (index, (loop, expected)) in loops.enumerated() {
        let found = answers(count, comment) { loop(a, b, count, $0) }
        #expect(found == zip(a, b).map(expected), "\(T.self), comparison \(index), \(comment)")
      }
    }
  }

  private func checkChoice<T: ExpressionLane>(
    _ value: (inout SeededGenerator) -> T, _ isSame: (T, T) -> Bool
  ) {
    forEachLength(2000) { count, generator, comment in
      let words = randomWords(count, &generator)
      let a = (0..<count).map { _ in value(&generator) }
      let b = (0..<count).map { _ in value(&generator) }
      var out = b
      T.operations.choose(words, a, b, count, &out)
      let expected = (0..<count).map { isSet(words, $0) ? a[$0] : b[$0] }
      let isRight = zip(out, expected).allSatisfy(isSame)
      #expect(isRight, "\(T.self), \(comment)")
    }
  }

  private func checkIntegers<T: ExactLane>(_ value: (inout SeededGenerator) -> T) {
    let operations = T.operations
    check("\(T.self) add", operations.add, value, ==) { $0 &+ $1 }
    check("\(T.self) subtract", operations.subtract, value, ==) { $0 &- $1 }
    check("\(T.self) multiply", operations.multiply, value, ==) { $0 &* $1 }
    check("\(T.self) lesser", operations.lesser, value, ==) { min($0, $1) }
    check("\(T.self) greater", operations.greater, value, ==) { max($0, $1) }
    checkComparisons(value)
    checkChoice(value, ==)
  }

  @Test func integers() {
    checkIntegers(Int32.random)
    checkIntegers(Int64.random)
    checkIntegers(Int128.random)
  }

  @Test func floats() {
    func isSame(_ a: Double, _ b: Double) -> Bool { a == b || (a.isNaN && b.isNaN) }
    let operations = Double.operations
    check("add", operations.add, Double.random, isSame, +)
    check("subtract", operations.subtract, Double.random, isSame, -)
    check("multiply", operations.multiply, Double.random, isSame, *)
    check("divide", diet_divide_f64, Double.random, isSame, /)
    check("lesser", operations.lesser, Double.random, isSame) {
      $0.isNaN || $1.isNaN ? .nan : $0 < $1 ? $0 : $1
    }
    check("greater", operations.greater, Double.random, isSame) {
      $0.isNaN || $1.isNaN ? .nan : $0 > $1 ? $0 : $1
    }
    let root: LaneOperations<Double>.Binary = { a, _, count, out in diet_sqrt_f64(a, count, out) }
    check("root", root, Double.random, isSame) { a, _ in a.squareRoot() }
    checkComparisons(Double.random)
    checkChoice(Double.random, isSame)
  }
}
