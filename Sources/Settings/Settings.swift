import Columnar
import Wording

/// All that is set beside the command line: by variables, by the project's `diet.toml` and by the user's file.
package struct Settings: Sendable {
  /// What is set, the first of an option before the others; of one file its tables of verbs come first.
  package private(set) var all: [Setting] = []
  /// The files that were read.
  package let files: [SettingsFile]
  package let verbs: VerbCatalogue

  /// - Parameters:
  ///   - verb: The verb that runs: asked first which options there are, since it is described anyway.
  ///   - files: Those of `SettingsFiles`.
  /// - Throws: ``SettingsError`` for keys that no option has, values that theirs does not take, and variables of
  ///   options that are for the command line alone.
  package init(
    verbs: VerbCatalogue, verb: String?, files: [SettingsFile], environment: [String: String]
  ) throws(SettingsError) {
    self.verbs = verbs
    self.files = files
    for (variable, text) in environment.sorted(by: { $0.key < $1.key }) where !text.isEmpty {
      guard let name = Setting.name(ofVariable: variable) else { continue }
      guard let option = verbs.option(name, first: verb) else {
        guard verbs.isOfEachRun(name, verb: nil) else { continue }
        throw SettingsError(
          path: variable, "--\(name) is for the command line, and cannot be set")
      }
      all.append(
        Setting(
          name: name, value: option.value(ofVariable: text), origin: .variable(variable)))
    }
    for file in files { try read(SettingsDocument(file), verb: verb) }
    for setting in all { try check(setting, runs: verb) }
  }

  /// What is set of an option for a verb: the first holds.
  package func settings(of option: String, for verb: String) -> [Setting] {
    all.filter { $0.name == option && ($0.verb == nil || $0.verb == verb) }
  }

  /// What holds for a verb where the command line says nothing, in the order of help.
  ///
  /// - Parameter given: The options that the command line has.
  package func inForce(for verb: String, given: Set<String> = []) -> [Setting] {
    verbs.options(of: verb).filter { !given.contains($0.name) }.compactMap {
      settings(of: $0.name, for: verb).first
    }
  }

  /// How far from the command line a setting stands: the smaller, the nearer.
  package func distance(of setting: Setting) -> Int {
    guard case .file(let path, _) = setting.origin else { return 1 }
    let place = files.firstIndex { $0.name == path } ?? files.count
    return 2 + 2 * place + (setting.verb == nil ? 1 : 0)
  }

  /// The same as words of a command line.
  package func arguments(for verb: String, given: Set<String>) throws(SettingsError) -> [String] {
    var words: [String] = []
    for setting in inForce(for: verb, given: given) {
      guard let option = verbs.option(setting.name, of: verb) else { continue }
      words += option.arguments(for: try texts(of: setting, option))
    }
    return words
  }

  /// What is probably a slip of the pen: variables named almost as one of ours would be.
  package static func notes(
    on environment: [String: String], verbs: VerbCatalogue, verb: String
  ) -> [String] {
    environment.sorted { $0.key < $1.key }.compactMap { variable, _ in
      guard let name = Setting.name(ofVariable: variable), name != "no-config",
        verbs.option(name, first: verb) == nil,
        let nearest = name.nearestName(in: verbs.optionNames)
      else { return nil }
      return
        "\(variable) is the variable of no option; did you mean \(Setting.variable(for: nearest))?"
    }
  }

  // MARK: - Reading

  private mutating func read(_ document: SettingsDocument, verb: String?) throws(SettingsError) {
    var general: [Setting] = []
    for entry in document.inOrder(document.members) {
      if case .table(let members) = entry.value, verbs.names.contains(entry.key) {
        for member in document.inOrder(members, of: [entry.key]) {
          let setting = Setting(
            name: member.key, verb: entry.key, value: member.value,
            origin: document.origin([entry.key, member.key]), folder: document.folder)
          try checkName(of: setting)
          all.append(setting)
        }
        continue
      }
      let setting = Setting(
        name: entry.key, value: entry.value, origin: document.origin([entry.key]),
        folder: document.folder)
      try checkName(of: setting, runs: verb)
      general.append(setting)
    }
    all += general
  }

  /// Throws for a key that is no option's.
  private func checkName(of setting: Setting, runs verb: String? = nil) throws(SettingsError) {
    let name = setting.name
    if let table = setting.verb {
      guard verbs.option(name, of: table) == nil else { return }
      let names = verbs.options(of: table).map(\.name)
      throw unknown(setting, "`diet \(table)` has no option '\(name.onOneLine)'", names: names)
    }
    guard verbs.option(name, first: verb) == nil else { return }
    if case .table = setting.value {
      throw unknown(
        setting, "there is no verb '\(name.onOneLine)', nor an option",
        names: verbs.names + verbs.optionNames)
    }
    throw unknown(setting, "there is no option '\(name.onOneLine)'", names: verbs.optionNames)
  }

  private func unknown(_ setting: Setting, _ message: String, names: [String]) -> SettingsError {
    if verbs.isOfEachRun(setting.name, verb: setting.verb) {
      return SettingsError(
        setting.origin, "'\(setting.name)' is for the command line, and cannot be set")
    }
    let underscored = setting.name.replacing("_", with: "-")
    let nearest =
      names.contains(underscored) ? underscored : setting.name.nearestName(in: names)
    return SettingsError(
      setting.origin, message + (nearest.map { "; did you mean '\($0)'?" } ?? ""))
  }

  /// Throws for a value that the option does not take, as far as that is known without a run.
  private func check(_ setting: Setting, runs verb: String?) throws(SettingsError) {
    guard
      let option = setting.verb.map({ verbs.option(setting.name, of: $0) })
        ?? verbs.option(setting.name, first: verb)
    else { return }
    _ = try texts(of: setting, option)
  }

  private func texts(
    of setting: Setting, _ option: SettableOption
  ) throws(SettingsError) -> [String] {
    do throws(SettingFault) {
      let texts = try option.texts(of: setting.value)
      guard case .file = setting.origin else { return texts }
      // Whoever clones a repository has not asked for files of its choice to be written.
      guard setting.name != "on-bad-record" || !texts.contains(where: { $0.hasPrefix("collect") })
      else { throw SettingFault("a file that is written is named on the command line") }
      guard option.isPath else { return texts }
      return texts.map { $0.hasPrefix("/") || $0 == "-" ? $0 : setting.folder + $0 }
    } catch {
      throw setting.error(error.message)
    }
  }
}
