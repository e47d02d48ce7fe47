import Columnar
import TestSupport
import Testing

@testable import Kernels

/// Values go into columns and come out of them, in every layout that holds them.
struct ValueLawTests {
  private static let sizes = [(0, 0), (1, 0), (130, 0), (130, 30), (70, 100), (4100, 10)]

  private func forEachColumn(
    _ kind: SampleKind, _ body: (ColumnSample, Column, Comment) throws -> Void
  ) throws {
    for (size, nullPercent) in Self.sizes {
      let sample = kind.sample(count: size, nullPercent: nullPercent, seed: UInt64(size))
      for column in try sample.columns() { try body(sample, column, "\(column.layout), \(sample)") }
    }
  }

  /// One by one, in blocks, and out of range.
  private func check<Value: ColumnValue & Equatable>(
    _ column: Column, _ expected: [Value?], _ note: Comment
  ) throws {
    let values = try column.values(as: Value.self)
    #expect(Array(values) == expected, note)
    #expect(expected.indices.allSatisfy { values[$0] == expected[$0] }, note)
    #expect(values[-1] == nil && values[column.count] == nil && values.count == expected.count)
  }

  @Test(arguments: SampleKind.all)
  func `Values come out as they are`(kind: SampleKind) throws {
    try forEachColumn(kind) { sample, column, note in
      switch kind.type.domain {
      case .bytes:
        try check(
          column, sample.values.map { $0.map { String(decoding: $0.text, as: UTF8.self) } }, note)
      case .float:
        let values = try column.values(as: Double.self)
        #expect(values.map { $0.map { StoredValue.float($0) } }.same == sample.values.same, note)
      case .integer where kind.type == .boolean:
        try check(column, sample.values.map { $0.map { $0.integer != 0 } }, note)
      // The unit is the file's: no program counts in it.
      case .integer where kind.type.unit != nil:
        #expect(throws: ElementError.self, note) { try column.values(as: Int64.self) }
      case .integer where kind.type.scale == nil:
        let integers = sample.values.map { $0.map(\.integer) }
        if integers.allSatisfy({ $0.map { $0 <= Int64.max } ?? true }) {
          try check(column, integers.map { $0.map { Int64($0) } }, note)
        } else {
          try check(column, integers.map { $0.map { UInt64($0) } }, note)
        }
      case .integer:
        let unit = column.type.unitsPerOne
        try check(column, sample.values.map { $0.map { Double($0.integer) / unit } }, note)
      }
    }
  }

  @Test
  func `Arrays come back from columns`() throws {
    func same<Value: ColumnElement & Equatable>(_ values: [Value?]) throws {
      for values in [values, [], [nil], [values[0]], values + [nil] + values] {
        #expect(Array(try Column("x", values).values(as: Value.self)) == values)
      }
      let present = values.compactMap { $0 }
      #expect(try Column("x", present).values(as: Value.self).map { $0! } == present)
    }
    try same([Int8.min, 0, 5, .max])
    try same([Int16.min, nil, .max])
    try same([Int32.min, nil, .max])
    try same([Int64.min, nil, .max])
    try same([Int.min, nil, .max])
    try same([UInt8.min, nil, .max])
    try same([UInt16.min, nil, .max])
    try same([UInt32.min, nil, .max])
    try same([UInt64.min, nil, .max])
    try same([Double.infinity, nil, -0.5])
    try same([Float.infinity, nil, -0.5])
    try same([true, nil, false])
    let texts = ["", nil, "a", "a", "é", "a text that is longer than sixteen bytes"]
    #expect(Array(try Column("s", texts).values(as: String.self)) == texts)
    #expect(Column("f", [Float(1.5)]).layout.width == 4)
    #expect(try Column("n", [1, nil, 3]).values(as: Float.self).elementsEqual([1, nil, 3]))
    let inexact = #expect(throws: ElementError.self) {
      try Column("f", [0.1]).values(as: Float.self)
    }
    #expect(inexact?.description == "column 'f' is float: 0.1 in row 1 is no Float")
    #expect(throws: ElementError.self) { try Column("s", ["a"]).values(as: Int.self) }
    #expect(throws: ElementError.self) { try Column("n", [1]).values(as: String.self) }
  }

  @Test(arguments: SampleKind.all)
  func `Columns are equal in every layout`(kind: SampleKind) throws {
    for (size, nullPercent) in Self.sizes where size < 1000 {
      let sample = kind.sample(count: size, nullPercent: nullPercent, seed: 3)
      let columns = try sample.columns()
      guard let first = columns.first else { continue }
      for column in columns {
        #expect(column == first && column != column.renamed("other"), "\(column.layout), \(sample)")
        guard size > 1 else { continue }
        let turned = column.taking(rowNumbers: (0..<UInt32(size)).reversed())
        #expect((turned == first) == (sample.values.reversed().same == sample.values.same))
      }
    }
  }

  @Test(arguments: SampleKind.all)
  func `Rows of one column stand behind those of another`(kind: SampleKind) throws {
    for (size, nullPercent) in Self.sizes where size < 1000 {
      let first = kind.sample(count: size, nullPercent: nullPercent, seed: 1)
      let second = kind.sample(count: 100 - size / 2, nullPercent: 20, seed: 2)
      let others = try second.columns()
      for (place, column) in try first.columns().enumerated() {
        for other in [others[place % others.count], others[(place * 7 + 3) % others.count]] {
          let note: Comment = "\(column.layout) and \(other.layout), \(first)"
          let both = try column.appending(other)
          #expect(both.scalars == (first.values + second.values).same, note)
          #expect(both.type == column.type && both.name == column.name, note)
          #expect(
            both.nullCount == first.values.count { $0 == nil } + second.values.count { $0 == nil })
          // Null rows hold zeros, so that equal columns have equal digests.
          let again = try both.appending(column.taking(rowNumbers: []))
          #expect(again.digest == both.digest && again == both, note)
        }
        let gap = Column.nulls("gap", .null, count: 3)
        let three = try Column(concatenating: [gap, column, gap, column])
        let nothing: [StoredValue?] = [nil, nil, nil]
        #expect(three.scalars == (nothing + first.values + nothing + first.values).same)
      }
    }
  }

  @Test
  func `Dictionaries are united, widths are the least`() throws {
    let words = (0..<300).map { "word \($0)" }
    let first = Column("s", strings: words.flatMap { [$0, $0, $0] })
    let second = Column("s", strings: words.flatMap { ["more " + $0, $0, $0, $0] })
    let both = try first.appending(second)
    #expect(both.layout.encoding == "dictionary" && both.dictionary[0].count == 600)
    #expect(
      try Column("n", integers: [1]).appending(Column("n", integers: [300])).layout.width == 2)
    #expect(throws: FrameError.self) { try first.appending(Column("s", integers: [1])) }
    #expect(throws: FrameError.self) { try Column(concatenating: []) }
    let price = try Column("p", integers: [1], type: .decimal(scale: 2))
    let error = #expect(throws: FrameError.self) {
      try price.appending(Column("p", floats: [1]))
    }
    #expect(
      error?.description.hasPrefix(
        "column 'p': values of type float, in number 2, do not go behind those of type decimal(2); read both"
      )
        == true)
  }

  /// Types whose values mean the same, in both orders, and what becomes of 1 and 2 in their units.
  private static let alike: [(LogicalType, LogicalType, LogicalType, [Int64])] = [
    (.decimal(scale: 1), .decimal(scale: 3), .decimal(scale: 3), [100, 2]),
    (.integer, .decimal(scale: 2), .decimal(scale: 2), [100, 2]),
    (.time(unit: .second), .time(unit: .millisecond), .time(unit: .millisecond), [1000, 2]),
    (
      .duration(unit: .second), .duration(unit: .microsecond), .duration(unit: .microsecond),
      [1_000_000, 2]
    ),
    (
      .timestamp(unit: .second, zone: nil), .timestamp(unit: .nanosecond, zone: nil),
      .timestamp(unit: .nanosecond, zone: nil), [1_000_000_000, 2]
    ),
    (
      .timestamp(unit: .millisecond, zone: "UTC"), .timestamp(unit: .second, zone: "UTC"),
      .timestamp(unit: .millisecond, zone: "UTC"), [1, 2000]
    ),
    (.null, .date, .date, [0, 2]),
  ]

  @Test(arguments: alike.indices)
  func `Types that mean the same go together`(index: Int) throws {
    let (first, second, type, units) = Self.alike[index]
    let one =
      first == .null
      ? Column.nulls("k", .null, count: 1) : Column("k", units: [1], of: first)
    let two = Column("k", units: [2], of: second)
    let expected: [StoredValue?] = [
      first == .null ? nil : .integer(Int128(units[0])), .integer(Int128(units[1])),
    ]
    let both = try one.appending(two)
    #expect(both.type == type && both.scalars == expected)
    let turned = try two.appending(one)
    #expect(turned.type == type && turned.scalars == expected.reversed())
    // Keys of both types meet where they mean the same.
    if first == .null { return }
    let left = try DataFrame([one, Column("l", [1])])
    let right = try DataFrame([both.cast(to: type), Column("r", [7, 8])])
    for (a, b, found) in [(left, right, "r"), (right, left, "l")] {
      let joined = try a.joined(b, on: "k")
      #expect(joined.rowCount == 1 && joined.columns.last?.name == found)
      #expect(try a.joined(b, on: "k", kind: .full).rowCount == 2)
      #expect(try a.joined(asOf: b, on: "k", by: ["k"]).rowCount == a.rowCount)
    }
    #expect(Array(try left.joined(right, on: "k").values("r", as: Int.self)) == [7])
    #expect(
      Array(try left.joined(asOf: right, on: "k", by: ["k"]).values("r", as: Int.self)) == [7])
  }

  @Test
  func `Tables are joined end to end by the names of their columns`() throws {
    let first = try DataFrame([Column("a", [1, 2]), Column("b", ["x", "y"])])
    let second = try DataFrame([Column("b", ["z"]), Column("a", [3])])
    let both = try first.appending(second)
    #expect(try both == DataFrame([Column("a", [1, 2, 3]), Column("b", ["x", "y", "z"])]))
    let third = try DataFrame([Column("c", [1.5])])
    #expect(throws: FrameError.self) { try first.appending(third) }
    let filled = try DataFrame(concatenating: [first, third], fillsMissing: true)
    #expect(filled.columns.map(\.nullCount) == [1, 1, 2] && filled.rowCount == 3)
    #expect(try DataFrame(concatenating: []).rowCount == 0)
    #expect(try DataFrame(concatenating: [first]) == first)
  }

  private struct Flight: Decodable, Equatable {
    enum Carrier: String, Decodable {
      case united = "UA"
      case american = "AA"
    }
    enum CodingKeys: String, CodingKey {
      case carrier
      case delay = "dep_delay"
      case isLate, fare
    }
    var carrier: Carrier
    var delay: Int16?
    var isLate: Bool
    var fare: Double
  }

  @Test
  func `Rows become values of a type`() throws {
    let frame = try DataFrame([
      Column("carrier", ["UA", "AA", "UA"]), Column("dep_delay", [2, nil, -5]),
      Column("isLate", [true, false, false]),
      Column("fare", integers: [1250, 900, 5], type: .decimal(scale: 2)),
      Column("more", [1, 2, 3]),
    ])
    #expect(
      try frame.rows(as: Flight.self) == [
        Flight(carrier: .united, delay: 2, isLate: true, fare: 12.5),
        Flight(carrier: .american, delay: nil, isLate: false, fare: 9),
        Flight(carrier: .united, delay: -5, isLate: false, fare: 0.05),
      ])
    #expect(frame.rows.map { $0["dep_delay"] } == [2, nil, -5])
    #expect(
      frame.rows[0]["none"] == nil && frame.rows[7]["more"] == nil && frame.rows[2].number == 2)
    #expect(
      frame.rows[1].description
        == "carrier: AA, dep_delay: null, isLate: false, fare: 9.00, more: 2")
    func message(_ frame: DataFrame) throws -> String? {
      do {
        _ = try frame.rows(as: Flight.self)
        return nil
      } catch let error as DecodingError {
        switch error {
        case .keyNotFound(_, let context), .typeMismatch(_, let context),
          .valueNotFound(_, let context):
          return context.debugDescription
        default: return "\(error)"
        }
      }
    }
    #expect(
      try message(frame.dropping("fare"))
        == "there is no column 'fare'; there are carrier, dep_delay, isLate, more")
    #expect(
      try message(frame.assigning(Column("isLate", [true, nil, false])))
        == "column 'isLate' is null in row 2")
    #expect(
      try message(frame.assigning(Column("dep_delay", [1, 2, 40_000])))
        == "column 'dep_delay' is integer: 40000 in row 3 is no Int16")
  }

  @Test
  func `Columns are added, replaced, dropped and renamed`() throws {
    let frame = try DataFrame([Column("a", [1, 2]), Column("b", ["x", "y"])])
    let more = try frame.adding(Column("c", [true, false]))
    #expect(more.columns.map(\.name) == ["a", "b", "c"] && more.profiles.map(\.name).last == "c")
    #expect(try more.assigning(Column("b", [0.5, 1]))["b"]?.type == .float)
    #expect(try more.dropping("a", "c").columns.map(\.name) == ["b"])
    #expect(more.selecting { $0.type == .string }.columns.map(\.name) == ["b"])
    #expect(try more.renaming(["a": "b", "b": "a"]).columns.map(\.name) == ["b", "a", "c"])
    #expect(try more.renaming("a", to: "z").profiles.map(\.name) == ["z", "b", "c"])
    func code(_ body: () throws(FrameError) -> DataFrame) -> FrameError.Code? {
      do { _ = try body() } catch { return error.code }
      return nil
    }
    #expect(
      code { () throws(FrameError) in try frame.adding(Column("a", [1, 2])) } == .columnTwice)
    #expect(
      code { () throws(FrameError) in try frame.adding(Column("c", [1])) } == .differentRowCounts)
    #expect(code { () throws(FrameError) in try frame.dropping("none") } == .noSuchColumn)
    #expect(code { () throws(FrameError) in try frame.renaming("a", to: "b") } == .columnTwice)
    #expect(code { () throws(FrameError) in try frame.renaming("z", to: "y") } == .noSuchColumn)
    let error = #expect(throws: FrameError.self) { try frame.selecting(["none"]) }
    #expect(error?.description == "column 'none': there is none; there are a, b")
    let row = #expect(throws: FrameError.self) { try frame.taking([0, 2]) }
    #expect(row?.description == "there is no row 2, only 0 to 1" && row?.row == 2)
  }
}
