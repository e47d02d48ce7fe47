/// What names a table's columns may have, where a plan says what they are.
package struct NameRules: Sendable {
  /// Names that are spoken of, by the plan or by what it says of typing, and that no column need have.
  package var mayLack: Set<String> = []
  /// The columns that are read; `nil` for all.
  package var keeps: Set<String>?
  /// Called with all names before rows are read, and once more when longer records may have added some.
  package var check: @Sendable (_ names: [String], _ areAll: Bool) throws -> Void = { _, _ in }

  package init() {}
}
