import Columnar
import DelimitedText
import Engines
import FileIO
import Foundation
import Pipeline

/// A file of the top-level folder `fixtures`.
func fixture(_ name: String) -> URL {
  var root = URL(filePath: #filePath)
  for _ in 0..<3 { root.deleteLastPathComponent() }
  return root.appending(path: "fixtures").appending(path: name)
}

/// Loads CSV text as `diet analyze` does.
func load(
  _ text: [UInt8], chunkByteCount: Int = 1 << 20, threads: Int = 1,
  typing: TypingOptions = TypingOptions()
) throws -> LoadedTable {
  var reading = CSVReadingOptions(
    delimiter: UInt8(ascii: ","), quoting: .enclosed(by: UInt8(ascii: "\"")), hasHeader: true)
  reading.chunkByteCount = chunkByteCount
  reading.threads = threads
  return try TableLoader(
    inputs: [.bytes(text, name: "test.csv")], reading: reading, typing: typing,
    keepsValues: false, countsDistinct: true
  ).load()
}

func load(_ text: String, typing: TypingOptions = TypingOptions()) throws -> LoadedTable {
  try load(Array(text.utf8), typing: typing)
}

/// What the table takes in each engine, in the order of `Baselines.all`.
func totals(_ table: LoadedTable) -> [Int] {
  Baselines.all.map { engine in
    table.columns.reduce(0) { $0 + engine.bytes(of: $1.profile) }
  }
}

/// The text of an input, decompressed.
func decoded(_ path: String) throws -> [UInt8] {
  let source = try openSource(path: path, encoding: nil)
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 1 << 20)
  while true {
    let count = try block.withUnsafeMutableBytes { try source.readFully(into: $0) }
    if count == 0 { return bytes }
    bytes += block[..<count]
  }
}
