import Columnar
import Foundation
import TestSupport
import Testing

@testable import Typing

/// A column of a part is read in every way that the whole may turn out to be read: what is known of it follows
/// from its rows, wherever they were cut, and is what one reading after the other finds out of the whole.
@Suite struct ReadingsLawTests {
  private static let rounds = 12

  /// Kinds that need no options that parts are not read by.
  static let kinds = EvidenceColumns.allCases.filter {
    ![.affixes, .strictAffixes, .toldFormat, .toldTimes, .twoFormats].contains($0)
  }

  /// What each parser learns of its chunks, joined in any order, written and read back in between or not.
  private func readings(
    _ column: PartedColumn, _ cut: PartedColumn.Cut, isBrief: Bool = false,
    using generator: inout SeededGenerator
  ) throws -> ColumnReadings {
    let contexts = TypingContexts(options: column.typing, delimiter: column.delimiter)
    var parts: [ColumnReadings] = Set(cut.parsers).map { number in
      let parser = ReadingsParser(
        context: contexts["v"], slabCapacity: 1 << 10, isBrief: isBrief)
      let scratch = ColumnScratch()
      for (index, end) in cut.ends.enumerated() where cut.parsers[index] == number {
        let start = index == 0 ? 0 : cut.ends[index - 1]
        let fields = FieldColumn(
          column.fields[start..<end].map { Array($0.csv(delimiter: column.delimiter).utf8) },
          quote: 0x22)
        scratch.mayForgetValues = false
        withExtendedLifetime(fields) { _ = parser.parse(fields.slice, at: start..<end, scratch) }
      }
      return parser.takeReadings()
    }
    parts.append(ColumnReadings())
    parts.shuffle(using: &generator)
    while parts.count > 1 {
      let place = Int.random(in: 1..<parts.count, using: &generator)
      var other = parts.remove(at: place)
      if Bool.random(using: &generator) { other = try .decoded(other.encoded()) }
      parts[place - 1].formUnion(other)
    }
    return parts[0]
  }

  @Test(arguments: kinds, 1...5 as ClosedRange<UInt64>)
  func theCutIsNotSeen(_ kind: EvidenceColumns, _ seed: UInt64) throws {
    for round in 0..<Self.rounds {
      var generator = SeededGenerator(seed: seed &* 1000 &+ UInt64(round))
      let column = kind.column(using: &generator)
      let whole = PartedColumn.Cut.whole(column.fields.count)
      let expected = try readings(column, whole, using: &generator).encoded()
      for _ in 0..<3 {
        let cut = PartedColumn.Cut.random(column.fields.count, using: &generator)
        let found = try readings(column, cut, using: &generator).encoded()
        #expect(found == expected, "\(kind), seed \(seed), round \(round): \(column), \(cut)")
      }
    }
  }

  @Test(arguments: kinds, 1...5 as ClosedRange<UInt64>)
  func theAnswerIsThatOfReadingAgain(_ kind: EvidenceColumns, _ seed: UInt64) throws {
    for round in 0..<Self.rounds {
      var generator = SeededGenerator(seed: seed &* 1000 &+ UInt64(round))
      let column = kind.column(using: &generator)
      guard column.typing.dateFormats.isEmpty, column.typing.booleanWords == nil else { continue }
      let cut = PartedColumn.Cut.random(column.fields.count, using: &generator)
      let settled = try column.settled(cut) { ColumnEvidence.joined($0, using: &generator) }
      guard let settled else { continue }
      let readings = try readings(column, cut, using: &generator)
      let found = readings.settled(
        "v", options: column.typing.options(for: "v"), signs: DecimalSigns())
      var expected = LoadedColumn(name: "v", evidence: settled.evidence, target: settled.target)
      _ = try expected.resolve(options: column.typing.options(for: "v"), forced: nil)
      let origin: Comment = "\(kind), seed \(seed), round \(round): \(column), \(cut)"
      #expect(Self.summary(try #require(found).column) == Self.summary(expected), origin)
    }
  }

  private static let columnCount = 60

  @Test(arguments: kinds)
  func briefReadingsSayTheSameOrNothing(_ kind: EvidenceColumns) throws {
    var toldCount = 0
    for seed in 0..<UInt64(Self.columnCount) {
      var generator = SeededGenerator(seed: 5000 &+ seed)
      let column = kind.column(using: &generator)
      let cut = PartedColumn.Cut.random(column.fields.count, using: &generator)
      let whole = try readings(column, cut, using: &generator)
      let brief = try readings(column, cut, isBrief: true, using: &generator)
      let options = column.typing.options(for: "v")
      let expected = whole.settled("v", options: options, signs: DecimalSigns())
      let origin: Comment = "\(kind), seed \(seed): \(column), \(cut)"
      let told = brief.settled("v", options: options, signs: DecimalSigns())
      guard let found = told else { continue }
      toldCount += 1
      #expect(Self.summary(found.column) == Self.summary(try #require(expected).column), origin)
      #expect(found.dateFormat == expected?.dateFormat && found.note == expected?.note, origin)
    }
    #expect(toldCount > 0, "\(kind): brief readings never told anything")
  }

  private static func summary(_ column: LoadedColumn) -> String {
    let typed = TypedColumn(
      column, rowCount: column.evidence.rowCount, note: nil, keepsValues: false)
    var profile = typed.profile
    profile.notes = []
    return "\(profile)"
  }
}
