/// What is said to a user, with the options that it names as values: each surface spells them its
/// own way, the command `--on-bad-record skip` and Python `on_bad_record="skip"`.
///
///     let remedy: Sentence = "close the quote, or leave the line out with \(option: "on-bad-record", "skip")"
public struct Sentence: Hashable, Sendable {
  /// An option by the name that the catalogue has for it, and what it would be given.
  public struct Option: Hashable, Sendable {
    /// What an option would be given.
    public enum Value: Hashable, Sendable {
      /// The option itself, whatever it is given: `--delimiter`, `--strict`.
      case none
      /// `--no-header`.
      case off
      /// One value for all: `--quote none`.
      case text(String)
      /// A value of one column: `--type zip=string`.
      case ofColumn(String, String)
      /// Columns by their names: `--drop a,b`.
      case columns([String])
    }

    /// Without dashes: `on-bad-record`.
    public var name: String
    /// What it would be given.
    public var value: Value

    package init(_ name: String, _ value: Value = .none) {
      self.name = name
      self.value = value
    }
  }

  /// A piece of a sentence.
  public enum Part: Hashable, Sendable {
    /// Words as they stand.
    case text(String)
    /// An option to give, in backticks.
    case option(Option)
    /// Options to give together, in backticks.
    case options([Option])
    /// An option that is spoken of, as it stands in a sentence.
    case mention(Option)
    /// A command to run, in backticks.
    case command([String])
  }

  /// The pieces in order; no two texts stand beside each other.
  public private(set) var parts: [Part]

  /// A sentence without options.
  package init(_ text: String) { parts = text.isEmpty ? [] : [.text(text)] }

  /// The sentence with its options as `spelled` gives them, alone or together, and as `named` speaks
  /// of them; commands as `run` gives them.
  package func words(
    _ spelled: ([Option]) -> String, named: (Option) -> String,
    run: ([String]) -> String = { $0.map(\.shellWord).joined(separator: " ") }
  ) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .option(let option): "`\(spelled([option]))`"
      case .options(let options): "`\(spelled(options))`"
      case .mention(let option): named(option)
      case .command(let words): "`\(run(words))`"
      }
    }.joined()
  }

  package static func + (first: Sentence, second: Sentence) -> Sentence {
    var sum = first
    for part in second.parts { sum.parts.append(sentencePart: part) }
    return sum
  }
}

extension [Sentence.Part] {
  /// Texts beside each other are one, so that sentences that read the same are the same.
  fileprivate mutating func append(sentencePart part: Sentence.Part) {
    if case .text(let text) = part, case .text(let before) = last {
      self[count - 1] = .text(before + text)
    } else if part != .text("") {
      append(part)
    }
  }
}

extension Sentence: CustomStringConvertible {
  /// As the command spells its options.
  public var description: String { words(\.shellWords, named: \.shellWords) }

  /// The options that it names, in order.
  package var options: [Option] {
    parts.flatMap { part -> [Option] in
      switch part {
      case .option(let option), .mention(let option): [option]
      case .options(let options): options
      case .text, .command: []
      }
    }
  }
}

extension [Sentence.Option] {
  /// As a shell takes them.
  package var shellWords: String { map(\.shellWords).joined(separator: " ") }
}

extension Sentence.Option {
  /// As a shell takes it.
  package var shellWords: String {
    switch value {
    case .none: "--\(name)"
    case .off: "--no-\(name)"
    // Only writing a file takes it.
    case .text(let engine) where name == "for": "diet apply --for \(engine)"
    case .text(let text): text.hasPrefix("-") ? "--\(name)=\(text.shellWord)" : given(text)
    case .ofColumn(let column, let text): given("\(column)=\(text)")
    case .columns(let names): given(ColumnNames.joined(names))
    }
  }

  private func given(_ text: String) -> String { "--\(name) \(text.shellWord)" }
}

extension Sentence: ExpressibleByStringInterpolation {
  /// A sentence without options.
  public init(stringLiteral text: String) { self.init(text) }

  /// What a literal says.
  public init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

  /// Gathers the parts of a literal.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var parts: [Part] = []

    /// Room for the parts of a literal.
    public init(literalCapacity: Int, interpolationCount: Int) {
      parts.reserveCapacity(2 * interpolationCount + 1)
    }

    /// Adds words as they stand.
    public mutating func appendLiteral(_ text: String) { parts.append(sentencePart: .text(text)) }

    /// Adds a value as text.
    public mutating func appendInterpolation<T>(_ value: T) { appendLiteral("\(value)") }

    package mutating func appendInterpolation(_ sentence: Sentence) {
      for part in sentence.parts { parts.append(sentencePart: part) }
    }

    package mutating func appendInterpolation(option name: String) {
      parts.append(.option(Option(name)))
    }

    package mutating func appendInterpolation(option name: String, _ text: String) {
      parts.append(.option(Option(name, .text(text))))
    }

    package mutating func appendInterpolation(
      option name: String, of column: String, _ text: String
    ) {
      parts.append(.option(Option(name, .ofColumn(column, text))))
    }

    package mutating func appendInterpolation(option name: String, columns: [String]) {
      parts.append(.option(Option(name, .columns(columns))))
    }

    package mutating func appendInterpolation(option: Option) { parts.append(.option(option)) }

    package mutating func appendInterpolation(options: [Option]) {
      parts.append(options.count == 1 ? .option(options[0]) : .options(options))
    }

    package mutating func appendInterpolation(no name: String) {
      parts.append(.option(Option(name, .off)))
    }

    package mutating func appendInterpolation(mention name: String) {
      parts.append(.mention(Option(name)))
    }

    package mutating func appendInterpolation(mention option: Option) {
      parts.append(.mention(option))
    }

    package mutating func appendInterpolation(command words: String...) {
      parts.append(.command(words))
    }

    package mutating func appendInterpolation(command words: [String]) {
      parts.append(.command(words))
    }
  }
}
