public import Columnar

/// What was wrong with an input, be it text, Arrow or Parquet, where, and what to do about it.
public struct ReadingError: Error, Hashable, Sendable {
  /// The kind of fault. The place is in the other properties, whatever the kind.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    case fileNotFound
    case isDirectory
    case permissionDenied
    case readFailed
    case truncatedInput
    case corruptInput
    case unsupportedInput
    case unsupportedDialect
    case unterminatedQuote
    case irregularQuote
    case raggedRecord
    case recordTooLong
    case tooManyColumns
    case expandsTooFar
    case changedWhileRead
    case invalidText
    case headerMismatch
    case invalidValue
    case unknownColumn
    /// The file is none of Arrow's.
    case notArrow
    /// The file is none of Parquet's.
    case notParquet
  }

  public var code: Code
  /// The file's name, "standard input" for `-`.
  public var file: String?
  /// The physical line in the decoded text, from 1.
  public var line: Int?
  /// The data record in its file, from 1; the header is not counted.
  public var record: Int?
  /// The row of a table whose columns have types, from 0.
  public var row: Int?
  /// The offset in the decoded text, from 0; in the stored bytes of a file that is compressed or has
  /// types.
  public var byteOffset: Int?
  /// The column's name.
  public var column: String?
  /// The offending text: printable, shortened.
  public var text: String?
  /// What happened.
  public var message: String
  /// The same without a piece of the file, where `message` has one.
  package var redactedMessage: String?
  /// What to do.
  public var remedy: Sentence?

  package init(
    _ code: Code, file: String? = nil, line: Int? = nil, record: Int? = nil,
    byteOffset: Int? = nil, column: String? = nil, row: Int? = nil, text: [UInt8]? = nil,
    _ message: String, remedy: Sentence? = nil
  ) {
    self.code = code
    self.file = file
    self.line = line
    self.record = record
    self.byteOffset = byteOffset
    self.column = column
    self.row = row
    self.text = text.map { Self.printable($0) }
    self.message = message
    self.remedy = remedy
  }

  /// The error for a name that no column has.
  package static func unknownColumn(
    _ name: String, among names: [String], file: String?,
    _ message: String = "there is no such column"
  ) -> ReadingError {
    let meant = name.nearestName(in: names).map { "did you mean `\($0)`? " } ?? ""
    let rest = names.count > 20 ? " and \(names.count - 20) more" : ""
    return ReadingError(
      .unknownColumn, file: file, column: name, message,
      remedy: "\(meant)the columns are \(names.prefix(20).joined(separator: ", "))\(rest)")
  }

  /// `bytes` with everything that a terminal could trip over escaped, at most 60 bytes of it.
  package static func printable(_ bytes: [UInt8]) -> String {
    let limit = 60
    var text = ""
    for scalar in String(decoding: bytes.prefix(limit), as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0x09: text += "\\t"
      case 0x0A: text += "\\n"
      case 0x0D: text += "\\r"
      case 0..<0x20, 0x7F..<0xA0: text += "\\u{\(String(scalar.value, radix: 16))}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return bytes.count > limit ? text + "…" : text
  }
}

extension ReadingError: CustomStringConvertible {
  /// `where: what happened: `text`; what to do`, with options as properties of the library's types.
  public var description: String { description(\.inSwift) }

  /// The same, with options in the words of another surface.
  package func description(_ words: (Sentence) -> String) -> String { words(sentence) }

  /// The same, with options as values.
  package var sentence: Sentence {
    var sentence = Sentence(place.isEmpty ? message : "\(place): \(message)")
    if let text { sentence = sentence + ": `\(text)`" }
    if let remedy { sentence = sentence + "; " + remedy }
    return sentence
  }

  /// The same without anything that stands in the file, but for names of columns.
  package var redacted: ReadingError {
    var error = self
    error.text = nil
    error.message = redactedMessage ?? message
    error.redactedMessage = nil
    return error
  }

  /// Where it is, in words; empty where nothing is known of it.
  package var place: String {
    var place: [String] = []
    if let file { place.append(file) }
    if let line { place.append("line \(line)") }
    if let record { place.append("record \(record)") }
    if let column { place.append("column `\(column)`") }
    if let byteOffset { place.append("byte \(byteOffset)") }
    if let row { place.append("row \(row + 1)") }
    return place.joined(separator: ", ")
  }
}
