package import Columnar

/// What must hold of a table: a lock that `diet lock` wrote, or a contract of the Open Data Contract Standard that
/// somebody else did.
package struct TableContract: Hashable, Sendable {
  /// What the contract calls itself.
  package var id: String
  package var name: String
  /// The version of the contract, not of the standard.
  package var version = "1.0.0"
  package var status = "active"
  /// The name of the table.
  package var table: String
  package var columns: [ColumnTerms]
  /// What must hold of the columns together.
  package var columnRule = ColumnRule.open
  /// Columns of which no two rows may have the same values, together.
  package var keys: [ColumnKey] = []
  /// What must hold of the number of rows.
  package var rowRules: [QualityRule] = []
  /// What the table was when it was locked; `nil` for contracts of others. Columns that a hand took out of the
  /// lock are out of here, too.
  package var facts: TableFacts?
  /// The reading options under which it was locked, as JSON; `nil` for the usual ones.
  package var reading: String?
  /// Whether no value of the table is in the lock.
  package var isRedacted = false
  /// The file that it was read from.
  package var path: String?
  /// What the contract says and nobody checks.
  package var unchecked: [UncheckedTerm] = []

  package init(id: String, name: String, table: String, columns: [ColumnTerms]) {
    (self.id, self.name, self.table, self.columns) = (id, name, table, columns)
  }

  /// Whether `diet lock` wrote it.
  package var isLock: Bool { facts != nil }
}

/// What a contract says of columns that it does not name, and of the order of those that it does.
package struct ColumnRule: Hashable, Sendable {
  /// Whether all columns that it names must be there.
  package var needsAll = true
  /// Whether there may be others.
  package var allowsOthers = true
  /// Whether they must be in its order.
  package var keepsOrder = false

  /// They must be there; so may be others, in any order.
  package static let open = ColumnRule()
  /// They must be there, no others, in that order.
  package static let exact = ColumnRule(needsAll: true, allowsOthers: false, keepsOrder: true)
  /// They must be there, and no others, in any order.
  package static let closed = ColumnRule(needsAll: true, allowsOthers: false, keepsOrder: false)
}

/// Several columns of which no two rows may have the same values.
package struct ColumnKey: Hashable, Sendable {
  package var columns: [String]
  /// The line of the contract, from 1.
  package var line: Int?

  package init(_ columns: [String], line: Int?) { (self.columns, self.line) = (columns, line) }
}

/// What must hold of a column.
package struct ColumnTerms: Hashable, Sendable {
  package var name: String
  /// What files call it, where that is another name.
  package var physicalName: String?
  /// What its values mean; `nil` where the contract does not say.
  package var type: TermType?
  /// The bits that numbers may take.
  package var format: NumberFormat?
  package var minimum: Bound?
  package var maximum: Bound?
  /// The fewest and the most characters of text.
  package var minimumLength: Int?
  package var maximumLength: Int?
  /// Whether no value may be missing.
  package var isRequired = false
  /// Whether no two rows may have the same value.
  package var isUnique = false
  /// The only values that there may be.
  package var validValues: ValidValues?
  package var rules: [QualityRule] = []
  /// What stands of it in the contract: the line, from 1.
  package var line: Int?

  package init(name: String) { self.name = name }
}

/// What values mean, as exactly as a contract says.
package enum TermType: Hashable, Sendable {
  /// The type that a lock names.
  case exact(LogicalType)
  case string, date, timestamp, time, number, integer, boolean
  /// Text of that form.
  case uuid, ipv4

  package var words: String {
    switch self {
    case .exact(let type): "\(type)"
    case .string: "string"
    case .date: "date"
    case .timestamp: "timestamp"
    case .time: "time"
    case .number: "number"
    case .integer: "integer"
    case .boolean: "boolean"
    case .uuid: "uuid"
    case .ipv4: "ipv4"
    }
  }
}

/// The least or the greatest value that there may be.
package struct Bound: Hashable, Sendable {
  /// A number, or text of a date or time.
  package var value: FactValue
  /// Whether the value itself is outside.
  package var isExclusive: Bool
  /// Whether it is what the table had when it was locked, and no rule.
  package var isObserved = false

  package init(_ value: FactValue, isExclusive: Bool = false, isObserved: Bool = false) {
    (self.value, self.isExclusive, self.isObserved) = (value, isExclusive, isObserved)
  }
}

/// A count that must be within bounds.
package struct QualityRule: Hashable, Sendable {
  /// What is counted.
  package enum Metric: String, Hashable, Sendable, CaseIterable {
    case rowCount, nullValues, missingValues, invalidValues, duplicateValues
  }

  package var metric: Metric
  package var comparison: Comparison
  /// Whether the count is a share of the rows, in percent.
  package var isPercent = false
  /// The values that are no invalid ones.
  package var validValues: [String]?
  /// The values that are missing ones, beside nulls.
  package var missingValues: [String]?
  /// How many rows fewer than this are too few, where a lock says so.
  package var isObserved = false

  package init(_ metric: Metric, _ comparison: Comparison) {
    (self.metric, self.comparison) = (metric, comparison)
  }

  /// What a count must be.
  package enum Comparison: Hashable, Sendable {
    case equal(Double)
    case notEqual(Double)
    case greater(Double)
    case atLeast(Double)
    case less(Double)
    case atMost(Double)
    case between(Double, Double)
    case notBetween(Double, Double)

    package func holds(_ value: Double) -> Bool {
      switch self {
      case .equal(let bound): value == bound
      case .notEqual(let bound): value != bound
      case .greater(let bound): value > bound
      case .atLeast(let bound): value >= bound
      case .less(let bound): value < bound
      case .atMost(let bound): value <= bound
      case .between(let low, let high): low <= value && value <= high
      case .notBetween(let low, let high): value < low || high < value
      }
    }
  }
}

/// Something that a contract says and that nobody checks.
package struct UncheckedTerm: Hashable, Sendable {
  /// The column; `nil` for what is said of the table or beside it.
  package var column: String?
  /// What it is, as the contract spells it.
  package var term: String
  package var reason: String
  /// The line of the contract, from 1.
  package var line: Int?

  package init(column: String?, term: String, reason: String, line: Int?) {
    (self.column, self.term, self.reason, self.line) = (column, term, reason, line)
  }
}
