/// What the hashes of a table depend on beside its keys: drawn from the system, once in a process.
///
/// Whoever makes a file cannot know it, and so cannot choose strings or numbers that all fall into one
/// place of a table, where every look-up would walk past all the others. No result depends on it:
/// values are numbered as they are first seen, and sorted before they are stored. Estimates of how many
/// there are hash without it.
package struct HashSeed: Sendable {
  package static let ofProcess = HashSeed(.random(in: .min ... .max))

  @usableFromInline package let offset: UInt64
  /// Odd.
  @usableFromInline package let multiplier: UInt64

  package init(_ number: UInt64) {
    let numbers = Self.multipliers(2, from: number)
    (offset, multiplier) = (numbers[0], numbers[1])
  }

  /// The place of an integer, before it is cut to the size of the table.
  @inlinable @inline(__always)
  package func place(of key: Int64) -> Int {
    Int(truncatingIfNeeded: fold(UInt64(bitPattern: key) ^ offset, multiplier))
  }

  /// Three more odd numbers.
  package var multipliers: [UInt64] { Self.multipliers(3, from: offset) }

  /// Odd numbers that look as if they had nothing to do with one another.
  ///
  /// The generator is splitmix64 (Steele, Lea and Flood, 2014).
  private static func multipliers(_ count: Int, from number: UInt64) -> [UInt64] {
    var state = number
    return (0..<count).map { _ in
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = (state ^ state &>> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed &>> 27) &* 0x94D0_49BB_1331_11EB
      return (mixed ^ mixed &>> 31) | 1
    }
  }
}
