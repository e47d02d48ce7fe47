import CKernels
import Glibc

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
  }

  @usableFromInline package let state: UnsafeMutablePointer<State>

  package init() {
    state = .allocate(capacity: 1)
    state.initialize(
      to: State(
        arena: allocated(512), arenaCapacity: 512, starts: allocated(64 * 8), startCapacity: 64))
    state.pointee.starts[0] = 0
    allocateSlots(128)
  }

  deinit {
    free(state.pointee.slots)
    free(state.pointee.arena)
    free(state.pointee.starts)
    state.deallocate()
  }

  @inlinable package var count: Int { state.pointee.count }

  /// The bytes of all distinct strings together.
  package var byteCount: Int { Int(state.pointee.starts[count]) }

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
    free(state.pointee.slots)
    state.pointee.slots = nil
  }

  /// Asks the processor to load the slot of `hash`, which will be looked up soon.
  package func prefetch(_ hash: UInt64) {
    diet_prefetch(
      state.pointee.slots.unsafelyUnwrapped
        + (Int(truncatingIfNeeded: hash) & state.pointee.slotMask))
  }

  /// The code of the string, which is added when it is new. The string must be followed by 8
  /// readable bytes.
  @inlinable @inline(__always)
  package func code(
    of bytes: UnsafePointer<UInt8>, count length: Int, hash: UInt64
  ) -> UInt32 {
    let slots = state.pointee.slots.unsafelyUnwrapped
    let starts = state.pointee.starts
    let mask = state.pointee.slotMask
    let tag = hash & 0xFFFF_FFFF_0000_0000
    var index = Int(truncatingIfNeeded: hash) & mask
    while true {
      let slot = slots[index]
      if slot == 0 { return insert(bytes, length, hash) }
      if slot & 0xFFFF_FFFF_0000_0000 == tag {
        let code = UInt32(truncatingIfNeeded: slot) &- 1
        let start = Int(truncatingIfNeeded: starts[Int(code)])
        if Int(truncatingIfNeeded: starts[Int(code) &+ 1]) &- start == length,
          equalBytes(state.pointee.arena + start, bytes, length)
        {
          return code
        }
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
      state.pointee.arenaCapacity = max(state.pointee.arenaCapacity * 2, start + length + 16)
      state.pointee.arena = reallocated(state.pointee.arena, state.pointee.arenaCapacity)
    }
    memcpy(state.pointee.arena + start, bytes, length)
    if count + 2 > state.pointee.startCapacity {
      state.pointee.startCapacity *= 2
      state.pointee.starts = reallocated(state.pointee.starts, state.pointee.startCapacity * 8)
    }
    let code = UInt32(count)
    state.pointee.count += 1
    state.pointee.starts[count] = UInt64(start + length)
    if isCrowded {
      let capacity = state.pointee.slotMask + 1
      allocateSlots(capacity < 1 << 16 ? capacity * 4 : capacity * 2)
      for code in 0..<count {
        let string = self[code]
        place(UInt32(code), hashBytes(string.baseAddress.unsafelyUnwrapped, string.count))
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
    free(state.pointee.slots)
    // Written here and not `calloc`ed: a slot is read before it is written, which would map the page
    // of zeros and then, at the write, cost a second fault and a message to every other processor.
    let slots: UnsafeMutablePointer<UInt64> = allocated(capacity * 8)
    slots.initialize(repeating: 0, count: capacity)
    state.pointee.slots = slots
    state.pointee.slotMask = capacity - 1
  }
}

private func allocated<T>(_ byteCount: Int) -> UnsafeMutablePointer<T> {
  guard let memory = malloc(byteCount) else { fatalError("out of memory for a dictionary") }
  return memory.assumingMemoryBound(to: T.self)
}

private func reallocated<T>(
  _ pointer: UnsafeMutablePointer<T>, _ byteCount: Int
) -> UnsafeMutablePointer<T> {
  guard let memory = realloc(pointer, byteCount) else {
    fatalError("out of memory for a dictionary")
  }
  return memory.assumingMemoryBound(to: T.self)
}
