/// What readers of a table are told in its schema beside Arrow's types, of which some keep no more than
/// they are told: the whole metadata, given the columns and the metadata that the table came with.
package typealias SchemaHints =
  @Sendable (_ columns: [ArrowColumn], _ metadata: [ArrowMetadata]) -> [ArrowMetadata]

extension ArrowSchema {
  /// The schema of a table; for `nil` without hints.
  package init(_ columns: [ArrowColumn], metadata: [ArrowMetadata], hints: SchemaHints?) {
    self.init(
      fields: columns.map(\.field), metadata: hints?(columns, metadata) ?? metadata)
  }
}
