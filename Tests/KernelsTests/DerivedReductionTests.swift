import Columnar
import TestSupport
import Testing

@testable import Kernels

struct DerivedReductionTests {
  /// Every reduction of a column that follows from another is that of the column by itself, with nulls or without.
  @Test(arguments: [0.0, 0.3])
  func `What follows is reduced as it was`(nullShare: Double) throws {
    var generator = SeededGenerator(seed: 21)
    let keys = (0..<6000).map { _ in Int.random(in: 0..<300, using: &generator) }
    func missing() -> Bool { Double.random(in: 0..<1, using: &generator) < nullShare }
    let words = keys.map { missing() ? nil : "word \($0 % 9)" }
    let numbers = keys.map { missing() ? nil : ($0 % 11) * 1_000_003 + 5 }
    let columns = [Column("key", keys), Column("word", words), Column("number", numbers)]
    let derived = columns.deriving()
    #expect(derived[1].derivation != nil && derived[2].derivation != nil)
    let constants: [StoredValue] = [.text(Array("word 4".utf8)), .integer(3_000_014)]
    for (index, constant) in zip(1..., constants) {
      let (was, now) = (ColumnRows(columns[index]), ColumnRows(derived[index]))
      for reduction in Reductions.all where reduction.applies(to: was.type) {
        let (expected, found) = (
          try reduction(was, constant: constant).answer,
          try reduction(now, constant: constant).answer
        )
        #expect(found.agrees(with: expected), "\(reduction.name), \(derived[index].name), seed 21")
      }
    }
  }
  /// The first rows of such a column, of which none may have a value, are those of the column by itself.
  @Test func `First rows are those of the column by itself`() throws {
    let keys = (0..<6000).map { $0 * 7 % 300 }
    let words = keys.indices.map { $0 < 640 ? nil : "word \(keys[$0] % 9)" }
    let columns = [Column("key", keys), Column("word", words)]
    let derived = columns.deriving()
    #expect(derived[1].derivation != nil)
    for limit in [0, 64, 640, 704, 6000] {
      #expect(derived[1].prefix(limit).scalars == columns[1].prefix(limit).scalars, "\(limit)")
    }
  }
}
