package import Columnar

/// One column of a pass: its chunks in order, and what each thread learned.
///
/// Unchecked: the threads that used the parsers are done.
package struct LoadedColumn: @unchecked Sendable {
  package var name: String
  package var reports: [ChunkReport]
  var chunks: [ColumnChunk?]
  package var parsers: [ColumnParser]
  package private(set) var settled: TypeResolver.Settled?

  package init(name: String, chunks: [(ChunkReport, ColumnChunk?)], parsers: [ColumnParser]) {
    self.name = name
    reports = chunks.map { $0.0 }
    self.chunks = chunks.map { $0.1 }
    self.parsers = parsers
  }

  /// The column is this, which the source said or implied.
  package mutating func settle(as settled: TypeResolver.Settled) { self.settled = settled }

  /// The target to read as once more, where counting was given up too early or forgot values.
  package var recountTarget: ColumnParser.Target? {
    guard let settled, settled.kind != .null else { return nil }
    if settled.kind == .string {
      return TextCollector.needsRecount(parsers.compactMap(\.text)) ? .kind(.string) : nil
    }
    let used = parsers.filter { $0.distinctKind != nil }
    let isLost = used.contains { parser in
      !parser.isDistinctComplete
        // An estimate cannot be brought to another unit.
        || (parser.distinctKind != settled.kind && parser.distinct.count?.isExact == false)
    }
    return isLost || wasForeseenInVain(settled.kind) || mayStillNeedDictionary(settled.kind)
      ? .kind(settled.kind) : nil
  }

  /// Whether counting was given up, since there seemed to come too many values, and they did not come.
  private func wasForeseenInVain(_ kind: FieldKind) -> Bool {
    guard parsers.contains(where: \.distinct.isForeseen),
      let count = unitedDistinct(kind: kind)?.count
    else { return false }
    return DistinctShare.isInDoubt(estimate: count.value)
  }

  /// Whether counting stopped at 65,536 values, as no dictionary pays where four bytes hold a value,
  /// and then values came that four bytes do not hold.
  private func mayStillNeedDictionary(_ kind: FieldKind) -> Bool {
    guard parsers.contains(where: \.distinct.wasAbandoned) else { return false }
    let used = reports.filter { $0.valueCount > 0 }
    let factors = used.map { Int128($0.kind.factor(to: kind) ?? 1) }
    let minimum = zip(used, factors).map { $0.minimumValue * $1 }.min() ?? 0
    let maximum = zip(used, factors).map { $0.maximumValue * $1 }.max() ?? 0
    // A dictionary takes 4 bytes a row and 8 a value, and has to be a fifth below 8 bytes a row.
    let rowCount = reports.reduce(0) { $0 + $1.rowCount }
    let canPay = 5 * (4 * rowCount + 8 * 65_537) <= 4 * 8 * rowCount
    return canPay && (maximum - minimum >> 32 != 0 || maximum > Int64.max)
  }
}
