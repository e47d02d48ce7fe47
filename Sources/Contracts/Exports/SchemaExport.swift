import Columnar

/// A lock in the words of another tool.
///
/// To add one: write its file in `Exports`, add one line to `SchemaExports.all`. `--emit` finds it there, and
/// tests which hold it against the tool itself.
package protocol SchemaExport: Sendable {
  /// What the user types after `--emit`.
  var name: String { get }

  /// The whole document, ending in a line end.
  func text(of contract: TableContract) throws -> String
}

/// Every export, and the only place that knows them all.
package enum SchemaExports {
  package static let all: [any SchemaExport] = [
    FrictionlessExport(), JSONSchemaExport(), DBTExport(), PanderaExport(),
    GreatExpectationsExport(), CSVWExport(),
  ]

  /// The export of that name, `nil` where there is none.
  package static func named(_ name: String) -> (any SchemaExport)? { all.first { $0.name == name } }
}

/// A column of a lock, as exports look at it.
struct ExportedColumn {
  /// What counts as null in columns that are no text.
  static let nullWords = ["", "NA", "N/A", "n/a", "#N/A", "NULL", "null", "None"]
  /// How truth values are spelled where no option says otherwise.
  static let truths = ["true", "True", "TRUE"]
  static let falsehoods = ["false", "False", "FALSE"]

  let terms: ColumnTerms
  let facts: ColumnFacts?
  let type: LogicalType

  init(_ terms: ColumnTerms, in contract: TableContract) {
    self.terms = terms
    facts = contract.facts?[terms.name]
    type = if case .exact(let type)? = terms.type { type } else { .string }
  }

  /// The whole numbers that there may be: those of the lock, else those that fit its bits; `nil` for other types, and
  /// for 64 bits, of which there is nothing to say.
  var integers: (low: Int128, high: Int128)? {
    guard type == .integer else { return nil }
    if case .integer(let low)? = terms.minimum?.value,
      case .integer(let high)? = terms.maximum?.value
    {
      return (low, high)
    }
    guard let format = terms.format, format.bitCount < 64, let range = format.range else {
      return nil
    }
    return (range.lowerBound, range.upperBound)
  }

  /// The only texts that there may be.
  var words: [String]? {
    guard type == .string, case .listed? = terms.validValues else { return nil }
    return terms.validValues?.sorted
  }
}

extension TableContract {
  var exportedColumns: [ExportedColumn] { columns.map { ExportedColumn($0, in: self) } }

  /// The fewest rows that the lock asks for.
  var leastRowCount: Int? {
    for rule in rowRules {
      if case .atLeast(let count) = rule.comparison { return Int(exactly: count) }
    }
    return nil
  }
}
