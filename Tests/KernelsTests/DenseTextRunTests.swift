import Columnar
import TestSupport
import Testing

@testable import Kernels

/// Runs of rows of text that is held in tokens, in blocks or by what neighbours do not share.
struct DenseTextRunTests {
  private static let encodings: Set = ["tokens", "front", "zstd"]

  /// Text of several kinds: sorted paths, sentences, and texts of which some are longer than a block.
  private static func texts(_ kind: String, _ generator: inout SeededGenerator) -> [String] {
    let words = (0..<200).map { _ in
      String(
        (0..<Int.random(in: 3...9, using: &generator)).map { _ in
          "abcdefghij".randomElement(using: &generator)!
        })
    }
    func word() -> String { words.randomElement(using: &generator)! }
    switch kind {
    case "paths": return (0..<6000).map { _ in "/usr/\(word())/\(word())/\(word()).txt" }.sorted()
    case "sentences":
      return (0..<6000).map { _ in (0..<12).map { _ in word() }.joined(separator: " ") }
    default:
      return (0..<300).map { row in
        String(repeating: "\(word()) \(row) ", count: row % 40 == 0 ? 9000 : row % 7 * 30)
      }
    }
  }

  @Test(arguments: ["paths", "sentences", "long"], [0, 20])
  func `A run of a run is those rows, in no more bytes than plain`(
    kind: String, nullPercent: Int
  ) throws {
    let seed: UInt64 = 31
    var generator = SeededGenerator(seed: seed)
    let texts = Self.texts(kind, &generator).map {
      Int.random(in: 0..<100, using: &generator) < nullPercent ? nil : $0
    }
    let sample = ColumnSample(
      kind: kind, type: .string, values: texts.map { $0.map { .text(Array($0.utf8)) } }, seed: seed)
    let columns = try sample.columns().filter { Self.encodings.contains($0.layout.encoding) }
    // Blocks are offered to long text alone.
    let offered = kind == "long" ? Self.encodings : Self.encodings.subtracting(["zstd"])
    #expect(offered.isSubset(of: columns.map(\.layout.encoding)))
    for column in columns {
      var denseCount = 0
      for _ in 0..<12 {
        let start = Int.random(in: 0..<texts.count / 2, using: &generator)
        let range = start..<Int.random(in: start..<texts.count, using: &generator)
        let run = column.run(range)
        let note = Comment(rawValue: "\(column.layout) \(range), \(sample)")
        try check(run, texts[range], note)
        if run.layout == column.layout { denseCount += 1 }
        let inner = range.count / 3..<range.count - range.count / 5
        let first = range.lowerBound
        try check(
          run.run(inner), texts[first + inner.lowerBound..<first + inner.upperBound], note)
        try check(run.run(0..<min(3, run.count)), texts[range].prefix(3), note)
      }
      #expect(denseCount > 4, "\(column.layout), \(sample)")
    }
  }

  private func check(_ run: Column, _ texts: ArraySlice<String?>, _ note: Comment) throws {
    #expect(Array(try run.values(as: String.self)) == Array(texts), note)
    let plain = texts.reduce((texts.count + 1) * 4) { $0 + ($1?.utf8.count ?? 0) }
    // Buffers are rounded up.
    #expect(run.footprint.total - run.footprint.validity <= plain + 192, note)
  }
}
