/// Options by their kinds: where the value lies says how it is read, written and printed.
extension ReadingOption {
  package typealias Path<Value> = WritableKeyPath<ReadingOptions, Value> & Sendable

  /// - Parameter swift: The property of `CSVReadingOptions`.
  package static func flag(
    _ name: String, _ section: Section, _ path: Path<Bool>, swift: String? = nil, help: String
  ) -> ReadingOption {
    ReadingOption(
      name, section, .flag, help: help,
      value: { $0[keyPath: path] ? .truth(true) : nil },
      set: { options, value in
        if case .truth(let truth) = value { options[keyPath: path] = truth }
      }
    ).with { option in
      guard let swift else { return }
      option.swift = { $0[keyPath: path] ? [.reading("\(swift) = true")] : [] }
    }
  }

  package static func choice(
    _ name: String, _ section: Section, _ path: Path<Bool?>, swift: String, help: String
  ) -> ReadingOption {
    ReadingOption(
      name, section, .choice, help: help,
      value: { $0[keyPath: path].map { .truth($0) } },
      set: { options, value in
        if case .truth(let truth) = value { options[keyPath: path] = truth }
      }
    ).with { option in
      option.swift = { $0[keyPath: path].map { [.reading("\(swift) = \($0)")] } ?? [] }
    }
  }

  package static func count(
    _ name: String, _ section: Section, _ path: Path<Int>, in range: PartialRangeFrom<Int>,
    swift: String, help: String
  ) -> ReadingOption {
    let usual = ReadingOptions()[keyPath: path]
    return ReadingOption(
      name, section, .count(range.lowerBound...Int.max), help: help,
      value: { $0[keyPath: path] == usual ? nil : .number($0[keyPath: path]) },
      set: { options, value in
        if case .number(let number) = value { options[keyPath: path] = number }
      }
    ).with { option in
      option.defaultText = "\(usual)"
      option.swift = {
        $0[keyPath: path] == usual ? [] : [.reading("\(swift) = \($0[keyPath: path])")]
      }
    }
  }

  package static func count(
    _ name: String, _ section: Section, _ path: Path<Int?>, in range: ClosedRange<Int>,
    swift: String, help: String
  ) -> ReadingOption {
    ReadingOption(
      name, section, .count(range), help: help,
      value: { $0[keyPath: path].map { .number($0) } },
      set: { options, value in
        if case .number(let number) = value { options[keyPath: path] = number }
      }
    ).with { option in
      option.swift = { $0[keyPath: path].map { [.reading("\(swift) = \($0)")] } ?? [] }
    }
  }

  /// One of the words of an enumeration.
  package static func word<Word: RawRepresentable<String> & CaseIterable & Equatable & Sendable>(
    _ name: String, _ section: Section, _ path: Path<Word>, swift: String? = nil, help: String
  ) -> ReadingOption {
    let usual = ReadingOptions()[keyPath: path]
    return ReadingOption(
      name, section, .word(Word.allCases.map(\.rawValue)), help: help,
      value: { $0[keyPath: path] == usual ? nil : .text($0[keyPath: path].rawValue) },
      set: { options, value in
        if case .text(let text) = value, let word = Word(rawValue: text) {
          options[keyPath: path] = word
        }
      }
    ).with { option in
      option.defaultText = usual.rawValue
      guard let swift else { return }
      option.swift = {
        $0[keyPath: path] == usual ? [] : [.reading("\(swift) = .\($0[keyPath: path])")]
      }
    }
  }

  /// The same where evidence decides otherwise.
  package static func word<Word: RawRepresentable<String> & CaseIterable & Equatable & Sendable>(
    _ name: String, _ section: Section, _ path: Path<Word?>, swift: String, help: String
  ) -> ReadingOption {
    ReadingOption(
      name, section, .word(Word.allCases.map(\.rawValue)), help: help,
      value: { $0[keyPath: path].map { .text($0.rawValue) } },
      set: { options, value in
        if case .text(let text) = value { options[keyPath: path] = Word(rawValue: text) }
      }
    ).with { option in
      option.swift = { $0[keyPath: path].map { [.reading("\(swift) = .\($0)")] } ?? [] }
    }
  }

  package static func text(
    _ name: String, _ section: Section, _ kind: OptionKind = .text, help: String,
    value: @escaping @Sendable (ReadingOptions) -> String?,
    set: @escaping @Sendable (inout ReadingOptions, String) throws(OptionError) -> Void
  ) -> ReadingOption {
    ReadingOption(
      name, section, kind, help: help,
      value: { value($0).map { .text($0) } },
      set: { options, value throws(OptionError) in
        if case .text(let text) = value { try set(&options, text) }
      })
  }

  package static func names(
    _ name: String, _ section: Section, help: String,
    value: @escaping @Sendable (ReadingOptions) -> [String]?,
    set: @escaping @Sendable (inout ReadingOptions, [String]) -> Void
  ) -> ReadingOption {
    ReadingOption(
      name, section, .names, help: help,
      value: { value($0).map { .names($0) } },
      set: { options, value in if case .names(let names) = value { set(&options, names) } }
    ).with { $0.valueName = "a,b" }
  }

  /// What fields mean, in all columns or in one.
  package static func meaning(
    _ name: String, value valueName: String, help: String, _ meaning: ColumnMeaning
  ) -> ReadingOption {
    ReadingOption(
      name, .typing, .values, help: help,
      value: { options in options.meanings[name].map { .values($0) } },
      set: { options, value in
        if case .values(let values) = value {
          options.meanings[name] = values.isEmpty ? nil : values
        }
      }
    ).with { option in
      option.valueName = "[column=]\(valueName)"
      option.meaning = meaning
    }
  }
}
