import Columnar
import TestSupport
import Testing

/// Strings that are counted without being kept are as many as they are.
@Suite struct TextFingerprintsTests {
  /// Strings of 0 to 40 bytes, some of them often, as every kind of text has.
  private static func strings(_ count: Int, _ random: inout SeededGenerator) -> [[UInt8]] {
    (0..<count).map { _ in
      switch Int.random(in: 0..<4, using: &random) {
      case 0: Array("s\(Int.random(in: 0..<50, using: &random))".utf8)
      case 1: Array(repeating: 0, count: Int.random(in: 0...40, using: &random))
      case 2:
        [UInt8](repeating: 0x61, count: 30)
          + Array("\(Int.random(in: 0..<count, using: &random))".utf8)
      default:
        (0..<Int.random(in: 0...13, using: &random)).map { _ in .random(in: 0...255, using: &random)
        }
      }
    }
  }

  private static func counts(_ strings: Set<[UInt8]>) -> TextFingerprints.Counts {
    var counts = TextFingerprints.Counts()
    for string in strings {
      counts.count += 1
      counts.byteCount += string.count
      counts.longByteCount += string.count > 12 ? string.count : 0
    }
    return counts
  }

  private static func set(_ strings: some Sequence<[UInt8]>) -> TextFingerprints {
    let set = TextFingerprints()
    for string in strings { string.withUnsafeBufferPointer { set.insert($0) } }
    return set
  }

  /// However the strings are shared out, and whichever share takes in the others.
  @Test(arguments: 0..<20) func countsAreThoseOfASet(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let strings = Self.strings(.random(in: 0...30_000, using: &random), &random)
    let expected = Self.counts(Set(strings))
    for shareCount in 1...4 {
      var shares = [[[UInt8]]](repeating: [], count: shareCount)
      for string in strings {
        // The first share is the largest, the last may be empty.
        let share = min(
          Int.random(in: 0..<shareCount, using: &random),
          Int.random(in: 0..<shareCount, using: &random))
        shares[share].append(string)
      }
      let sets = shares.map(Self.set)
      for (set, share) in zip(sets, shares) {
        #expect(set.counts == Self.counts(Set(share)), "seed \(seed)")
      }
      #expect(TextFingerprints.counts(uniting: sets) == expected, "seed \(seed), \(shareCount)")
      // The largest has taken in others: asked once more, the answer is the same.
      #expect(TextFingerprints.counts(uniting: sets.reversed()) == expected, "seed \(seed)")
    }
  }

  @Test func nothingAndTheEmptyString() {
    #expect(TextFingerprints.counts(uniting: []) == TextFingerprints.Counts())
    #expect(Self.set([[], []]).counts.count == 1)
    #expect(Self.set([[], [0], [0, 0]]).counts.count == 3)
  }

  @Test func aTableIsCounted() {
    let table = TextTable()
    for number in 0..<1000 {
      let text = Array("text \(number % 700)        ".utf8)
      text.withUnsafeBufferPointer {
        let (start, count) = ($0.baseAddress!, text.count - 8)
        _ = table.code(of: start, count: count, hash: table.hash(of: start, count: count))
      }
    }
    let set = Self.set([Array("text 3".utf8), Array("text 701".utf8)])
    set.formUnion(table)
    #expect(set.counts.count == 701)
    #expect(set.counts.byteCount == table.byteCount + 8)
  }

  /// A great many strings of every alignment and length around the steps of the hash.
  @Test func lengthsAlone() {
    let strings = (0..<600).map { [UInt8](repeating: 0x7A, count: $0) }
    #expect(Self.set(strings + strings).counts == Self.counts(Set(strings)))
  }
}
