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

  package init(_ column: LoadedColumn, rowCount: Int, note: String?, keepsValues: Bool) {
    let settled =
      column.settled
      ?? TypeResolver.Settled(type: .string, kind: .string, fidelity: .text)
    let nullCount = column.reports.reduce(0) { $0 + $1.nullCount }
    var profile = ColumnProfile(
      name: column.name, type: settled.type, rowCount: rowCount, nullCount: nullCount)
    profile.fidelity = settled.fidelity
    if let note { profile.notes.append(note) }
    profile.source = column.source(rowCount: rowCount)
    if let affixes = column.affixes {
      profile.affix = NumberAffix(unit: affixes.unitText, decimalSeparator: affixes.decimal)
      if let note = affixes.note { profile.notes.append(note) }
    }
    isUnsigned = column.reports.contains { $0.facts.contains(.unsigned) }

    outermost = OutermostValues.joined(
      column.parsers.compactMap(\.outermost), as: settled.kind)
    var chunks = column.chunks.compactMap { $0 }
    var unitedText: UnitedText?
    switch settled.type.domain {
    case .integer:
      let used = column.reports.filter { $0.valueCount > 0 }
      let factors = column.reports.map { $0.kind.factor(to: settled.kind) ?? 1 }
      for index in chunks.indices {
        if case .integers(var integers) = chunks[index].values, factors[index] != 1 {
          integers.multiplier = factors[index]
          chunks[index].values = .integers(integers)
        }
      }
      if !used.isEmpty {
        let minimum = used.map { $0.minimumValue * Int128($0.kind.factor(to: settled.kind) ?? 1) }
        let maximum = used.map { $0.maximumValue * Int128($0.kind.factor(to: settled.kind) ?? 1) }
        profile.integers = IntegerProfile(
          minimum: minimum.min()!, maximum: maximum.max()!,
          sequence: column.sequence(
            kind: settled.kind, rowCount: rowCount, minimum: minimum.min()!,
            maximum: maximum.max()!))
      }
      distinct = column.unitedDistinct(kind: settled.kind)
      profile.note(distinct: distinct?.count)
    case .float:
      var facts = FloatFacts()
      for parser in column.parsers { facts.formUnion(parser.floats) }
      profile.floats = facts.profile
      profile.source.noteWholeFloats(facts.profile)
      distinct = column.unitedDistinct(kind: .float)
      profile.note(distinct: distinct?.count)
      // The table holds bits: −0.0 and 0.0 are two of those and one value.
      if let values = distinct?.unsortedValues, values.contains(0), values.contains(.min) {
        profile.distinctCount = profile.distinctCount.map { $0 - 1 }
      }
    case .bytes:
      distinct = nil
      let united = TextCollector.united(column.parsers.compactMap(\.text))
      profile.text = united.profile
      profile.distinctCount = united.count
      profile.isDistinctExact = united.isExact
      let isUsable = united.isExact && (united.count ?? .max) <= TextTable.maximumCount
      profile.dictionaryCount = isUsable ? united.count : nil
      unitedText = united.distinct
      if settled.type == .string, profile.valueCount > 0 {
        if !united.profile.forms.isDisjoint(with: [.lowercaseUUID, .uppercaseUUID]) {
          profile.type = .uuid
        } else if united.profile.forms.contains(.ipv4) {
          profile.type = .ipv4
        }
      }
    }
    if keepsValues {
      var values = ChunkedValues(
        name: column.name, type: profile.type, rowCount: rowCount, nullCount: nullCount,
        chunks: chunks)
      values.isUnsigned = isUnsigned
      values.unitedText = unitedText
      self.values = values
    }
    self.unitedText = profile.dictionaryCount == nil ? nil : unitedText
    self.profile = profile
  }

  /// The column in `layout`. The chunks are dropped as they are consumed.
  package func encode(layout: Layout) throws(LayoutError) -> Column {
    let encoding = try prepare(layout)
    var column = try encoding.encode(&values!, layout: layout)
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
    guard try prepare(layout).storesRows, let values else {
      return .whole(try encode(layout: layout))
    }
    self.values = nil
    let blocks = try ColumnBlocks(
      values, layout: layout, integers: profile.integers.map { $0.minimum...$0.maximum },
      rowsPerBlock: rowsPerBlock, algorithm: digest)
    return needsWhole(blocks.empty.view) ? .whole(try blocks.whole()) : .blocks(blocks)
  }

  private func prepare(_ layout: Layout) throws(LayoutError) -> any Encoding {
    guard let encoding = Encodings.named[layout.encoding], values != nil,
      layout.isSound(for: profile.type)
    else { throw LayoutError(column: profile.name, row: nil, layout: layout.description) }
    if layout.values != nil { prepareDictionary() }
    try values?.checkPlan(profile.integers.map { $0.minimum...$0.maximum })
    return encoding
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
  /// The distinct values of all threads, in units of `kind`; `nil` where some were forgotten.
  func unitedDistinct(kind: FieldKind) -> IntegerSet? {
    var united: IntegerSet?
    for parser in parsers {
      guard let distinctKind = parser.distinctKind else { continue }
      guard parser.isDistinctComplete, distinctKind.family == kind.family else { return nil }
      var share = parser.distinct
      if distinctKind != kind {
        guard let factor = distinctKind.factor(to: kind), let scaled = share.scaled(by: factor)
        else {
          return nil
        }
        share = scaled
      }
      if united == nil { united = share } else { united!.formUnion(share) }
    }
    return united ?? IntegerSet(purpose: .layout)
  }

  /// What the fields were as they stood in the file. Columns that only some records have are empty
  /// in the others.
  fileprivate func source(rowCount: Int) -> SourceFacts {
    var source = parsers.reduce(into: SourceFacts()) { $0.formUnion($1.facts) }
    source.emptyCount += rowCount - source.fieldCount
    return source
  }

  /// The start and step where neighbours differ by the same step throughout.
  fileprivate func sequence(
    kind: FieldKind, rowCount: Int, minimum: Int128, maximum: Int128
  ) -> IntegerProfile.Sequence? {
    let used = reports.filter { $0.rowCount > 0 }
    guard rowCount > 1, let first = used.first else { return nil }
    var step: Int64?
    var last: Int64?
    for report in used {
      guard report.nullCount == 0, let own = report.step, let factor = report.kind.factor(to: kind)
      else { return nil }
      if report.rowCount > 1 {
        if let step, step != own &* factor { return nil }
        step = own &* factor
      }
      if let last {
        let difference = report.first &* factor &- last
        if let step, step != difference { return nil }
        step = difference
      }
      last = report.last &* factor
    }
    guard let step, step != 0, let factor = first.kind.factor(to: kind) else { return nil }
    let start = first.first &* factor
    // Bits alone do not tell: steps may have wrapped, and values be without a sign.
    let end = Int128(start) + Int128(step) * Int128(rowCount - 1)
    let range = step > 0 ? (Int128(start), end) : (end, Int128(start))
    // Columns without a sign have bits that no sequence of signed integers ends in.
    guard maximum <= Int64.max else { return nil }
    return range == (minimum, maximum) ? IntegerProfile.Sequence(start: start, step: step) : nil
  }
}
