import Platform

/// An estimate of how many distinct values there are, for columns with more than can be counted.
///
/// HyperLogLog (Flajolet and others, 2007) with 2^14 registers: a standard error of 0.8 %. The
/// state depends on the set of values only, so any split of a column gives the same estimate.
package struct DistinctSketch: Sendable {
  private static let indexBits = 14
  private(set) var registers = [UInt8](repeating: 0, count: 1 << indexBits)

  package init() {}

  /// The sketch with these registers; `nil` where there are too few or too many, or one holds what
  /// no hash leads to.
  init?(registers: [UInt8]) {
    guard registers.count == 1 << Self.indexBits,
      registers.allSatisfy({ $0 <= 65 - Self.indexBits })
    else { return nil }
    self.registers = registers
  }

  /// Adds a value by its 64-bit hash.
  package mutating func insert(hash: UInt64) {
    withUnsafePointer(to: hash) { insert(hashes: UnsafeBufferPointer(start: $0, count: 1)) }
  }

  /// Adds values by their 64-bit hashes.
  ///
  /// One multiplication is hash enough for a table, not for this: it lays numbers that follow one
  /// another out evenly, where the estimate expects chance (consecutive integers: 90 % too many).
  package mutating func insert(hashes: UnsafeBufferPointer<UInt64>) {
    registers.withUnsafeMutableBufferPointer { registers in
      let registers = registers.baseAddress.unsafelyUnwrapped
      for hash in hashes {
        let bits = fold(hash ^ 0xA076_1D64_78BD_642F, 0x9E37_79B9_7F4A_7C15)
        let index = Int(truncatingIfNeeded: bits &>> UInt64(64 - Self.indexBits))
        let rest = bits &<< UInt64(Self.indexBits) | 1 << UInt64(Self.indexBits - 1)
        let rank = UInt8(truncatingIfNeeded: rest.leadingZeroBitCount &+ 1)
        if rank > registers[index] { registers[index] = rank }
      }
    }
  }

  package mutating func formUnion(_ other: DistinctSketch) {
    for index in registers.indices {
      registers[index] = max(registers[index], other.registers[index])
    }
  }

  package var estimate: Int {
    let m = Double(registers.count)
    var sum = 0.0
    var zeros = 0
    for register in registers {
      sum += exp2(-Double(register))
      if register == 0 { zeros += 1 }
    }
    let raw = 0.7213 / (1 + 1.079 / m) * m * m / sum
    if raw <= 2.5 * m, zeros > 0 { return Int((m * log(m / Double(zeros))).rounded()) }
    return Int(raw.rounded())
  }
}
