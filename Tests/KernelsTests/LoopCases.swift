import TestSupport
import Testing

/// Lengths at which a loop in C is compared with its Swift reference: all around a word of 64 rows and
/// around two, and some beyond the block of an expression.
let loopLengths = Array(0...67) + [126, 127, 128, 129, 1023, 1024, 1025, 5000]

/// Calls `body` for each length with a generator of its own.
func forEachLength(
  _ seed: UInt64 = 0, _ body: (_ count: Int, inout SeededGenerator, Comment) -> Void
) {
  for count in loopLengths {
    var generator = SeededGenerator(seed: seed + UInt64(count))
    body(count, &generator, "seed \(seed + UInt64(count)), \(count) rows")
  }
}

extension FixedWidthInteger {
  /// Any number; often an end of the type, 0 or a neighbour of these.
  static func random(_ generator: inout SeededGenerator) -> Self {
    let edges: [Self] = [.min, .min + 1, .max, .max - 1, 0, 1, 0 &- 1]
    return generator.next() % 4 == 0
      ? edges.randomElement(using: &generator)! : Self(truncatingIfNeeded: generator.next())
  }
}

extension BinaryFloatingPoint {
  /// Any number; often one of the kinds that loops may treat otherwise.
  static func random(_ generator: inout SeededGenerator) -> Self {
    let edges: [Self] = [0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, 1, -1]
    return generator.next() % 3 == 0
      ? edges.randomElement(using: &generator)!
      : Self(Double.random(in: -1e6...1e6, using: &generator))
  }
}

/// What a loop that writes words of answers wrote, a row each; bits past the end have to be 0.
func answers(
  _ count: Int, _ comment: Comment, _ write: (UnsafeMutablePointer<UInt64>) -> Void
) -> [Bool] {
  var words = [UInt64](repeating: .max, count: (count + 63) / 64 + 1)
  words.withUnsafeMutableBufferPointer { write($0.baseAddress!) }
  if count & 63 != 0 { #expect(words[count / 64] >> UInt64(count & 63) == 0, comment) }
  #expect(words.last == .max, "nothing is written past the last word; \(comment)")
  return (0..<count).map { words[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
}

/// Words with a bit for each of `count` rows, any above.
func randomWords(_ count: Int, _ generator: inout SeededGenerator) -> [UInt64] {
  (0..<(count + 63) / 64 + 1).map { _ in
    [0, .max, generator.next(), generator.next()].randomElement(using: &generator)!
  }
}

func isSet(_ words: [UInt64], _ row: Int) -> Bool { words[row / 64] >> UInt64(row % 64) & 1 == 1 }
