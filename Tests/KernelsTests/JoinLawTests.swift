import Columnar
import TestSupport
import Testing

@testable import Kernels

/// Joins of every kind against two loops, one within the other.
struct JoinLawTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `Rows and keys are those of two loops`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    func keys(_ count: Int) -> [Int?] {
      (0..<count).map { _ in
        Int.random(in: 0..<10, using: &generator) == 0
          ? nil : Int.random(in: 0..<12, using: &generator)
      }
    }
    let (a, b) = (keys(Int(seed) * 2), keys(25 - Int(seed)))
    let left = try DataFrame([Column("k", a), Column("row", Array(0..<a.count))])
    let right = try DataFrame([Column("id", b), Column("row", Array(0..<b.count))])
    for kind in JoinKind.allCases {
      let expected = pairs(a, b, kind)
      let joined = try left.joined(right, on: [(left: "k", right: "id")], kind: kind)
      let note: Comment = "\(kind), seed \(seed)"
      #expect(Array(try joined.values("row", as: Int.self)) == expected.map(\.0), note)
      if kind == .semi || kind == .anti {
        #expect(joined.columns.map(\.name) == ["k", "row"])
        continue
      }
      #expect(joined.columns.map(\.name) == ["k", "row", "row_right"])
      #expect(Array(try joined.values("row_right", as: Int.self)) == expected.map(\.1), note)
      #expect(
        Array(try joined.values("k", as: Int.self))
          == expected.map { $0.0.map { a[$0] } ?? $0.1.map { b[$0] } ?? nil }, note)
    }
  }

  private func pairs(_ a: [Int?], _ b: [Int?], _ kind: JoinKind) -> [(Int?, Int?)] {
    func partners(_ key: Int?, _ others: [Int?]) -> [Int] {
      others.indices.filter { key != nil && others[$0] == key }
    }
    switch kind {
    case .inner: return a.indices.flatMap { row in partners(a[row], b).map { (row, $0) } }
    case .left, .full:
      let pairs = a.indices.flatMap { row -> [(Int?, Int?)] in
        let found = partners(a[row], b)
        return found.isEmpty ? [(row, nil)] : found.map { (row, $0) }
      }
      return kind == .left
        ? pairs : pairs + b.indices.filter { partners(b[$0], a).isEmpty }.map { (nil, $0) }
    case .right:
      return b.indices.flatMap { row -> [(Int?, Int?)] in
        let found = partners(b[row], a)
        return found.isEmpty ? [(nil, row)] : found.map { ($0, row) }
      }
    case .semi: return a.indices.filter { !partners(a[$0], b).isEmpty }.map { ($0, nil) }
    case .anti: return a.indices.filter { partners(a[$0], b).isEmpty }.map { ($0, nil) }
    }
  }

  @Test
  func `Each key has an order of its own`() throws {
    let frame = try DataFrame([
      Column("k", ["b", "a", nil, "a"]), Column("n", [1, 1, 2, 3]), Column("row", [0, 1, 2, 3]),
    ])
    func rows(_ frame: DataFrame) throws -> [Int] {
      try frame.values("row", as: Int.self).map { $0! }
    }
    #expect(try rows(frame.sorted(on: [("k", .ascending), ("n", .descending)])) == [3, 1, 0, 2])
    #expect(
      try rows(
        frame.sorted(on: [
          ("k", SortOptions(isDescending: true, putsNullsFirst: true)), ("n", .ascending),
        ]))
        == [2, 0, 1, 3])
    #expect(try rows(frame.sorted(on: ["n", "k"])) == [1, 0, 2, 3])
    #expect(try frame.grouped(by: ["k", "n"]).count == 4)
  }

  @Test
  func `No two columns have one name without a word`() throws {
    let left = try DataFrame([Column("k", [1]), Column("v", [1]), Column("v_right", [1])])
    let right = try DataFrame([Column("k", [1]), Column("v", [2])])
    let error = #expect(throws: GroupingError.self) { try left.joined(right, on: "k") }
    #expect(error?.code == .columnTwice && error?.column == "v_right")
    #expect(throws: GroupingError.self) { try left.grouped(by: "k").aggregated(.size, .size) }
    #expect(throws: GroupingError.self) { try left.grouped(by: "k", "k").aggregated(.size) }
  }
}
