import Columnar
import DelimitedText
import FileIO
import TestSupport
import Testing

@testable import Pipeline
@testable import Typing

/// Profiles know which columns say the same as others: what is known follows from the rows alone, and is what is said
/// of the whole table.
@Suite struct RelatedReadingsTests {
  private static let rounds = 25

  private func reading(threads: Int = 1, chunkByteCount: Int = 1 << 20) -> CSVReadingOptions {
    CSVReadingOptions(
      delimiter: UInt8(ascii: ","), hasHeader: true, threads: threads,
      chunkByteCount: chunkByteCount)
  }

  private func profile(
    _ text: String, _ reading: CSVReadingOptions, isBrief: Bool = false
  ) throws -> PartProfile {
    try ProfilingPass(
      .bytes(Array(text.utf8), name: "t.csv"), reading: reading, typing: TypingOptions(),
      isBrief: isBrief
    ).profile(options: [])
  }

  /// The profiles of parts, read by several threads in small chunks and put together in any order.
  private func merged(
    _ text: String, isBrief: Bool = false, using generator: inout SeededGenerator
  ) throws -> (profile: PartProfile, cut: String) {
    let count = Int.random(in: 1...6, using: &generator)
    let size = text.utf8.count
    let inner = (1..<count).map { _ in Int.random(in: 0...size, using: &generator) }.sorted()
    var parts: [PartProfile] = []
    for (start, end) in zip([0] + inner, inner + [size]) {
      var reading = reading(
        threads: Int.random(in: 1...3, using: &generator),
        chunkByteCount: [16, 48, 200, 1 << 20].randomElement(using: &generator)!)
      if count > 1 { reading.byteRange = start..<end }
      parts.append(try profile(text, reading, isBrief: isBrief))
    }
    parts.shuffle(using: &generator)
    while parts.count > 1 {
      let place = Int.random(in: 1..<parts.count, using: &generator)
      let other = parts.remove(at: place)
      if Bool.random(using: &generator) {
        var reader = ProfileReader(other.encoded())
        try parts[place - 1].formUnion(from: &reader)
      } else {
        try parts[place - 1].formUnion(other)
      }
    }
    return (parts[0], "cut at \(inner)")
  }

  private func notes(_ table: LoadedTable) -> [String: [String]] {
    Dictionary(
      uniqueKeysWithValues: table.columns.map { column in
        (
          column.profile.name,
          column.profile.notes.filter { $0.code == .columnFollowsAnother }.map(\.description)
            .filter { !$0.hasPrefix("determined by ") }
        )
      })
  }

  private func notes(_ profile: PartProfile) -> [String: [String]] {
    notes(
      LoadedTable(
        profile, source: ProfileTableSource(profile, threads: 1), typing: TypingOptions()))
  }

  private func notes(ofWhole text: String) throws -> [String: [String]] {
    let loader = try TableLoader(
      inputs: [.bytes(Array(text.utf8), name: "t.csv")], reading: reading(),
      typing: TypingOptions(), keepsValues: false, countsDistinct: true)
    return notes(try loader.load())
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func theCutIsNotSeen(_ seed: UInt64) throws {
    for round in 0..<Self.rounds {
      var generator = SeededGenerator(seed: seed &* 1000 &+ UInt64(round))
      let table = RelatedTable(using: &generator)
      let whole = try profile(table.text, reading()).encoded()
      for _ in 0..<3 {
        let (profile, cut) = try merged(table.text, using: &generator)
        let isSame = profile.encoded() == whole
        #expect(isSame, "seed \(seed), round \(round), \(cut)\n\(table)")
      }
    }
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func whatIsSaidIsThatOfTheTable(_ seed: UInt64) throws {
    var toldCount = 0
    for round in 0..<Self.rounds {
      var generator = SeededGenerator(seed: 50_000 &+ seed &* 1000 &+ UInt64(round))
      let table = RelatedTable(using: &generator)
      let expected = try notes(ofWhole: table.text)
      let (profile, cut) = try merged(table.text, using: &generator)
      let found = notes(profile)
      #expect(found == expected, "seed \(seed), round \(round), \(cut)\n\(table)")
      toldCount += found.values.count { !$0.isEmpty }
    }
    #expect(toldCount > Self.rounds / 2, "seed \(seed): hardly any column was related to another")
  }

  /// Of brief profiles what is said is true, and of parts that are alike all of it.
  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func whatBriefProfilesSayIsThatOfTheTable(_ seed: UInt64) throws {
    for round in 0..<Self.rounds {
      var generator = SeededGenerator(seed: 90_000 &+ seed &* 1000 &+ UInt64(round))
      let table = RelatedTable(using: &generator)
      let expected = try notes(ofWhole: table.text)
      let (profile, cut) = try merged(table.text, isBrief: true, using: &generator)
      guard profile.lackingColumns(TypingOptions()).isEmpty else { continue }
      for (column, told) in notes(profile) where !told.isEmpty {
        #expect(told == expected[column], "seed \(seed), round \(round), \(cut)\n\(table)")
      }
    }
  }
}
