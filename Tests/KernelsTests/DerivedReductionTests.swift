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

  /// Rows that are taken out of columns that follow, and of columns in bits, are those of the column in whole bytes, and
  /// engines get them in as many bits as the column.
  @Test(arguments: [0.0, 0.02, 0.3])
  func `Rows that are taken keep the bits that engines get`(nullShare: Double) throws {
    var generator = SeededGenerator(seed: 22)
    let keys = (0..<6000).map { _ in Int.random(in: 0..<300, using: &generator) }
    func missing() -> Bool { Double.random(in: 0..<1, using: &generator) < nullShare }
    func sparse(_ values: [Int]) -> [Int?] { values.map { missing() ? nil : $0 } }
    let plain = [
      Column("key", keys), Column("looked", sparse(keys.map { ($0 % 11) * 3001 })),
    ]
    let derived = plain.deriving()
    #expect(derived[1].derivation != nil)
    var pairs = [(plain[1], derived[1])]
    for values in [
      sparse(keys.map { $0 % 11 * ($0 < 298 ? 1 : 3000) }),
      sparse(keys.indices.map { $0 / 40 * 7 % 1000 }), sparse(keys.indices.map { $0 * 9 / 5 }),
    ] {
      let sample = ColumnSample(
        kind: "taken", type: .integer, values: values.map { $0.map { .integer(Int128($0)) } },
        seed: 22)
      let dense = try sample.columns().filter { $0.layout.storage.isDense }
      #expect(!dense.isEmpty)
      pairs += dense.map { (Column("taken", values), $0) }
    }
    for (was, now) in pairs {
      for range in [0..<1, 0..<4096, 4096..<6000, 1003..<1100] {
        let expected = was.run(range)
        for taken in [now.run(range), now.keeping(try Selection(range, of: now.count))] {
          let origin = "\(now.name), \(now.layout), \(range), \(nullShare) null, seed 22"
          #expect(taken.scalars == expected.scalars, "\(origin)")
          if taken.nullCount < taken.count {
            #expect(taken.integerWord == now.integerWord, "\(origin)")
          }
        }
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

extension Selection {
  fileprivate init(_ range: Range<Int>, of rowCount: Int) throws {
    try self.init(rowCount: rowCount, rows: range)
  }
}
