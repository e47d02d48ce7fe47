import Columnar
import TabularDiet
import Testing

@testable import DietReport

/// What is counted of the rows of a column, beside a plain count.
@Suite struct DistributionTests {
  @Test func integers() throws {
    for seed in 1...60 as ClosedRange<UInt64> {
      var random = SeededGenerator(seed: seed)
      let span = Int64.random(in: 1...(.random(using: &random) ? 100 : 5_000), using: &random)
      let start = Int64.random(in: -1000...1000, using: &random)
      let values = (0..<500).map { _ -> Int64? in
        Int.random(in: 0..<9, using: &random) == 0
          ? nil : start + .random(in: 0..<span, using: &random)
      }
      let present = values.compactMap(\.self)
      let distribution = ColumnDistribution(of: Column("n", integers: values))
      let histogram = try #require(distribution.values, "seed \(seed)")
      let (low, high) = (present.min()!, present.max()!)
      #expect(histogram.low == "\(low)" && histogram.high == "\(high)", "seed \(seed)")
      #expect(histogram.counts.reduce(0, +) == present.count, "seed \(seed)")
      #expect((1...64).contains(histogram.counts.count), "seed \(seed)")
      // Every bar is of as many values, the last of no fewer than a part.
      let range = Int(high - low + 1)
      let step = (range + histogram.counts.count - 1) / histogram.counts.count
      if range <= 64 { #expect(step == 1, "seed \(seed)") }
      var plain = [Int](repeating: 0, count: histogram.counts.count)
      for value in present { plain[Int(value - low) / step] += 1 }
      #expect(plain == histogram.counts, "seed \(seed)")
      #expect(distribution.nulls.reduce(0, +) == values.count - present.count, "seed \(seed)")
    }
  }

  @Test func extremes() throws {
    let integers = ColumnDistribution(of: Column("n", integers: [.min, 0, .max, .max]))
    let counts = try #require(integers.values?.counts)
    #expect(counts.first == 1 && counts.last == 2 && counts.reduce(0, +) == 4)
    let floats = ColumnDistribution(
      of: Column("x", floats: [-1.7e308, 1.7e308, .nan, .infinity, 0, nil]))
    let histogram = try #require(floats.values)
    #expect(histogram.low == "-1.7e+308" && histogram.high == "1.7e+308")
    #expect(histogram.counts.reduce(0, +) == 3 && histogram.counts.last == 1)
    #expect(floats.nulls == [0, 0, 0, 0, 0, 1])
    #expect(ColumnDistribution(of: Column("x", floats: [.nan, nil])).values == nil)
    #expect(ColumnDistribution(of: Column("x", floats: [2.5, 2.5])).values?.counts == [2])
  }

  @Test func columnsWithoutValues() {
    #expect(ColumnDistribution(of: Column("n", integers: [])) == ColumnDistribution())
    let none = ColumnDistribution(of: Column("n", integers: [nil, nil]))
    #expect(none.values == nil && none.nulls == [1, 1])
  }

  @Test func flags() {
    let flags = ColumnDistribution(of: Column("b", booleans: [true, false, true, nil]))
    #expect(flags.values == .init(low: "false", high: "true", counts: [1, 2]))
  }

  @Test func text() {
    let words = (0..<400).map { $0 % 4 == 0 ? "ab" : $0 % 4 == 1 ? "" : "abcde" }
    let column = ColumnDistribution(of: Column("s", strings: words.map(Optional.init)))
    #expect(column.lengths == .init(low: "0", high: "5", counts: [100, 0, 100, 0, 0, 200]))
    // Where the column is stored as codes, they are counted.
    if !column.words.isEmpty {
      #expect(column.words.map(\.text) == ["abcde", "", "ab"])
      #expect(column.words.map(\.count) == [200, 100, 100] && column.otherWordCount == 0)
    }
    #expect(ColumnDistribution(of: Column("s", strings: ["ab", "cd"])).lengths == nil)
  }

  @Test func firstRows() throws {
    let frame = try DataFrame([
      Column("n", integers: (0..<30).map(Int64.init)),
      Column("s", strings: (0..<30).map { $0 == 1 ? nil : "<\($0)>" }),
    ])
    let rows = FirstRows(of: frame)
    #expect(rows.names == ["n", "s"] && rows.areNumbers == [true, false])
    #expect(rows.cells.count == 10 && rows.rowCount == 30 && rows.columnCount == 2)
    #expect(rows.cells[1] == ["1", nil] && rows.cells[9] == ["9", "<9>"])
  }
}
