/// The time of a kernel's lean side while the machine is free.
///
/// A neighbour on the same core makes a loop up to twice as slow, for milliseconds at a time; for less than
/// one in between, it does not. So the kernel runs on the table's first rows, in pieces of a tenth of a
/// millisecond; the fixed loop is timed before and after each piece, and a piece counts where both are at
/// their best.
package struct FreeTime: Hashable, Sendable {
  /// Nanoseconds a row: the least of the pieces that count; of several runs, what is in their middle.
  package var nanosecondsPerRow: Double
  /// Those of each run, where several are put together: code lies otherwise in memory from one process to the
  /// next, and none of its places is a regression.
  package var runs: [Double]?
  /// The fixed loop around that piece, in nanoseconds.
  package var reference: Double
  /// On how many rows.
  package var rowCount: Int

  package init(nanosecondsPerRow: Double, reference: Double, rowCount: Int) {
    self.nanosecondsPerRow = nanosecondsPerRow
    self.reference = reference
    self.rowCount = rowCount
  }

  /// How much slower than at its best the fixed loop is where another has the core for a part of the time.
  package static let tolerance = 1.06
  /// About how long a piece takes, in seconds.
  private static let pieceLength = 6e-5

  /// What the first cache holds of a column: what lies further out is shared with more neighbours than the
  /// fixed loop hears of.
  private static let byteLimit = 32 << 10

  /// How many rows take about a piece and lie in the first cache, at so many nanoseconds and bytes a row: a
  /// power of two, so that runs agree.
  static func rowCount(of all: Int, nanosecondsPerRow: Double, bytesPerRow: Double) -> Int {
    var rows = 1 << 10
    while rows < 1 << 16, Double(2 * rows) * nanosecondsPerRow * 1e-9 < pieceLength,
      Double(2 * rows) * bytesPerRow <= Double(byteLimit)
    {
      rows *= 2
    }
    return min(rows, all)
  }

  /// As many pieces that count are enough.
  private static let enough = 6

  /// - Parameters:
  ///   - length: For how many seconds free moments are looked for at the most.
  ///   - work: The kernel on `rowCount` rows.
  /// - Returns: `nil` where there was none.
  init?(
    rowCount: Int, for length: Double, clock: KernelClock, reference: ReferenceLoop,
    _ work: () -> Void
  ) {
    let first = clock.time(of: 2, work)
    let repeats = max(1, Int(Self.pieceLength / 3 / first))
    let start = clock.seconds()
    var pieces: [(time: Double, reference: Double)] = []
    var before = reference.seconds(clock)
    var count = 0
    while count < Self.enough, clock.seconds() - start < length {
      // Until the core is free, nothing else is worth its time.
      guard before <= reference.best * Self.tolerance else {
        before = reference.seconds(clock)
        continue
      }
      let time = clock.time(of: repeats, work)
      let after = reference.seconds(clock)
      pieces.append((time, max(before, after)))
      count = pieces.count { $0.reference <= reference.best * Self.tolerance }
      before = after
    }
    guard
      let piece = pieces.lazy.filter({ $0.reference <= reference.best * Self.tolerance })
        .min(by: { $0.time < $1.time })
    else { return nil }
    self.init(
      nanosecondsPerRow: piece.time * 1e9 / Double(max(rowCount, 1)),
      reference: piece.reference * 1e9, rowCount: rowCount)
  }

  /// What both say together: the lesser time, of those that the fixed loop speaks for.
  func joined(with other: FreeTime) -> FreeTime {
    guard rowCount == other.rowCount else { return other }
    let best = min(reference, other.reference) * Self.tolerance
    if reference > best { return other }
    if other.reference > best { return self }
    return nanosecondsPerRow < other.nanosecondsPerRow ? self : other
  }

  /// Of several runs, those that the fixed loop speaks for.
  func merged(with other: FreeTime) -> FreeTime {
    guard rowCount == other.rowCount else { return other }
    let best = min(reference, other.reference) * Self.tolerance
    if reference > best { return other }
    if other.reference > best { return self }
    var merged = other
    let times = ((runs ?? [nanosecondsPerRow]) + (other.runs ?? [other.nanosecondsPerRow])).suffix(
      25)
    merged.runs = Array(times)
    merged.nanosecondsPerRow = times.sorted()[times.count / 2]
    merged.reference = min(reference, other.reference)
    return merged
  }

  /// The longest of the runs.
  var most: Double { runs?.max() ?? nanosecondsPerRow }
}

extension FreeTime: Codable {
  private enum CodingKeys: String, CodingKey {
    case nanosecondsPerRow = "ns_per_row"
    case reference = "reference_ns"
    case rowCount = "rows"
    case runs
  }
}
