import Columnar
import Pipeline

/// What fields mean.
extension ReadingOption {
  static let typing: [ReadingOption] = [
    nullToken, type, dateFormat, boolean, zeroPadded,
    sign(
      "decimal", help: "Decimal separator.", swift: "decimalSeparator",
      \.decimalSeparator, \.decimalSeparator),
    sign(
      "thousands", help: "Thousands separator.", swift: "thousandsSeparator",
      \.thousandsSeparator, \.thousandsSeparator),
    number,
    .flag(
      "exact", .typing, \.typing.keepsExactDigits,
      help: "Keep numbers as text if a 64-bit float would lose digits."
    ).with { option in
      option.swift = { $0.typing.keepsExactDigits ? [.typing("keepsExactDigits = true")] : [] }
    },
  ]

  private static let nullToken = meaning(
    "null-token", value: "word",
    help:
      "A word that means null, in every column or as column=word in one. May be repeated."
      + " If no column has that name, the = is part of the word.",
    ColumnMeaning(
      scope: { value, names throws(OptionError) in
        let parts = value.parted(names) { _ in true }
        if parts.column == nil { try checkNullToken(value, names) }
        return parts
      },
      swift: { $0.nullTokens.isEmpty ? nil : "nullTokens = \($0.nullTokens.swiftLiteral)" },
      swiftOfColumn: { $0.nullTokens.isEmpty ? nil : "nullTokens = \($0.nullTokens.swiftLiteral)" },
      set: { typing, column, word in
        if let column {
          typing[column].nullTokens.append(word)
        } else {
          typing.nullTokens.append(word)
        }
      })
  ).with {
    $0.takesDashes = true
    $0.programHelp =
      "Words that are null in every column, or by name: `{\"c1\": [\"-999\", \"-\"]}`."
  }

  /// A word with a `=` in it is one wherever it stands in the file; but hardly where a column is nearly
  /// named so.
  private static func checkNullToken(
    _ value: ScopedText, _ names: Set<String>?
  ) throws(OptionError) {
    guard case .words(let text) = value, let names else { return }
    for (column, word) in ScopedText.splits(text) {
      guard let meant = column.nearestName(in: names.sorted()) else { continue }
      throw OptionError(
        "'\(text)': there is no column `\(column)`; did you mean"
          + " \(option: "null-token", of: meant, word)? The word `\(text)` is told with the"
          + " column that has it: \(option: "null-token", of: meant, text)")
    }
  }

  private static let type = ReadingOption(
    "type", .typing, .values, help: "Type of a column, such as zip=string.",
    value: { $0.typeWords.isEmpty ? nil : .values($0.typeWords) },
    set: { options, value throws(OptionError) in
      guard case .values(let types) = value else { return }
      for type in types { _ = try LogicalType.named(type) }
      options.typeWords = types
    }
  ).with {
    $0.valueName = "column=type"
    $0.swift = { options in
      options.typeWords.compactMap { try? LogicalType.named($0) }.map { column, type in
        .type("\(column.swiftLiteral): \(type.swiftLiteral)")
      }
    }
    $0.programHelp =
      "Types of columns by name, as in `{\"zip\": \"string\", \"price\": \"decimal(2)\"}`."
  }

  private static let dateFormat = meaning(
    "date-format", value: "format", help: "Date format, such as %d/%m/%Y.",
    ColumnMeaning(
      scope: { value, names in value.parted(names, isDateFormat) },
      swift: { $0.dateFormats.isEmpty ? nil : "dateFormats = \($0.dateFormats.swiftLiteral)" },
      swiftOfColumn: { $0.dateFormat.map { "dateFormat = \($0.swiftLiteral)" } },
      set: { typing, column, pattern throws(OptionError) in
        if let problem = ColumnTarget.problem(withDatePattern: pattern) {
          throw OptionError("'\(pattern)': \(problem)")
        }
        if let column {
          typing[column].dateFormat = pattern
        } else {
          typing.dateFormats.append(pattern)
        }
      })
  ).with {
    $0.programHelp = "How dates are written, as in `%d/%m/%Y`, in all columns or by name."
  }

  /// A format with a `=` in it is one only where what stands behind each is none: otherwise the name
  /// of a column was mistyped.
  private static func isDateFormat(_ text: String) -> Bool {
    ColumnTarget(datePattern: text) != nil
      && !ScopedText.splits(text).contains { ColumnTarget(datePattern: $0.text) != nil }
  }

  private static let boolean = meaning(
    "boolean", value: "yes,no", help: "The words for true and false.",
    ColumnMeaning(
      scope: { value, names in value.parted(names, areWords) },
      swift: { $0.booleanWords.map { "booleanWords = \(literal($0))" } },
      swiftOfColumn: { $0.booleanWords.map { "booleanWords = \(literal($0))" } },
      set: { typing, column, text throws(OptionError) in
        let words = try words(text)
        if let column { typing[column].booleanWords = words } else { typing.booleanWords = words }
      })
  ).with {
    $0.kind = .pairs
    $0.programHelp =
      "Two words that are true and false, as in `(\"yes\", \"no\")`, in all columns or by name."
  }

  private static func literal(_ words: (true: String, false: String)) -> String {
    "(\(words.true.swiftLiteral), \(words.false.swiftLiteral))"
  }

  private static func words(_ text: String) throws(OptionError) -> (true: String, false: String) {
    let words = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard words.count == 2, words[0] != words[1], !words.contains("") else {
      throw OptionError("'\(text)' is not two words, as in yes,no")
    }
    return (words[0], words[1])
  }

  /// Two words of which the first has a `=` in it are such only where the other has one, too: otherwise
  /// the name of a column was mistyped.
  private static func areWords(_ text: String) -> Bool {
    (try? words(text)) != nil
      && !ScopedText.splits(text).contains {
        !$0.text.contains("=") && (try? words($0.text)) != nil
      }
  }

  private static let zeroPadded = meaning(
    "zero-padded", value: "kind",
    help: "How to read zero-padded numbers, such as 007: text or numeric.",
    ColumnMeaning(
      swift: "readsZeroPaddedNumbers", literal: { "\($0)" },
      table: { $0.readsZeroPaddedNumbers ? true : nil },
      column: { $0.readsZeroPaddedNumbers },
      read: { text throws(OptionError) in
        guard ["text", "numeric"].contains(text) else {
          throw OptionError(invalid: text, expected: ["text", "numeric"])
        }
        return text == "numeric"
      },
      set: { typing, column, reads in
        if let column {
          typing[column].readsZeroPaddedNumbers = reads
        } else {
          typing.readsZeroPaddedNumbers = reads
        }
      })
  ).with { option in
    option.defaultsTo(.words("text"))
  }

  private static func sign(
    _ name: String, help: String, swift: String,
    _ table: WritableKeyPath<TypingOptions, UInt8?> & Sendable,
    _ column: WritableKeyPath<ColumnTyping, UInt8?> & Sendable
  ) -> ReadingOption {
    meaning(
      name, value: "sign", help: help,
      ColumnMeaning(
        swift: swift, literal: { "\($0)" }, table: { $0[keyPath: table] },
        column: { $0[keyPath: column] }, read: OptionCharacters.byte,
        set: { typing, name, sign in
          if let name {
            typing[name][keyPath: column] = sign
          } else {
            typing[keyPath: table] = sign
          }
        })
    ).with {
      $0.programHelp = help.dropLast() + ", in all columns or by name: `{\"price\": \",\"}`."
    }
  }

  private static let number = ReadingOption.names(
    "number", .typing,
    help:
      "Columns of numbers with a currency, percent sign or unit, which is removed and reported;"
      + " negative numbers may be in parentheses. Or all: columns with a currency or percent sign in"
      + " every value.",
    value: { options in options.meanings["number"]?.map(\.text) },
    set: { $0.meanings["number"] = $1.isEmpty ? nil : $1.map { .words($0) } }
  ).with {
    $0.meaning = ColumnMeaning(
      scope: { value, names in
        let isAll = value.text == "all" && names?.contains("all") != true
        return (isAll ? nil : value.text, "")
      },
      dependsOnNames: { $0.text == "all" },
      swift: { $0.readsAffixedNumbers ? "readsAffixedNumbers = true" : nil },
      swiftOfColumn: { $0.readsAffixedNumbers ? "readsAffixedNumbers = true" : nil },
      set: { typing, column, _ in
        if let column {
          typing[column].readsAffixedNumbers = true
        } else {
          typing.readsAffixedNumbers = true
        }
      })
  }
}

extension ReadingOption {
  /// What is said of the table alone, and is the default, counts as not said.
  fileprivate mutating func defaultsTo(_ usual: ScopedText) {
    let value = value
    defaultText = usual.text
    self.value = { options in
      if case .values(let values)? = value(options), values.allSatisfy({ $0 == usual }) {
        return nil
      }
      return value(options)
    }
  }
}
