/// What a file that has types said of a column beyond the kind of its values: what the lean column
/// says again, so that it means the same to whoever reads it.
package struct DeclaredType: Hashable, Sendable {
  /// The values of a dictionary in the file's order, those too that no row has.
  package struct Categories: Hashable, Sendable {
    package var entries: [[UInt8]]
    /// Whether the order is one by which values compare.
    package var isOrdered: Bool

    package init(entries: [[UInt8]], isOrdered: Bool) {
      self.entries = entries
      self.isOrdered = isOrdered
    }
  }

  /// The type that the column keeps, whatever narrower one would hold its values: decimals, and
  /// what other types are stored as.
  package var exact: ArrowType?
  /// The type of a column in which no row has a value.
  package var whenEmpty: ArrowType?
  /// Whether integers are without a sign.
  package var isUnsigned = false
  package var categories: Categories?
  /// Whether text is written row by row, as another type wants that is stored as text.
  package var isPlainText = false
  /// The field's own metadata, with the name of the type that it is stored for.
  package var metadata: [Entry] = []

  package struct Entry: Hashable, Sendable {
    package var key: String
    package var value: String

    package init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  package init(whenEmpty: ArrowType? = nil) { self.whenEmpty = whenEmpty }
}
