import Columnar
import TestSupport

/// Where the values of a random column come from.
enum ColumnShape: CaseIterable {
  case int8, int16, int32, int64, extremes, close, unsigned, unsignedClose, mixedUnsigned
  case sequence, falling, wrapping, constant, few, runs, outliers, booleans, dates, decimals
  case floats, narrowFloats, oddFloats, constantFloat
  case words, empties, equalLength, hex, upperHex, uuids, upperUUIDs, ipv4, foreign, constantText
  case numbered, freelyNumbered, amounts
  case nulls, nullTexts, nullFloats
}

extension PlainColumn {
  static let rowCounts = [0, 1, 2, 63, 64, 65, 1000]

  static func random(
    _ shape: ColumnShape, count: Int, using generator: inout SeededGenerator
  ) -> PlainColumn {
    let nullShare = [0, 0, 3, 20, 100].randomElement(using: &generator)!
    func optional<T>(_ value: T) -> T? {
      Int.random(in: 0..<100, using: &generator) < nullShare ? nil : value
    }
    func integers(_ type: LogicalType = .integer, _ value: (Int) -> Int128) -> PlainColumn {
      PlainColumn(type: type, values: .integers((0..<count).map { optional(value($0)) }))
    }
    func full(_ value: (Int) -> Int128) -> PlainColumn {
      PlainColumn(type: .integer, values: .integers((0..<count).map { value($0) }))
    }
    func floats(_ value: () -> Double) -> PlainColumn {
      PlainColumn(type: .float, values: .floats((0..<count).map { _ in optional(value()) }))
    }
    func texts(_ type: LogicalType = .string, _ value: () -> String) -> PlainColumn {
      PlainColumn(
        type: type, values: .texts((0..<count).map { _ in optional(Array(value().utf8)) }))
    }
    func number(_ range: ClosedRange<Int64>) -> Int128 {
      Int128(Int64.random(in: range, using: &generator))
    }
    func characters(_ alphabet: String, _ count: Int) -> String {
      String((0..<count).map { _ in alphabet.randomElement(using: &generator)! })
    }
    func uuid(_ alphabet: String) -> String {
      [8, 4, 4, 4, 12].map { characters(alphabet, $0) }.joined(separator: "-")
    }
    let lower = "0123456789abcdef"
    let upper = "0123456789ABCDEF"
    switch shape {
    case .int8: return integers { _ in number(-128...127) }
    case .int16: return integers { _ in number(-32_768...32_767) }
    case .int32: return integers { _ in number(-1 << 31...1 << 31 - 1) }
    case .int64: return integers { _ in number(.min ... .max) }
    case .extremes:
      let edges: [Int128] = [-1 << 63, 1 << 63 - 1, 0, -1, 127, 128, -129, 255, 256, 1 << 32]
      return integers { _ in edges.randomElement(using: &generator)! }
    case .close:
      let base = number(.min / 2 ... .max / 2)
      let span = [200, 255, 256, 65_535, 1 << 32 - 1, 1 << 32].randomElement(using: &generator)!
      return integers { _ in base + number(0...Int64(span)) }
    case .unsigned:
      return integers { _ in Int128(UInt64.random(in: 0 ... .max, using: &generator)) }
    case .unsignedClose: return integers { _ in 1 << 63 + number(0...100) }
    case .mixedUnsigned: return integers { _ in 1 << 63 + number(-100...100) }
    case .sequence: return full { 5 + 3 * Int128($0) }
    case .falling: return full { 1 << 40 - 7 * Int128($0) }
    case .wrapping: return full { $0 % 2 == 0 ? Int128(Int64.max) : Int128(Int64.min) }
    case .constant:
      let value = number(.min ... .max)
      return integers { _ in value }
    case .few: return integers { _ in number(0...2) * (1 << 40) }
    case .runs: return integers { Int128($0 / 7 % 5) * 1000 }
    case .outliers:
      let limit = Int64.max >> Int64(number(0...50))
      let near = number(-limit / 2...limit / 2)
      return integers { $0 % 50 == 20 ? number(-limit...limit) : near / 2 + number(0...9) }
    case .booleans: return integers(.boolean) { _ in number(0...1) }
    case .dates: return integers(.date) { _ in number(10_957...11_000) }
    case .decimals: return integers(.decimal(scale: 2)) { _ in number(-100_000...100_000) }
    case .floats:
      return floats { Double(Int.random(in: -1000...1000, using: &generator)) / 7 }
    case .narrowFloats:
      return floats { Double(Float.random(in: -1e30...1e30, using: &generator)) }
    case .oddFloats:
      let odd = [0.0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, 1e308, -1.5]
      return floats { odd.randomElement(using: &generator)! }
    case .constantFloat:
      let value = [1.5, -0.0, .nan, 0.1].randomElement(using: &generator)!
      return floats { value }
    case .words:
      return texts { ["a", "", "bb", "NA", "ccc ccc", "a\0b"].randomElement(using: &generator)! }
    case .empties: return texts { "" }
    case .equalLength: return texts { characters("xyz", 3) }
    case .hex: return texts { characters(lower, 8) }
    case .upperHex: return texts { characters(upper, 4) }
    case .uuids: return texts(.uuid) { uuid(lower) }
    case .upperUUIDs: return texts(.uuid) { uuid(upper) + "" }
    case .ipv4:
      return texts(.ipv4) { (0..<4).map { _ in "\(number(0...255))" }.joined(separator: ".") }
    case .foreign: return texts { characters("äöü漢字é", Int.random(in: 0...5, using: &generator)) }
    case .numbered:
      let limit: Int64 = [9, 255, 65_535, 70_000, 999_999_999].randomElement(using: &generator)!
      return texts { "INV-" + String(number(0...limit) + 1_000_000_000).dropFirst() }
    case .freelyNumbered:
      let limit: Int64 = [9, 255, 999_999_999_999_999_999].randomElement(using: &generator)!
      return texts { "\(number(0...limit)) %" }
    case .amounts:
      return texts { "$\(number(0...120)).\(number(10...99))" }
    case .constantText:
      let value = characters("pq", Int.random(in: 0...20, using: &generator))
      return texts { value }
    case .nulls:
      return PlainColumn(type: .null, values: .integers(Array(repeating: nil, count: count)))
    case .nullTexts:
      return PlainColumn(type: .string, values: .texts(Array(repeating: nil, count: count)))
    case .nullFloats:
      return PlainColumn(type: .float, values: .floats(Array(repeating: nil, count: count)))
    }
  }

  /// Places to cut the rows into chunks.
  func cuts(using generator: inout SeededGenerator) -> [Int] {
    (0..<Int.random(in: 0...4, using: &generator))
      .map { _ in Int.random(in: 0...count, using: &generator) }.sorted()
  }
}
