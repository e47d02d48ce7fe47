package import Columnar
package import TableIO

/// What fields mean beside what they show, in the words in which users say it: each of the table, or
/// as `column=value` of one column.
package struct SpelledTyping: Hashable, Sendable {
  package var nullTokens: [SpelledValue] = []
  /// `column=type`.
  package var types: [String] = []
  package var dateFormats: [SpelledValue] = []
  /// Two words with a comma between them.
  package var boolean: [SpelledValue] = []
  package var zeroPadded: [SpelledValue] = []
  package var decimal: [SpelledValue] = []
  package var thousands: [SpelledValue] = []
  package var exact = false

  package init() {}

  /// Those given, as the command spells them: all say what text means.
  var textOptions: [String] {
    let given: [(String, Bool)] = [
      ("--null-token", !nullTokens.isEmpty), ("--type", !types.isEmpty),
      ("--date-format", !dateFormats.isEmpty), ("--boolean", !boolean.isEmpty),
      ("--zero-padded", zeroPadded.contains { $0 != "text" }), ("--decimal", !decimal.isEmpty),
      ("--thousands", !thousands.isEmpty), ("--exact", exact),
    ]
    return given.filter(\.1).map(\.0)
  }

  /// Whether the header decides what some of it means.
  var dependsOnNames: Bool {
    (nullTokens + dateFormats + boolean + zeroPadded + decimal + thousands)
      .contains(where: \.dependsOnNames)
  }

  /// What these words mean.
  ///
  /// - Parameter names: The names in the header; `nil` where they are not known yet.
  package func typingOptions(names: Set<String>? = nil) throws(OptionError) -> TypingOptions {
    var options = TypingOptions()
    func each(
      _ values: [SpelledValue], _ accepts: (String) -> Bool,
      _ set: (inout TypingOptions, String) throws(OptionError) -> Void,
      _ setColumn: (inout ColumnTyping, String) throws(OptionError) -> Void
    ) throws(OptionError) {
      for value in values {
        let (column, text) = value.parted(names, accepts)
        if let column {
          var typing = options.columns[column] ?? ColumnTyping()
          try setColumn(&typing, text)
          options.columns[column] = typing
        } else {
          try set(&options, text)
        }
      }
    }
    func byte(_ option: String) -> (String) throws(OptionError) -> UInt8 {
      { text throws(OptionError) in try optionByte(text, option) }
    }
    func isByte(_ text: String) -> Bool { (try? optionByte(text, "")) != nil }

    try each(nullTokens, { _ in true }) { $0.nullTokens.append($1) } _: {
      $0.nullTokens.append($1)
    }
    try each(zeroPadded, { ["text", "numeric"].contains($0) }) { options, text throws(OptionError) in
      options.readsZeroPaddedNumbers = try Self.readsZeroPadded(text)
    } _: { options, text throws(OptionError) in
      options.readsZeroPaddedNumbers = try Self.readsZeroPadded(text)
    }
    try each(boolean, { (try? Self.words($0)) != nil }) { options, text throws(OptionError) in
      options.booleanWords = try Self.words(text)
    } _: { options, text throws(OptionError) in
      options.booleanWords = try Self.words(text)
    }
    try each(decimal, isByte) { options, text throws(OptionError) in
      options.decimalSeparator = try byte("--decimal")(text)
    } _: { options, text throws(OptionError) in
      options.decimalSeparator = try byte("--decimal")(text)
    }
    try each(thousands, isByte) { options, text throws(OptionError) in
      options.thousandsSeparator = try byte("--thousands")(text)
    } _: { options, text throws(OptionError) in
      options.thousandsSeparator = try byte("--thousands")(text)
    }
    try each(dateFormats, Self.isDateFormat) { options, text throws(OptionError) in
      guard ColumnTarget(datePattern: text) != nil else { throw Self.wrongFormat(text) }
      options.dateFormats.append(text)
    } _: { options, text throws(OptionError) in
      guard ColumnTarget(datePattern: text) != nil else { throw Self.wrongFormat(text) }
      options.dateFormat = text
    }
    options.keepsExactDigits = exact
    try Self.check(options)
    return options
  }

  /// The types that single columns are to have.
  package func targets() throws(OptionError) -> [String: ColumnTarget] {
    var targets: [String: ColumnTarget] = [:]
    for text in types {
      guard let (name, typeName) = SpelledValue.splits(text).first else {
        throw OptionError("--type: '\(text)' is not column=type")
      }
      guard let type = LogicalType(named: typeName) else {
        throw OptionError(
          "--type: there is no type '\(typeName)'; types are boolean, integer, decimal(2), float,"
            + " date, time(s), timestamp(ms), string")
      }
      targets[name] = ColumnTarget(type: type)
    }
    return targets
  }

  private static func check(_ options: TypingOptions) throws(OptionError) {
    var scopes = [(options, "")]
    for name in options.columns.keys.sorted() { scopes.append((options.options(for: name), name)) }
    for (scope, name) in scopes {
      let place = name.isEmpty ? "" : " for `\(name)`"
      guard scope.nullTokens.count <= TypingOptions.nullTokenLimit else {
        throw OptionError(
          "--null-token: \(scope.nullTokens.count) words\(place) are more than the"
            + " \(TypingOptions.nullTokenLimit) that can be told apart; name those that occur")
      }
      if scope.decimalSeparator != nil, scope.decimalSeparator == scope.thousandsSeparator {
        throw OptionError("--decimal and --thousands are the same\(place)")
      }
    }
  }

  private static func readsZeroPadded(_ text: String) throws(OptionError) -> Bool {
    guard ["text", "numeric"].contains(text) else {
      throw OptionError("--zero-padded: '\(text)' is neither text nor numeric")
    }
    return text == "numeric"
  }

  private static func words(_ text: String) throws(OptionError) -> (true: String, false: String) {
    let words = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard words.count == 2, words[0] != words[1], !words.contains("") else {
      throw OptionError("--boolean: '\(text)' is not two words, as in yes,no")
    }
    return (words[0], words[1])
  }

  /// A format with a `=` in it is one only where what stands behind each is none: otherwise the name
  /// of a column was mistyped.
  private static func isDateFormat(_ text: String) -> Bool {
    ColumnTarget(datePattern: text) != nil
      && !SpelledValue.splits(text).contains { ColumnTarget(datePattern: $0.text) != nil }
  }

  private static func wrongFormat(_ format: String) -> OptionError {
    OptionError("--date-format: '\(format)' needs each of %d, %m and %Y once")
  }
}
