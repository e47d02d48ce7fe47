import ArgumentParser
import Foundation
import Options
import TabularDiet
import TestSupport
import Testing

@testable import diet

/// All options at once.
private enum WholeScope: OptionScope {
  static let sections = ReadingOption.Section.allCases
}

/// What holds of every option, through every surface.
struct OptionCatalogueTests {
  @Test func everyOptionHasSamples() {
    for option in OptionCatalogue.all.options {
      #expect(!OptionSample.words(for: option).isEmpty, "--\(option.name) is not tried")
    }
  }

  @Test func whatIsNotSaidIsNowhere() throws {
    let options = ReadingOptions()
    #expect(options.words().isEmpty)
    #expect(options.textOption == nil)
    #expect(options.swiftStatements(TypingOptions()).isEmpty)
    #expect(try String(decoding: JSONEncoder().encode(options), as: UTF8.self) == "{}")
    #expect(try OptionArguments<WholeScope>.parse([]).options == options)
  }

  @Test(arguments: OptionSample.all) func wordsAreReadBack(_ sample: OptionSample) throws {
    let options = try sample.options
    #expect(options != ReadingOptions())
    #expect(options.gives(sample.option.name))
    let words = ReadingArguments.joiningCollect(options.words())
    #expect(try OptionArguments<WholeScope>.parse(words).options == options, "\(words)")
  }

  @Test(arguments: OptionSample.all) func jsonIsReadBack(_ sample: OptionSample) throws {
    let options = try sample.options
    let json = try JSONEncoder().encode(options)
    #expect(
      try JSONDecoder().decode(ReadingOptions.self, from: json) == options,
      "\(String(decoding: json, as: UTF8.self))")
  }

  /// Several options do not disturb one another.
  @Test func manyAreReadBack() throws {
    var random = SeededGenerator(seed: 14)
    for _ in 0..<60 {
      var options = ReadingOptions()
      for option in OptionCatalogue.all.options where Int.random(in: 0..<4, using: &random) == 0 {
        let samples = OptionSample.words(for: option)
        try option.set(words: samples.randomElement(using: &random)!, in: &options)
      }
      let json = try JSONEncoder().encode(options)
      #expect(try JSONDecoder().decode(ReadingOptions.self, from: json) == options)
      guard (try? options.validate()) != nil else { continue }
      let words = ReadingArguments.joiningCollect(options.words())
      #expect(try OptionArguments<WholeScope>.parse(words).options == options, "\(words)")
    }
  }

  /// Code that reads a table says all that was said of how it is read.
  @Test(
    arguments: OptionSample.all.filter {
      ![.dropping, .lean, .storage].contains($0.option.section)
    })
  func swiftSaysIt(_ sample: OptionSample) throws {
    let options = try sample.options
    #expect(!options.swiftStatements(try options.typingOptions()).isEmpty)
  }

  @Test(arguments: OptionSample.all) func textOptionsAreKnown(_ sample: OptionSample) throws {
    let option = try sample.options.textOption
    #expect((option != nil) == [.dialect, .typing].contains(sample.option.section))
    #expect(option == nil || option?.name == sample.option.name)
  }

  @Test func pagesAreThoseOfTheCatalogue() {
    expect(OptionsPage(catalogue: .all).text, toBe: "docs/options.md")
    expect(PythonFunction(catalogue: .all).text, toBe: "Sources/Python/memory_diet/_options.py")
  }
}
