package import Columnar

/// A column whose type is settled. A reference, so that its chunks have one owner and can be dropped
/// one by one.
///
/// Unchecked: one thread at a time has it.
package final class TypedColumn: @unchecked Sendable {
  package var profile: ColumnProfile
  /// The values, with whatever a dictionary or a constant needs; `nil` where none were kept.
  package var values: ChunkedValues?
  /// What the column would be but for some of its values.
  package var narrower: [NarrowerColumn] = []
  /// Its outermost values, where those were asked for.
  package let outermost: OutermostValues.Ends
  /// The distinct texts, if few enough for a dictionary.
  let unitedText: UnitedText?
  /// The distinct integers or bits of binary64, unsorted, where they are few enough for a
  /// dictionary.
  private let distinct: IntegerSet?
  private let isUnsigned: Bool

  package init(_ column: LoadedColumn, rowCount: Int, note: Note?, keepsValues: Bool) {
    let settled =
      column.settled
      ?? TypeResolver.Settled(type: .string, kind: .string, fidelity: .text)
    let evidence = column.evidence
    let nullCount = evidence.nullCount
    var profile = ColumnProfile(
      name: column.name, type: settled.type, rowCount: rowCount, nullCount: nullCount)
    profile.fidelity = settled.fidelity
    profile.isTypeTold = settled.isTold
    if let note { profile.notes.append(note) }
    // Columns that only some records have are empty in the others.
    profile.source = evidence.source
    profile.source.emptyCount += rowCount - profile.source.fieldCount
    if let affixes = column.affixes {
      profile.affix = NumberAffix(unit: affixes.unitText, decimalSeparator: affixes.decimal)
      if let note = affixes.note { profile.notes.append(note) }
    }
    isUnsigned = evidence.kinds.contains { $0.facts.contains(.unsigned) }

    outermost = evidence.outermost?.joined(as: settled.kind) ?? OutermostValues.Ends()
    var unitedText: UnitedText?
    var learnedSample: TextSample?
    switch settled.type.domain {
    case .integer:
      if let range = evidence.kinds.range(as: settled.kind) {
        profile.integers = IntegerProfile(
          minimum: range.lowerBound, maximum: range.upperBound,
          order: evidence.order(kind: settled.kind), spread: evidence.spread(kind: settled.kind))
      }
      distinct = evidence.distinct.values(as: settled.kind)
      profile.note(distinct: distinct?.count)
    case .float:
      let floats = evidence.floats.profile
      profile.floats = floats
      profile.source.noteWholeFloats(floats)
      distinct = evidence.distinct.values(as: .float)
      profile.note(distinct: distinct?.count)
      // The table holds bits: −0.0 and 0.0 are two of those and one value.
      if let values = distinct?.unsortedValues, values.contains(0), values.contains(.min) {
        profile.distinctCount = profile.distinctCount.map { $0 - 1 }
      }
    case .bytes:
      distinct = nil
      let united = TextCollector.united(evidence.collectors)
      profile.text = united.profile
      profile.distinctCount = united.count
      profile.isDistinctExact = united.isExact
      let isUsable = united.isExact && (united.count ?? .max) <= TextTable.maximumCount
      profile.dictionaryCount = isUsable ? united.count : nil
      unitedText = united.distinct
      learnedSample = united.learnedSample
      if settled.type == .string, profile.valueCount > 0 {
        if !united.profile.forms.isDisjoint(with: [.lowercaseUUID, .uppercaseUUID]) {
          profile.type = .uuid
        } else if united.profile.forms.contains(.ipv4) {
          profile.type = .ipv4
        } else if profile.notes.isEmpty, profile.source.fieldCount > 0,
          let hint = WrittenForm.hint(for: profile)
        {
          profile.notes.append(hint)
        }
      }
    }
    if keepsValues {
      var values = ChunkedValues(
        name: column.name, type: profile.type, rowCount: rowCount, nullCount: nullCount,
        chunks: column.chunks(as: settled))
      values.isUnsigned = isUnsigned
      values.unitedText = unitedText
      values.learnedSample = learnedSample
      self.values = values
    }
    self.unitedText = profile.dictionaryCount == nil ? nil : unitedText
    self.profile = profile
  }

  /// The column in `layout`. The chunks are dropped as they are consumed.
  package func encode(layout: Layout) throws(LayoutError) -> Column {
    let (encoding, layout) = try prepare(layout)
    return try make(encoding, layout)
  }

  private func make(_ encoding: any Encoding, _ layout: Layout) throws(LayoutError) -> Column {
    var column = try encoding.encode(&values!, layout: layout).orPlainText(profile)
    (column.planned, column.declared) = (values!.planned, values!.declared)
    return column
  }

  /// The column in `layout`, to be made block by block where that can be done. The chunks are handed
  /// over.
  ///
  /// - Parameters:
  ///   - digest: How blocks are noted.
  ///   - needsWhole: Whether whoever reads it needs a column of this shape as a whole.
  package func source(
    layout: Layout, rowsPerBlock: Int = ColumnDigest.blockRowCount, digest: DigestAlgorithm = .xxh3,
    needsWhole: (ColumnView) -> Bool
  ) throws(LayoutError) -> ColumnSource {
    let (encoding, layout) = try prepare(layout)
    guard encoding.storesRows, let values else { return .whole(try make(encoding, layout)) }
    self.values = nil
    let blocks = try ColumnBlocks(
      values, layout: layout, integers: profile.integers.map { $0.minimum...$0.maximum },
      rowsPerBlock: rowsPerBlock, algorithm: digest)
    return needsWhole(blocks.empty.view) ? .whole(try blocks.whole()) : .blocks(blocks)
  }

  /// Makes ready for `layout`, or for the one that is made instead.
  private func prepare(_ layout: Layout) throws(LayoutError) -> (any Encoding, Layout) {
    func misfit() -> LayoutError {
      LayoutError(column: profile.name, row: nil, layout: layout.description)
    }
    guard let encoding = Encodings.named[layout.encoding], values != nil,
      layout.isSound(for: profile.type)
    else { throw misfit() }
    if encoding.sharesValues || layout.values?.first?.sharesValues == true { prepareDictionary() }
    try values?.checkPlan(profile.integers.map { $0.minimum...$0.maximum })
    guard let settled = try values?.settle(layout), let encoding = Encodings.named[settled.encoding]
    else { throw misfit() }
    return (encoding, settled)
  }

  /// Sorts the distinct values, which dictionaries and constants are made from.
  private func prepareDictionary() {
    guard let distinct, distinct.count?.isExact == true else {
      // A plan may ask for what this table alone would not: then all values are looked at again.
      values?.findDistinct()
      return
    }
    let sorted = values?.sortedDistinct(distinct.unsortedValues)
    values?.distinctValues = sorted
  }
}

extension ColumnProfile {
  fileprivate mutating func note(distinct: (value: Int, isExact: Bool)?) {
    distinctCount = distinct?.value
    isDistinctExact = distinct?.isExact ?? false
    let isUsable = isDistinctExact && (distinctCount ?? .max) <= IntegerSet.maximumTableCount
    dictionaryCount = isUsable ? distinctCount : nil
  }
}

extension LoadedColumn {
  /// The chunks, with integers in units of the settled kind.
  fileprivate func chunks(as settled: TypeResolver.Settled) -> [ColumnChunk] {
    guard settled.type.domain == .integer else { return chunks.map(\.values) }
    return chunks.map { chunk in
      var values = chunk.values
      if let factor = chunk.kind.factor(to: settled.kind), factor != 1 {
        values.multiply(by: factor)
      }
      return values
    }
  }
}
