import Columnar
import TestSupport
import Testing

@testable import Kernels

/// About as many groups as rows: their keys are sorted, and what is gathered for each is of a row or two.
struct GroupsOfFewRowsTests {
  private struct Table {
    static let rowCount = 90_000
    let a: [Int64?]
    let b: [String?]
    let whole: [Int64?]
    let large: [Int64?]
    let float: [Double]

    init(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      let words = (0..<5000).map { "w\($0 * 7)" }
      func draw<T>(_ nullPercent: Int, _ value: (inout SeededGenerator) -> T) -> [T?] {
        (0..<Self.rowCount).map { _ in
          Int.random(in: 0..<100, using: &random) < nullPercent ? nil : value(&random)
        }
      }
      a = draw(3) { Int64.random(in: -40_000...40_000, using: &$0) }
      b = draw(3) { words[Int.random(in: 0..<words.count, using: &$0)] }
      whole = draw(10) { Int64.random(in: 1_000_000...1_000_900, using: &$0) }
      large = draw(0) { Int64.random(in: -1 << 59...1 << 59, using: &$0) }
      float = draw(0) { Double(Int.random(in: 0...9000, using: &$0)) / 8 }.map { $0 ?? 0 }
    }

    var frame: DataFrame {
      get throws {
        try DataFrame([
          Column("a", integers: a), Column("b", strings: b), Column("whole", integers: whole),
          Column("large", integers: large), Column("float", floats: float),
          Column("row", integers: (0..<Self.rowCount).map { Int64($0) }),
        ])
      }
    }

    /// The rows of each group, in the order of the groups.
    func groups(dropsNulls: Bool) -> [[Int]] {
      var groups: [[String]: [Int]] = [:]
      for row in 0..<Self.rowCount where !dropsNulls || (a[row] != nil && b[row] != nil) {
        let key = [a[row].map { String($0 + 2_000_000) } ?? "~", b[row] ?? "~"]
        groups[key, default: []].append(row)
      }
      return groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    }
  }

  @Test(arguments: [false, true], [1, 3])
  func `Answers are those of each group's rows`(isPacked: Bool, threads: Int) throws {
    let seed: UInt64 = 29
    let table = Table(seed: seed)
    let plain = try table.frame
    let frame = isPacked ? try DataFrame(plain.columns.map { try Self.packed($0) }) : plain
    #expect(frame.columns.contains { $0.layout.encoding == "packed" } == isPacked)
    let note: Comment = "packed: \(isPacked), \(threads) threads, seed \(seed)"
    for dropsNulls in [false, true] {
      let groups = table.groups(dropsNulls: dropsNulls)
      try #require(groups.count > 1 << 16)
      try KernelThreads.withCount(threads) {
        let grouped = try frame.grouped(by: "a", "b", dropsNulls: dropsNulls)
        #expect(grouped.index.sorted != nil && grouped.index.hasManySlots, note)
        try check(grouped, groups, table, note)
      }
    }
  }

  /// Integers in as many bits as they need, and other columns as they are.
  private static func packed(_ column: Column) throws -> Column {
    guard column.type == .integer, let encoding = Encodings.named["packed"] else { return column }
    let values = column.scalars.compactMap { $0?.integer }
    guard let layout = Layout.packed((values.min() ?? 0)...(values.max() ?? 0)) else {
      return column
    }
    var chunks = ChunkedValues(decoding: column)
    return try encoding.encode(&chunks, layout: layout)
  }

  private func check(
    _ grouped: RowGroups, _ groups: [[Int]], _ table: Table, _ note: Comment
  ) throws {
    let answer = try grouped.aggregated(
      .size, .count("whole"), .sum("whole"), .mean("whole"), .sum("large"), .sum("float"),
      .first("row"), .last("row"), .minimum("whole"), .maximum("whole"))
    /// Says where the first difference is: whole columns of some ten thousand rows are not printed.
    func expect<T: Equatable>(_ name: String, _ found: [T], _ answer: ([Int]) -> T) {
      let expected = groups.map(answer)
      let difference = zip(found, expected).enumerated().first { $1.0 != $1.1 }
      #expect(found.count == expected.count && difference == nil, "\(name) of \(note)")
    }
    func integers(_ name: String) throws -> [Int64?] {
      Array(try answer.values(name, as: Int64.self))
    }
    func wholes(_ rows: [Int]) -> [Int64] { rows.compactMap { table.whole[$0] } }
    expect("a", try integers("a")) { table.a[$0[0]] }
    expect("b", Array(try answer.values("b", as: String.self))) { table.b[$0[0]] }
    expect("size", try integers("size")) { Int64($0.count) }
    expect("count", try integers("whole_count")) { Int64(wholes($0).count) }
    expect("sum", try integers("whole_sum")) { wholes($0).reduce(0, +) }
    expect("large sum", try integers("large_sum")) { $0.reduce(0) { $0 + table.large[$1]! } }
    expect("first", try integers("row_first")) { Int64($0[0]) }
    expect("last", try integers("row_last")) { Int64($0[$0.count - 1]) }
    expect("least", try integers("whole_min")) { wholes($0).min() }
    expect("greatest", try integers("whole_max")) { wholes($0).max() }
    expect("float sum", Array(try answer.values("float_sum", as: Double.self))) {
      $0.reduce(0) { $0 + table.float[$1] }
    }
    expect("mean", Array(try answer.values("whole_mean", as: Double.self))) { rows in
      let values = wholes(rows)
      return values.isEmpty ? nil : Double(values.reduce(0, +)) / Double(values.count)
    }
  }

  /// A sum past 64 bits is an error in whatever group it is.
  @Test func `A sum that overflows is refused`() throws {
    let rowCount = 70_000
    let keys = Column("k", integers: (0..<rowCount).map { Int64($0 / 2) << 30 })
    let values = Column("v", integers: (0..<rowCount).map { $0 / 2 == 31_337 ? Int64.max : 1 })
    let error = #expect(throws: GroupingError.self) {
      try withParts(2) {
        try DataFrame([keys, values]).grouped(by: "k").aggregated(.sum("v"))
      }
    }
    #expect(error?.code == .overflow && error?.column == "v")
  }
}
