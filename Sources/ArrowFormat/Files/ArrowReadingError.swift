/// Why a file that has types, such as Arrow's, cannot be read, and where.
public struct ArrowReadingError: Error, Hashable, Sendable {
  public enum Code: String, Hashable, Sendable, CaseIterable {
    case readFailed
    /// The file is none of Arrow's.
    case notArrow
    /// Something points outside the file, or contradicts something else.
    case corrupt
    /// The format can hold it; this reader does not know it.
    case unsupported
    /// A value, or a column, is not what a plan or another file says.
    case invalidValue
  }

  public var code: Code
  /// The file's path.
  public var file: String
  /// Where in the file, from 0.
  public var byteOffset: Int?
  /// The column's name.
  public var column: String?
  /// The row, from 0.
  public var row: Int?
  /// What happened.
  public var message: String

  package init(
    _ code: Code, file: String, byteOffset: Int? = nil, column: String? = nil, row: Int? = nil,
    _ message: String
  ) {
    self.code = code
    self.file = file
    self.byteOffset = byteOffset
    self.column = column
    self.row = row
    self.message = message
  }
}

extension ArrowReadingError: CustomStringConvertible {
  /// `where: what happened; what to do`.
  public var description: String {
    var place = file
    if let column { place += ", column `\(column)`" }
    if let byteOffset { place += ", byte \(byteOffset)" }
    if let row { place += ": row \(row + 1)" }
    let advice =
      switch code {
      case .readFailed, .unsupported, .invalidValue: ""
      case .notArrow: "; name an Arrow file"
      case .corrupt: "; the file is damaged: copy or write it again"
      }
    return "\(place): \(message)\(advice)"
  }
}
