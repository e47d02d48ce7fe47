/// Integers that stand in runs: where each run starts, and its value, the values being a column of their own.
///
///     starts { 0, 3, 4 }   values [ 7 | 9 | 7 ]            7, 7, 7, 9, 7, 7
///
/// A row without a value goes on with the run before it. Where values recur, those of the runs are the codes of a
/// dictionary.
struct RunsEncoding: Encoding {
  let name = "runs"
  let isIndirect = true
  let isTiedToValues = true
  let storesRows = false

  /// The encodings that may hold the values of runs.
  private static let valueEncodings: [any Encoding] = [
    SequenceEncoding(), IntegerEncoding(), FrameOfReferenceEncoding(), PackedEncoding(),
    DeltaEncoding(), DictionaryEncoding(),
  ]

  func layouts(for profile: ColumnProfile, policy: LayoutPolicy) -> [Layout] {
    guard let runs = profile.runProfile(policy), runs.rowCount < profile.valueCount else {
      return []
    }
    return Self.valueEncodings.flatMap { $0.layouts(for: runs, policy: policy) }
      .map { Layout(encoding: name, values: $0) }
  }

  func leastStorage(of layout: Layout) -> StoragePolicy { .packed }

  func listsNulls(in layout: Layout) -> Bool { true }

  func isSound(_ layout: Layout, for type: LogicalType) -> Bool {
    guard type.domain == .integer, type != .boolean, layout.values?.count == 1,
      let values = layout.values?.first, let encoding = Self.encoding(of: values)
    else { return false }
    return encoding.isSound(values, for: type)
  }

  private static func encoding(of values: Layout) -> (any Encoding)? {
    valueEncodings.first { $0.name == values.encoding }
  }

  func footprint(of layout: Layout, for profile: ColumnProfile) -> Footprint {
    var footprint = Footprint()
    guard let count = profile.integers?.order?.runCount, let values = layout.values?.first else {
      return footprint
    }
    var runs = profile
    (runs.rowCount, runs.nullCount) = (count, 0)
    footprint.add(RowSet.byteCount(rowCount: profile.rowCount, memberCount: count), to: \.values)
    let validity = profile.listedValidityByteCount
    if validity > 0 { footprint.add(validity, to: \.validity) }
    let held = Self.encoding(of: values)?.footprint(of: values, for: runs) ?? Footprint()
    return footprint + held.asDictionary
  }

  func encode(
    _ chunks: inout ChunkedValues, layout: Layout, tables: EncodingTables
  ) throws(LayoutError) -> Column {
    let name = chunks.name
    try chunks.refuseSignBits(layout)
    let runs = IntegerRuns(chunks)
    guard let values = layout.values?.first, let encoding = Self.encoding(of: values) else {
      throw LayoutError(column: name, row: nil, layout: layout.description)
    }
    var ofRuns = runs.values
    if encoding.sharesValues { ofRuns.findDistinct() }
    let held: Column
    do {
      held = try encoding.encode(&ofRuns, layout: values)
    } catch {
      // The first run begins with row 0, which may be null.
      throw LayoutError(
        column: name, row: error.row.map { $0 == 0 ? chunks.firstValueRow ?? 0 : runs.starts[$0] },
        layout: layout.description)
    }
    let starts = RowSet(runs.starts, of: chunks.rowCount)
    let validity = chunks.makeValidity()
    let column = Column(
      name: name, type: chunks.type, layout: layout, count: chunks.rowCount,
      nullCount: chunks.nullCount, validity: validity, values: starts.memory, dictionary: held)
    try chunks.consumeComparing(with: column)
    return column
  }

  func view(of column: Column) -> ColumnView {
    guard let memory = column.values, let values = column.dictionary.first else {
      fatalError("runs have starts and values")
    }
    let starts = RowSet(rowCount: column.count, memberCount: values.count, memory: memory)
    return .decoded(DecodedView(.integers(RunsDecoder(starts: starts, values: values))))
  }

  func shape(of layout: Layout) -> ViewShape { .computed }

  func describe(_ layout: Layout) -> String {
    layout.values?.first.map { "runs<\($0)>" } ?? name
  }

  func reason(for layout: Layout, profile: ColumnProfile) -> String {
    guard let count = profile.integers?.order?.runCount else { return "values stand in runs" }
    return "\(count) runs in \(profile.rowCount) rows"
  }
}

extension ColumnProfile {
  /// The profile of the values of the column's runs; `nil` where nobody looked for runs, and under a policy
  /// that has none.
  fileprivate func runProfile(_ policy: LayoutPolicy) -> ColumnProfile? {
    guard policy.storage.isDense, type.domain == .integer, type != .boolean, let integers,
      integers.maximum <= Int64.max, let order = integers.order, order.rowCount == rowCount
    else { return nil }
    var runs = ColumnProfile(name: name, type: type, rowCount: order.runCount, nullCount: 0)
    runs.integers = IntegerProfile(
      minimum: integers.minimum, maximum: integers.maximum, order: order.ofRuns)
    runs.dictionaryCount = dictionaryCount
    return runs
  }
}
