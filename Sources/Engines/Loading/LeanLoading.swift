import Columnar

/// This library, two threads: `TableReader.read`, `memory_diet.read_csv`.
package struct LeanLoading: LoadingEngine {
  package let name = "lean"
  package let refusesLongRecords = false

  package init() {}

  package func isForetold(of table: LoadingTable) -> Bool { table.isLeanForetold }

  package func bytes(of table: LoadingTable) -> LoadingBytes {
    var peak = PeakEstimate(constant: 16_000_000)
    peak.add(1, table.leanByteCount)
    peak.add(4, table.rowCount)
    peak.add(46_000, table.profiles.count)
    for profile in table.profiles {
      // Tables of different values, on each thread, up to 2^20 values; of text that hardly repeats they are
      // given up before.
      let count = profile.distinctCount ?? 0
      if case .timestamp = profile.type {
        peak.add(68, profile.rowCount)
      } else if profile.text == nil {
        peak.add(30, Self.slotCount(count))
      } else {
        let isGivenUp = count > profile.valueCount / 2
        peak.add(132, Self.slotCount(isGivenUp ? min(count, 1 << 18) : count))
      }
    }
    return peak.bytes(held: table.leanByteCount)
  }

  /// The places of a table of so many values: a power of two, an eighth of them free.
  private static func slotCount(_ distinctCount: Int) -> Int {
    let count = min(max(distinctCount, 0), 1 << 20)
    if count == 0 { return 0 }
    return 1 << (Int.bitWidth - (count * 8 / 7).leadingZeroBitCount)
  }
}
