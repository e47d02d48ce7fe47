import Columnar
import Foundation
import Options
import TestSupport
import Testing

/// Options that sentences name, in the words of each surface.
struct SentenceTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let sentence: Sentence
    let command: String
    let program: String

    var testDescription: String { command }
  }

  static let cases = [
    Case(
      sentence: "\(mention: "zero-padded"): 'x' is neither",
      command: "--zero-padded: 'x' is neither", program: "zero_padded: 'x' is neither"),
    Case(
      sentence: "\(mention: "header-records") and \(mention: .init("header", .off))",
      command: "--header-records and --no-header", program: "header_records and header=False"),
    Case(
      sentence: "\(option: "header-records", "1") reads", command: "`--header-records 1` reads",
      program: "`header_records=1` reads"),
    Case(
      sentence: "\(option: "delimiter", ";") reads", command: "`--delimiter ';'` reads",
      program: "`delimiter=';'` reads"),
    Case(
      sentence: "\(option: "quote", "'")", command: "`--quote ''\\'''`", program: "`quote='\\''`"),
    Case(
      sentence: "\(option: "comment", "---")", command: "`--comment=---`",
      program: "`comment=\"---\"`"),
    Case(
      sentence: "\(option: "type", of: "a=b", "decimal(2)")",
      command: "`--type 'a=b=decimal(2)'`", program: "`type={\"a=b\": \"decimal(2)\"}`"),
    Case(
      sentence: "\(option: "decimal", of: "the `price`", ",")",
      command: "`--decimal 'the `price`=,'`", program: "`decimal={\"the `price`\": \",\"}`"),
    Case(
      sentence: "\(option: "drop", columns: ["price", "the share", "a,b"])",
      command: "`--drop 'price,the share,\"a,b\"'`",
      program: "`drop=[\"price\", \"the share\", \"a,b\"]`"),
    Case(
      sentence: "\(option: "strict") names it; \(no: "header") too",
      command: "`--strict` names it; `--no-header` too",
      program: "`strict=True` names it; `header=False` too"),
    Case(
      sentence: "mend it, or run \(command: "diet", "analyze", "my file", "--save-plan")",
      command: "mend it, or run `diet analyze 'my file' --save-plan`",
      program: "mend it, or run `diet analyze 'my file' --save-plan`"),
    Case(
      sentence:
        "\(options: [.init("delimiter", .text("|")), .init("comment", .text("---"))]) reads",
      command: "`--delimiter '|' --comment=---` reads",
      program: "`delimiter='|', comment=\"---\"` reads"),
    Case(
      sentence: "\(option: "null-token", of: "c1", "-999")", command: "`--null-token c1=-999`",
      program: "`null_token={\"c1\": \"-999\"}`"),
    Case(
      sentence: "\(option: "on-bad-record", "collect=FILE") keeps",
      command: "`--on-bad-record collect=FILE` keeps",
      program: "`on_bad_record=\"collect=FILE\"` keeps"),
    Case(
      sentence: "for `sum` in polars also \(option: "for", "polars")",
      command: "for `sum` in polars also `diet apply --for polars`",
      program: "for `sum` in polars also `to_polars()`"),
    // What a value or a name is like does not make it an option.
    Case(
      sentence: "there is no column `\("--strict")`", command: "there is no column `--strict`",
      program: "there is no column `--strict`"),
    Case(sentence: "", command: "", program: ""),
  ]

  @Test(arguments: cases) func eachSurfaceHasItsWords(_ sentence: Case) {
    #expect("\(sentence.sentence)" == sentence.command)
    #expect(sentence.sentence.inPrograms == sentence.program)
  }

  @Test(arguments: cases) func notesSayTheirSentence(_ sentence: Case) {
    let note = Note(.optionInVain, sentence.sentence)
    #expect("\(note)" == sentence.command)
    #expect(note.inPrograms == Note(.optionInVain, Sentence(sentence.program)))
    #expect("\(note.of("a.csv").inPrograms)" == "a.csv: \(sentence.program)")
    #expect(note.of("") == note)
  }

  /// Every option that a sentence in the sources names is one of the catalogue.
  @Test func optionsAreThoseOfTheCatalogue() throws {
    let sources = packageRoot.appending(path: "Sources")
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    ).compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    var names: Set<String> = []
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: #/\\\((?:option|mention|no): "([a-z0-9-]+)"/#) {
        names.insert(String(match.1))
      }
    }
    #expect(names.count > 10)
    // Those of verbs that write.
    let ofVerbs: Set = [
      "byte-range", "plan", "for", "new-columns", "missing-columns", "moved-columns",
    ]
    #expect(names.subtracting(ofVerbs).filter { OptionCatalogue.all[$0] == nil } == [])
    // Arguments in Swift.
    let arguments: Set = ["type", "plan"]
    #expect(
      names.subtracting(arguments).filter { Sentence.Option.swiftProperties[$0] == nil } == [])
  }

  @Test func errorsAreSpelledWhole() {
    let error = OptionError("'x' is no unit").of("null-token")
    #expect("\(error.sentence)" == "--null-token: 'x' is no unit")
    #expect("\(error)" == "`TypingOptions.nullTokens`: 'x' is no unit")
    #expect(error.sentence.inPrograms == "null_token: 'x' is no unit")
  }

  private static let swiftCases: [(Sentence, String)] = [
    ("\(option: "quote", "none") reads", "`CSVReadingOptions.quoting = .none` reads"),
    ("\(option: "type", of: "zip", "decimal(2)")", "`types: [\"zip\": .decimal(scale: 2)]`"),
    (
      "\(option: "drop", columns: ["a", "b \"c\""])",
      "`ReadingOptions.drop = [\"a\", \"b \\\"c\\\"\"]`"
    ),
    (
      "\(no: "header") and \(mention: "strict")",
      "`CSVReadingOptions.hasHeader = false` and `CSVReadingOptions.isStrict`"
    ),
    (
      "\(option: "decimal", of: "price", ",")",
      "`TypingOptions.columns[\"price\", default: ColumnTyping()].decimalSeparator = UInt8(ascii: \",\")`"
    ),
    ("\(option: "on-bad-record", "skip")", "`CSVReadingOptions.badRecords = .skipped`"),
    (Sentence.newPlan, "make a new plan of all files with `DietPlan(for: frame)`"),
  ]

  @Test(arguments: swiftCases)
  func inSwift(_ sentence: Sentence, _ words: String) { #expect(sentence.inSwift == words) }

  /// The properties are those that the catalogue says in emitted code.
  @Test func propertiesAreThoseOfTheCatalogue() throws {
    for option in OptionCatalogue.all.options {
      guard let property = Sentence.Option.swiftProperties[option.name] else { continue }
      for sample in OptionSample.all where sample.option.name == option.name {
        var options = ReadingOptions()
        try option.set(words: sample.words, in: &options)
        let name = property.path.split(separator: ".").dropFirst().joined(separator: ".")
        for case .reading(let statement) in option.swift(options) {
          #expect(statement.hasPrefix(name) || statement.contains("badRecords"), "\(statement)")
        }
      }
    }
  }
}
