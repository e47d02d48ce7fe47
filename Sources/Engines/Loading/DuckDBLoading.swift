import Columnar

/// DuckDB 2.0: `CREATE TABLE t AS FROM read_csv(F, sample_size = -1)` in memory. What is held is what its segments
/// hold; their unused ends are not counted.
package struct DuckDBLoading: LoadingEngine {
  package let name = "duckdb"
  package let refusesLongRecords = true

  package init() {}

  package func bytes(of table: LoadingTable) -> LoadingBytes {
    let held = table.profiles.reduce(0) { $0 + Self.byteCount(of: $1) }
    var peak = PeakEstimate(constant: 38_000_000)
    peak.add(1.6, table.textByteCount)
    peak.add(1.15, held)
    // Segments that have just been begun, and what is read into them.
    peak.add(Double(min(table.rowCount, 1_100)) * 114, table.profiles.count)
    return peak.bytes(held: held)
  }

  /// A value's bytes by DuckDB's type; text has 4 bytes a row that say where it lies.
  private static func byteCount(of profile: ColumnProfile) -> Int {
    let n = profile.rowCount
    let source = profile.source
    let validity = bitmapByteCount(n)
    let text = 4 * n + source.byteCount + validity
    let words = source.words
    // Words for nulls are text to it, but for NaN.
    guard words.common.count + words.none.count + words.pandasOnly.count + words.codes.count == 0
    else { return text }
    var shapes = source.shapes.subtracting([.outerSpace, .fraction, .farFromEpoch])
    if words.nan.count + words.lowercaseNaN.count > 0 { shapes.insert(.float) }
    let numbers: FieldShapes = [
      .bit, .integer, .plusInteger, .float, .looseFloat, .plusNaN, .oddNaN,
    ]
    if shapes.isEmpty { return text }
    if shapes.isSubset(of: [.boolean, .looseBoolean]) { return n + validity }
    if shapes == .date { return 4 * n + validity }
    let isWide =
      shapes.isSubset(of: numbers) || shapes == .time || shapes.isSubset(of: [.date, .timestamp])
      || shapes == .zonedTimestamp
    return isWide ? 8 * n + validity : text
  }
}
