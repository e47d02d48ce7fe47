import Platform

/// An estimate of how many distinct values there are, for columns with more than can be counted.
///
/// HyperLogLog (Flajolet and others, 2007) with 2^14 registers: a standard error of 0.8 %; of parts of a table,
/// whose profiles are to be small, with 2^10: 3.3 %. The state depends on the set of values only, so any split of
/// a column gives the same estimate.
package struct DistinctSketch: Sendable {
  private static let indexBits = 14
  /// Those of the sketches that profiles of parts have.
  package static let partIndexBits = 10
  private var indexBits: Int
  private(set) var registers: [UInt8]

  package init() { self.init(indexBits: Self.indexBits) }

  /// A sketch with 2^`indexBits` registers.
  package init(indexBits: Int) {
    self.indexBits = indexBits
    registers = [UInt8](repeating: 0, count: 1 << indexBits)
  }

  /// The sketch with these registers; `nil` where there are too few or too many, or one holds what
  /// no hash leads to.
  init?(registers: [UInt8]) {
    indexBits = registers.count.trailingZeroBitCount
    guard registers.count == 1 << indexBits,
      [Self.indexBits, Self.partIndexBits].contains(indexBits),
      registers.allSatisfy({ [indexBits] in $0 <= 65 - indexBits })
    else { return nil }
    self.registers = registers
  }

  /// The sketch of the same values with fewer registers: as if they had gone into it one by one.
  private func folded(to bits: Int) -> DistinctSketch {
    var sketch = DistinctSketch(indexBits: bits)
    let lost = indexBits - bits
    for (index, rank) in registers.enumerated() where rank > 0 {
      // The bits that no longer tell the register stand before the others.
      let low = index & (1 << lost - 1)
      let zeros = low == 0 ? lost : lost - 1 - (Int.bitWidth - 1 - low.leadingZeroBitCount)
      let folded = low == 0 ? UInt8(lost) + rank : UInt8(zeros + 1)
      let target = index >> lost
      sketch.registers[target] = max(sketch.registers[target], folded)
    }
    return sketch
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
    let indexBits = indexBits
    registers.withUnsafeMutableBufferPointer { registers in
      let registers = registers.baseAddress.unsafelyUnwrapped
      for hash in hashes {
        let bits = fold(hash ^ 0xA076_1D64_78BD_642F, 0x9E37_79B9_7F4A_7C15)
        let index = Int(truncatingIfNeeded: bits &>> UInt64(64 - indexBits))
        let rest = bits &<< UInt64(indexBits) | 1 << UInt64(indexBits - 1)
        let rank = UInt8(truncatingIfNeeded: rest.leadingZeroBitCount &+ 1)
        if rank > registers[index] { registers[index] = rank }
      }
    }
  }

  /// Adds the values of another, with as many registers as the lesser of both has.
  package mutating func formUnion(_ other: DistinctSketch) {
    if other.indexBits < indexBits { self = folded(to: other.indexBits) }
    let other = other.indexBits > indexBits ? other.folded(to: indexBits) : other
    registers.withUnsafeMutableBufferPointer { own in
      other.registers.withUnsafeBufferPointer { others in
        for index in 0..<min(own.count, others.count) where others[index] > own[index] {
          own[index] = others[index]
        }
      }
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
