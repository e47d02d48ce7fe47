package import Columnar
import FileIO

/// One option, declared once: what it is called, takes and means, and where its value lies. Flags of
/// the command, keys of JSON, arguments in Python, suggested commands, Swift code and the page of
/// options are made from it.
package struct ReadingOption: Sendable {
  /// What an option is about. A verb takes whole sections.
  package enum Section: Sendable, CaseIterable {
    /// How text becomes records.
    case dialect
    /// How several files become one table.
    case files
    /// What reads them.
    case machine
    /// What fields mean.
    case typing
    /// Which columns are left out.
    case dropping
    /// What the lean table is.
    case lean
    /// How densely it is held.
    case storage

    /// Whether it says something of text, and nothing of files whose columns have types.
    package var isAboutText: Bool { self == .dialect || self == .typing }
  }

  /// As the command spells it, without dashes: `header-records`.
  package let name: String
  package var section: Section
  package var kind: OptionKind
  package var help: String
  /// What stands for the value in help: `[column=]word`.
  package var valueName: String?
  /// What holds where it is not given; `nil` where that is found by evidence, or nothing.
  package var defaultText: String?
  /// What to say of words that it might be expected to take.
  var instead: [String: Sentence] = [:]
  /// Whether its value may begin with a dash.
  package var takesDashes = false
  /// How a program spells it, in JSON and in Python.
  package var programName: String
  /// The help in Python, where values are written otherwise.
  package var programHelp: String?
  /// The word that Python has for what is not said, where it is not `None`.
  package var programDefault: String?
  /// Whether programs have it, too: not where only a file that is written needs it.
  package var isForPrograms = true

  /// The value; `nil` where it is the default.
  package var value: @Sendable (ReadingOptions) -> OptionValue?
  private let setter: @Sendable (inout ReadingOptions, OptionValue) throws(OptionError) -> Void
  /// The value in a shell's words; one that is not written as others are.
  var parts: (@Sendable (String) -> [String])?
  /// What it says of columns, once the header is known.
  package var meaning: ColumnMeaning?
  /// The same as statements in Swift.
  package var swift: @Sendable (ReadingOptions) -> [SwiftStatement] = { _ in [] }

  /// - Parameters:
  ///   - value: The value in the options; `nil` where it is the default.
  ///   - set: Puts a value of this kind there. Errors need not name the option.
  package init(
    _ name: String, _ section: Section, _ kind: OptionKind, help: String,
    value: @escaping @Sendable (ReadingOptions) -> OptionValue?,
    set: @escaping @Sendable (inout ReadingOptions, OptionValue) throws(OptionError) -> Void
  ) {
    self.name = name
    self.section = section
    self.kind = kind
    self.help = help
    self.value = value
    setter = set
    programName = name.replacing("-", with: "_")
  }

  /// Puts `value` into `options`.
  package func set(_ value: OptionValue, in options: inout ReadingOptions) throws(OptionError) {
    do throws(OptionError) {
      if case .text(let text) = value, let advice = instead[text] { throw OptionError(advice) }
      try kind.check(value)
      try setter(&options, value)
    } catch {
      throw error.of(name)
    }
  }

  /// Puts what these words of a command line say into `options`.
  package func set(words: [String], in options: inout ReadingOptions) throws(OptionError) {
    let value: OptionValue
    do throws(OptionError) {
      value = try kind.value(of: words)
    } catch {
      throw error.of(name)
    }
    try set(value, in: &options)
  }

  /// A copy with some of it otherwise.
  package func with(_ change: (inout ReadingOption) -> Void) -> ReadingOption {
    var copy = self
    change(&copy)
    return copy
  }

  /// The option as it is given: `--header`, `--no-header`.
  package func flag(for value: OptionValue) -> String { mention(for: value).shellWords }

  /// The same as a sentence names it.
  package func mention(for value: OptionValue) -> Sentence.Option {
    Sentence.Option(name, value == .truth(false) ? .off : .none)
  }

  /// The option with its value, as words of a command line; a shell's quotes are not among them.
  package func words(for value: OptionValue) -> [String] {
    let flag = flag(for: value)
    let texts: [String]
    switch value {
    case .truth: return [flag]
    case .number(let number): texts = ["\(number)"]
    case .text(let text): texts = [text]
    case .names(let names): texts = [ColumnNames.joined(names)]
    case .values(let values): texts = values.map(\.text)
    }
    if let parts { return texts.flatMap { [flag] + parts($0) } }
    return texts.flatMap { text in
      text.hasPrefix("-") && !takesDashes ? ["\(flag)=\(text)"] : [flag, text]
    }
  }
}

/// What is said to the library in Swift.
package enum SwiftStatement: Hashable, Sendable {
  /// An assignment to a property of `CSVReadingOptions`: `hasHeader = false`.
  case reading(String)
  /// The same of `TypingOptions`.
  case typing(String)
  /// A column's type, as an entry of a dictionary: `"zip": .string`.
  case type(String)
}
