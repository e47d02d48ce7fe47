import Columnar
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
      let expected = ColumnEvidence.joined(parts, using: &generator).encoded()
      for _ in 0..<3 {
        let found = ColumnEvidence.joined(parts, using: &generator).encoded()
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
        let expected = part.encoded()
        #expect(before.encoded() == expected, origin)
        #expect(behind.encoded() == expected, origin)
      }
    }
  }

  @Test(arguments: EvidenceColumns.allCases)
  func decodedPartsJoinToTheSame(_ kind: EvidenceColumns) throws {
    try forColumns(kind) { column, cut, generator, origin in
      guard let parts = try? column.parts(cut) else { return }
      let decoded = try parts.map { part in
        let bytes = part.encoded()
        let decoded = try ColumnEvidence.decoded(bytes)
        #expect(decoded.encoded() == bytes, origin)
        return decoded
      }
      let expected = ColumnEvidence.joined(parts, using: &generator).encoded()
      #expect(ColumnEvidence.joined(decoded, using: &generator).encoded() == expected, origin)
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
        let bytes = found?.evidence.encoded()
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
      let united = TextCollector.united(evidence.collectors)
      let expected = TextCollector.united(whole.collectors)
      let share = Double(try #require(united.count)) / Double(count)
      #expect(abs(share - 1) < 0.1 && !united.isExact && expected.isExact)
      #expect(united.profile.minimum == expected.profile.minimum)
      #expect(united.profile.maximum == expected.profile.maximum)
      #expect(united.profile.maximumLength == expected.profile.maximumLength)
    }
  }

  /// Bytes of a file are checked, not trusted: whatever they are, they are read or refused.
  @Test(arguments: [["1", "2", "2"], ["1.5", "", "x"], ["2024-01-31"], ["a", "b", "true"]])
  func damagedEvidenceIsReadOrRefused(_ fields: [String]) throws {
    let column = PartedColumn(fields: fields.map { FieldText(text: $0) })
    let bytes = try column.parts(.whole(fields.count))[0].encoded()
    for place in bytes.indices {
      for change in [bytes[place] ^ 1, bytes[place] ^ 0x80, 0, 0x7F, 0xFF] {
        var damaged = bytes
        damaged[place] = change
        _ = try? ColumnEvidence.decoded(damaged)
      }
      #expect(throws: ProfileFault.self) { try ColumnEvidence.decoded(Array(bytes[..<place])) }
    }
  }

  @Test(arguments: [
    (UInt64(1) << 50, "a count"), (.max, "a count beyond 64 bits with a sign"),
  ])
  func countsBeyondReasonAreRefused(_ count: UInt64, _ what: String) {
    var writer = ProfileWriter()
    writer.write(count)
    var reader = ProfileReader(writer.bytes)
    #expect(throws: ProfileFault.self, "\(what)") { try reader.readCount() }
  }
}
