import Columnar

extension TextCollector {
  /// Past so many strings, the table is begun anew: their codes are not used, and they are kept elsewhere.
  private static let gatheredCount = 1 << 16
  private static let gatheredByteCount = 4 << 20

  /// Hands over the strings that are new since the last time.
  mutating func gather(into words: inout WordEvidence) {
    while gatheredCount < table.count {
      words.insert(table[gatheredCount])
      gatheredCount += 1
    }
    if table.count > Self.gatheredCount || table.byteCount > Self.gatheredByteCount { beginTable() }
  }
}
