import CKernels
import Platform

/// The distinct byte strings of a column, numbered in the order in which they were first seen.
///
/// Open addressing with linear probing. A slot is 8 bytes, 32 bits of the hash over 32 bits of
/// code + 1, so that a miss does not touch the strings; the strings lie in one arena.
///
/// The state lies behind a constant pointer: properties of a class would be checked for exclusive
/// access at each of the hundreds of millions of look-ups that a large file needs (a fifth of the
/// load of TPC-H lineitem, measured).
package final class TextTable: @unchecked Sendable {
  // Sound: one thread inserts; others read only after that thread has finished.

  /// How many distinct strings a table holds at the most.
  package static let maximumCount = 1 << 20

  @usableFromInline
  package struct State {
    @usableFromInline package var count = 0
    @usableFromInline package var slots: UnsafeMutablePointer<UInt64>?
    @usableFromInline package var slotMask = 0
    @usableFromInline package var arena: UnsafeMutablePointer<UInt8>
    @usableFromInline package var arenaCapacity: Int
    /// `count + 1` positions within the arena.
    @usableFromInline package var starts: UnsafeMutablePointer<UInt64>
    @usableFromInline package var startCapacity: Int
    @usableFromInline package let seed: HashSeed
  }

  @usableFromInline package let state: UnsafeMutablePointer<State>

  /// - Parameter seed: what hashes begin with.
  package init(seed: HashSeed = .ofProcess) {
    state = .allocate(capacity: 1)
    state.initialize(
      to: State(
        arena: allocated(512), arenaCapacity: 512, starts: allocated(64 * 8), startCapacity: 64,
        seed: seed))
    state.pointee.starts[0] = 0
    allocateSlots(128)
  }

  deinit {
    deallocateSlots()
    ScratchMemory.deallocate(state.pointee.arena, byteCount: state.pointee.arenaCapacity)
    ScratchMemory.deallocate(state.pointee.starts, byteCount: state.pointee.startCapacity * 8)
    state.deallocate()
  }

  @inlinable package var count: Int { state.pointee.count }

  /// The bytes of all distinct strings together.
  package var byteCount: Int { Int(state.pointee.starts[count]) }

  /// The bytes of memory that it takes.
  package var allocatedByteCount: Int {
    let state = state.pointee
    return state.arenaCapacity + state.startCapacity * 8 + (state.slotMask + 1) * 8
  }

  /// The bytes of the strings that are longer than 12 bytes.
  package var longByteCount: Int {
    (0..<count).reduce(0) { sum, code in
      let length = self[code].count
      return sum + (length > 12 ? length : 0)
    }
  }

  /// The bytes of the string with code `code`.
  @inlinable
  package subscript(code: Int) -> UnsafeBufferPointer<UInt8> {
    let starts = state.pointee.starts
    let start = Int(starts[code])
    return UnsafeBufferPointer(
      start: state.pointee.arena + start, count: Int(starts[code + 1]) - start)
  }

  /// Gives up looking strings up; the strings stay, for the chunks whose codes point to them.
  package func dropIndex() {
    deallocateSlots()
    state.pointee.slots = nil
  }

  /// The hash by which this table finds a string.
  @inlinable @inline(__always)
  package func hash(of bytes: UnsafePointer<UInt8>, count: Int) -> UInt64 {
    hashBytes(
      bytes, count, seed: state.pointee.seed.offset, multiplier: state.pointee.seed.multiplier)
  }

  /// The most slots that lie between where a string should be and where it is.
  package var longestWalk: Int {
    guard let slots = state.pointee.slots else { return 0 }
    let mask = state.pointee.slotMask
    return (0...mask).reduce(0) { longest, index in
      guard slots[index] != 0 else { return longest }
      let text = self[Int(UInt32(truncatingIfNeeded: slots[index])) - 1]
      let hash = hash(of: text.baseAddress.unsafelyUnwrapped, count: text.count)
      return max(longest, (index &- Int(truncatingIfNeeded: hash)) & mask)
    }
  }

  /// How many rows are best looked up together.
  package static let batchRowCount = 128

  /// The codes that the hashes of some rows lead to, where there are any: `UInt32.max` for the others.
  /// Whether they are right, `code(of:count:hash:candidate:)` tells.
  ///
  /// A look-up in a table larger than the cache waits three times: for the slot, for where its string
  /// starts, for the string. Here all rows wait together.
  package func findCandidates(
    _ hashes: UnsafePointer<UInt64>, count: Int, into codes: UnsafeMutablePointer<UInt32>
  ) {
    let slots = state.pointee.slots.unsafelyUnwrapped
    let starts = state.pointee.starts
    let mask = state.pointee.slotMask
    for row in 0..<count { diet_prefetch(slots + (Int(truncatingIfNeeded: hashes[row]) & mask)) }
    for row in 0..<count {
      let hash = hashes[row]
      var index = Int(truncatingIfNeeded: hash) & mask
      while slots[index] != 0, (slots[index] ^ hash) >> 32 != 0 { index = (index &+ 1) & mask }
      let code = UInt32(truncatingIfNeeded: slots[index]) &- 1
      codes[row] = code
      if code != .max { diet_prefetch(starts + Int(code)) }
    }
    for row in 0..<count where codes[row] != .max {
      diet_prefetch(state.pointee.arena + Int(truncatingIfNeeded: starts[Int(codes[row])]))
    }
  }

  /// The code of the string, which is most likely `candidate`.
  package func code(
    of bytes: UnsafePointer<UInt8>, count length: Int, hash: UInt64, candidate: UInt32
  ) -> UInt32 {
    isString(candidate, bytes, length) ? candidate : code(of: bytes, count: length, hash: hash)
  }

  @inlinable @inline(__always)
  func isString(_ code: UInt32, _ bytes: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    if code == .max { return false }
    let starts = state.pointee.starts + Int(code)
    let start = Int(truncatingIfNeeded: starts[0])
    return Int(truncatingIfNeeded: starts[1]) &- start == length
      && equalBytes(state.pointee.arena + start, bytes, length)
  }

  /// The code of the string, which is added when it is new. The string must be followed by 8
  /// readable bytes.
  @inlinable @inline(__always)
  package func code(
    of bytes: UnsafePointer<UInt8>, count length: Int, hash: UInt64
  ) -> UInt32 {
    let slots = state.pointee.slots.unsafelyUnwrapped
    let mask = state.pointee.slotMask
    let tag = hash & 0xFFFF_FFFF_0000_0000
    var index = Int(truncatingIfNeeded: hash) & mask
    while true {
      let slot = slots[index]
      if slot == 0 { return insert(bytes, length, hash) }
      if slot & 0xFFFF_FFFF_0000_0000 == tag {
        let code = UInt32(truncatingIfNeeded: slot) &- 1
        if isString(code, bytes, length) { return code }
      }
      index = (index &+ 1) & mask
    }
  }

  @inline(never) @usableFromInline
  package func insert(
    _ bytes: UnsafePointer<UInt8>, _ length: Int, _ hash: UInt64
  ) -> UInt32 {
    let start = Int(state.pointee.starts[count])
    // 16 bytes of slack, so that comparisons may read whole words past the last string.
    if start + length + 16 > state.pointee.arenaCapacity {
      let capacity = max(state.pointee.arenaCapacity * 2, start + length + 16)
      state.pointee.arena = reallocated(
        state.pointee.arena, from: state.pointee.arenaCapacity, to: capacity, keeping: start)
      state.pointee.arenaCapacity = capacity
    }
    memcpy(state.pointee.arena + start, bytes, length)
    if count + 2 > state.pointee.startCapacity {
      let capacity = state.pointee.startCapacity * 2
      state.pointee.starts = reallocated(
        state.pointee.starts, from: state.pointee.startCapacity * 8, to: capacity * 8,
        keeping: (count + 1) * 8)
      state.pointee.startCapacity = capacity
    }
    let code = UInt32(count)
    state.pointee.count += 1
    state.pointee.starts[count] = UInt64(start + length)
    if isCrowded {
      let capacity = state.pointee.slotMask + 1
      allocateSlots(capacity < 1 << 16 ? capacity * 4 : capacity * 2)
      for code in 0..<count {
        let string = self[code]
        place(
          UInt32(code), self.hash(of: string.baseAddress.unsafelyUnwrapped, count: string.count))
      }
    } else {
      place(code, hash)
    }
    return code
  }

  /// Half full; three quarters at the size that holds as many strings as a dictionary may have.
  private var isCrowded: Bool {
    let capacity = state.pointee.slotMask + 1
    return capacity <= Self.maximumCount ? count * 2 >= capacity : count * 4 >= capacity * 3
  }

  private func place(_ code: UInt32, _ hash: UInt64) {
    let slots = state.pointee.slots.unsafelyUnwrapped
    let mask = state.pointee.slotMask
    var index = Int(truncatingIfNeeded: hash) & mask
    while slots[index] != 0 { index = (index &+ 1) & mask }
    slots[index] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(code + 1)
  }

  private func allocateSlots(_ capacity: Int) {
    deallocateSlots()
    // Written here and not `calloc`ed: a slot is read before it is written, which would map the page
    // of zeros and then, at the write, cost a second fault and a message to every other processor.
    let slots: UnsafeMutablePointer<UInt64> = allocated(capacity * 8)
    slots.initialize(repeating: 0, count: capacity)
    state.pointee.slots = slots
    state.pointee.slotMask = capacity - 1
  }

  private func deallocateSlots() {
    guard let slots = state.pointee.slots else { return }
    ScratchMemory.deallocate(slots, byteCount: (state.pointee.slotMask + 1) * 8)
  }
}

private func allocated<T>(_ byteCount: Int) -> UnsafeMutablePointer<T> {
  ScratchMemory.allocate(byteCount: byteCount).assumingMemoryBound(to: T.self)
}

private func reallocated<T>(
  _ pointer: UnsafeMutablePointer<T>, from byteCount: Int, to newByteCount: Int,
  keeping keptByteCount: Int
) -> UnsafeMutablePointer<T> {
  let memory: UnsafeMutablePointer<T> = allocated(newByteCount)
  memcpy(memory, pointer, keptByteCount)
  ScratchMemory.deallocate(pointer, byteCount: byteCount)
  return memory
}
