import Columnar
import Testing

@testable import Kernels

/// Closures over typed values.
struct MappingTests {
  @Test(arguments: SampleKind.integers, [1, 3])
  func `A closure sees each value once, whatever the layout`(kind: SampleKind, threads: Int) throws
  {
    let sample = kind.sample(count: 2100, nullPercent: 20, seed: 4)
    guard sample.type == .integer, sample.present.allSatisfy({ Int64(exactly: $0.integer) != nil })
    else { return }
    let expected = sample.values.map { $0.map { StoredValue.integer(($0.integer & 0xFFFF) * 2) } }
    for column in try sample.columns() {
      let frame = try DataFrame([column.renamed("a")])
      let note: Comment = "\(column.layout), \(sample)"
      let result = withParts(threads) {
        Result { () throws(ElementError) in
          try frame.map("a") { (a: Int64) -> Int32 in Int32(a & 0xFFFF) * 2 }
        }
      }
      let sum = try frame.reduce("a", into: Int128(0)) { (sum, a: Int64) in
        sum += Int128(a)
      } join: {
        $0 + $1
      }
      let odd = try frame.rows(where: "a") { (a: Int64) in a & 1 == 1 }
      #expect(try result.get().scalars == expected, note)
      #expect(sum == sample.present.reduce(0) { $0 + $1.integer }, note)
      #expect(
        odd.rows == sample.values.indices.filter { (sample.values[$0]?.integer ?? 0) & 1 == 1 },
        note)
    }
  }

  @Test
  func `Several columns, each as its own type`() throws {
    let frame = try DataFrame([
      Column("a", integers: [1, 2, nil, 300]),
      Column("b", integers: [150, 250, 350, 450], type: .decimal(scale: 2)),
      Column("c", booleans: [true, false, true, nil]),
    ])
    let two = try frame.map("a", "b") { (a: Int16, b: Double) in Double(a) * b }
    #expect(two.scalars == [1.5, 5.0, nil, 1350.0])
    let three = try frame.map("a", "b", "c") { (a: Int, b: Double, c: Bool) in c && b > Double(a) }
    #expect(three.type == .boolean && three.scalars == [true, false, nil, nil])
    #expect(
      try frame.rows(where: "a", "b") { (a: Int32, b: Double) in b > Double(a) }.rows == [0, 1])
    let narrow = #expect(throws: ElementError.self) { try frame.map("a") { (a: Int8) in a } }
    #expect(narrow?.description == "column 'a' is integer: 300 in row 4 is no Int8")
    #expect(throws: ElementError.self) { try frame.map("none") { (a: Int8) in a } }
    #expect(throws: ElementError.self) { try frame.map("b") { (b: Int64) in b } }
  }

  /// Six columns in every layout; four and five of them too.
  @Test(arguments: SampleKind.integers.filter { $0.type == .integer }, [1, 3])
  func `Closures over four to six columns`(kind: SampleKind, threads: Int) throws {
    let sample = kind.sample(count: 2100, nullPercent: 20, seed: 8)
    guard sample.present.allSatisfy({ Int64(exactly: $0.integer) != nil }) else { return }
    let small = SampleKind.integers[0].sample(count: 2100, nullPercent: 10, seed: 9)
    let floats = (0..<2100).map { Double($0) / 4 }
    let others = try small.columns()
    for (place, column) in try sample.columns().enumerated() {
      let frame = try DataFrame([
        column.renamed("a"), others[place % others.count].renamed("b"), Column("c", floats),
        Column("d", (0..<2100).map { $0 % 3 == 0 }), Column("e", (0..<2100).map { Int16($0) }),
        Column("f", floats.map { Float($0) }),
      ])
      let note: Comment = "\(column.layout), \(sample)"
      let rows = (0..<2100).map { row -> (Int64, Int64, Double, Bool, Int16, Float)? in
        guard let a = sample.values[row], let b = small.values[row] else { return nil }
        return (
          Int64(a.integer), Int64(b.integer), floats[row], row % 3 == 0, Int16(row),
          Float(floats[row])
        )
      }
      func number(_ body: ((Int64, Int64, Double, Bool, Int16, Float)) -> Double) -> [Double?] {
        rows.map { $0.map(body) }
      }
      try withParts(threads) {
        let four = try frame.map("a", "b", "c", "d") { (a: Int64, b: Int8, c: Double, d: Bool) in
          d ? Double(a) + Double(b) : c
        }
        let five = try frame.map("a", "b", "c", "d", "e") {
          (a: Int64, b: Int8, c: Double, d: Bool, e: Int16) in
          d ? Double(a) - Double(b) * Double(e) : c
        }
        let six = try frame.map("a", "b", "c", "d", "e", "f") {
          (a: Int64, b: Int8, c: Double, d: Bool, e: Int16, f: Float) in
          d ? Double(a) - Double(b) : c + Double(e) + Double(f)
        }
        let expected = [
          number { $0.3 ? Double($0.0) + Double($0.1) : $0.2 },
          number { $0.3 ? Double($0.0) - Double($0.1) * Double($0.4) : $0.2 },
          number { $0.3 ? Double($0.0) - Double($0.1) : $0.2 + Double($0.4) + Double($0.5) },
        ]
        for (found, expected) in zip([four, five, six], expected) {
          #expect(Array(try found.values(as: Double.self)) == expected, note)
        }
        func isWanted(_ row: Int, _ holds: ((Int64, Int64, Double, Bool, Int16, Float)) -> Bool)
          -> Bool
        { rows[row].map(holds) ?? false }
        let selections = [
          try frame.rows(where: "a", "b", "c") { (a: Int64, b: Int8, c: Double) in
            Double(a) > Double(b) + c
          },
          try frame.rows(where: "a", "b", "c", "d") { (a: Int64, b: Int8, c: Double, d: Bool) in
            d && Double(a) > Double(b) + c
          },
          try frame.rows(where: "a", "b", "c", "d", "e") {
            (a: Int64, b: Int8, c: Double, d: Bool, e: Int16) in d && Double(e) > Double(b) + c
          },
          try frame.rows(where: "a", "b", "c", "d", "e", "f") {
            (a: Int64, b: Int8, c: Double, d: Bool, e: Int16, f: Float) in
            d && Double(e) > Double(b) + Double(f)
          },
        ]
        let wanted = [
          (0..<2100).filter { isWanted($0) { Double($0.0) > Double($0.1) + $0.2 } },
          (0..<2100).filter { isWanted($0) { $0.3 && Double($0.0) > Double($0.1) + $0.2 } },
          (0..<2100).filter { isWanted($0) { $0.3 && Double($0.4) > Double($0.1) + $0.2 } },
          (0..<2100).filter {
            isWanted($0) { $0.3 && Double($0.4) > Double($0.1) + Double($0.5) }
          },
        ]
        for (found, wanted) in zip(selections, wanted) { #expect(found.rows == wanted, note) }
      }
    }
  }

  @Test
  func `Nulls, texts and numbers of many columns`() throws {
    let frame = try DataFrame([
      Column("carrier", ["UA", nil, "B6"]), Column("flight", [1, 22, nil]),
      Column("on", [true, nil, false]), Column("x", [0.5, 1, nil]),
      Column("d", integers: [1, nil, 3], type: .date), Column("n", [1, 2, 3]),
    ])
    let three = try frame.mapOptional("carrier", "flight", "on") {
      (carrier: String?, flight: Int?, on: Bool?) -> String? in
      on.map { "\(carrier ?? "?")\(flight ?? 0) \($0)" }
    }
    #expect(three.name == "carrier, flight, on" && three.scalars == ["UA1 true", nil, "B60 false"])
    let six = try frame.mapOptional("carrier", "flight", "on", "x", "d", "n") {
      (carrier: String?, flight: Int?, on: Bool?, x: Float?, d: Int32?, n: UInt8?) -> Int? in
      [carrier == nil, flight == nil, on == nil, x == nil, d == nil, n == nil].count { $0 }
    }
    #expect(six.scalars == [0, 3, 2])
    let error = #expect(throws: FrameError.self) {
      try frame.mapOptional("n", "n", "n", "n") { (a: Int?, b: Int?, c: Int?) in a }
    }
    #expect(error?.message == "the closure takes 3 values, 4 columns are named")
    #expect(throws: ElementError.self) {
      try frame.mapOptional("n", "n", "none") { (a: Int?, b: Int?, c: Int?) in a }
    }
    #expect(throws: ElementError.self) {
      try frame.map("n", "n", "n", "carrier") { (a: Int, b: Int, c: Int, d: Int) in a }
    }
  }
}
