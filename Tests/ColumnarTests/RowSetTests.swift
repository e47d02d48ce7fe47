import TestSupport
import Testing

@testable import Columnar

/// A set of rows answers as a list of them does, in either form.
@Suite struct RowSetTests {
  @Test(arguments: 0..<4 as Range<UInt64>)
  func answersAsAList(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for rowCount in [0, 1, 63, 64, 1023, 1024, 1025, 4096, 5000] {
      for share in [0, 1, 30, 500, 1000] {
        let members = (0..<rowCount).filter { _ in
          Int.random(in: 0..<1000, using: &generator) < share
        }
        let set = RowSet(members, of: rowCount)
        let origin: Comment = "seed \(seed), \(members.count) of \(rowCount)"
        #expect(
          set.memory.byteCount
            == RowSet.byteCount(rowCount: rowCount, memberCount: members.count), origin)
        for _ in 0..<8 where rowCount > 0 {
          let a = Int.random(in: 0...rowCount, using: &generator)
          let b = Int.random(in: 0...rowCount, using: &generator)
          let rows = min(a, b)..<max(a, b)
          var found: [Int] = []
          set.forEach(in: rows) { found.append($0) }
          #expect(found == members.filter { rows.contains($0) }, "\(origin), \(rows)")
          var words = [UInt64](repeating: .max, count: rows.count / 64 + 1)
          set.copy(rows, to: &words)
          let copied = rows.filter { row in
            let place = row - rows.lowerBound
            return words[place / 64] >> UInt64(place % 64) & 1 == 1
          }
          #expect(copied == found, "\(origin), copied \(rows)")
          let isTurned = (0..<members.count / 64 + 1).map { _ in generator.next() }
          var turned = [UInt64](repeating: 0x5EED, count: rows.count / 64 + 1)
          set.turn(rows, where: isTurned, in: &turned)
          var expected = [UInt64](repeating: 0x5EED, count: rows.count / 64 + 1)
          for (index, row) in members.enumerated() where rows.contains(row) {
            let place = row - rows.lowerBound
            expected[place / 64] ^=
              (isTurned[index / 64] >> UInt64(index % 64) & 1) << UInt64(place % 64)
          }
          #expect(turned == expected, "\(origin), turned \(rows)")
          #expect(set.count(before: a) == members.count { $0 < a }, "\(origin), before \(a)")
        }
      }
    }
  }
}
