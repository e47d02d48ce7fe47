import CKernels
import TestSupport
import Testing

/// The loops over packed blocks of one type of words.
struct PackedLoops<Word: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
  typealias Moving = @Sendable (UnsafePointer<Word>?, Int, UnsafeMutablePointer<Word>?) -> Void
  typealias Counting = @Sendable (UnsafePointer<Word>?, Int, Int, Word) -> Int
  typealias Testing =
    @Sendable (UnsafePointer<Word>?, Int, Int, Word, Word, UnsafeMutablePointer<UInt64>?) -> Void
  typealias Bounding =
    @Sendable (
      UnsafePointer<Word>?, Int, Int, Word, UnsafeMutablePointer<Word>?,
      UnsafeMutablePointer<Word>?
    ) -> Void

  let widths: ClosedRange<Int>
  let pack: Moving
  let unpack: Moving
  var sum: (@Sendable (UnsafePointer<Word>?, Int, Int) -> UInt64)?
  var countEqual: Counting?
  var countLess: Counting?
  var between: Testing?
  var ends: Bounding?

  /// The number of a row, bit by bit, as include/packed_blocks.h says where it lies.
  func number(in block: ArraySlice<Word>, row: Int, width: Int) -> Word {
    let lanes = 1024 / Word.bitWidth
    let (lane, first) = (row % lanes, row / lanes * width)
    return (first..<first + width).reversed().reduce(0) { value, bit in
      let word = block[block.startIndex + bit / Word.bitWidth * lanes + lane]
      return value << 1 | word >> Word(bit % Word.bitWidth) & 1
    }
  }
}

/// Each loop over packed blocks answers as a plain loop over the numbers does, at every width.
@Suite struct PackedLoopTests {
  private static let bytes = PackedLoops<UInt8>(
    widths: 1...7, pack: diet_pack_u8, unpack: diet_unpack_u8, sum: diet_packed_sum_u8,
    countEqual: diet_packed_count_eq_u8, countLess: diet_packed_count_lt_u8,
    between: diet_packed_between_u8, ends: diet_packed_ends_u8)
  private static let shorts = PackedLoops<UInt16>(
    widths: 1...15, pack: diet_pack_u16, unpack: diet_unpack_u16, sum: diet_packed_sum_u16,
    countEqual: diet_packed_count_eq_u16, countLess: diet_packed_count_lt_u16,
    between: diet_packed_between_u16, ends: diet_packed_ends_u16)
  private static let words = PackedLoops<UInt32>(
    widths: 1...31, pack: diet_pack_u32, unpack: diet_unpack_u32, sum: diet_packed_sum_u32,
    countEqual: diet_packed_count_eq_u32, countLess: diet_packed_count_lt_u32,
    between: diet_packed_between_u32, ends: diet_packed_ends_u32)
  private static let longs = PackedLoops<UInt64>(
    widths: 1...63, pack: diet_pack_u64, unpack: diet_unpack_u64)

  @Test func bytesAnswerAsPlainLoops() { check(Self.bytes, own: 1...7) }
  @Test func shortsAnswerAsPlainLoops() { check(Self.shorts, own: 8...15) }
  @Test func wordsAnswerAsPlainLoops() { check(Self.words, own: 16...31) }
  @Test func longsAnswerAsPlainLoops() { check(Self.longs, own: 32...63) }

  /// - Parameter own: The widths that no narrower type has: of these alone there are sums and counts.
  private func check<Word>(_ loops: PackedLoops<Word>, own: ClosedRange<Int>) {
    for width in loops.widths {
      // Past 31 and 255 blocks, lanes are emptied.
      for (seed, blockCount) in [(1, 1), (2, 3), (3, 33)] as [(UInt64, Int)] {
        var random = SeededGenerator(seed: seed * 100 + UInt64(width))
        let largest = Word.max >> Word(Word.bitWidth - width)
        let isFull = seed == 3
        var numbers = (0..<blockCount * 1024).map { _ -> Word in
          isFull || random.next() % 9 == 0 ? largest : Word.random(in: 0...largest, using: &random)
        }
        check(loops, numbers, width, own.contains(width), "seed \(seed), width \(width)")
        // Nothing but zeros, and one that is none.
        for last in [0, largest] {
          numbers = numbers.map { _ in 0 }
          numbers[numbers.count - 3] = last
          check(loops, numbers, width, own.contains(width), "zeros and \(last), width \(width)")
        }
      }
    }
  }

  private func check<Word>(
    _ loops: PackedLoops<Word>, _ numbers: [Word], _ width: Int, _ hasKernels: Bool,
    _ origin: Comment
  ) {
    let wordsPerBlock = 1024 * width / Word.bitWidth
    let blockCount = numbers.count / 1024
    // What lies behind a block is not written.
    let guardWord: Word = 0b1010_0110
    var blocks = [Word](repeating: guardWord, count: blockCount * wordsPerBlock + 1)
    var again = [Word](repeating: 0, count: numbers.count)
    for block in 0..<blockCount {
      numbers.withUnsafeBufferPointer { source in
        blocks.withUnsafeMutableBufferPointer {
          loops.pack(
            source.baseAddress! + block * 1024, width, $0.baseAddress! + block * wordsPerBlock)
        }
      }
      blocks.withUnsafeBufferPointer { source in
        again.withUnsafeMutableBufferPointer {
          loops.unpack(
            source.baseAddress! + block * wordsPerBlock, width, $0.baseAddress! + block * 1024)
        }
      }
    }
    #expect(again == numbers, origin)
    #expect(blocks.last == guardWord, origin)
    for row in stride(from: 0, to: numbers.count, by: 61) {
      let block = blocks[row / 1024 * wordsPerBlock..<(row / 1024 + 1) * wordsPerBlock]
      #expect(loops.number(in: block, row: row % 1024, width: width) == numbers[row], origin)
    }
    guard hasKernels, let sum = loops.sum, let equal = loops.countEqual, let less = loops.countLess,
      let between = loops.between, let ends = loops.ends
    else { return }
    for first in [0, 1] as [Word] {
      var (low, high): (Word, Word) = (7, 7)
      ends(blocks, width, blockCount, first, &low, &high)
      let held = numbers.filter { $0 >= first }
      #expect((low, high) == (held.min() ?? 0, held.max() ?? 0), "\(origin), from \(first) on")
    }
    let (a, b) = (numbers[5], numbers[29])
    for (low, high) in [(min(a, b), max(a, b)), (a, a), (0, .max), (1, Word.max - 1)] {
      var words = [UInt64](repeating: 0, count: numbers.count / 64)
      between(blocks, width, blockCount, low, high, &words)
      let held = numbers.indices.filter { words[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
      #expect(
        held == numbers.indices.filter { (low...high).contains(numbers[$0]) },
        "\(origin), \(low) to \(high)")
    }
    #expect(sum(blocks, width, blockCount) == numbers.reduce(0) { $0 + UInt64($1) }, origin)
    for key in [0, 1, numbers[17], Word.max >> Word(Word.bitWidth - width), .max] {
      #expect(
        equal(blocks, width, blockCount, key) == numbers.count { $0 == key }, "\(origin), \(key)")
      #expect(
        less(blocks, width, blockCount, key) == numbers.count { $0 < key }, "\(origin), \(key)")
    }
  }
}
