/// How the rows of a column follow from those of other columns of its table.
///
/// A column with one holds no rows of its own, but what its sources do not tell. It reads as a column in its layout
/// does, so that nobody needs to know.
package protocol Derivation: Sendable {
  /// The columns that the rows follow from, none of which follows from others.
  var sources: [Column] { get }
  /// The bytes of what the sources do not tell. Those of the sources are theirs.
  var footprint: Footprint { get }
  /// The column in few words: `` `shipped` + 1 … 30 ``.
  var words: String { get }
  /// The shape in which readers see `column`, which has this derivation.
  func view(of column: Column) -> ColumnView
}
