import Foundation
import TestSupport
import Testing

@testable import DelimitedText
@testable import FileIO

/// Files with odd tops, quotes, lines and bytes, as `bench/odd_files` makes them: each kind alone and
/// in pairs, read as a careful person reads them, and what is left out is said.
struct OddFileTests {
  private struct Expected: Decodable {
    struct File: Decodable {
      var file: String
      var names: [String]
      var rows: [[String?]]
      var said: [String]
    }
    var seed: String
    var files: [File]
  }

  @Test(arguments: ["1", "2"]) func areReadAsMeant(seed: String) throws {
    let folder = try TemporaryFolder()
    let script = testFolder.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "bench/odd_files/make_odd_files.py")
    _ = try TestPython.output([script.path, folder.path, seed])
    let expected = try JSONDecoder().decode(
      Expected.self,
      from: Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/expected.json")))
    #expect(expected.files.count > 450)
    for file in expected.files {
      let comment = Comment(rawValue: "seed \(seed), \(file.file)")
      let input = CSVInput.path("\(folder.path)/\(file.file)")
      let reader = try CSVChunkReader(inputs: [input])
      let table = try ReadTable(reader)
      #expect(table.names == HeaderNames.unique(file.names.map { Array($0.utf8) }), comment)
      #expect(table.rows == file.rows, comment)
      let notes = reader.table.notes.map(\.description).joined(separator: "\n").lowercased()
      for word in file.said { #expect(notes.contains(word.lowercased()), comment) }
      try expectTheSameByOptions(reader, input, table, comment)
    }
  }

  /// What `sniff` says to force gives the same table.
  private func expectTheSameByOptions(
    _ reader: CSVChunkReader, _ input: CSVInput, _ table: ReadTable, _ comment: Comment
  ) throws {
    let dialect = reader.table.dialect
    var options = CSVReadingOptions(
      delimiter: dialect.delimiter, quoting: dialect.quote.map { .enclosed(by: $0) } ?? .none,
      hasHeader: dialect.hasHeader,
      skippedLineCount: reader.finding.surroundings.preambleLineCount)
    options.skippedFooterLineCount = reader.finding.surroundings.footerLineCount
    if !dialect.comment.isEmpty { options.comments = .prefix(dialect.comment) }
    options.headerRecordCount = dialect.hasHeader ? dialect.headerRecordCount : nil
    options.encoding = dialect.encoding
    let forced = try ReadTable([input], options)
    #expect(forced == table, comment)
  }
}
