package import Columnar

/// How many different values there are. Nulls are not counted, NaN counts once, −0.0 is 0.0.
package struct DistinctCount: Reduction {
  package let name = "distinct_count"

  /// Up to so many possible keys, 16 a row, are marked in a table of bytes; others are hashed.
  private static let tableLimit = 1 << 24

  package init() {}

  package func applies(to type: LogicalType) -> Bool { true }

  package func emptyAnswer(for type: LogicalType) -> ReductionAnswer { .count(0) }

  package func reduce(
    _ rows: ColumnRows, constant: StoredValue?
  ) throws(ReductionError) -> Reduced {
    let keys = OrderKeys(rows)
    guard let bounds = keys.bounds else { return Reduced(.count(0), keys.path) }
    let span = UInt64(bitPattern: bounds.upperBound &- bounds.lowerBound)
    guard span < min(Self.tableLimit, max(256, rows.count * 16)) else {
      return Reduced(.count(hashed(keys)), keys.path)
    }
    return Reduced(.count(marked(keys, from: bounds.lowerBound, Int(span) + 1)), keys.path)
  }

  private func marked(_ keys: OrderKeys, from least: Int64, _ size: Int) -> Int {
    let tables: [[UInt8]]
    let mark: @Sendable (Range<Int>, Int) -> [UInt8] = { part, first in
      var table = [UInt8](repeating: 0, count: size)
      table.withUnsafeMutableBufferPointer { table in
        let table = table.baseAddress!
        keys.forEach(part, first) { table[Int($1 &- least)] = 1 }
      }
      return table
    }
    // Joining large tables would take longer than filling one.
    tables = size <= 1 << 16 ? keys.parts(mark) : [mark(0..<keys.rows.count, 0)]
    return (0..<size).count { place in tables.contains { $0[place] != 0 } }
  }

  private func hashed(_ keys: OrderKeys) -> Int {
    var table = KeyTable()
    keys.forEach(0..<keys.rows.count) { _ = table.number($1) }
    return table.count
  }
}
