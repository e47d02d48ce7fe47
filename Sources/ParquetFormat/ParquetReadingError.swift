import ArrowFormat
import FileIO

/// Why a file cannot be read as Parquet, and where.
public struct ParquetReadingError: Error, Hashable, Sendable {
  public enum Code: String, Hashable, Sendable, CaseIterable {
    case readFailed
    case notParquet
    /// Something points outside the file, or contradicts something else.
    case corrupt
    /// Parquet can hold it; this reader does not know it.
    case unsupported
    /// A few bytes stand for so many that memory may run out.
    case expandsTooFar
  }

  public var code: Code
  /// The file's path.
  public var file: String
  /// Where in the file, from 0; within a compressed page, where the page starts.
  public var byteOffset: Int?
  /// The column's name.
  public var column: String?
  /// What happened.
  public var message: String

  package init(
    _ code: Code, file: String, byteOffset: Int? = nil, column: String? = nil, _ message: String
  ) {
    self.code = code
    self.file = file
    self.byteOffset = byteOffset
    self.column = column
    self.message = message
  }

  init(_ error: ArrowReadingError) {
    self.init(
      .readFailed, file: error.file, byteOffset: error.byteOffset, column: error.column,
      error.message)
  }
}

extension ParquetReadingError: CustomStringConvertible {
  /// `where: what happened; what to do`.
  public var description: String {
    var place = file
    if let column { place += ", column `\(column)`" }
    if let byteOffset { place += ", byte \(byteOffset)" }
    let advice =
      switch code {
      case .readFailed: ""
      case .notParquet: "; name a Parquet file"
      case .corrupt: "; the file is damaged: copy it again, or write it again"
      case .unsupported:
        column.map { "; leave it out with `\(ColumnNames.dropping([$0]))`" }
          ?? "; write it in another way, or as Arrow or CSV"
      case .expandsTooFar: "; if you trust the file, write it with smaller row groups"
      }
    return "\(place): \(message)\(advice)"
  }
}
