package import Columnar
package import TableIO

/// What fields mean beside what they show, in the words in which users say it.
package struct SpelledTyping: Hashable, Sendable {
  package var nullTokens: [String] = []
  /// `column=type`.
  package var types: [String] = []
  /// `format`, for all columns, or `column=format`.
  package var dateFormats: [String] = []
  /// Two words with a comma between them.
  package var boolean: String?
  package var zeroPadded = "text"
  package var decimal: String?
  package var thousands: String?
  package var exact = false

  package init() {}

  /// Those given, as the command spells them: all say what text means.
  var textOptions: [String] {
    let given: [(String, Bool)] = [
      ("--null-token", !nullTokens.isEmpty), ("--type", !types.isEmpty),
      ("--date-format", !dateFormats.isEmpty), ("--boolean", boolean != nil),
      ("--zero-padded", zeroPadded != "text"), ("--decimal", decimal != nil),
      ("--thousands", thousands != nil), ("--exact", exact),
    ]
    return given.filter(\.1).map(\.0)
  }

  /// What these words mean for the table as a whole.
  package func typingOptions() throws(OptionError) -> TypingOptions {
    var options = TypingOptions()
    guard nullTokens.count <= TypingOptions.nullTokenLimit else {
      throw OptionError(
        "--null-token: \(nullTokens.count) words are more than the"
          + " \(TypingOptions.nullTokenLimit) that can be told apart; name those that occur")
    }
    options.nullTokens = nullTokens
    switch zeroPadded {
    case "text": break
    case "numeric": options.readsZeroPaddedNumbers = true
    default: throw OptionError("--zero-padded: '\(zeroPadded)' is neither text nor numeric")
    }
    if let boolean {
      let words = boolean.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard words.count == 2, words[0] != words[1], !words.contains("") else {
        throw OptionError("--boolean: '\(boolean)' is not two words, as in yes,no")
      }
      options.booleanWords = (words[0], words[1])
    }
    if let decimal { options.decimalSeparator = try optionByte(decimal, "--decimal") }
    if let thousands { options.thousandsSeparator = try optionByte(thousands, "--thousands") }
    if options.decimalSeparator != nil, options.decimalSeparator == options.thousandsSeparator {
      throw OptionError("--decimal and --thousands are the same")
    }
    options.keepsExactDigits = exact
    for format in dateFormats where Self.split(format) == nil {
      guard ColumnTarget(datePattern: format) != nil else { throw Self.wrongFormat(format) }
      options.dateFormats.append(format)
    }
    return options
  }

  /// What they settle of single columns.
  package func targets() throws(OptionError) -> [String: ColumnTarget] {
    var targets: [String: ColumnTarget] = [:]
    for text in types {
      guard let (name, typeName) = Self.split(text) else {
        throw OptionError("--type: '\(text)' is not column=type")
      }
      guard let type = LogicalType(named: typeName) else {
        throw OptionError(
          "--type: there is no type '\(typeName)'; types are boolean, integer, decimal(2), float,"
            + " date, time(s), timestamp(ms), string")
      }
      targets[name] = ColumnTarget(type: type)
    }
    for text in dateFormats {
      guard let (name, format) = Self.split(text) else { continue }
      guard let target = ColumnTarget(datePattern: format) else { throw Self.wrongFormat(format) }
      targets[name] = target
    }
    return targets
  }

  private static func split(_ text: String) -> (String, String)? {
    guard let index = text.lastIndex(of: "="), index > text.startIndex else { return nil }
    return (String(text[..<index]), String(text[text.index(after: index)...]))
  }

  private static func wrongFormat(_ format: String) -> OptionError {
    OptionError("--date-format: '\(format)' needs each of %d, %m and %Y once")
  }
}
