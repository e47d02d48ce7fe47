import Foundation
import TestSupport
import Testing

@testable import Typing

/// Evidence merges: what is known of a column follows from its rows, wherever it was cut, in whatever
/// order its parts were joined, and whether they were written and read back in between.
@Suite struct EvidenceLawTests {
  private static let rounds = 8

  /// Runs `body` on columns of a kind, with what replays a failure.
  private func forColumns(
    _ kind: EvidenceColumns, seed: UInt64 = 1,
    _ body: (PartedColumn, PartedColumn.Cut, inout SeededGenerator, Comment) throws -> Void
  ) throws {
    for round in 0..<Self.rounds {
      var generator = SeededGenerator(seed: seed &* 1000 &+ UInt64(round))
      let column = kind.column(using: &generator)
      let cut = PartedColumn.Cut.random(column.fields.count, using: &generator)
      let origin: Comment = "\(kind), seed \(seed), round \(round): \(column), \(cut)"
      try body(column, cut, &generator, origin)
    }
  }

  @Test(arguments: EvidenceColumns.allCases)
  func partsJoinInAnyOrder(_ kind: EvidenceColumns) throws {
    try forColumns(kind) { column, cut, generator, origin in
      guard let parts = try? column.parts(cut) else { return }
      let expected = try ColumnEvidence.joined(parts, using: &generator).encoded()
      for _ in 0..<3 {
        let found = try ColumnEvidence.joined(parts, using: &generator).encoded()
        #expect(found == expected, origin)
      }
    }
  }

  @Test(arguments: EvidenceColumns.allCases)
  func nothingAddsNothing(_ kind: EvidenceColumns) throws {
    try forColumns(kind) { column, cut, _, origin in
      guard let parts = try? column.parts(cut) else { return }
      for part in parts {
        var (before, behind) = (ColumnEvidence(purpose: .report), part)
        before.formUnion(part)
        behind.formUnion(ColumnEvidence(purpose: .report))
        let expected = try part.encoded()
        #expect(try before.encoded() == expected, origin)
        #expect(try behind.encoded() == expected, origin)
      }
    }
  }

  @Test(arguments: EvidenceColumns.allCases)
  func decodedPartsJoinToTheSame(_ kind: EvidenceColumns) throws {
    try forColumns(kind) { column, cut, generator, origin in
      guard let parts = try? column.parts(cut) else { return }
      let decoded = try parts.map { part in
        let text = try part.encoded()
        let decoded = try ColumnEvidence.decoded(text)
        #expect(try decoded.encoded() == text, origin)
        return decoded
      }
      let expected = try ColumnEvidence.joined(parts, using: &generator).encoded()
      #expect(try ColumnEvidence.joined(decoded, using: &generator).encoded() == expected, origin)
    }
  }

  @Test(arguments: EvidenceColumns.allCases)
  func theCutIsNotSeen(_ kind: EvidenceColumns) throws {
    try forColumns(kind) { column, _, generator, origin in
      let whole = PartedColumn.Cut.whole(column.fields.count)
      let expected = try column.settled(whole) { $0[0] }?.evidence.encoded()
      for _ in 0..<3 {
        let cut = PartedColumn.Cut.random(column.fields.count, using: &generator)
        let found = try column.settled(cut) { ColumnEvidence.joined($0, using: &generator) }
        let bytes = try found?.evidence.encoded()
        #expect(bytes == expected, "\(origin), \(cut)")
      }
    }
  }

  @Test(arguments: EvidenceColumns.allCases)
  func decodedEvidenceSaysTheSame(_ kind: EvidenceColumns) throws {
    try forColumns(kind) { column, cut, generator, origin in
      let first = (try? column.parts(cut)).map {
        PartedColumn.Reading(evidence: ColumnEvidence.joined($0, using: &generator))
      }
      let settled = try column.settled(cut) { ColumnEvidence.joined($0, using: &generator) }
      for reading in [first, settled].compactMap({ $0 }) {
        let decoded = try ColumnEvidence.decoded(reading.evidence.encoded())
        let found = column.answer(decoded, reading.target)
        #expect(found == column.answer(reading.evidence, reading.target), origin)
      }
    }
  }
}

/// Columns too long for a round of the laws.
@Suite struct LongEvidenceTests {
  private func texts(_ numbers: Range<Int>) throws -> ColumnEvidence {
    let column = PartedColumn(fields: numbers.map { FieldText(text: "text \($0)") })
    return try column.parts(.whole(numbers.count))[0]
  }

  /// A thread that stopped keeping strings leaves their sketch, and nothing else is lost.
  @Test func stringsThatAreNotKeptAreSketched() throws {
    let count = TextCollector.smallTableCount + 1000
    let whole = try texts(0..<count)
    var parts = try texts(0..<4000)
    parts.formUnion(try texts(500..<count))
    let decoded = try [whole, parts].map { try ColumnEvidence.decoded($0.encoded()) }
    for evidence in decoded {
      let united = TextCollector.united(evidence.texts)
      let expected = TextCollector.united(whole.texts)
      let share = Double(try #require(united.count)) / Double(count)
      #expect(abs(share - 1) < 0.04 && !united.isExact && expected.isExact)
      #expect(united.profile.minimum == expected.profile.minimum)
      #expect(united.profile.maximum == expected.profile.maximum)
      #expect(united.profile.maximumLength == expected.profile.maximumLength)
    }
  }

  /// Bytes of a file are checked, not trusted.
  @Test(arguments: [
    ("\"values\":[1,1]", "\"values\":[1,0]"),
    ("\"values\":[1,1]", "\"values\":[9223372036854775807,1]"),
    ("\"minimum\":\"1\"", "\"minimum\":\"18446744073709551616\""), ("\"rows\":3", "\"rows\":-3"),
    ("\"rows\":3", "\"rows\":9223372036854775807"), ("\"kind\":2", "\"kind\":59"),
  ])
  func damagedEvidenceIsRefused(part: String, other: String) throws {
    let column = PartedColumn(fields: ["1", "2", "2"].map { FieldText(text: $0) })
    let text = try column.parts(.whole(3))[0].encoded()
    #expect(text.contains(part) && (try? ColumnEvidence.decoded(text)) != nil)
    let damaged = text.replacing(part, with: other)
    #expect(throws: DecodingError.self) { try ColumnEvidence.decoded(damaged) }
  }
}
