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

  /// A table for `count` strings that are appended: none is found before it is indexed.
  package init(appending count: Int, seed: HashSeed = .ofProcess) {
    state = .allocate(capacity: 1)
    let capacity = count * 12 + 16
    state.initialize(
      to: State(
        arena: allocated(capacity), arenaCapacity: capacity, starts: allocated((count + 2) * 8),
        startCapacity: count + 2, seed: seed))
    state.pointee.starts[0] = 0
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

  /// Adds a string behind all others, of which the last lends it what it begins with; it is not looked for.
  ///
  /// - Returns: False where it is not greater than the last, and was not added.
  package func append(sharing shared: Int, _ rest: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = reserve(shared + rest.count)
    let text = state.pointee.arena + start
    if count > 0 {
      let last = self[count - 1]
      let start = last.baseAddress.unsafelyUnwrapped
      copyBytes(start, to: text, count: shared)
      let (own, others) = (rest.count, last.count - shared)
      guard own > 0 else { return false }
      if others > 0 {
        var order = Int32(rest[0]) - Int32(start[shared])
        if order == 0, let bytes = rest.baseAddress {
          order = memcmp(bytes, start + shared, min(own, others))
        }
        guard order > 0 || order == 0 && own > others else { return false }
      }
    }
    if let bytes = rest.baseAddress { memcpy(text + shared, bytes, rest.count) }
    state.pointee.count += 1
    state.pointee.starts[count] = UInt64(start + shared + rest.count)
    return true
  }

  /// Makes strings that were appended such that can be found.
  package func index() {
    guard state.pointee.slots == nil else { return }
    var capacity = 128
    while capacity < count * 2 { capacity *= 2 }
    allocateSlots(capacity)
    placeAll()
  }

  /// Adds the strings of another table.
  ///
  /// - Returns: False where there are more strings then than `countLimit`, or more bytes than `byteLimit`: some of them
  ///   were not added.
  package func formUnion(_ other: TextTable, countLimit: Int, byteLimit: Int) -> Bool {
    index()
    let batch = Self.batchRowCount
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: batch) { hashes in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: batch) { codes in
        let hashes = hashes.baseAddress.unsafelyUnwrapped
        let codes = codes.baseAddress.unsafelyUnwrapped
        for first in stride(from: 0, to: other.count, by: batch) {
          let rows = min(batch, other.count - first)
          for row in 0..<rows {
            let text = other[first + row]
            hashes[row] = hash(of: text.baseAddress.unsafelyUnwrapped, count: text.count)
          }
          findCandidates(hashes, count: rows, into: codes)
          for row in 0..<rows {
            let text = other[first + row]
            _ = code(
              of: text.baseAddress.unsafelyUnwrapped, count: text.count, hash: hashes[row],
              candidate: codes[row])
          }
          if count > countLimit || byteCount > byteLimit { return false }
        }
        return true
      }
    }
  }

  private func placeAll() {
    for code in 0..<count {
      let text = self[code]
      place(UInt32(code), hash(of: text.baseAddress.unsafelyUnwrapped, count: text.count))
    }
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
    let start = reserve(length)
    memcpy(state.pointee.arena + start, bytes, length)
    let code = UInt32(count)
    state.pointee.count += 1
    state.pointee.starts[count] = UInt64(start + length)
    if isCrowded {
      let capacity = state.pointee.slotMask + 1
      allocateSlots(capacity < 1 << 16 ? capacity * 4 : capacity * 2)
      placeAll()
    } else {
      place(code, hash)
    }
    return code
  }

  /// Makes room for another string of `length` bytes; returns where in the arena.
  private func reserve(_ length: Int) -> Int {
    let start = Int(state.pointee.starts[count])
    // 16 bytes of slack, so that comparisons may read whole words past the last string.
    if start + length + 16 > state.pointee.arenaCapacity {
      let capacity = max(state.pointee.arenaCapacity * 2, start + length + 16)
      state.pointee.arena = reallocated(
        state.pointee.arena, from: state.pointee.arenaCapacity, to: capacity, keeping: start)
      state.pointee.arenaCapacity = capacity
    }
    if count + 2 > state.pointee.startCapacity {
      let capacity = state.pointee.startCapacity * 2
      state.pointee.starts = reallocated(
        state.pointee.starts, from: state.pointee.startCapacity * 8, to: capacity * 8,
        keeping: (count + 1) * 8)
      state.pointee.startCapacity = capacity
    }
    return start
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
