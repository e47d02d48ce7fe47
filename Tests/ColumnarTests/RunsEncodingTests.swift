import TestSupport
import Testing

@testable import Columnar

/// Values that recur in runs are held as codes of a dictionary beside where the runs start.
@Suite struct RunsEncodingTests {
  private static let policy = LayoutPolicy().storing(.packed)

  /// Runs of `length` rows, of 200 values that are far apart, some rows null.
  private static func column(
    runLength length: Int, _ generator: inout SeededGenerator
  ) -> PlainColumn {
    let entries = (0..<200).map { _ in Int128(Int64.random(in: 0...1 << 40, using: &generator)) }
    var values: [Int128?] = []
    while values.count < 5000 {
      let value = entries.randomElement(using: &generator)!
      for _ in 0..<length {
        values.append(Int.random(in: 0..<50, using: &generator) == 0 ? nil : value)
      }
    }
    return PlainColumn(type: .integer, values: .integers(values))
  }

  @Test(arguments: 2..<6)
  func valuesThatRecurAreCodes(runLength: Int) throws {
    var generator = SeededGenerator(seed: UInt64(runLength))
    let column = Self.column(runLength: runLength, &generator)
    let (profile, bits) = (column.profile, column.bits)
    let costs = RunsEncoding().costs(for: profile, policy: Self.policy)
    let best = try #require(costs.min { $0.footprint.total < $1.footprint.total })
    #expect(best.layout.description == "runs<dictionary<uint8>>")
    #expect(best.layout.isSound(for: .integer))
    // Found anew among the runs, or known of the column.
    for findsDistinct in [false, true] {
      var chunks = column.chunks(
        cuts: [1000], findsDistinct: findsDistinct, using: &generator)
      let made = try RunsEncoding().encode(&chunks, layout: best.layout)
      #expect(made.bits == bits)
      #expect(made.footprint == best.footprint)
      let integers = made.view.integers
      for _ in 0..<50 {
        let row = Int.random(in: 0..<column.count, using: &generator)
        guard let value = bits[row] else { continue }
        #expect(PlainColumn.bytes(Int128(integers.value(at: row))) == value, "row \(row)")
      }
    }
  }

  /// Layouts may come from a file: no dictionary of dictionaries, and no runs of runs.
  @Test func layoutsDoNotNestFurther() {
    let entries = Layout(encoding: "integer", width: 8)
    let codes = Layout(encoding: "dictionary", width: 1, isUnsigned: true, values: entries)
    let runs = Layout(encoding: "runs", values: codes)
    #expect(runs.isSound(for: .integer))
    #expect(!Layout(encoding: "runs", values: runs).isSound(for: .integer))
    let nested = Layout(encoding: "dictionary", width: 1, isUnsigned: true, values: codes)
    #expect(!Layout(encoding: "runs", values: nested).isSound(for: .integer))
    #expect(
      !Layout(encoding: "dictionary", width: 1, isUnsigned: true, values: runs)
        .isSound(for: .integer))
  }
}
