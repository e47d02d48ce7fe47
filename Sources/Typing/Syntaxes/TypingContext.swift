package import Columnar
import DelimitedText

/// The options in the form in which syntaxes want them, made once a run.
package struct TypingContext: Sendable {
  private(set) var options: TypingOptions
  package let nulls: NullWords
  /// How numbers with something beside them are read; `nil` where none are.
  var affixes: AffixReading?
  /// A decimal comma may be read where every value of a column fits it (the delimiter is `;`).
  let allowsDecimalComma: Bool
  package let dateFormats: [DateFormat]
  /// The ambiguous styles of dates (see `AmbiguousDateSyntax`) that no told format is written in.
  let openDateStyles: [Int]

  package init(options told: TypingOptions, delimiter: UInt8, column: ColumnTyping? = nil) {
    affixes = AffixReading(told, column)
    var options = told
    if affixes?.isStrict == true {
      // The syntaxes get numbers without anything beside or between their digits.
      (options.decimalSeparator, options.thousandsSeparator) = (0x2E, nil)
    }
    self.options = options
    if options.thousandsSeparator == 0x2E, options.decimalSeparator == nil {
      // A point between groups is none before a fraction.
      self.options.decimalSeparator = 0x2C
    }
    nulls = NullWords(userWords: options.nullTokens)
    allowsDecimalComma =
      self.options.decimalSeparator == 0x2C
      || (options.decimalSeparator == nil && delimiter == 0x3B
        && options.thousandsSeparator != 0x2C)
    let formats = options.dateFormats.compactMap(DateFormat.init)
    dateFormats = formats
    openDateStyles = AmbiguousDateSyntax.styles.filter { style in
      !formats.contains { AmbiguousDateSyntax.formats(style).contains($0) }
    }
  }
}

/// The contexts of a table's columns.
package struct TypingContexts: Sendable {
  private let table: TypingContext
  private(set) var columns: [String: TypingContext]

  package init(options: TypingOptions, delimiter: UInt8) {
    table = TypingContext(options: options, delimiter: delimiter)
    columns = Dictionary(
      uniqueKeysWithValues: options.columns.keys.map {
        let column = options.columns[$0]
        return (
          $0,
          TypingContext(options: options.options(for: $0), delimiter: delimiter, column: column)
        )
      })
  }

  /// Settles how the numbers of a column are read.
  package mutating func settle(_ name: String, unit: [UInt8], signs: AffixedNumber.Signs?) {
    var context = self[name]
    context.affixes?.unit = unit
    if let signs { context.affixes?.signs = signs }
    columns[name] = context
  }

  package subscript(name: String) -> TypingContext { columns[name] ?? table }

  /// The context of the column of that number, which may be one that only longer records have.
  package func context(ofColumn column: Int, names: [String]) -> TypingContext {
    if columns.isEmpty { return table }
    return self[HeaderNames.extended(names, to: column + 1)[column]]
  }
}
