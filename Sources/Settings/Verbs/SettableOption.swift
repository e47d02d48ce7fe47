import Columnar
import Options

/// An option of a verb that can be set in a file or a variable: one of the catalogue, or the verb's own.
package struct SettableOption: Sendable {
  package enum Form: Hashable, Sendable {
    /// Given or not; with an inversion, `--no-measure`, it can be switched off as well.
    case flag(hasInversion: Bool)
    case value
    /// May be repeated.
    case values
  }

  /// As the command spells it, without dashes.
  package let name: String
  package let form: Form
  let defaultText: String?
  /// Whether its value is a file's name.
  let isPath: Bool
  /// What the catalogue says of it.
  let catalogued: ReadingOption?

  /// What a verb can be told beforehand: all but what every run has to be given, and files that are written.
  static func all(of verb: VerbDescription) -> [SettableOption] {
    let arguments = verb.arguments ?? []
    let flags = Set(arguments.filter { $0.kind == .flag }.compactMap(\.name))
    return arguments.compactMap { argument in
      guard let name = argument.name, argument.kind != .positional, !argument.isOfEachRun,
        !["help", "version", "no-config"].contains(name)
      else { return nil }
      if argument.kind == .flag, name.hasPrefix("no-"), flags.contains(String(name.dropFirst(3))) {
        return nil
      }
      let form: Form =
        argument.kind == .flag
        ? .flag(hasInversion: flags.contains("no-\(name)"))
        : argument.isRepeating ? .values : .value
      return SettableOption(
        name: name, form: form, defaultText: argument.usualText(form),
        isPath: argument.kind == .option && argument.valueName == "file")
    }
  }

  /// What holds where nothing is set, as a settings file would say it; `nil` where nothing does, or evidence decides.
  package var usualValue: String? {
    guard let defaultText, form == .value || form == .values else { return defaultText }
    return Int(defaultText) == nil ? defaultText.tomlLiteral : defaultText
  }

  init(name: String, form: Form, defaultText: String? = nil, isPath: Bool = false) {
    self.name = name
    self.form = form
    self.defaultText = defaultText
    self.isPath = isPath
    catalogued = OptionCatalogue.current[name]
  }

  /// The words that the command takes for it.
  ///
  /// - Parameter texts: What it is given.
  package func arguments(for texts: [String]) -> [String] {
    switch form {
    case .flag(let hasInversion):
      if texts == ["true"] { return ["--\(name)"] }
      return hasInversion && texts == ["false"] ? ["--no-\(name)"] : []
    // A value may begin with a dash; after the sign there has to be one.
    case .value, .values:
      return texts.flatMap { $0.isEmpty ? ["--\(name)", ""] : ["--\(name)=\($0)"] }
    }
  }
}

extension VerbDescription.Argument {
  /// Whether it is for the command line alone: what a verb cannot do without, and what it writes.
  var isOfEachRun: Bool {
    guard isOptional, let name else { return !isOptional }
    return name.hasPrefix("save-") || Self.writing.contains(name)
  }

  private static let writing: Set = ["output", "accept", "report", "openlineage"]

  /// The usual value as a settings file has it; `nil` where there is none, or evidence decides.
  fileprivate func usualText(_ form: SettableOption.Form) -> String? {
    switch form {
    case .flag(let hasInversion):
      hasInversion ? defaultValue.map { "\(!$0.hasPrefix("--no-"))" } : "false"
    case .value, .values: defaultValue
    }
  }
}
