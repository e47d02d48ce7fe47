package import Columnar

/// Something that is not as a contract says.
package struct Finding: Hashable, Sendable {
  package var code: FindingCode
  package var findingClass: FindingClass
  package var level: FindingLevel
  /// The column; `nil` for what is of the table.
  package var column: String?
  /// What is found, in a sentence that names no value of the table.
  package var message: String
  /// What the contract says.
  package var expected: String?
  /// What there is.
  package var found: String?
  /// Whether `found` is a value of the table.
  package var namesValue = false
  /// How many rows are such.
  package var count: Int?
  /// Where the first of them is.
  package var place: FindingPlace?

  package init(
    _ code: FindingCode, column: String? = nil, _ message: String, expected: String? = nil,
    found: String? = nil, count: Int? = nil
  ) {
    (self.code, self.column, self.message) = (code, column, message)
    (self.expected, self.found, self.count) = (expected, found, count)
    findingClass = code.usualClass
    level = findingClass.usualLevel
  }
}

/// The rows that a finding is about, to be looked for where it is told.
package enum FindingSearch: Hashable, Sendable {
  /// Rows without a value.
  case null
  /// The first row whose value an earlier one has.
  case duplicate
  /// Whole numbers, in units of the column, that are outside.
  case outside(ClosedRange<Int128>)
  /// Numbers or texts beyond a bound.
  case beyond(minimum: Bound?, maximum: Bound?)
  /// Texts that are none of these.
  case notAmong(ValidValues)
  /// Fields that are no value of the type.
  case notOfType(TermType)
  /// Texts of fewer or more characters.
  case length(ClosedRange<Int>)
  /// Values that are not that of the first row.
  case otherThanFirst
  /// Rows in which the column does not follow from another.
  case notFollowing(ColumnRelation)
  /// Rows that have a value.
  case anyValue
}
