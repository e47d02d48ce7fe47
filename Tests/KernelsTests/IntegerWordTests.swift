import Columnar
import TestSupport
import Testing

@testable import Kernels

/// The word of integers is the same however they are held, and that of rows which were taken is that of all.
struct IntegerWordTests {
  @Test(arguments: SampleKind.all)
  func aWordIsThatOfTheValues(kind: SampleKind) throws {
    for (size, nullPercent) in [(1, 0), (130, 0), (130, 30), (2100, 10)] {
      let sample = kind.sample(count: size, nullPercent: nullPercent, seed: UInt64(size))
      guard sample.type.domain == .integer, sample.type != .boolean, !sample.present.isEmpty else {
        continue
      }
      let rows = (0..<size).filter { sample.values[$0] != nil }.prefix(1)
      let first = try Selection(rowCount: size, rows: Array(rows))
      let columns = try sample.columns().filter { !$0.layout.hasUnsignedWords }
      let words = Set(columns.map(\.integerWord))
      #expect(words.count <= 1, "\(columns.map { ($0.layout, $0.integerWord) }), \(sample)")
      for column in columns {
        let taken = try column.filtered(by: first)
        if sample.type == .integer {
          #expect(taken.integerWord == column.integerWord, "\(column.layout), \(sample)")
        }
        let again = try taken.taking([0, 0]).renamed("again")
        #expect(again.integerWord == taken.integerWord, "\(column.layout), \(sample)")
      }
    }
  }
}

extension Layout {
  /// Whether the policy asked for integers without a sign.
  fileprivate var hasUnsignedWords: Bool {
    encoding == "integer" && isUnsigned == true && width != 8
      || values?.first?.hasUnsignedWords == true
  }
}
