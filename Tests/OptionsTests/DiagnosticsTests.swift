import Columnar
import FileIO
import Foundation
import TestSupport
import Testing

/// The codes of errors: all are listed, used, and shown as they are met.
struct DiagnosticsTests {
  @Test func pageIsThatOfTheCodes() {
    expect(DiagnosticsPage().text, toBe: "docs/diagnostics.md")
  }

  /// Examples are what the command says, as `BadInputTableTests` holds it.
  @Test func examplesAreInTheTable() throws {
    let table = try String(
      contentsOf: packageRoot.appending(path: "Tests/DietCommandTests/bad-input.txt"),
      encoding: .utf8)
    let errors = Set(
      table.split(separator: "\n").compactMap { line in
        ["error: diet: ", "error: Error: "].first(where: line.hasPrefix)
          .map { String(line.dropFirst($0.count)) }
      })
    let examples =
      Array(DiagnosticsPage.readingExamples.values) + Array(DiagnosticsPage.outputExamples.values)
    #expect(examples.filter { !errors.contains($0) } == [])
  }

  /// A code that no note has says nothing.
  @Test func everyNoteIsMade() throws {
    let sources = packageRoot.appending(path: "Sources")
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    ).compactMap { $0 as? URL }.filter { ["swift", "py"].contains($0.pathExtension) }
    var made: Set<String> = []
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: #/(?:Note\(\s*\.|return \[\(")([a-zA-Z0-9]+)/#) {
        made.insert(String(match.1))
      }
    }
    #expect(NoteCode.allCases.map(\.rawValue).filter { !made.contains($0) } == [])
  }

  /// A code that nothing throws says nothing.
  @Test func everyCodeIsThrown() throws {
    let sources = packageRoot.appending(path: "Sources")
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    ).compactMap { $0 as? URL }.filter {
      $0.pathExtension == "swift" && $0.lastPathComponent != "ReadingError+Meaning.swift"
    }
    var words: Set<String> = []
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      guard text.contains("ReadingError") || text.contains("OutputError") || text.contains("Fault")
      else { continue }
      for match in text.matches(of: #/[^A-Za-z0-9_\])]\.([a-z][A-Za-z]+)/#) {
        words.insert(String(match.1))
      }
    }
    let codes =
      ReadingError.Code.allCases.map(\.rawValue) + OutputError.Code.allCases.map(\.rawValue)
    #expect(codes.filter { !words.contains($0) } == [])
  }
}
