package import Columnar
package import Pipeline

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
  /// Names of columns whose numbers have something beside them, or `all`.
  package var numbers: [String] = []
  package var exact = false

  package init() {}

  /// Those given, as the command spells them: all say what text means.
  var textOptions: [String] {
    let given: [(String, Bool)] = [
      ("--null-token", !nullTokens.isEmpty), ("--type", !types.isEmpty),
      ("--date-format", !dateFormats.isEmpty), ("--boolean", !boolean.isEmpty),
      ("--zero-padded", zeroPadded.contains { $0 != "text" }), ("--decimal", !decimal.isEmpty),
      ("--thousands", !thousands.isEmpty), ("--number", !numbers.isEmpty), ("--exact", exact),
    ]
    return given.filter(\.1).map(\.0)
  }

  /// Whether the header decides what some of it means.
  var dependsOnNames: Bool {
    (nullTokens + dateFormats + boolean + zeroPadded + decimal + thousands)
      .contains(where: \.dependsOnNames) || numbers.contains("all")
  }

  /// What these words mean.
  ///
  /// - Parameter names: The names in the header; `nil` where they are not known yet.
  package func typingOptions(names: Set<String>? = nil) throws(OptionError) -> TypingOptions {
    var options = TypingOptions()
    for value in nullTokens {
      let (column, word) = value.parted(names) { _ in true }
      if column == nil { try Self.checkColumn(of: value, names) }
      if let column {
        options[column].nullTokens.append(word)
      } else {
        options.nullTokens.append(word)
      }
    }
    for (column, reads) in try Self.read(zeroPadded, names, Self.readsZeroPadded) {
      if let column {
        options[column].readsZeroPaddedNumbers = reads
      } else {
        options.readsZeroPaddedNumbers = reads
      }
    }
    for value in boolean {
      let (column, text) = value.parted(names, Self.areWords)
      let words = try Self.words(text)
      if let column { options[column].booleanWords = words } else { options.booleanWords = words }
    }
    for (column, sign) in try Self.read(decimal, names, Self.sign(of: "--decimal")) {
      if let column {
        options[column].decimalSeparator = sign
      } else {
        options.decimalSeparator = sign
      }
    }
    for (column, sign) in try Self.read(thousands, names, Self.sign(of: "--thousands")) {
      if let column {
        options[column].thousandsSeparator = sign
      } else {
        options.thousandsSeparator = sign
      }
    }
    for value in dateFormats {
      let (column, pattern) = value.parted(names, Self.isDateFormat)
      if let problem = ColumnTarget.problem(withDatePattern: pattern) {
        throw OptionError("--date-format: '\(pattern)': \(problem)")
      }
      if let column {
        options[column].dateFormat = pattern
      } else {
        options.dateFormats.append(pattern)
      }
    }
    for name in numbers {
      if name == "all", names?.contains(name) != true {
        options.readsAffixedNumbers = true
      } else {
        options[name].readsAffixedNumbers = true
      }
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
            + " date, time(s), duration(s), timestamp(ms), string")
      }
      targets[name] = ColumnTarget(type: type)
    }
    return targets
  }

  /// The values, each of the table or of a column, as `read` makes them of text.
  private static func read<Value>(
    _ values: [SpelledValue], _ names: Set<String>?,
    _ read: (String) throws(OptionError) -> Value
  ) throws(OptionError) -> [(column: String?, value: Value)] {
    var all: [(column: String?, value: Value)] = []
    for value in values {
      let (column, text) = value.parted(names) { (try? read($0)) != nil }
      all.append((column, try read(text)))
    }
    return all
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

  private static func sign(of option: String) -> (String) throws(OptionError) -> UInt8 {
    { text throws(OptionError) in try optionByte(text, option) }
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

  /// Two words of which the first has a `=` in it are such only where the other has one, too: otherwise
  /// the name of a column was mistyped.
  private static func areWords(_ text: String) -> Bool {
    (try? words(text)) != nil
      && !SpelledValue.splits(text).contains {
        !$0.text.contains("=") && (try? words($0.text)) != nil
      }
  }

  /// A word with a `=` in it is one wherever it stands in the file; but hardly where a column is nearly
  /// named so.
  private static func checkColumn(
    of value: SpelledValue, _ names: Set<String>?
  ) throws(OptionError) {
    guard case .words(let text) = value, let names else { return }
    for (column, word) in SpelledValue.splits(text) {
      guard let meant = column.nearestName(in: names.sorted()) else { continue }
      throw OptionError(
        "--null-token: '\(text)': there is no column `\(column)`; did you mean"
          + " `--null-token \("\(meant)=\(word)".shellWord)`? The word `\(text)` is told with the"
          + " column that has it: `--null-token \("\(meant)=\(text)".shellWord)`")
    }
  }

  /// A format with a `=` in it is one only where what stands behind each is none: otherwise the name
  /// of a column was mistyped.
  private static func isDateFormat(_ text: String) -> Bool {
    ColumnTarget(datePattern: text) != nil
      && !SpelledValue.splits(text).contains { ColumnTarget(datePattern: $0.text) != nil }
  }
}

extension TypingOptions {
  /// What is said of one column.
  fileprivate subscript(column: String) -> ColumnTyping {
    get { columns[column] ?? ColumnTyping() }
    set { columns[column] = newValue }
  }
}
