import Columnar
import Kernels

/// How fast one thread reads memory that is in no cache, in bytes a second: what a kernel that does
/// nothing but read could reach.
package enum MemoryBandwidth {
  /// The best of `runCount` sums over a buffer of `byteCount`, which should exceed the caches.
  package static func measured(
    byteCount: Int = 64 << 20, runCount: Int = 5, clock: KernelClock = .thread
  ) -> Double {
    let rowCount = byteCount / 8
    let values = Buffer(uninitializedByteCount: rowCount * 8)
    let integers = values.pointer(as: Int64.self)
    // Pages that were never written are one and the same page of zeros.
    for row in 0..<rowCount { integers[row] = Int64(truncatingIfNeeded: row & 0xFF) }
    let rows = ColumnRows(Column.integers("", .integer, values, width: 8, count: rowCount))
    var best = Double.infinity
    KernelThreads.withCount(1) {
      for _ in 0..<runCount {
        best = min(best, clock.time(of: 1) { _ = try? Sum()(rows) })
      }
    }
    return Double(byteCount) / best
  }
}
