package import Columnar

/// The values of a chunk, with what they are counted in.
package struct TypedChunk: Sendable {
  var kind: FieldKind
  var values: ColumnChunk

  package init(_ kind: FieldKind, _ values: ColumnChunk) {
    self.kind = kind
    self.values = values
  }
}

/// One column of a pass: its chunks in order, and what all threads learned.
package struct LoadedColumn: Sendable {
  package var name: String
  package private(set) var evidence: ColumnEvidence
  /// Those whose values were kept.
  var chunks: [TypedChunk]
  /// What it was read as; `nil` where there was nothing to read.
  let target: ColumnParser.Target?
  package private(set) var settled: TypeResolver.Settled?
  /// What most fields are, where somebody asked.
  private(set) var votes = ClassVotes()
  /// Whether some values of a chunk, and not all, were in a format of the user's, as far as was looked.
  package private(set) var fitsToldInPart = false

  /// Takes what the parsers learned.
  package init(
    name: String, chunks: [TypedChunk], parsers: [ColumnParser], missingRowCount: Int = 0
  ) {
    var evidence = ColumnEvidence(purpose: .layout)
    for parser in parsers { evidence.formUnion(parser.takeEvidence()) }
    evidence.addMissing(rowCount: missingRowCount)
    self.init(name: name, chunks: chunks, evidence: evidence, target: parsers.first?.target)
    for parser in parsers {
      votes.formUnion(parser.votes)
      fitsToldInPart = fitsToldInPart || parser.fitsToldInPart
    }
  }

  /// A column of which this is known, wherever it was learned.
  package init(
    name: String, chunks: [TypedChunk] = [], evidence: ColumnEvidence, target: ColumnParser.Target?
  ) {
    self.name = name
    self.chunks = chunks
    self.evidence = evidence
    self.target = target
  }

  /// The column is this, which the source said or implied.
  package mutating func settle(as settled: TypeResolver.Settled) { self.settled = settled }

  /// The target to read as once more, where counting was given up too early or forgot values.
  package var recountTarget: ColumnParser.Target? {
    guard let settled, settled.kind != .null else { return nil }
    if settled.kind == .string {
      return TextCollector.needsRecount(evidence.texts) ? .kind(.string) : nil
    }
    let distinct = evidence.distinct
    guard distinct.isComplete else { return .kind(settled.kind) }
    guard let kind = distinct.kind else { return nil }
    // An estimate cannot be brought to another unit.
    let isLost = kind != settled.kind && distinct.values.count?.isExact == false
    return isLost || wasForeseenInVain(settled.kind) || mayStillNeedDictionary(settled.kind)
      ? .kind(settled.kind) : nil
  }

  /// Whether counting was given up, since there seemed to come too many values, and they did not come.
  private func wasForeseenInVain(_ kind: FieldKind) -> Bool {
    guard evidence.distinct.values.isForeseen,
      let count = evidence.distinct.values(as: kind)?.count
    else { return false }
    return DistinctShare.isInDoubt(estimate: count.value)
  }

  /// Whether counting stopped at 65,536 values, as no dictionary pays where four bytes hold a value,
  /// and then values came that four bytes do not hold.
  private func mayStillNeedDictionary(_ kind: FieldKind) -> Bool {
    guard evidence.distinct.values.wasAbandoned, let range = evidence.valueKinds.range(as: kind)
    else { return false }
    // A dictionary takes 4 bytes a row and 8 a value, and has to be a fifth below 8 bytes a row.
    let rowCount = evidence.rowCount
    let canPay = 5 * (4 * rowCount + 8 * 65_537) <= 4 * 8 * rowCount
    return canPay
      && (range.upperBound - range.lowerBound >> 32 != 0 || range.upperBound > Int64.max)
  }
}
