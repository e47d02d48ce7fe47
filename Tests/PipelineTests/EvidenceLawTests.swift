import TestSupport
import Testing

@testable import Typing

/// Evidence merges: what is known of a column follows from its rows, wherever it was cut, in whatever
/// order its parts were joined, and whether they were written and read back in between.
@Suite struct EvidenceLawTests {
  private static let rounds = 6

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
      let settled = try column.settled(cut) { ColumnEvidence.joined($0, using: &generator) }
      guard let settled else { return }
      let decoded = try ColumnEvidence.decoded(settled.evidence.encoded())
      let found = column.answer(decoded, settled.target)
      #expect(found == column.answer(settled.evidence, settled.target), origin)
    }
  }
}
