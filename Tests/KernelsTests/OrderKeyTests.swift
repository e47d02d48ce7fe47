import Columnar
import Testing

@testable import Kernels

struct OrderKeyTests {
  @Test(arguments: SampleKind.all)
  func `A key leads back to its value, however rows are stored`(kind: SampleKind) throws {
    for nullPercent in [0, 30] {
      let sample = kind.sample(count: 300, nullPercent: nullPercent, seed: UInt64(nullPercent))
      for column in try sample.columns() {
        let stored = ColumnRows(column)
        for rows in [stored, stored.decodedTwin] {
          let keys = OrderKeys(rows)
          keys.forEach(0..<rows.count) { row, key in
            guard let value = stored.storedValue(at: row) else { return }
            let found = keys.storedValue(of: key)
            // Of the two zeros there is one key.
            #expect(
              found.isSame(as: value) || (found == .float(0) && value == .float(-0.0)),
              "\(column.layout), row \(row): \(found), not \(value); \(sample)")
          }
        }
      }
    }
  }
}
