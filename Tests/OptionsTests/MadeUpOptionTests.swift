import ArgumentParser
import Columnar
import Foundation
import Options
import TabularDiet
import Testing

@testable import diet

/// Options that are declared here, in one place each, are there on every surface.
struct MadeUpOptionTests {
  private static let chunkBytes = ReadingOption.count(
    "chunk-bytes", .dialect, \.text.chunkByteCount, in: 64..., swift: "chunkByteCount",
    help: "How much is read at a time."
  ).with { $0.valueName = "n" }

  private static let unit = ReadingOption.meaning(
    "unit", value: "text", help: "The unit of numbers.",
    ColumnMeaning(
      swift: "unit", literal: { $0.swiftLiteral }, table: { _ in nil }, column: { $0.unit },
      read: { text throws(OptionError) in
        guard !text.contains("=") else { throw OptionError("'\(text)' is no unit") }
        return text
      },
      set: { typing, column, text in if let column { typing[column].unit = text } }))

  private static let catalogue: OptionCatalogue = {
    var catalogue = OptionCatalogue.all
    catalogue.add(chunkBytes)
    catalogue.add(unit)
    return catalogue
  }()

  private func extended<R>(_ body: () throws -> R) rethrows -> R {
    try OptionCatalogue.$current.withValue(Self.catalogue) { try body() }
  }

  @Test func itIsAFlag() throws {
    try extended {
      let help = AnalyzeCommand.helpMessage(columns: 100)
      #expect(help.contains("--chunk-bytes <n>"))
      #expect(help.contains("How much is read at a time. (default: 524288)"))
      #expect(help.contains("--unit <[column=]text>"))
      let reading = try ReadingArguments.parse(
        ["x.csv", "--chunk-bytes", "4096", "--unit", "price=kg"])
      #expect(reading.options.text.chunkByteCount == 4096)
      #expect(try reading.options.typingOptions().columns["price"]?.unit == "kg")
      #expect(throws: (any Error).self) {
        try ReadingArguments.parse(["x.csv", "--chunk-bytes", "4"])
      }
    }
    #expect(!AnalyzeCommand.helpMessage(columns: 100).contains("--chunk-bytes"))
  }

  @Test func itIsAKeyAndAWord() throws {
    try extended {
      let options = try ReadingOptions(
        json: #"{"chunk_bytes": 4096, "unit": {"my price": "kg"}}"#)
      #expect(options.text.chunkByteCount == 4096)
      #expect(options.words() == ["--chunk-bytes", "4096", "--unit", "my price=kg"])
      #expect(options.textOption == Sentence.Option("chunk-bytes"))
      #expect(
        options.swiftStatements(try options.typingOptions()) == [
          .reading("chunkByteCount = 4096"),
          .typing(#"columns["my price", default: ColumnTyping()].unit = "kg""#),
        ])
      #expect(throws: OptionError("4 is below 64").of("chunk-bytes")) {
        try ReadingOptions(json: #"{"chunk_bytes": 4}"#)
      }
      #expect(throws: OptionError("the value is not a whole number").of("chunk-bytes")) {
        try ReadingOptions(json: #"{"chunk_bytes": "much"}"#)
      }
      let both: Sentence =
        "\(options: [.init("chunk-bytes", .text("64")), .init("unit", .ofColumn("price", "kg"))])"
      #expect("\(both)" == "`--chunk-bytes 64 --unit price=kg`")
      #expect(both.inPrograms == #"`chunk_bytes=64, unit={"price": "kg"}`"#)
    }
  }

  @Test func itIsOnThePages() {
    let page = OptionsPage(catalogue: Self.catalogue).text
    #expect(
      page.contains(
        "| `--chunk-bytes <n>` | `chunk_bytes` | `524288` | How much is read at a time. |"))
    let python = PythonFunction(catalogue: Self.catalogue).text
    #expect(python.contains("    chunk_bytes: int = 524288,\n"))
    #expect(python.contains("    chunk_bytes: How much is read at a time.\n"))
    #expect(python.contains("    unit: Optional[TextsByName] = None,\n"))
  }
}
