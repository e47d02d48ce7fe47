package import Columnar

/// What an option says of fields: in all columns, or in one. Which, the header may have to tell, so it
/// is kept as it was said until then.
package struct ColumnMeaning: Sendable {
  package typealias Scope = (column: String?, text: String)

  /// The column, if it is of one, and what is said.
  let scope: @Sendable (ScopedText, Set<String>?) throws(OptionError) -> Scope
  /// Settles what is said of a column, or of the table.
  let set: @Sendable (inout TypingOptions, String?, String) throws(OptionError) -> Void
  /// Whether the header decides what a value means.
  let dependsOnNames: @Sendable (ScopedText) -> Bool
  /// The same as assignments in Swift: of the table, and of a column.
  let swift: @Sendable (TypingOptions) -> String?
  let swiftOfColumn: @Sendable (ColumnTyping) -> String?

  package init(
    scope: @escaping @Sendable (ScopedText, Set<String>?) throws(OptionError) -> Scope,
    dependsOnNames: @escaping @Sendable (ScopedText) -> Bool = { $0.dependsOnNames },
    swift: @escaping @Sendable (TypingOptions) -> String?,
    swiftOfColumn: @escaping @Sendable (ColumnTyping) -> String?,
    set: @escaping @Sendable (inout TypingOptions, String?, String) throws(OptionError) -> Void
  ) {
    self.scope = scope
    self.set = set
    self.dependsOnNames = dependsOnNames
    self.swift = swift
    self.swiftOfColumn = swiftOfColumn
  }

  /// Of values that `read` makes of text; what it cannot read is a column's name with the value.
  ///
  /// - Parameters:
  ///   - swift: The property that both `TypingOptions` and `ColumnTyping` have.
  ///   - literal: A value in Swift.
  package init<Value>(
    swift property: String, literal: @escaping @Sendable (Value) -> String,
    table: @escaping @Sendable (TypingOptions) -> Value?,
    column: @escaping @Sendable (ColumnTyping) -> Value?,
    read: @escaping @Sendable (String) throws(OptionError) -> Value,
    set: @escaping @Sendable (inout TypingOptions, String?, Value) -> Void
  ) {
    self.init(
      scope: { value, names in value.parted(names) { (try? read($0)) != nil } },
      swift: { table($0).map { "\(property) = \(literal($0))" } },
      swiftOfColumn: { column($0).map { "\(property) = \(literal($0))" } },
      set: { typing, column, text throws(OptionError) in set(&typing, column, try read(text)) })
  }

  /// All that was said, as statements.
  func statements(_ typing: TypingOptions) -> [SwiftStatement] {
    var statements = swift(typing).map { [$0] } ?? []
    for (name, column) in typing.columns.sorted(by: { $0.key < $1.key }) {
      if let assignment = swiftOfColumn(column) {
        statements.append(
          "columns[\(name.swiftLiteral), default: ColumnTyping()].\(assignment)")
      }
    }
    return statements.map { .typing($0) }
  }
}

extension TypingOptions {
  /// What is said of one column.
  package subscript(column: String) -> ColumnTyping {
    get { columns[column] ?? ColumnTyping() }
    set { columns[column] = newValue }
  }
}
