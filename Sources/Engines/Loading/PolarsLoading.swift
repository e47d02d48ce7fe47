/// polars 2.1: `read_csv(F)`, told our null words, with types from all rows.
package struct PolarsLoading: LoadingEngine {
  package let name = "polars"

  package init() {}

  package func bytes(of table: LoadingTable) -> LoadingBytes {
    let held = table.profiles.reduce(0) { $0 + PolarsBaseline().bytes(of: $1) }
    var peak = PeakEstimate(constant: 34_000_000)
    peak.add(2, table.textByteCount)
    peak.add(1.05, held)
    return peak.bytes(held: held)
  }
}
