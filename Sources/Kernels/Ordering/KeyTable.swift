import Columnar
import Platform

/// Numbers keys in the order in which they are first seen: open addressing, linear probing, at most
/// half full.
struct KeyTable: ~Copyable, @unchecked Sendable {
  // Sound: memory of its own, freed once; places are below `capacity`. Threads share it only to find.
  private var slots: UnsafeMutablePointer<UInt32>
  private var keys: UnsafeMutablePointer<Int64>
  private var slotMask: Int
  private(set) var count = 0
  private let seed = HashSeed.ofProcess

  init(capacity: Int = 1 << 10) {
    var slotCount = 1 << 11
    while slotCount < capacity * 2 { slotCount *= 2 }
    slotMask = slotCount - 1
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: 0, count: slotCount)
    keys = .allocate(capacity: slotCount / 2)
  }

  deinit {
    slots.deallocate()
    keys.deallocate()
  }

  /// The keys by number.
  var all: [Int64] { Array(UnsafeBufferPointer(start: keys, count: count)) }

  /// The number of the key, `nil` where it was never seen.
  @inline(__always)
  func find(_ key: Int64) -> UInt32? {
    var place = seed.place(of: key) & slotMask
    while true {
      let slot = slots[place]
      if slot == 0 { return nil }
      if keys[Int(slot &- 1)] == key { return slot &- 1 }
      place = (place &+ 1) & slotMask
    }
  }

  /// The number of the key, a new one where it was never seen.
  @inline(__always)
  mutating func number(_ key: Int64) -> UInt32 {
    var place = seed.place(of: key) & slotMask
    while true {
      let slot = slots[place]
      if slot == 0 { return insert(key) }
      if keys[Int(slot &- 1)] == key { return slot &- 1 }
      place = (place &+ 1) & slotMask
    }
  }

  @inline(never)
  private mutating func insert(_ key: Int64) -> UInt32 {
    if (count + 1) * 2 > slotMask { grow() }
    keys[count] = key
    count += 1
    place(UInt32(count), key)
    return UInt32(count - 1)
  }

  private mutating func place(_ slot: UInt32, _ key: Int64) {
    var place = seed.place(of: key) & slotMask
    while slots[place] != 0 { place = (place &+ 1) & slotMask }
    slots[place] = slot
  }

  private mutating func grow() {
    let slotCount = (slotMask + 1) * 2
    let larger = UnsafeMutablePointer<Int64>.allocate(capacity: slotCount / 2)
    larger.update(from: keys, count: count)
    keys.deallocate()
    keys = larger
    slots.deallocate()
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: 0, count: slotCount)
    slotMask = slotCount - 1
    for number in 0..<count { place(UInt32(number + 1), keys[number]) }
  }
}
