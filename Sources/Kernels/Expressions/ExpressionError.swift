/// An expression that cannot be read or does not fit the table, and where in its text.
public struct ExpressionError: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Code: Hashable, Sendable {
    /// The text is no expression.
    case syntax
    /// No column has that name.
    case noSuchColumn
    /// Values of these types are not computed with so.
    case unsupportedType
    /// Results could exceed 128 bits, or one exceeds the 64 bits that a column holds, or all texts the
    /// 4 GiB.
    case overflow
    /// A value is none of the type that it is cast to.
    case unfitValue
  }

  /// What is wrong, for programs.
  public let code: Code
  /// What is wrong, in words.
  public let message: String
  /// The text that was read; empty for a tree made in Swift.
  public let text: String
  /// The part of the text that is meant, in bytes of its UTF-8.
  public let place: Range<Int>?
  /// The number of the row whose value is to blame, from 0 (the message counts from 1); `nil` where no single
  /// one is.
  public let row: Int?

  init(
    _ code: Code, _ message: String, at place: Range<Int>?, in text: String = "", row: Int? = nil
  ) {
    self.code = code
    self.message = message
    self.place = place
    self.text = text
    self.row = row
  }

  func inText(_ text: String) -> ExpressionError {
    ExpressionError(code, message, at: place, in: text, row: row)
  }
}

extension ExpressionError: CustomStringConvertible {
  /// The message; below it the text, and the place marked.
  public var description: String {
    guard let place, !text.isEmpty else { return message }
    let bytes = Array(text.utf8)
    let before = String(decoding: bytes[..<min(place.lowerBound, bytes.count)], as: UTF8.self)
    let marked = String(
      decoding: bytes[min(place.lowerBound, bytes.count)..<min(place.upperBound, bytes.count)],
      as: UTF8.self)
    let marks =
      String(repeating: " ", count: before.count)
      + String(repeating: "^", count: max(1, marked.count))
    return "\(message)\n  \(text)\n  \(marks)"
  }
}
