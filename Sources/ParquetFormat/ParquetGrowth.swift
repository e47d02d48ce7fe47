/// How far a column chunk grows while it is read.
///
/// A few bytes may stand for gigabytes: runs, zeros that are compressed, text that repeats the text
/// before it. Up to `freeByteCount` everything is read; beyond that, not more than `limit` times the
/// stored bytes.
package struct ParquetGrowthLimit: Sendable {
  package var freeByteCount = 256 << 20
  package var limit = 1000

  package init() {}
}

/// Counts what a chunk has grown to.
final class ParquetGrowth {
  private let limit: ParquetGrowthLimit
  private let storedByteCount: Int
  private var byteCount = 0

  init(_ limit: ParquetGrowthLimit, storedByteCount: Int) {
    self.limit = limit
    self.storedByteCount = storedByteCount
  }

  /// Asked before the memory is taken.
  func add(_ added: Int) throws(PageFault) {
    let (sum, overflows) = byteCount.addingReportingOverflow(added)
    byteCount = sum
    guard !overflows, sum <= limit.freeByteCount || sum / limit.limit <= storedByteCount else {
      throw PageFault(
        .expandsTooFar,
        "\(storedByteCount) stored bytes stand for \(overflows ? Int.max : sum) and more")
    }
  }
}
