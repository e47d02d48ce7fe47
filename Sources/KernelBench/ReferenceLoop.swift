import Columnar
import Platform
import Synchronization

/// A loop that is none of ours, and the same in every version: how fast the machine is at the moment.
///
/// It looks for a byte that is not there, in memory that the first cache holds, as `memchr` of the system
/// does: like kernels on narrow columns it is bound by what the core computes, so that a neighbour on the
/// same core slows both.
package final class ReferenceLoop: Sendable {
  private static let byteCount = 16 << 10
  private static let repeats = 24
  private let zeros = Buffer(zeroedByteCount: ReferenceLoop.byteCount)
  private let least = Mutex(Double.infinity)

  package init() {}

  /// Seconds of one pass now.
  func seconds(_ clock: KernelClock) -> Double {
    let time = clock.time(of: Self.repeats) { Self.pass(zeros) }
    least.withLock { $0 = min($0, time) }
    return time
  }

  /// The least that was ever seen.
  var best: Double { least.withLock { $0 } }

  /// Not inlined, so that no pass is found to be the one before.
  @inline(never)
  private static func pass(_ zeros: Buffer) {
    precondition(memchr(zeros.base, 1, byteCount) == nil, "zeros have no other byte")
  }
}
