/// One value for all rows that have one; nothing at all where every row is null.
///
///     dictionary [ 2013 ]             + validity where some rows are null
struct ConstantEncoding: Encoding {
  let name = "constant"
  let isTiedToValues = true
  let storesRows = false
  let sharesValues = true

  func layouts(for profile: ColumnProfile, policy: LayoutPolicy) -> [Layout] {
    if profile.nullCount == profile.rowCount { return [Layout(encoding: name)] }
    guard profile.dictionaryCount == 1, let value = profile.dictionaryProfile else { return [] }
    return layouts(forValue: value, policy: policy)
  }

  private func layouts(forValue value: ColumnProfile, policy: LayoutPolicy) -> [Layout] {
    DictionaryEncoding.valueLayouts(for: value, policy: policy).map {
      Layout(encoding: name, values: $0)
    }
  }

  func costs(for profile: ColumnProfile, policy: LayoutPolicy) -> [LayoutCost] {
    guard profile.nullCount < profile.rowCount else {
      return [LayoutCost(layout: Layout(encoding: name), footprint: Footprint())]
    }
    guard profile.dictionaryCount == 1, let value = profile.dictionaryProfile else { return [] }
    return layouts(forValue: value, policy: policy).map { layout in
      LayoutCost(
        layout: layout,
        footprint: validityFootprint(for: profile)
          + DictionaryEncoding.footprint(ofValuesIn: layout, for: value))
    }
  }

  private func validityFootprint(for profile: ColumnProfile) -> Footprint {
    var footprint = Footprint()
    if profile.validityByteCount > 0 { footprint.add(profile.validityByteCount, to: \.validity) }
    return footprint
  }

  func isSound(_ layout: Layout, for type: LogicalType) -> Bool {
    layout.values.map { DictionaryEncoding.areSound($0, for: type) } ?? true
  }

  func footprint(of layout: Layout, for profile: ColumnProfile) -> Footprint {
    validityFootprint(for: profile)
      + DictionaryEncoding.dictionaryFootprint(of: layout, for: profile)
  }

  func tables(
    for chunks: ChunkedValues, layout: Layout
  ) throws(LayoutError) -> EncodingTables {
    let dictionary = try chunks.encodeDictionary(layout: layout)
    if dictionary?.count != 1, let row = chunks.firstRow(pastDistinct: layout.values == nil ? 0 : 1)
    {
      throw LayoutError(column: chunks.name, row: row, layout: layout.description)
    }
    return EncodingTables(dictionary: dictionary)
  }

  func encode(
    _ chunks: inout ChunkedValues, layout: Layout, tables: EncodingTables
  ) throws(LayoutError) -> Column {
    let validity = chunks.makeValidity()
    // With one distinct value found over all rows, each chunk holds that value or none.
    chunks.consume { _, _ in }
    return Column(
      name: chunks.name, type: chunks.type, layout: layout, count: chunks.rowCount,
      nullCount: chunks.nullCount, validity: validity, dictionary: tables.dictionary)
  }

  func view(of column: Column) -> ColumnView { .constant(column.dictionary.first?.view) }

  func shape(of layout: Layout) -> ViewShape {
    .constant(layout.values?.first?.shape)
  }

  func describe(_ layout: Layout) -> String {
    layout.values == nil ? "all null" : "constant"
  }

  func reason(for layout: Layout, profile: ColumnProfile) -> String {
    layout.values == nil ? "no row has a value" : "every value is the same"
  }
}
