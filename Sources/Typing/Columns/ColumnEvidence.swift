package import Columnar

/// All that is known of a column's values: its type, its profile and the reasons for both are made from
/// this alone.
///
/// Each thread folds into one what it learns of a chunk, and all of them are joined. Every part is a sum,
/// a union, an extreme or a first one by its place, so it does not matter which thread had which chunk,
/// nor in which order they are joined. What is told from some fields of a chunk is none of it, since it
/// shows where the column was cut: `LoadedColumn` has that (`votes`, `fitsToldInPart`).
package struct ColumnEvidence: Sendable {
  /// What chunks of each kind were, in the order of `FieldKind.code`.
  package internal(set) var kinds: [KindEvidence] = []
  var affixes = AffixEvidence()
  var order = OrderEvidence()
  /// Where the integers lie; `nil` once some are in another unit than 1, or have no sign: then a chunk of them
  /// may have others than the column.
  var spread: IntegerSpread? = IntegerSpread()
  /// What the fields were as they stood in the file.
  var source = SourceFacts()
  package internal(set) var distinct: DistinctEvidence
  package internal(set) var floats = FloatFacts()
  /// The strings, as each thread has them: chunks point to their tables. A profile unites them in the
  /// largest of these, without a copy; evidence of a part is to be written, or joined to others, before.
  var texts: [TextCollector] = []
  /// The strings of parts that are profiled apart; `nil` where there are none.
  var words: WordEvidence?
  /// The values that may keep the column wide on their own; `nil` where nobody asks.
  var outermost: OutermostValues?

  package init(purpose: IntegerSet.Purpose) { distinct = DistinctEvidence(purpose: purpose) }

  /// Adds what a chunk was, beyond its values.
  ///
  /// - Parameter span: Where it stands: its number, or those of its rows.
  package mutating func add(_ report: ChunkReport, at span: Range<Int>) {
    let index = kinds.firstIndex { $0.kind.code >= report.kind.code } ?? kinds.endIndex
    if index == kinds.endIndex || kinds[index].kind != report.kind {
      kinds.insert(KindEvidence(report.kind), at: index)
    }
    kinds[index].add(report)
    affixes.add(report, at: span.lowerBound)
    order.add(report, at: span)
  }

  /// Adds rows that have no such column: records of other rows are longer.
  package mutating func addMissing(rowCount: Int) {
    // Where they are, the order does not ask: they are null.
    if rowCount > 0 { add(ChunkReport(missingRowCount: rowCount), at: 0..<0) }
  }

  /// Adds what is known of another part of the column.
  package mutating func formUnion(_ other: ColumnEvidence) {
    for part in other.kinds {
      let index = kinds.firstIndex { $0.kind.code >= part.kind.code } ?? kinds.endIndex
      if index == kinds.endIndex || kinds[index].kind != part.kind {
        kinds.insert(part, at: index)
      } else {
        kinds[index].formUnion(part)
      }
    }
    affixes.formUnion(other.affixes)
    order.formUnion(other.order)
    if let others = other.spread { spread?.formUnion(others) } else { spread = nil }
    source.formUnion(other.source)
    distinct.formUnion(other.distinct)
    floats.formUnion(other.floats)
    texts += other.texts
    if let more = other.words {
      if words == nil { words = more } else { words?.formUnion(more) }
    }
    if let ends = other.outermost { outermost = outermost.map { $0.union(ends) } ?? ends }
  }

  /// Adds the values that stand in `scratch`, of which there is at least one.
  mutating func addSpread(of scratch: ColumnScratch) {
    let report = scratch.report
    guard report.kind == .integer, !report.facts.contains(.unsigned) else {
      spread = nil
      return
    }
    spread?.add(
      scratch.values, count: report.rowCount, validity: scratch.validityWords,
      in: report.minimum...report.maximum)
  }

  // MARK: - What it says

  /// The strings, whoever has them.
  var collectors: [TextCollector] { texts + (words.map { [$0.collector] } ?? []) }

  package var rowCount: Int { kinds.reduce(0) { $0 + $1.rowCount } }
  package var nullCount: Int { kinds.reduce(0) { $0 + $1.nullCount } }
  /// Bit `i` is set where null word `i` occurred; see `NullWords`.
  package var nullWords: UInt64 { kinds.reduce(0) { $0 | $1.nullWords } }
  /// Bit `i` is set where all fields of some chunk are in the user's format `i`.
  package var fittingFormats: UInt64 { kinds.reduce(0) { $0 | $1.someFormats } }
  /// The kinds of chunks that have values.
  package var valueKinds: [KindEvidence] { kinds.filter { $0.kind != .null } }
  /// Whether some chunk was read by the user's words for booleans.
  package var hasToldBooleans: Bool { kinds.contains { $0.kind == .boolean && $0.hasTold } }

  /// The facts of a column of numbers; none of any other.
  var numberFacts: FieldFacts {
    valueKinds.allSatisfy { [.number, .float].contains($0.kind.family) }
      ? valueKinds.reduce(into: []) { $0.formUnion($1.facts) } : []
  }

  /// What the order of the integers shows, in units of `kind`; `nil` where that is nothing.
  func order(kind: FieldKind) -> IntegerOrder? { order.whole(kind: kind, rowCount: rowCount) }

  /// Where the integers lie, in units of `kind`; `nil` where that is not known.
  func spread(kind: FieldKind) -> IntegerSpread? { kind == .integer ? spread : nil }
}

extension ChunkReport {
  /// Rows of records that end before the column.
  fileprivate init(missingRowCount: Int) {
    (rowCount, nullCount, nullWords) = (missingRowCount, missingRowCount, 1)
  }
}
