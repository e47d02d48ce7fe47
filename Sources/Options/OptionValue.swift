import Columnar
import FileIO

/// What an option is given, in the form that all surfaces share: words of a command line, members of
/// a JSON object and arguments in Python become one of these, and are printed from it.
package enum OptionValue: Hashable, Sendable {
  case truth(Bool)
  case number(Int)
  case text(String)
  case names([String])
  case values([ScopedText])
}

/// What values an option takes, and how it is written.
package enum OptionKind: Hashable, Sendable {
  /// Given or not: `--strict`.
  case flag
  /// Yes, no, or found by evidence: `--header`, `--no-header`.
  case choice
  case count(ClosedRange<Int>)
  /// One of these numbers.
  case size([Int])
  /// One of these words.
  case word([String])
  case text
  /// A number, or text that says one: `2x`.
  case factor
  /// Names of columns: `a,b`.
  case names
  /// A value of the table, or one of a column: `[column=]value`. May be repeated.
  case values
  /// The same of two words: `yes,no`.
  case pairs

  /// The value that one or more words of a command line say.
  package func value(of words: [String]) throws(OptionError) -> OptionValue {
    let last = words.last ?? ""
    switch self {
    case .flag, .choice: return .truth(last == "true")
    case .count:
      guard let number = Int(last) else {
        throw OptionError(invalid: last, expected: ["a whole number"])
      }
      return .number(number)
    case .size(let sizes):
      guard let number = Int(last) else {
        throw OptionError(invalid: last, expected: sizes.map { "\($0)" })
      }
      return .number(number)
    case .word, .text, .factor: return .text(last)
    case .names: return .names(words.flatMap(ColumnNames.names))
    case .values, .pairs: return .values(words.map { .words($0) })
    }
  }

  /// Throws for a value that is not among those that there are.
  package func check(_ value: OptionValue) throws(OptionError) {
    switch (self, value) {
    case (.count(let range), .number(let number)) where !range.contains(number):
      throw OptionError(
        range.upperBound == .max
          ? "\(number) is below \(range.lowerBound)"
          : "\(number) is not between \(range.lowerBound) and \(range.upperBound)")
    case (.size(let sizes), .number(let number)) where !sizes.contains(number):
      throw OptionError(invalid: "\(number)", expected: sizes.map { "\($0)" })
    case (.word(let words), .text(let text)) where !words.contains(text):
      throw OptionError(invalid: text, expected: words)
    default: break
    }
  }
}
