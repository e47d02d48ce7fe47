/// polars 2.1: `read_csv(F)`, told our null words, with types from all rows.
package struct PolarsLoading: LoadingEngine {
  package let name = "polars"
  package let refusesLongRecords = true

  package init() {}

  package func bytes(of table: LoadingTable) -> LoadingBytes {
    let held = table.profiles.reduce(0) { $0 + PolarsBaseline().bytes(of: $1) }
    var peak = PeakEstimate(constant: 43_000_000)
    peak.add(1.65, table.textByteCount)
    peak.add(1, held)
    // Types are looked for line by line: what matters where lines are short.
    peak.add(39, table.rowCount)
    peak.add(6_100, table.profiles.count)
    return peak.bytes(held: held)
  }
}
