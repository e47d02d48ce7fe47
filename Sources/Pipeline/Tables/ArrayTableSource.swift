package import ArrowFormat
package import Columnar
import FileIO

/// What is known of a table of arrays before its rows are read.
package struct ArrayTableSource: Sendable {
  /// The inputs as they were named; `-` is standard input.
  package let paths: [String]
  /// What the format is called: `arrow`, `parquet`.
  package let format: String
  package let columnNames: [String]
  package let threads: Int?
  /// What the first file says of the table as a whole, which is passed on.
  package let metadata: [ArrowMetadata]
  /// What is not quite as it was.
  package let notes: [Note]

  package func misfit(_ error: LayoutError) -> any Error {
    let (message, remedy): (String, Sentence) =
      if let problem = error.problem {
        (problem.message, problem.remedy)
      } else if error.row == nil && error.layout == "utf8" {
        (
          "the column has more than 4 GiB of text, more than one column holds",
          "leave it out with \(option: "drop", columns: [error.column]), or split the file"
        )
      } else {
        (
          "the \(error.row == nil ? "column" : "value") does not fit \(error.layout)",
          .newPlan
        )
      }
    return ReadingError(
      .invalidValue, file: paths.first ?? "", column: error.column, row: error.row, message,
      remedy: remedy)
  }
}
