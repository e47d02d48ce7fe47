/// A named column of typed values in some layout.
///
/// A column is a value: copying it copies references to buffers that no one changes.
public struct Column: Sendable {
  /// The name, which a table may have twice.
  public let name: String
  /// What the values mean.
  public let type: LogicalType
  /// How the values are stored.
  public let layout: Layout
  /// The number of rows.
  public let count: Int
  /// How many rows have no value.
  public let nullCount: Int
  /// Which rows have a value; `nil` where every row has, and where none has.
  package let validity: Validity?
  /// The values, codes or text bytes; what they are, the layout says.
  package let values: Buffer?
  /// `count + 1` positions within `values`, for text of varying length.
  package let offsets: Buffer?
  /// The distinct values, sorted, that the codes point to.
  package let dictionary: [Column]
  /// What the rows follow from, where they follow from other columns of the table.
  package var derivation: (any Derivation)?
  /// How a plan has the column handed over; `nil` where its values decide.
  package var planned: PlannedHandOver?
  /// What the file that it was read from said of it; `nil` for text and for computed columns.
  package var declared: DeclaredType?
  /// What the column was that its rows were taken from; `nil` where it has all rows, or ones that were computed.
  package var taken: TakenIntegers?
  /// The least and the greatest integer, as soon as somebody asked for them.
  package internal(set) var ends = IntegerEnds()

  /// - Parameter validity: Bit `i` (least significant first) is 1 where row `i` has a value; `nil` where every
  ///   row has, and where none has.
  package init(
    name: String, type: LogicalType, layout: Layout, count: Int, nullCount: Int,
    validity: Buffer?, values: Buffer? = nil, offsets: Buffer? = nil, dictionary: Column? = nil
  ) {
    self.init(
      name: name, type: type, layout: layout, count: count, nullCount: nullCount,
      sharing: validity.map {
        Validity($0, rowCount: count, nullCount: nullCount, listsNulls: layout.listsNulls)
      }, values: values, offsets: offsets, dictionary: dictionary)
  }

  /// The same with the validity of another column.
  package init(
    name: String, type: LogicalType, layout: Layout, count: Int, nullCount: Int,
    sharing validity: Validity?, values: Buffer? = nil, offsets: Buffer? = nil,
    dictionary: Column? = nil
  ) {
    self.name = name
    self.type = type
    self.layout = layout
    self.count = count
    self.nullCount = nullCount
    self.validity = validity
    self.values = values
    self.offsets = offsets
    self.dictionary = dictionary.map { [$0] } ?? []
  }

  /// This column under another name.
  public func renamed(_ name: String) -> Column {
    var column = Column(
      name: name, type: type, layout: layout, count: count, nullCount: nullCount,
      sharing: validity, values: values, offsets: offsets, dictionary: dictionary.first)
    column.derivation = derivation
    (column.planned, column.declared) = (planned, declared)
    (column.taken, column.ends) = (taken, ends)
    return column
  }

  /// The bytes of the buffers that this column holds. Those of columns that its rows follow from are theirs.
  public var footprint: Footprint {
    var footprint = derivation?.footprint ?? Footprint()
    if let values { footprint.add(values.byteCount, to: \.values) }
    if let validity { footprint.add(validity.memory.byteCount, to: \.validity) }
    if let offsets { footprint.add(offsets.byteCount, to: \.offsets) }
    if let dictionary = dictionary.first {
      footprint = footprint + dictionary.footprint.asDictionary
    }
    return footprint
  }

  /// Keeps the least and the greatest integer that a look at all rows has found.
  func noteEnds(_ profile: ColumnProfile) {
    guard let integers = profile.integers, profile.type == type, profile.rowCount == count,
      profile.nullCount == nullCount
    else { return }
    ends.note(integers.minimum...integers.maximum)
  }

  /// Whether there is no value in row `row`, counted from 0: where it is null, and where the column
  /// has no such row.
  public func isNull(_ row: Int) -> Bool {
    if row < 0 || row >= count || nullCount == count { return true }
    return validity?.isNull(row) ?? false
  }
}
