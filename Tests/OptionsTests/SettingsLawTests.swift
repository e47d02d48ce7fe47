import ArgumentParser
import Columnar
import Foundation
import Options
import TestSupport
import Testing

@testable import Settings
@testable import diet

/// All options at once.
private enum EveryScope: OptionScope {
  static let sections = ReadingOption.Section.allCases
}

/// A verb that has them.
private struct EveryVerb: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "every")

  @OptionGroup var all: OptionArguments<EveryScope>
}

/// What holds of every option, whether a file or a variable sets it.
struct SettingsLawTests {
  private static let verbs = VerbCatalogue(["every"]) { _ in
    RunSettings.description(of: EveryVerb.self)
  }

  private func options(
    of toml: String?, environment: [String: String] = [:]
  ) throws -> ReadingOptions {
    let folder = try TemporaryFolder()
    let files =
      try toml.map { [SettingsFile(path: try folder.file("diet.toml", Data($0.utf8)).path)] } ?? []
    let settings = try Settings(
      verbs: Self.verbs, verb: "every", files: files, environment: environment)
    let words = try settings.arguments(for: "every", given: [])
    return try OptionArguments<EveryScope>.parse(words).options
  }

  /// Every way in which a file may say it.
  private func spellings(_ sample: OptionSample) throws -> [String] {
    let list = "[\(sample.words.map(\.tomlLiteral).joined(separator: ", "))]"
    switch try sample.option.kind.value(of: sample.words) {
    case .truth(let truth): return ["\(truth)"]
    case .number(let number): return ["\(number)"]
    case .text(let text):
      let isNumber = sample.option.kind == .factor && Double(text) != nil
      return [text.tomlLiteral] + (isNumber ? [text] : [])
    case .names(let names):
      return ["[\(names.map(\.tomlLiteral).joined(separator: ", "))]"]
        + (sample.words.count == 1 ? [sample.words[0].tomlLiteral] : [])
    case .values: return [list] + (sample.words.count == 1 ? [sample.words[0].tomlLiteral] : [])
    }
  }

  @Test(arguments: OptionSample.all) func filesSayWhatFlagsSay(_ sample: OptionSample) throws {
    // What would write a file is not for files of settings.
    let isWriting = sample.words[0].hasPrefix("collect")
    for spelling in try spellings(sample) {
      if isWriting {
        #expect(throws: SettingsError.self) {
          try options(of: "\(sample.option.name) = \(spelling)")
        }
        continue
      }
      for toml in [
        "\(sample.option.name) = \(spelling)", "[every]\n\(sample.option.name) = \(spelling)",
      ] {
        #expect(try options(of: toml) == sample.options, "\(toml)")
      }
    }
  }

  @Test(arguments: OptionSample.all) func variablesSayWhatFlagsSay(_ sample: OptionSample) throws {
    let list = "[\(sample.words.map(\.tomlLiteral).joined(separator: ", "))]"
    let texts: [String] =
      switch sample.option.kind {
      case .values, .pairs: [list] + (sample.words.count == 1 ? sample.words : [])
      case .names: sample.words.count == 1 ? sample.words : [list]
      default: sample.words
      }
    // What is empty is not set.
    for text in texts where !text.isEmpty {
      let variable = Setting.variable(for: sample.option.name)
      #expect(
        try options(of: nil, environment: [variable: text]) == sample.options,
        "\(variable)=\(text)")
    }
  }

  @Test func columnsAreKeys() throws {
    let flags = [
      "--decimal", "a=,", "--type", "zip=string", "--type", "n=date", "--boolean", "f=ja,nein",
    ]
    let toml = """
      decimal = { a = "," }
      boolean = { f = ["ja", "nein"] }

      [type]
      n = "date"
      zip = "string"
      """
    let expected = try OptionArguments<EveryScope>.parse(flags).options
    let found = try options(of: toml)
    #expect(found.meanings == expected.meanings)
    #expect(Set(found.typeWords) == Set(expected.typeWords))
  }

  // MARK: - Verbs

  @Test func everyVerbTellsItsStages() {
    for verb in RunSettings.catalogue.names {
      for name in ["quiet", "verbose", "max-memory"] {
        #expect(RunSettings.catalogue.option(name, of: verb) != nil, "diet \(verb) --\(name)")
      }
    }
  }

  /// Whatever a verb's own option is, its setting is an argument that the verb knows.
  @Test func ownOptionsBecomeArguments() throws {
    for verb in RunSettings.catalogue.names {
      let description = try #require(RunSettings.catalogue.description(of: verb))
      for option in RunSettings.catalogue.options(of: verb) {
        let words = option.arguments(for: option.form == .values ? ["x", "y"] : ["true"])
        #expect(description.options(givenBy: words) == [option.name], "\(words)")
        guard option.form == .flag(hasInversion: true) else { continue }
        let off = option.arguments(for: ["false"])
        #expect(off == ["--no-\(option.name)"])
        #expect(description.options(givenBy: off).contains(option.name))
      }
    }
  }

  @Test func valuesAreNoOptions() throws {
    let description = try #require(RunSettings.catalogue.description(of: "apply"))
    let words = [
      "in.csv", "--delimiter", "--strict", "-o", "--quote", "--no-header", "--", "--exact",
    ]
    #expect(description.options(givenBy: words) == ["delimiter", "output", "no-header", "header"])
  }

  // MARK: - Order

  /// Whichever places say it, the first holds: the command line, variables, the project's file, the user's, and of a
  /// file the verb's table before what is for all.
  @Test func theNearestHolds() throws {
    let folder = try TemporaryFolder()
    for places in 1..<(1 << 5) {
      func isSet(_ place: Int) -> Bool { places & (1 << place) != 0 }
      func text(_ table: Int, _ top: Int) -> String {
        (isSet(top) ? "threads = \(top + 1)\n" : "")
          + (isSet(table) ? "[every]\nthreads = \(table + 1)\n" : "")
      }
      let files = [
        try folder.file("project.toml", Data(text(1, 2).utf8)),
        try folder.file("user.toml", Data(text(3, 4).utf8)),
      ].map { SettingsFile(path: $0.path) }
      let settings = try Settings(
        verbs: Self.verbs, verb: "every", files: files,
        environment: isSet(0) ? ["DIET_THREADS": "1"] : [:])
      let first = places.trailingZeroBitCount + 1
      #expect(try settings.arguments(for: "every", given: []) == ["--threads=\(first)"])
      #expect(try settings.arguments(for: "every", given: ["threads"]).isEmpty)
      #expect(settings.settings(of: "threads", for: "every").count == places.nonzeroBitCount)
    }
  }

  // MARK: - Lines

  @Test func keysHaveTheirLines() {
    let places = TOMLPlaces(
      #"""
      # a = 1
      a = """
      b = 2
      """ # c = 3
      "q.r" = 'x # y'
      list = [ # one
        "]", '[',
        { k = 1 },
      ]
      x.y = 1

      [table] # z = 1
      a = "\"\\"
      'b' = '''
      [no]''''
      [ table . inner ]
      c = {}
      """#)
    let lines: [([String], Int)] = [
      (["a"], 2), (["q.r"], 5), (["list"], 6), (["x"], 10), (["x", "y"], 10), (["table"], 12),
      (["table", "a"], 13), (["table", "b"], 14), (["table", "inner"], 16),
      (["table", "inner", "c"], 17), (["table", "inner", "c", "d"], 17), (["none"], 1),
    ]
    for (path, line) in lines { #expect(places.line(of: path) == line, "\(path)") }
  }
}
