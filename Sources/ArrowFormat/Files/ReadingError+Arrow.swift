import Columnar
package import FileIO

extension ReadingError {
  /// Why a file of Arrow's cannot be read, and where.
  package static func arrow(
    _ code: Code, file: String, byteOffset: Int? = nil, column: String? = nil, row: Int? = nil,
    _ message: String
  ) -> ReadingError {
    let remedy: Sentence? =
      switch code {
      case .notArrow: "name an Arrow file"
      case .corruptInput: "the file is damaged: copy or write it again"
      default: nil
      }
    return ReadingError(
      code, file: file, byteOffset: byteOffset, column: column, row: row, message, remedy: remedy)
  }
}
