/// As a JSON object, which has the options that are given under their names in programs:
///
///     {"delimiter": ";", "null_token": ["-"], "type": {"zip": "string"}, "columns": ["zip"]}
extension ReadingOptions: Codable {
  public init(from decoder: any Decoder) throws {
    self.init()
    let container = try decoder.container(keyedBy: OptionKey.self)
    let options = OptionCatalogue.current.options
    let names = Set(options.map(\.programName))
    if let key = container.allKeys.first(where: { !names.contains($0.stringValue) }) {
      throw Self.unknown(key.stringValue)
    }
    for option in options {
      let key = OptionKey(option.programName)
      guard container.contains(key), try !container.decodeNil(forKey: key) else { continue }
      guard let value = option.kind.decoded(container, key) else {
        throw OptionError("the value is not \(option.kind.words)").of(option.name)
      }
      try option.set(value, in: &self)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: OptionKey.self)
    for (option, value) in given() {
      let key = OptionKey(option.programName)
      switch value {
      case .truth(let truth): try container.encode(truth, forKey: key)
      case .number(let number): try container.encode(number, forKey: key)
      case .text(let text): try container.encode(text, forKey: key)
      case .names(let names): try container.encode(names, forKey: key)
      case .values(let values): try container.encode(values.map(JSONScope.init), forKey: key)
      }
    }
  }

  /// Throws where an option is given that is the command's alone.
  package func checkForPrograms() throws(OptionError) {
    if let other = given().first(where: { !$0.option.isForPrograms }) {
      throw Self.unknown(other.option.programName)
    }
  }

  private static func unknown(_ name: String) -> OptionError {
    let names = OptionCatalogue.current.options.filter(\.isForPrograms).map(\.programName)
    return OptionError(
      "there is no option '\(name)'; options are \(names.joined(separator: ", "))")
  }
}

/// A key as it stands, whether or not it is an option.
package struct OptionKey: CodingKey {
  package let stringValue: String
  package var intValue: Int? { nil }

  package init(_ name: String) { stringValue = name }
  package init(stringValue: String) { self.stringValue = stringValue }
  package init?(intValue: Int) { nil }
}

extension OptionKind {
  /// What JSON has for a value of this kind.
  fileprivate var words: String {
    switch self {
    case .flag, .choice: "true or false"
    case .count, .size: "a whole number"
    case .word(let words): OptionError.list(words)
    case .text: "text"
    case .factor: "a number, nor text such as 2x"
    case .names: "text, nor a list of texts"
    case .values, .pairs: "text, nor a list or an object of texts"
    }
  }

  /// `nil` where there is a value of another kind.
  fileprivate func decoded(
    _ container: KeyedDecodingContainer<OptionKey>, _ key: OptionKey
  ) -> OptionValue? {
    func read<T: Decodable>(_ type: T.Type) -> T? { try? container.decode(type, forKey: key) }
    switch self {
    case .flag, .choice: return read(Bool.self).map { .truth($0) }
    case .count, .size: return read(Int.self).map { .number($0) }
    case .word, .text: return read(String.self).map { .text($0) }
    case .factor: return (read(Double.self).map { "\($0)" } ?? read(String.self)).map { .text($0) }
    case .names: return (read(String.self).map { [$0] } ?? read([String].self)).map { .names($0) }
    case .values, .pairs:
      let isPair = self == .pairs
      // A list of two words is one value, unless each of them is.
      if isPair, let words = read([String].self), !words.joined().contains(",") {
        return .values([.words(words.joined(separator: ","))])
      }
      let scopes = read(JSONScope.self).map { [$0] } ?? read([JSONScope].self)
      return scopes.map { .values($0.flatMap { $0.values(joined: isPair) }) }
    }
  }
}

/// One text, or an object, whose members say one or several of a column.
private struct JSONScope: Codable {
  private let parts: [(column: String?, texts: [String])]

  init(_ value: ScopedText) {
    parts =
      switch value {
      case .words(let text): [(nil, [text])]
      case .column(let name, let text): [(name, [text])]
      }
  }

  /// - Parameter joined: Whether a list is one value, with commas in between.
  func values(joined: Bool) -> [ScopedText] {
    parts.flatMap { column, texts in
      (joined ? [texts.joined(separator: ",")] : texts).map { text in
        column.map { .column($0, text) } ?? .words(text)
      }
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      parts = [(nil, [text])]
    } else {
      parts = try container.decode([String: OneOrMore].self).sorted { $0.key < $1.key }
        .map { ($0.key, $0.value.all) }
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    for (column, texts) in parts {
      if let column {
        try container.encode([column: texts[0]])
      } else {
        try container.encode(texts[0])
      }
    }
  }

  /// One text, or a list of them.
  private struct OneOrMore: Decodable {
    let all: [String]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      all = try (try? [container.decode(String.self)]) ?? container.decode([String].self)
    }
  }
}
