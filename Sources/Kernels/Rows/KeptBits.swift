import Columnar
import Synchronization

/// The bits of rows whose nulls are listed: made when they are first asked for, and kept from then on.
final class KeptBits: @unchecked Sendable {
  // Sound: `made` is set once, to where the bits lie that `buffer` keeps and no one changes.

  let nulls: NullRows
  private let buffer = Lock<Buffer?>(nil)
  /// Where the bits lie, once they are there: read by loops, which take no lock.
  private let made = Atomic<UnsafePointer<UInt64>?>(nil)

  init(_ nulls: NullRows) { self.nulls = nulls }

  /// Bit k % 64 of word k / 64 is set where row k has a value.
  @inline(__always)
  var words: UnsafePointer<UInt64> { made.load(ordering: .acquiring) ?? make() }

  private func make() -> UnsafePointer<UInt64> {
    buffer.withLock { buffer in
      let bits = buffer ?? nulls.bits
      buffer = bits
      let words = UnsafePointer(bits.pointer(as: UInt64.self))
      made.store(words, ordering: .releasing)
      return words
    }
  }
}
