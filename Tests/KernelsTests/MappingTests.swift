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
    #expect(narrow?.description == "column 'a' is integer: not all of its values are Int8")
    #expect(throws: ElementError.self) { try frame.map("none") { (a: Int8) in a } }
    #expect(throws: ElementError.self) { try frame.map("b") { (b: Int64) in b } }
  }
}
