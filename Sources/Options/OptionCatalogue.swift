package import Columnar

/// All options, and the only place that knows them all.
package struct OptionCatalogue: Sendable {
  /// In the order of help.
  package private(set) var options: [ReadingOption]
  private var byName: [String: Int] = [:]

  package static let all = OptionCatalogue(
    ReadingOption.dialect + ReadingOption.files + ReadingOption.machine + ReadingOption.typing
      + ReadingOption.dropping + ReadingOption.lean + ReadingOption.storage)

  /// The catalogue in force: another one only where a test says so.
  @TaskLocal package static var current = all

  package init(_ options: [ReadingOption]) {
    self.options = []
    for option in options { add(option) }
  }

  package mutating func add(_ option: ReadingOption) {
    precondition(byName[option.name] == nil, "there are two options --\(option.name)")
    byName[option.name] = options.count
    options.append(option)
  }

  /// The option that the command spells so, without dashes.
  package subscript(name: some StringProtocol) -> ReadingOption? {
    byName[String(name)].map { options[$0] }
  }

  package func options(in sections: [ReadingOption.Section]) -> [ReadingOption] {
    options.filter { sections.contains($0.section) }
  }
}

extension ReadingOptions {
  /// The options that say something else than their defaults.
  package func given(
    in sections: [ReadingOption.Section] = ReadingOption.Section.allCases
  ) -> [(option: ReadingOption, value: OptionValue)] {
    OptionCatalogue.current.options(in: sections).compactMap { option in
      option.value(self).map { (option, $0) }
    }
  }

  /// Whether the option of this name says something else than its default.
  package func gives(_ name: String) -> Bool {
    OptionCatalogue.current[name]?.value(self) != nil
  }

  /// The same as words of a command line.
  package func words(
    in sections: [ReadingOption.Section] = ReadingOption.Section.allCases
  ) -> [String] {
    given(in: sections).flatMap { $0.option.words(for: $0.value) }
  }

  /// The first that says how text is read.
  package var textOption: Sentence.Option? {
    given().first { $0.option.section.isAboutText && !remembered.names.contains($0.option.name) }
      .map { $0.option.mention(for: $0.value) }
  }

  /// The same in Swift, as statements about `CSVReadingOptions` and `TypingOptions`.
  ///
  /// - Parameter typing: What the options mean in a table whose header is known.
  package func swiftStatements(_ typing: TypingOptions) -> [SwiftStatement] {
    var resolved = self
    resolved.typing = typing
    return OptionCatalogue.current.options.flatMap { option in
      option.swift(resolved) + (option.meaning?.statements(typing) ?? [])
    }
  }

  /// Takes from `others` what options of these sections say.
  package mutating func take(
    _ sections: [ReadingOption.Section], from others: ReadingOptions
  ) throws(OptionError) {
    for (option, value) in others.given(in: sections) { try option.set(value, in: &self) }
  }
}
