import CKernels
import Columnar

/// The texts of up to 24 bytes among a column's distinct strings, where a loop in C finds their codes.
///
/// It saves the look-up in `TextTable`, whose comparison of bytes goes by their length, for columns
/// of a few words. One thread uses it.
final class ShortTexts {
  static let maximumLength = 24
  /// Past this many texts the table would be too large: 32 bytes an entry, a third of them free.
  static let maximumCount = 1 << 18

  private var memory: Slab
  /// There are two to the power of `bits` entries, at most half of them taken; of many, two thirds.
  private var bits = 7
  private(set) var count = 0
  private let seed: diet_text_seed

  /// - Parameter seed: what hashes begin with.
  init(seed: HashSeed = .ofProcess) {
    let multipliers = seed.multipliers
    self.seed = diet_text_seed(
      ends: multipliers[0], middle: multipliers[1], last: multipliers[2])
    memory = Self.allocate(bits)
  }

  /// Zeros, which are free entries, on huge pages where there are many: rows find theirs anywhere.
  private static func allocate(_ bits: Int) -> Slab {
    Slab(capacity: MemoryLayout<diet_text_entry>.stride << bits)
  }

  private var entries: UnsafeMutablePointer<diet_text_entry> {
    memory.base.assumingMemoryBound(to: diet_text_entry.self)
  }

  /// Writes the codes of the fields that are there; the others are left.
  func find(
    _ fields: FieldSlice, codes: UnsafeMutablePointer<UInt32>, left: RowBits
  ) -> diet_fields_summary {
    withUnsafePointer(to: fields.inC) {
      diet_read_codes($0, entries, Int32(bits), seed, codes, left.words)
    }
  }

  /// Adds a field's bytes, 1 to 24 of them and not there yet.
  func insert(_ field: Field, code: UInt32) {
    if bits < 16 ? (count + 1) * 2 > 1 << bits : (count + 1) * 3 > 2 << bits { grow() }
    diet_text_enter(entries, Int32(bits), seed, field.start, field.count, code)
    count += 1
  }

  /// The most entries that lie between where a text is looked for first and where it is.
  var longestWalk: Int {
    (0..<1 << bits).reduce(0) { longest, index in
      guard entries[index].length > 0 else { return longest }
      let slot = diet_text_slot(entries + index, Int32(bits), seed)
      // Texts are looked for in pairs of entries.
      return max(longest, ((index | 1) - (slot | 1)) & ((1 << bits) - 1))
    }
  }

  private func grow() {
    let old = (memory: memory, count: 1 << bits)
    bits += bits < 14 ? 2 : 1
    memory = Self.allocate(bits)
    let entries = old.memory.base.assumingMemoryBound(to: diet_text_entry.self)
    for index in 0..<old.count where entries[index].length > 0 {
      diet_text_move(self.entries, Int32(bits), seed, entries + index)
    }
  }
}
