import Columnar
import TestSupport
import Testing

@testable import Kernels

/// Words of rows in any order are those of the rows in order.
struct GatheredWordTests {
  @Test(arguments: SampleKind.integers)
  func `Gathered words are those of the rows`(kind: SampleKind) throws {
    var generator = SeededGenerator(seed: 17)
    for count in [1, 64, 1025, 2500] {
      let sample = kind.sample(count: count, nullPercent: 20, seed: UInt64(count))
      let rows = (0..<300).map { _ in UInt32.random(in: 0..<UInt32(count), using: &generator) }
      for column in try sample.columns() where column.nullCount < count {
        let blocks = IntegerBlocks(ColumnRows(column))
        var room = [Int64](repeating: 0, count: count)
        let words = room.withUnsafeMutableBufferPointer {
          let read = blocks.read(0..<count, $0.baseAddress!)
          return Array(UnsafeBufferPointer(start: read, count: count))
        }
        var found = [Int64](repeating: 0, count: rows.count)
        found.withUnsafeMutableBufferPointer { target in
          rows.withUnsafeBufferPointer { blocks.gather($0, to: target.baseAddress!) }
        }
        let places = rows.indices.filter { !column.isNull(Int(rows[$0])) }
        let isEqual = places.allSatisfy { found[$0] == words[Int(rows[$0])] }
        #expect(isEqual, "\(column.layout), \(sample)")
      }
    }
  }
}
