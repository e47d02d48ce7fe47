package import ArrowFormat
package import Columnar
package import DelimitedText

/// What a table was read from.
package enum TableSource: Sendable {
  case csv(CSVTableSource)
  /// Arrow files and other tables that have types.
  case arrays(ArrayTableSource)
  /// What is known of files of text, which need not be there.
  case profile(ProfileTableSource)

  package var csv: CSVTableSource? { if case .csv(let source) = self { source } else { nil } }

  /// How text is spelled; `nil` for files that have types.
  package var dialect: CSVDialect? {
    switch self {
    case .csv(let source): source.dialect
    case .arrays: nil
    case .profile(let source): source.dialect
    }
  }

  /// The inputs as they were named; `-` is standard input.
  package var paths: [String] {
    switch self {
    case .csv(let source): source.inputs.map(\.path)
    case .arrays(let source): source.paths
    case .profile(let source): source.paths
    }
  }

  /// The threads that the user asked for.
  package var threads: Int? {
    switch self {
    case .csv(let source): source.options.threads
    case .arrays(let source): source.threads
    case .profile(let source): source.threads
    }
  }

  /// How many columns are known before the rows are.
  package var columnCount: Int {
    switch self {
    case .csv(let source): source.columnCount
    case .arrays(let source): source.columnNames.count
    case .profile(let source): source.columnNames.count
    }
  }

  /// What the source says of the table as a whole, for whoever reads what is written.
  package var metadata: [ArrowMetadata] {
    switch self {
    case .csv, .profile: []
    case .arrays(let source): source.metadata
    }
  }

  /// What was not as it should be.
  package var notes: [Note] {
    let own =
      switch self {
      case .csv(let source): source.notes
      case .arrays(let source): source.notes
      case .profile(let source): source.notes
      }
    return MemoryLimit.hasUncounted ? own + [Self.uncounted] : own
  }

  private static let uncounted = Note(
    .valuesUncounted,
    "memory ran short: of some columns not all different values were told apart; such a column has no dictionary, and"
      + " how many values it has is an estimate or unknown; allow more with --max-memory")

  /// The error for a value that does not fit the layout of a plan, with its place in the source.
  package func misfit(_ error: LayoutError) -> any Error {
    switch self {
    case .csv(let source): source.misfit(error)
    case .arrays(let source): source.misfit(error)
    case .profile: error
    }
  }
}
