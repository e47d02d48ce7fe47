import Columnar
import FileIO

extension ReadingError {
  /// Why a file cannot be read as Parquet, and where: within a compressed page, where the page starts.
  static func parquet(
    _ code: Code, file: String, byteOffset: Int? = nil, column: String? = nil, _ message: String
  ) -> ReadingError {
    let remedy: Sentence? =
      switch code {
      case .notParquet: "name a Parquet file"
      case .corruptInput: "the file is damaged: copy it again, or write it again"
      case .unsupportedInput:
        column.map { "leave it out with \(option: "drop", columns: [$0])" }
          ?? "write it in another way, or as Arrow or CSV"
      case .expandsTooFar: "if you trust the file, write it with smaller row groups"
      default: nil
      }
    return ReadingError(
      code, file: file, byteOffset: byteOffset, column: column, message, remedy: remedy)
  }
}
