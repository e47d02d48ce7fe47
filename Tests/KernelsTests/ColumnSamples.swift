import Columnar
import Kernels
import TestSupport

/// Kinds of values: together they are offered a layout by every encoding.
struct SampleKind: CustomStringConvertible, Sendable {
  let description: String
  let type: LogicalType
  let value: @Sendable (_ row: Int, inout SeededGenerator) -> StoredValue

  init(
    _ description: String, _ type: LogicalType,
    _ value: @escaping @Sendable (_ row: Int, inout SeededGenerator) -> StoredValue
  ) {
    self.description = description
    self.type = type
    self.value = value
  }

  func sample(count: Int, nullPercent: Int, seed: UInt64) -> ColumnSample {
    var generator = SeededGenerator(seed: seed)
    let values = (0..<count).map { row -> StoredValue? in
      let value = value(row, &generator)
      return Int.random(in: 0..<100, using: &generator) < nullPercent ? nil : value
    }
    return ColumnSample(kind: description, type: type, values: values, seed: seed)
  }
}

extension SampleKind {
  static let all = integers + floats + texts

  static let integers: [SampleKind] = [
    SampleKind("bytes", .integer) { .integer(Int128.random(in: -128...127, using: &$1)) },
    SampleKind("unsigned bytes", .integer) { .integer(Int128.random(in: 0...255, using: &$1)) },
    SampleKind("16 bits", .integer) { .integer(Int128.random(in: -32_768...32_767, using: &$1)) },
    SampleKind("32 bits", .integer) { .integer(Int128(Int32(truncatingIfNeeded: $1.next()))) },
    SampleKind("64 bits", .integer) { .integer(Int128(Int64(truncatingIfNeeded: $1.next()))) },
    SampleKind("ends of 64 bits", .integer) {
      .integer([Int128(Int64.min), Int128(Int64.max)].randomElement(using: &$1)!)
    },
    SampleKind("past 64 bits with sign", .integer) { .integer(Int128($1.next() >> 1) * 2 + 1) },
    SampleKind("across 2^63", .integer) {
      .integer(Int128(Int64.max) + Int128.random(in: -100...100, using: &$1))
    },
    SampleKind("few, far apart", .integer) {
      .integer([7_000_000_000, -7_000_000_000, 0, 5].randomElement(using: &$1)!)
    },
    SampleKind("rising", .integer) { row, _ in .integer(Int128(row) * 3 - 100) },
    SampleKind("falling", .integer) { row, _ in .integer(70 - Int128(row)) },
    SampleKind("in runs", .integer) { row, _ in .integer([7, 9, -3, 7, 100][row / 9 % 5]) },
    SampleKind("sorted keys", .integer) { row, _ in
      .integer(Int128(row / 4) * 32 + Int128(row % 4))
    },
    SampleKind("few outside", .integer) { row, generator in
      .integer(Int128.random(in: row % 61 == 40 ? -9_000...9_000 : -20...20, using: &generator))
    },
    SampleKind("few outside bytes", .integer) { row, generator in
      .integer(row % 61 == 40 ? 1 << 40 : Int128.random(in: 100...355, using: &generator))
    },
    SampleKind("few outside 16 bits", .integer) { row, generator in
      .integer(row % 61 == 40 ? -1 << 40 : Int128.random(in: 7...65_000, using: &generator))
    },
    SampleKind("40 bits", .integer) {
      .integer(Int128.random(in: -1_000_000...1_099_510_000_000, using: &$1))
    },
    SampleKind("always the same", .integer) { _, _ in -42 },
    SampleKind("truths", .boolean) { .integer(Int128($1.next() & 1)) },
    SampleKind("always true", .boolean) { _, _ in true },
    SampleKind("prices", .decimal(scale: 2)) {
      .integer(Int128.random(in: 99...99_999, using: &$1))
    },
    SampleKind("days", .date) { .integer(Int128.random(in: 15_706...16_070, using: &$1)) },
    SampleKind("seconds", .timestamp(unit: .second, zone: "UTC")) {
      .integer(1_356_998_400 + 3600 * Int128.random(in: 0...8759, using: &$1))
    },
  ]

  static let floats: [SampleKind] = [
    SampleKind("doubles", .float) { .float(Double.random(in: -1e6...1e6, using: &$1)) },
    SampleKind("floats of 32 bits", .float) {
      .float(Double(Float.random(in: -1e30...1e30, using: &$1)))
    },
    SampleKind("neighbours in 32 bits", .float) {
      let steps = Int.random(in: 0...4, using: &$1)
      return .float(Double((0..<steps).reduce(Float(1)) { value, _ in value.nextUp }))
    },
    SampleKind("few floats", .float) {
      .float([0.1, -0.0, 0.0, 1e300, -1e-300].randomElement(using: &$1)!)
    },
    SampleKind("NaN among floats", .float) {
      .float([.nan, -.nan, 1.5, -2.5, 0].randomElement(using: &$1)!)
    },
    SampleKind("infinities", .float) {
      .float([.infinity, -.infinity, 1, 2].randomElement(using: &$1)!)
    },
    SampleKind("only NaN", .float) { _, _ in .float(.nan) },
    SampleKind("always a tenth", .float) { _, _ in 0.1 },
  ]

  static let texts: [SampleKind] =
    [1, 2, 3, 4, 7, 8, 9, 16, 19].map { width in
      SampleKind("width \(width)", .string) { _, generator in
        .text(letters("KLM", count: width, distinct: 6, &generator))
      }
    } + [
      SampleKind("lengths 0 to 12", .string) { _, generator in
        let count = Int.random(in: 0...12, using: &generator)
        return .text(letters("ab", count: count, distinct: 3, &generator))
      },
      SampleKind("many texts", .string) { .text(Array("\($1.next())".utf8)) },
      SampleKind("always empty", .string) { _, _ in "" },
      SampleKind("zero bytes", .string) { .text([UInt8($1.next() & 1)]) },
      SampleKind("three zero bytes", .string) { .text([0, 0, UInt8($1.next() & 1)]) },
      SampleKind("hex", .string) {
        .text(letters("0123456789abcdef", count: 6, distinct: 900, &$1))
      },
      SampleKind("HEX", .string) { .text(letters("0A", count: 4, distinct: 900, &$1)) },
      SampleKind("numbered", .string) { row, generator in
        let number = 1_001_000 + row * 3 + Int.random(in: 0...2, using: &generator)
        return .text(Array("INV-\("\(number)".dropFirst())/A".utf8))
      },
      SampleKind("freely numbered", .string) {
        .text(Array("\(Int.random(in: 0...120, using: &$1)) %".utf8))
      },
      SampleKind("amounts", .string) {
        .text(Array("$\(Int.random(in: 9...11, using: &$1)).\($1.next() % 90 + 10)".utf8))
      },
      SampleKind("uuid", .uuid) {
        let digits = letters("0123456789abcdef", count: 32, distinct: 9, &$1)
        let parts = [digits[..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20...]]
        return .text(Array(parts.joined(separator: [UInt8(ascii: "-")])))
      },
      SampleKind("ipv4", .ipv4) { _, generator in
        let parts = (0..<4).map { _ in "\(Int.random(in: 0...1, using: &generator) * 100)" }
        return .text(Array(parts.joined(separator: ".").utf8))
      },
    ]

  /// `count` letters of the alphabet, one of about `distinct` such texts.
  private static func letters(
    _ alphabet: String, count: Int, distinct: UInt64, _ generator: inout SeededGenerator
  ) -> [UInt8] {
    var own = SeededGenerator(seed: generator.next() % distinct)
    let alphabet = Array(alphabet.utf8)
    return (0..<count).map { _ in alphabet.randomElement(using: &own)! }
  }
}
