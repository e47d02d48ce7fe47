/// A way of storing a column: which layouts it offers, what they cost, how they are made and read.
///
/// To add an encoding: write its file, add one line to `Encodings.all`. The law tests find it there.
package protocol Encoding: Sendable {
  /// The name that layouts carry.
  var name: String { get }

  /// The layouts of this encoding that hold the column exactly, under `policy`.
  func layouts(for profile: ColumnProfile, policy: LayoutPolicy) -> [Layout]

  /// Whether `layout`, which may come from a file, is one that this encoding makes for columns of
  /// `type`: every parameter is there and within its range.
  func isSound(_ layout: Layout, for type: LogicalType) -> Bool

  /// The bytes that the column takes in `layout`: a closed formula, equal to what is measured on
  /// the column once it is made, but where `isForetold`.
  func footprint(of layout: Layout, for profile: ColumnProfile) -> Footprint

  /// The same layouts, each with its footprint.
  func costs(for profile: ColumnProfile, policy: LayoutPolicy) -> [LayoutCost]

  /// Whether a read goes through a table. Such a layout has to be a fifth smaller to be chosen.
  var isIndirect: Bool { get }

  /// Whether a layout is made for the very values of one table: the next month's would not fit it.
  /// Such layouts are not put into plans.
  var isTiedToValues: Bool { get }

  /// Whether only a column that is made tells what it takes, so that `footprint` is foretold from some of its
  /// values: about as much, and seldom less.
  var isForetold: Bool { get }

  /// The least dense policy under which such a layout is offered.
  func leastStorage(of layout: Layout) -> StoragePolicy

  /// Whether each row is stored by itself, given `tables`, so that a column can be made a block of
  /// rows at a time.
  var storesRows: Bool { get }

  /// Whether a column lists its rows without a value where that takes fewer bytes than a bit a row: where its values
  /// are decoded, too.
  func listsNulls(in layout: Layout) -> Bool

  /// Whether a column is made on all threads that there are for it.
  var takesThreads: Bool { get }

  /// What all rows of the column share: made once, before any of them is stored.
  ///
  /// - Throws: where the column as a whole does not fit `layout`.
  func tables(
    for chunks: ChunkedValues, layout: Layout
  ) throws(LayoutError) -> EncodingTables

  /// The column in `layout`, or a block of its rows. `chunks` is emptied as its chunks are consumed.
  func encode(
    _ chunks: inout ChunkedValues, layout: Layout, tables: EncodingTables
  ) throws(LayoutError) -> Column

  /// The shape in which readers see a column of this encoding.
  func view(of column: Column) -> ColumnView

  /// The shape of that view, whatever the values.
  func shape(of layout: Layout) -> ViewShape

  /// The layout as users read it.
  func describe(_ layout: Layout) -> String

  /// Why a column of this profile is best stored so, in words.
  func reason(for layout: Layout, profile: ColumnProfile) -> String

  /// The share of what the layout can hold that the column leaves unused: 1 − used range / range of
  /// the layout; `nil` where the layout has no range.
  func headroom(of layout: Layout, profile: ColumnProfile) -> Double?

  /// Whether each row holds its own integer in whole bytes, so that engines take them as they lie.
  var isPlainInteger: Bool { get }

  /// Whether each row holds its own text, whatever that is.
  var isPlainText: Bool { get }

  /// Whether rows lead to values that are held once.
  var sharesValues: Bool { get }
}

extension Encoding {
  package var isIndirect: Bool { false }
  package var isTiedToValues: Bool { false }
  package var storesRows: Bool { true }
  package var isForetold: Bool { false }
  package func leastStorage(of layout: Layout) -> StoragePolicy { .fast }
  package func listsNulls(in layout: Layout) -> Bool { layout.bits != nil }
  package var takesThreads: Bool { false }

  package func tables(
    for chunks: ChunkedValues, layout: Layout
  ) throws(LayoutError) -> EncodingTables { EncodingTables() }

  /// The column in `layout`. `chunks` is emptied as its chunks are consumed.
  package func encode(
    _ chunks: inout ChunkedValues, layout: Layout
  ) throws(LayoutError) -> Column {
    try encode(&chunks, layout: layout, tables: tables(for: chunks, layout: layout))
  }

  package func describe(_ layout: Layout) -> String { name }

  package func reason(for layout: Layout, profile: ColumnProfile) -> String { describe(layout) }
  package func headroom(of layout: Layout, profile: ColumnProfile) -> Double? { nil }

  package var isPlainInteger: Bool { false }
  package var isPlainText: Bool { false }
  package var sharesValues: Bool { false }

  package func costs(for profile: ColumnProfile, policy: LayoutPolicy) -> [LayoutCost] {
    layouts(for: profile, policy: policy).map {
      LayoutCost(layout: $0, footprint: footprint(of: $0, for: profile))
    }
  }
}
