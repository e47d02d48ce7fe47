import CKernels
import CXXHash
import Platform

/// Counts distinct strings without keeping them: of each, 96 bits of a hash and its length.
///
/// Strings of the same length that agree in 96 bits are taken for the same one. Of 2^20 strings, all of
/// one length, two do so with a probability of 2^-57; the hash is XXH3 with the seed of the process,
/// which whoever makes a file cannot know. Nothing is stored by such a count: a dictionary is made from
/// the strings.
package final class TextFingerprints: @unchecked Sendable {
  // Sound: one thread inserts; others read only after that thread has finished.

  /// `low` is never 0 where there is a string; `high` is 32 bits of hash over 32 bits of length.
  fileprivate struct Fingerprint: Equatable {
    var low: UInt64
    var high: UInt64
    var byteCount: Int { Int(UInt32(truncatingIfNeeded: high)) }
  }

  private static let batchCount = 64

  /// How many strings there are, their bytes, and the bytes of those longer than 12 bytes.
  package struct Counts: Equatable {
    package var count = 0
    package var byteCount = 0
    package var longByteCount = 0

    package init() {}

    fileprivate mutating func add(_ fingerprint: Fingerprint) {
      let byteCount = fingerprint.byteCount
      count &+= 1
      self.byteCount &+= byteCount
      longByteCount &+= byteCount > 12 ? byteCount : 0
    }
  }

  /// Open addressing with linear probing; two to a power of slots, at most three quarters of them taken.
  private var slots: UnsafeMutablePointer<Fingerprint>
  private var slotCount: Int
  private var inserted = Counts()
  /// What waits for its slots to come from memory, many at a time.
  private let pending: UnsafeMutablePointer<Fingerprint>
  private var pendingCount = 0
  private let seed: UInt64

  package init(seed: HashSeed = .ofProcess) {
    self.seed = seed.offset
    pending = .allocate(capacity: Self.batchCount)
    slotCount = 1 << 12
    slots = Self.emptySlots(slotCount)
  }

  deinit {
    Self.deallocate(slots, slotCount)
    pending.deallocate()
  }

  /// The bytes of memory that it takes.
  package var allocatedByteCount: Int { slotCount * MemoryLayout<Fingerprint>.stride }

  /// The distinct strings so far.
  package var counts: Counts {
    insertPending()
    return inserted
  }

  package func insert(_ text: UnsafeBufferPointer<UInt8>) {
    let hash = XXH3_128bits_withSeed(text.baseAddress, text.count, seed)
    insert(
      Fingerprint(
        low: max(1, hash.low64),
        high: hash.high64 & 0xFFFF_FFFF_0000_0000 | UInt64(UInt32(truncatingIfNeeded: text.count))))
  }

  /// Adds all strings of a table.
  package func formUnion(_ table: TextTable) {
    for code in 0..<table.count { insert(table[code]) }
  }

  /// The distinct strings of all together, of the same seed. The largest takes in what the others have, but
  /// for the smallest: of that it is only asked what is new.
  package static func counts(uniting shares: [TextFingerprints]) -> Counts {
    var sorted = shares.sorted { $0.counts.count > $1.counts.count }
    guard let last = sorted.popLast() else { return Counts() }
    guard let first = sorted.first else { return last.counts }
    for other in sorted.dropFirst() {
      other.forEach(lookingAheadIn: first) { first.insert($0) }
    }
    var united = first.counts
    last.forEach(lookingAheadIn: first) { if !first.contains($0) { united.add($0) } }
    return united
  }

  private func forEach(
    lookingAheadIn other: TextFingerprints, _ body: (Fingerprint) -> Void
  ) {
    precondition(seed == other.seed, "fingerprints of different seeds have nothing in common")
    insertPending()
    let distance = 16
    for index in 0..<slotCount {
      other.prefetch(slots[(index &+ distance) & (slotCount &- 1)])
      if slots[index].low != 0 { body(slots[index]) }
    }
  }

  @inline(__always)
  private func prefetch(_ fingerprint: Fingerprint) {
    diet_prefetch(slots + (Int(truncatingIfNeeded: fingerprint.low) & (slotCount &- 1)))
  }

  @inline(__always)
  private func insert(_ fingerprint: Fingerprint) {
    pending[pendingCount] = fingerprint
    pendingCount &+= 1
    prefetch(fingerprint)
    if pendingCount == Self.batchCount { insertPending() }
  }

  private func insertPending() {
    if (inserted.count + pendingCount) * 4 > slotCount * 3 { grow() }
    for index in 0..<pendingCount {
      let slot = slot(of: pending[index])
      if slots[slot].low == 0 {
        slots[slot] = pending[index]
        inserted.add(pending[index])
      }
    }
    pendingCount = 0
  }

  private func contains(_ fingerprint: Fingerprint) -> Bool {
    slots[slot(of: fingerprint)].low != 0
  }

  /// Where it is, or has to be put.
  @inline(__always)
  private func slot(of fingerprint: Fingerprint) -> Int {
    let mask = slotCount &- 1
    var index = Int(truncatingIfNeeded: fingerprint.low) & mask
    while slots[index].low != 0, slots[index] != fingerprint { index = (index &+ 1) & mask }
    return index
  }

  private func grow() {
    let (old, oldCount) = (slots, slotCount)
    slotCount *= oldCount < 1 << 16 ? 4 : 2
    slots = Self.emptySlots(slotCount)
    for index in 0..<oldCount where old[index].low != 0 {
      slots[slot(of: old[index])] = old[index]
    }
    Self.deallocate(old, oldCount)
  }

  private static func emptySlots(_ count: Int) -> UnsafeMutablePointer<Fingerprint> {
    let memory = ScratchMemory.allocate(byteCount: count * MemoryLayout<Fingerprint>.stride)
    let slots = memory.bindMemory(to: Fingerprint.self, capacity: count)
    slots.initialize(repeating: Fingerprint(low: 0, high: 0), count: count)
    return slots
  }

  private static func deallocate(_ slots: UnsafeMutablePointer<Fingerprint>, _ count: Int) {
    ScratchMemory.deallocate(slots, byteCount: count * MemoryLayout<Fingerprint>.stride)
  }
}
