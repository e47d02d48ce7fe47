import Columnar

/// The verbs, and what each takes. A verb is described when it is asked for: that takes milliseconds, and most
/// runs have no settings.
package final class VerbCatalogue: Sendable {
  /// In the order of help.
  package let names: [String]
  private let describe: @Sendable (String) -> VerbDescription?
  private let known = Lock<[String: [SettableOption]]>([:])

  /// - Parameter describe: What a verb takes.
  package init(
    _ names: [String], describe: @escaping @Sendable (String) -> VerbDescription?
  ) {
    self.names = names
    self.describe = describe
  }

  package func description(of verb: String) -> VerbDescription? { describe(verb) }

  /// The options of a verb that can be set.
  package func options(of verb: String) -> [SettableOption] {
    if let options = known.withLock({ $0[verb] }) { return options }
    let options = describe(verb).map(SettableOption.all) ?? []
    known.withLock { $0[verb] = options }
    return options
  }

  /// The option of that name, of a verb.
  package func option(_ name: String, of verb: String) -> SettableOption? {
    options(of: verb).first { $0.name == name }
  }

  /// An option that some verb has.
  ///
  /// - Parameter first: The verb that is looked at before the others.
  func option(_ name: String, first: String?) -> SettableOption? {
    let ordered = (first.map { [$0] } ?? []) + names.filter { $0 != first }
    return ordered.lazy.compactMap { self.option(name, of: $0) }.first
  }

  /// The names of all options of all verbs.
  var optionNames: [String] {
    var names: [String] = []
    for verb in self.names {
      for option in options(of: verb) where !names.contains(option.name) {
        names.append(option.name)
      }
    }
    return names
  }

  /// Whether a verb has an option that is for the command line alone.
  func isOfEachRun(_ name: String, verb: String?) -> Bool {
    (verb.map { [$0] } ?? names).contains { verb in
      describe(verb)?.arguments?.contains { $0.name == name && $0.isOfEachRun } ?? false
    }
  }
}
