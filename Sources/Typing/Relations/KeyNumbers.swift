import Columnar
import Platform

/// Numbers 64-bit keys from 1 in the order in which they come, at most as many as a dependency may
/// have.
final class KeyNumbers {
  /// Different values past this number rule a column out as determinant and as dependent: each past
  /// the determinant's is an exception.
  static let limit = DependencyRule.valueLimit + DependencyRule.exceptionLimit

  /// The keys by number; 0 is no key's.
  let keys: UnsafeMutablePointer<Int64>
  /// How many numbers there are, 0 counted.
  private(set) var count = 1
  /// Open addressing with linear probing, at most half full; 0 is empty. None until a key is looked
  /// for.
  private var slots: UnsafeMutablePointer<UInt16> = .allocate(capacity: 0)
  private var slotCount = 0
  private let seed = HashSeed.ofProcess

  init() {
    keys = .allocate(capacity: Self.limit + 1)
    keys[0] = 0
  }

  deinit {
    keys.deallocate()
    slots.deallocate()
  }

  /// Looks keys up, until the next one is appended: properties of a class would be checked for
  /// exclusive access at each look-up.
  struct Lookup {
    fileprivate let keys: UnsafePointer<Int64>
    fileprivate let slots: UnsafePointer<UInt16>
    fileprivate let mask: Int
    fileprivate let seed: HashSeed

    /// The key's number, 0 where it has none.
    @inline(__always)
    func number(of key: Int64) -> UInt16 {
      var index = seed.place(of: key) & mask
      while true {
        let number = slots[index]
        if number == 0 || keys[Int(number)] == key { return number }
        index = (index &+ 1) & mask
      }
    }
  }

  /// Sound as long as this object is and nothing is appended: its memory.
  var lookup: Lookup {
    if slotCount == 0 { makeSlots() }
    return Lookup(keys: keys, slots: slots, mask: slotCount - 1, seed: seed)
  }

  /// The key's number; `nil` where there are too many.
  func number(of key: Int64) -> UInt16? {
    let number = lookup.number(of: key)
    return number == 0 ? append(key) : number
  }

  /// The number of a key that has none yet; `nil` where there are too many.
  @inline(never)
  func append(_ key: Int64) -> UInt16? {
    guard count <= Self.limit else { return nil }
    keys[count] = key
    count += 1
    if slotCount > 0 {
      if count * 2 > slotCount { makeSlots() } else { place(count - 1) }
    }
    return UInt16(count - 1)
  }

  /// Multiplies all keys; the numbers stay.
  func scale(by factor: Int64) {
    for number in 1..<count { keys[number] = keys[number] &* factor }
    slotCount = 0
  }

  private func makeSlots() {
    slots.deallocate()
    slotCount = 256
    while slotCount < count * 4 { slotCount *= 2 }
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: 0, count: slotCount)
    for number in 1..<count { place(number) }
  }

  private func place(_ number: Int) {
    var index = seed.place(of: keys[number]) & (slotCount - 1)
    while slots[index] != 0 { index = (index + 1) & (slotCount - 1) }
    slots[index] = UInt16(number)
  }
}
