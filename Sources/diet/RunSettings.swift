import ArgumentParser
import Columnar
import FileIO
import FoundationEssentials
import Options
import Platform
import Settings

/// The words that a run was called with, and those that settings add to them.
struct RunSettings {
  /// The verb, its settings, and what the user gave.
  let arguments: [String]
  /// The settings that were added.
  private let added: [Setting]
  /// Those of the run that is on: a process of its own is given the same words.
  private static let current = Lock<[String]>([])
  /// How far from the command line the settings stand, by option.
  private static let distances = Lock<[String: Int]>([:])

  /// The words of this run, settings among them, without the program's name.
  static var currentArguments: [String] { current.withLock { $0 } }

  /// How far from the command line an option of this run was given; 0 where that is there.
  static func distance(of option: String) -> Int { distances.withLock { $0[option] ?? 0 } }

  /// - Throws: `SettingsError`.
  init(_ words: [String]) throws(SettingsError) {
    let environment = Self.environment
    guard let verb = words.first, Self.catalogue.names.contains(verb),
      !Self.leavesSettingsAlone(words, environment)
    else {
      (arguments, added) = (words, [])
      Self.current.withLock { $0 = words }
      return
    }
    let files = SettingsFiles.found(from: Self.folder, environment: environment)
    let isAnySet =
      !files.isEmpty || environment.keys.contains { Setting.name(ofVariable: $0) != nil }
    guard isAnySet, let description = Self.catalogue.description(of: verb) else {
      (arguments, added) = (words, [])
      Self.current.withLock { $0 = words }
      return
    }
    let settings = try Settings(
      verbs: Self.catalogue, verb: verb, files: files, environment: environment)
    let own = Array(words.dropFirst())
    var given = description.options(givenBy: own)
    // Whoever asks for one does not want the other.
    if !given.isDisjoint(with: ["quiet", "verbose"]) { given.formUnion(["quiet", "verbose"]) }
    let more = try settings.arguments(for: verb, given: given)
    let all = [verb] + more + own
    let inForce = settings.inForce(for: verb, given: given)
    added = inForce
    Self.distances.withLock { distances in
      distances = Dictionary(
        inForce.map { ($0.name, settings.distance(of: $0)) }, uniquingKeysWith: min)
    }
    arguments = all
    Self.current.withLock { $0 = all }
    notes = Settings.notes(on: environment, verbs: Self.catalogue, verb: verb)
  }

  /// What to say of variables that are none of ours.
  private(set) var notes: [String] = []

  // MARK: - Errors

  /// The message, in the words of the place where a setting stands that it speaks of; `nil` where it speaks of none.
  func explained(_ message: String, _ error: any Error) -> String? {
    for setting in added {
      let start = "--\(setting.name): "
      if message.hasPrefix(start) {
        return setting.error(String(message.dropFirst(start.count))).description
      }
    }
    let named = added.filter { setting in
      ["--\(setting.name)", "--no-\(setting.name)"].contains { message.hasWord($0) }
    }
    if !named.isEmpty {
      let places = named.map { "--\($0.name) is from \($0.origin)" }
      return "\(message); \(places.joined(separator: ", "))"
    }
    guard let error = error as? ReadingError, error.code == .unknownColumn else { return nil }
    let ofColumns = added.filter { OptionCatalogue.current[$0.name]?.kind.isOfColumns ?? false }
    guard !ofColumns.isEmpty else { return nil }
    let places = ofColumns.map { "`\($0.name)` is set in \($0.origin)" }
    return "\(message); \(places.joined(separator: ", "))"
  }

  // MARK: - What verbs take

  /// The verbs that settings are for, described by the argument parser.
  static let catalogue: VerbCatalogue = {
    let verbs = Diet.verbs.filter { $0.configuration.subcommands.isEmpty }
    return VerbCatalogue(verbs.map { $0._commandName }) { name in
      verbs.first { $0._commandName == name }.flatMap(Self.description)
    }
  }()

  /// What the argument parser says of a verb.
  static func description(of verb: any ParsableCommand.Type) -> VerbDescription? {
    let json = Array(verb._dumpHelp().utf8)
    return try? JSONDecoder().decode(CommandDescription.self, from: Data(json)).command
  }

  /// Help is there whatever settings say.
  private static func leavesSettingsAlone(
    _ words: [String], _ environment: [String: String]
  ) -> Bool {
    let own = words.prefix { $0 != "--" }
    if own.contains(where: ["--no-config", "--help", "-h", "--version"].contains) { return true }
    return ["1", "true", "yes", "on"].contains((environment["DIET_NO_CONFIG"] ?? "").lowercased())
  }

  // MARK: - The process

  static var folder: String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }

  static var environment: [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let parts = String(cString: text).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
      entry += 1
    }
    return variables
  }
}

extension OptionKind {
  /// Whether its value may name a column.
  fileprivate var isOfColumns: Bool {
    switch self {
    case .names, .values, .pairs: true
    case .flag, .choice, .count, .size, .word, .text, .factor: false
    }
  }
}

extension String {
  /// Whether the text has the option in it, and not only as the start of a longer one.
  fileprivate func hasWord(_ word: String) -> Bool {
    ranges(of: word).contains { range in
      guard range.upperBound < endIndex else { return true }
      let next = self[range.upperBound]
      return !next.isLetter && !next.isNumber && next != "-"
    }
  }
}
