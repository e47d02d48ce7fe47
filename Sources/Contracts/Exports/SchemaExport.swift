import Columnar

/// A lock in the words of another tool.
///
/// To add one: write its file in `Exports`, add one line to `SchemaExports.all`. `--emit` finds it there, and
/// tests which hold it against the tool itself.
package protocol SchemaExport: Sendable {
  /// What the user types after `--emit`.
  var name: String { get }

  /// Whether it speaks of a frame of pandas, so that it has to say how that is read.
  var isOfFrame: Bool { get }

  /// The whole document, ending in a line end.
  ///
  /// - Parameter loadingCode: Code that reads the frame; `nil` where there is none, or nobody needs it.
  func text(of contract: TableContract, loadingCode: String?) throws -> String
}

extension SchemaExport {
  package var isOfFrame: Bool { false }
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

/// A delimiter of several characters, which the tool of a schema does not read.
struct LongDelimiterError: Error, CustomStringConvertible {
  let description: String

  init(_ delimiter: String, _ export: String) {
    description =
      "\(export) knows no delimiter of several characters, such as `\(delimiter)`: write a plain copy by `diet cat`"
      + " and make the schema of that"
  }
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
  /// for 128 bits, which no tool counts in.
  var integers: (low: Int128, high: Int128)? {
    guard type == .integer else { return nil }
    if case .integer(let low)? = terms.minimum?.value,
      case .integer(let high)? = terms.maximum?.value
    {
      return (low, high)
    }
    guard let format = terms.format, format.bitCount <= 64, let range = format.range else {
      return nil
    }
    return (range.lowerBound, range.upperBound)
  }

  /// How its numbers are spelled.
  var numbers: NumberSpelling { facts?.numbers ?? NumberSpelling() }

  /// Whether a frame of pandas has no missing value: NaN is one there.
  var isRequiredInFrames: Bool { terms.isRequired && !numbers.hasNaN }

  /// Whether texts have a character at least: what is missing has none in frames of texts that none missed before.
  var needsCharacters: Bool {
    type == .string && words == nil && terms.isRequired && facts?.lengths?.lowerBound ?? 0 > 0
  }

  /// The only texts that there may be.
  var words: [String]? {
    guard type == .string, case .listed? = terms.validValues else { return nil }
    return terms.validValues?.sorted
  }
}

extension TextSpelling {
  /// The lines of the header, from 1.
  var headerLines: ClosedRange<Int> { linesAbove + 1...linesAbove + max(1, headerRecordCount) }

  /// What a reader of the schema is to know, in sentences; `nil` where there is nothing.
  ///
  /// - Parameters:
  ///   - more: What the language of the schema has no words for, too.
  ///   - skipsNames: Whether the header is skipped, as its names are not those of the columns.
  func remark(_ more: [String], skipsNames: Bool) -> String? {
    var sentences: [String] = []
    if skipsNames {
      sentences.append(
        "The header is skipped: its fields are not the names of the columns as they are here.")
    }
    let reasons = oddities + more
    if !reasons.isEmpty {
      sentences.append(
        "There are no words here for this: \(reasons.joined(separator: "; ")). `diet cat` writes a plain copy."
      )
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
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
