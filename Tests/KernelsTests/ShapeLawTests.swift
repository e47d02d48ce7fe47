import Columnar
import TestSupport
import Testing

@testable import Kernels

/// Casts, melted and pivoted tables against the obvious loop.
struct ShapeLawTests {
  @Test(arguments: SampleKind.all)
  func `What becomes text comes back`(kind: SampleKind) throws {
    for nullPercent in [0, 30, 100] {
      let sample = kind.sample(count: 60, nullPercent: nullPercent, seed: 5)
      for column in try sample.columns() {
        let note: Comment = "\(column.layout), \(sample)"
        let text = try column.cast(to: .string)
        let rendered = ValueText(column)
        let texts = (0..<60).map { row in
          rendered.text(row: row).map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(Array(try text.values(as: String.self)) == texts, note)
        let fits = sample.values.allSatisfy { value in
          if case .integer(let number)? = value { number <= Int64.max } else { true }
        }
        if kind.type.domain == .bytes && kind.type != .string || !fits { continue }
        #expect(try text.cast(to: kind.type) == column, note)
      }
    }
  }

  private static let casts: [(Column, LogicalType, [StoredValue?])] = [
    (Column("x", [1, nil, -3]), .decimal(scale: 2), [100, nil, -300]),
    (Column("x", units: [100, nil, -300], of: .decimal(scale: 2)), .integer, [1, nil, -3]),
    (Column("x", units: [100, nil], of: .decimal(scale: 2)), .decimal(scale: 0), [1, nil]),
    (Column("x", units: [10, 5], of: .decimal(scale: 2)), .float, [0.1, 0.05]),
    (Column("x", [0.1, nil, 12.25]), .decimal(scale: 2), [10, nil, 1225]),
    (Column("x", [1.0, nil, -2]), .integer, [1, nil, -2]),
    (Column("x", [1, 2, nil]), .float, [1.0, 2.0, nil]),
    (Column("x", [true, nil, false]), .integer, [1, nil, 0]),
    (Column("x", [1, nil, 0]), .boolean, [1, nil, 0]),
    (
      Column("x", units: [0, 15_706], of: .date), .timestamp(unit: .second, zone: nil),
      [0, 1_356_998_400]
    ),
    (
      Column("x", units: [1_356_998_400], of: .timestamp(unit: .second, zone: "UTC")), .date,
      [15_706]
    ),
    (
      Column("x", units: [5, nil], of: .time(unit: .second)), .time(unit: .millisecond),
      [5000, nil]
    ),
    (Column("x", ["1.5", "-0.25", nil]), .decimal(scale: 2), [150, -25, nil]),
    (Column("x", ["12:30:01.5"]), .time(unit: .millisecond), [45_001_500]),
    (
      Column("x", ["2013-01-01T00:00:00Z"]), .timestamp(unit: .second, zone: "UTC"), [1_356_998_400]
    ),
    (Column("x", [Int?.none, nil]), .date, [nil, nil]),
  ]

  @Test(arguments: casts.indices)
  func `Values are the same as another type`(index: Int) throws {
    let (column, type, expected) = Self.casts[index]
    let cast = try column.cast(to: type)
    #expect(cast.type == type && cast.name == "x" && cast.scalars == expected.same)
  }

  private static let misfits: [(Column, LogicalType, Int, String)] = [
    (Column("x", [1.0, 1.5]), .integer, 1, "'1.5' in row 2 is no integer"),
    (Column("x", [1, 2]), .boolean, 1, "'2' in row 2 is no boolean"),
    (Column("x", [1 << 53 + 1]), .float, 0, "'9007199254740993' in row 1 is no float"),
    (
      Column("x", units: [100, 150], of: .decimal(scale: 2)), .integer, 1,
      "'1.50' in row 2 is no integer"
    ),
    (
      Column("x", units: [0, 5], of: .timestamp(unit: .second, zone: nil)), .date, 1,
      "'1970-01-01T00:00:05' in row 2 is no date"
    ),
    (Column("x", [nil, "a"]), .integer, 1, "'a' in row 2 is no integer"),
    (Column("x", ["2013-02-30"]), .date, 0, "'2013-02-30' in row 1 is no date"),
    (Column("x", [Int.max]), .decimal(scale: 2), 0, "is no decimal(2)"),
  ]

  @Test(arguments: misfits.indices)
  func `The first value that is none is named`(index: Int) {
    let (column, type, row, words) = Self.misfits[index]
    let error = #expect(throws: FrameError.self) { try column.cast(to: type) }
    #expect(error?.code == .unfitValue && error?.row == row && error?.column == "x")
    #expect(error?.message.hasSuffix(words) == true, "\(error?.message ?? "")")
  }

  @Test
  func `Types that never become one another are refused`() {
    for (column, type) in [
      (Column("x", [1]), LogicalType.date),
      (Column("x", [1.5]), .timestamp(unit: .second, zone: nil)),
      (Column("x", units: [1], of: .date), .integer), (Column("x", [1]), .uuid),
    ] {
      let error = #expect(throws: FrameError.self) { try column.cast(to: type) }
      #expect(error?.code == .unfitType)
    }
  }

  @Test
  func `Tables are melted, and pivoted back`() throws {
    let wide = try DataFrame([
      Column("id", ["a", "b", "c"]), Column("x", [1, nil, 3]), Column("y", [10, 20, 300]),
    ])
    let long = try wide.melted(keeping: ["id"])
    #expect(
      try long
        == DataFrame([
          Column("id", ["a", "b", "c", "a", "b", "c"]),
          Column("variable", ["x", "x", "x", "y", "y", "y"]),
          Column("value", [1, nil, 3, 10, 20, 300]),
        ]))
    let back = try long.pivoted(rows: ["id"], columns: "variable", values: .first("value"))
    #expect(back == wide)
    #expect(try wide.melted(keeping: ["id", "x", "y"]).rowCount == 0)
    #expect(throws: FrameError.self) { try wide.melted(keeping: ["none"]) }
    #expect(throws: FrameError.self) { try wide.melted(keeping: ["id"], variable: "id") }
    let mixed = try wide.assigning(Column("y", ["p", "q", "r"]))
    #expect(throws: FrameError.self) { try mixed.melted(keeping: ["id"]) }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `A pivoted table has the answers of two loops`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    func random(_ limit: Int) -> [Int?] {
      (0..<60).map { _ in
        let number = Int.random(in: -1..<limit, using: &generator)
        return number < 0 ? nil : number
      }
    }
    let (keys, heads, values) = (random(5), random(4), random(100))
    let frame = try DataFrame([Column("k", keys), Column("h", heads), Column("v", values)])
    let pivoted = try frame.pivoted(rows: ["k"], columns: "h", values: .sum("v"))
    func ordered(_ values: [Int?]) -> [Int?] {
      let present = Set(values.compactMap { $0 }).sorted().map { Optional($0) }
      return values.contains(nil) ? present + [nil] : present
    }
    let (rows, columns) = (ordered(keys), ordered(heads))
    #expect(pivoted.columns.map(\.name) == ["k"] + columns.map { $0.map { "\($0)" } ?? "null" })
    #expect(Array(try pivoted.values("k", as: Int.self)) == rows)
    for (column, head) in zip(pivoted.columns.dropFirst(), columns) {
      let expected = rows.map { key -> Int? in
        let fitting = keys.indices.filter { keys[$0] == key && heads[$0] == head }
        return fitting.isEmpty ? nil : fitting.compactMap { values[$0] }.reduce(0, +)
      }
      #expect(Array(try column.values(as: Int.self)) == expected, "\(column.name), seed \(seed)")
    }
  }
}
