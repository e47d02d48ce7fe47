import CKernels
import Columnar
import TestSupport
import Testing

@testable import Typing

/// The loops in C that read many fields at a time answer as the readers of one field do, and leave
/// what is not theirs.
struct FieldLoopTests {
  /// Around the ends of vectors and of blocks.
  static let sizes = [1, 7, 8, 9, 63, 64, 65, 255, 256, 257, 700]

  /// The fields of a column, most of them from `usual` so that whole blocks have nothing to leave.
  private func columns(
    _ usual: (inout SeededGenerator) -> String, odd: [String],
    _ check: (_ column: FieldColumn, _ origin: Comment) -> Void
  ) {
    for (index, size) in Self.sizes.enumerated() {
      for oddPercent in [0, 2, 50] {
        let seed = UInt64(index * 100 + oddPercent)
        var generator = SeededGenerator(seed: seed)
        let fields = (0..<size).map { _ in
          Int.random(in: 0..<100, using: &generator) < oddPercent
            ? Array(odd.randomElement(using: &generator)!.utf8)
            : Array(usual(&generator).utf8)
        }
        for (name, column) in FieldColumn.everyWay(fields) {
          check(column, "seed \(seed), \(size) rows, \(oddPercent) % odd, \(name)")
        }
      }
    }
  }

  /// Columns of one and the same field: nothing else sends the block another way.
  private func uniformColumns(
    _ fields: [String], _ check: (_ column: FieldColumn, _ origin: Comment) -> Void
  ) {
    for field in fields {
      for size in [1, 9, 300] {
        for (name, column) in FieldColumn.everyWay(Array(repeating: Array(field.utf8), count: size))
        {
          check(column, "\(size) times `\(field)`, \(name)")
        }
      }
    }
  }

  /// `reference` is the value of a field that is the loop's own, `nil` for others.
  private func compare(
    _ column: FieldColumn, _ origin: Comment,
    _ loop: (UnsafePointer<diet_fields>, UnsafeMutablePointer<Int64>, UnsafeMutablePointer<UInt64>)
      -> diet_fields_summary,
    _ reference: (Field) -> Int64?
  ) {
    let slice = column.slice
    let left = RowBits()
    left.begin(rowCount: slice.rowCount)
    let values = UnsafeMutablePointer<Int64>.allocate(capacity: slice.rowCount)
    defer { values.deallocate() }
    let summary = withUnsafePointer(to: slice.inC) { loop($0, values, left.words) }
    var expected = diet_fields_summary()
    (expected.minimum, expected.maximum) = (.max, .min)
    // One expectation for all rows: each takes longer than what it looks at.
    var wrong: [UInt8]?
    for row in 0..<slice.rowCount {
      let field = slice[row]
      expected.byte_count += UInt64(field.count)
      expected.long_byte_count += field.count > 12 ? UInt64(field.count) : 0
      let isLeft = left.next(from: row) == row
      let value = reference(field)
      if isLeft != (value == nil) || !isLeft && values[row] != value {
        wrong = wrong ?? Array(field.bytes)
      }
      guard let value, !isLeft else { continue }
      expected.count += 1
      expected.minimum = min(expected.minimum, value)
      expected.maximum = max(expected.maximum, value)
    }
    #expect(wrong == nil, "\(origin): \(String(decoding: wrong ?? [], as: UTF8.self))")
    #expect(
      summary.count == expected.count && summary.minimum == expected.minimum
        && summary.maximum == expected.maximum && summary.byte_count == expected.byte_count
        && summary.long_byte_count == expected.long_byte_count, origin)
  }

  /// What `fields.h` says of numbers, `nil` for fields that are left.
  private func digits(_ field: Field, after point: UInt8?, scale: Int) -> Int64? {
    var text = field.bytes[...]
    let isNegative = text.first == 0x2D
    if isNegative { text = text.dropFirst() }
    var bytes = Array(text)
    guard field.count <= 16 else { return nil }
    if let point {
      guard bytes.count >= scale + 2, bytes[bytes.count - scale - 1] == point else { return nil }
      bytes.remove(at: bytes.count - scale - 1)
    }
    guard bytes.count > scale, bytes.allSatisfy({ $0 &- 0x30 <= 9 }) else { return nil }
    if bytes[0] == 0x30, bytes.count > scale + 1 { return nil }
    let magnitude = bytes.reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) }
    if isNegative { return magnitude == 0 ? nil : -magnitude }
    return magnitude
  }

  @Test func integers() {
    let odd = [
      "", "0", "-0", "007", "-07", "00", "+5", " 5", "5 ", "12a4", "-", "--5", "1-2", "1.5", "NA",
      "99999999", "100000000", "9999999999999999", "-9999999999999999", "10000000000000000",
      "-1", "-12345678", "123456789012", "é1", "1\u{0}2", "/5", ":5", "12345678:", "1234567 90",
    ]
    func check(_ range: ClosedRange<Int>) {
      func usual(_ generator: inout SeededGenerator) -> String {
        String(Int.random(in: range, using: &generator))
      }
      columns(usual, odd: odd) { column, origin in
        compare(column, origin, diet_read_integers) { digits($0, after: nil, scale: 0) }
      }
    }
    uniformColumns(odd) { column, origin in
      compare(column, origin, diet_read_integers) { digits($0, after: nil, scale: 0) }
    }
    check(0...9_999_999)
    check(-99_999_999_999...99_999_999)
  }

  @Test(arguments: 1...7) func decimals(scale: Int) {
    let odd = [
      "", "0.70", ".70", "00.70", "0.7", "1.7", "1.700", "-0.00", "-0.01", "-0.0", "170", "1,70",
      "12345.6a", "1..0", "1.0.0", "-.5", "-", "NA", "1234567890123.45", "123456789012345.6",
      "0.0000000", "9999999.9999999", "99999999.9999999", "-12.3456", "+1.5", "1.5 ", "é.55",
    ]
    for point in [UInt8(ascii: "."), UInt8(ascii: ",")] {
      let mark = String(UnicodeScalar(point))
      let power = (0..<scale).reduce(1) { power, _ in power * 10 }
      func usual(_ generator: inout SeededGenerator) -> String {
        // A 1 in front keeps the zeros of the fraction.
        let fraction = String(Int.random(in: power..<2 * power, using: &generator)).dropFirst()
        return String(Int.random(in: 0...99_999, using: &generator)) + mark + fraction
      }
      func check(_ column: FieldColumn, _ origin: Comment) {
        compare(
          column, "scale \(scale) \(mark) \(origin)",
          { diet_read_decimals($0, Int32(scale), point, $1, $2) },
          { digits($0, after: point, scale: scale) })
      }
      columns(usual, odd: odd, check)
      uniformColumns(odd, check)
    }
  }

  @Test func days() {
    let odd = [
      "", "2024-02-29", "2023-02-29", "1900-02-29", "2000-02-29", "0000-02-29", "0000-01-01",
      "9999-12-31", "2020-00-10", "2020-13-10", "2020-10-00", "2020-04-31", "2020-1-011",
      "2020/10/10", "2020-10-1", "2020-10-100", "20201010xx", "2o20-10-10", "2020-10-1o",
      "202é-10-1",
      "2020-10:10", "NA", "-020-10-10",
    ]
    func usual(_ generator: inout SeededGenerator) -> String {
      CalendarDay.render(Int64.random(in: -719_528...2_932_896, using: &generator))
    }
    func check(_ column: FieldColumn, _ origin: Comment) {
      compare(column, origin, diet_read_days) { $0.count == 10 ? CalendarDay.read($0.start) : nil }
    }
    columns(usual, odd: odd, check)
    uniformColumns(odd, check)
  }

  /// Divisions are multiplications in C: every year, around the ends of its months.
  @Test func everyYear() {
    for century in 0..<100 {
      var fields: [[UInt8]] = []
      for year in century * 100..<century * 100 + 100 {
        for (month, day) in [(1, 1), (2, 28), (2, 29), (3, 1), (4, 31), (12, 31), (12, 32)] {
          let text = [year / 100, year % 100, month, day].map { CalendarDay.padded($0, 2) }
          fields.append(Array("\(text[0])\(text[1])-\(text[2])-\(text[3])".utf8))
        }
      }
      compare(FieldColumn(fields), "century \(century)", diet_read_days) {
        CalendarDay.read($0.start)
      }
    }
  }

  /// Texts that fall together under one seed are spread under another.
  @Test(arguments: [1, 2, 77] as [UInt64])
  func codesOfSeeds(_ seed: UInt64) {
    let multiplier = HashSeed(seed).multipliers[2]
    var found: [[UInt8]] = []
    var number = 0
    while found.count < 300 {
      number += 1
      let text = Array("\(number)".utf8)
      // As `diet_text_entry` has texts of up to 8 bytes.
      let last = text.reduce(UInt64(0)) { $0 >> 8 | UInt64($1) << 56 }
      if ((last ^ UInt64(text.count)) &* multiplier) >> 56 == 0 { found.append(text) }
    }
    func walk(_ seed: HashSeed) -> Int {
      let texts = ShortTexts(seed: seed)
      for text in found {
        let column = FieldColumn([text])
        withExtendedLifetime(column) { texts.insert(column.slice[0], code: 0) }
      }
      return texts.longestWalk
    }
    #expect(walk(HashSeed(seed)) > 150, "seed \(seed)")
    for other in [HashSeed(3), HashSeed(4), .ofProcess] {
      #expect(walk(other) < 80, "built for seed \(seed), seed \(other)")
    }
  }

  @Test func codes() {
    // The same ends with another middle, the same bytes in another length, zeros, quotes.
    let words = [
      "", "A", "N", "A\u{0}", "\u{0}A", "\u{0}", "AIR", "\u{0}\u{0}AIR", "REG AIR", "12345678",
      "123456789", "NONE",
      "COLLECT COD", "TAKE BACK RETURN", "DELIVER IN PERSON", "abcdefghXabcdefgh",
      "abcdefghYabcdefgh", "abcdefghijklmnopqrstuvwx", "abcdefghijKlmnopqrstuvwx",
      "abcdefghijklmnopqrstuvwxy", "a\"b", "a\"\"b", "\"", "é", "éé", "ABCDEFGHABCDEFGH",
    ]
    func usual(_ generator: inout SeededGenerator) -> String {
      generator.next() % 2 == 0 ? "RAIL" : "TRUCK"
    }
    columns(usual, odd: words) { column, origin in
      let texts = ShortTexts()
      let slice = column.slice
      var codes = [UInt32](repeating: 77, count: slice.rowCount)
      let left = RowBits()
      left.begin(rowCount: slice.rowCount)
      var known: [[UInt8]: UInt32] = [:]
      // What the first pass leaves is entered, every other word of it; then more, to let it grow.
      _ = texts.find(slice, codes: &codes, left: left)
      #expect((0..<slice.rowCount).allSatisfy { left.next(from: $0) == $0 }, origin)
      for row in 0..<slice.rowCount {
        let field = slice[row]
        guard known[Array(field.bytes)] == nil, (1...24).contains(field.count),
          !field.bytes.contains(0x22), row % 2 == 0
        else { continue }
        known[Array(field.bytes)] = UInt32(known.count)
        texts.insert(field, code: UInt32(known.count - 1))
      }
      for number in 0..<200 {
        let other = FieldColumn([Array("#\(number)".utf8)])
        texts.insert(other.slice[0], code: 1000)
      }
      let summary = texts.find(slice, codes: &codes, left: left)
      var byteCount = 0
      var wrong: [UInt8]?
      for row in 0..<slice.rowCount {
        let field = slice[row]
        byteCount += field.count
        let code = known[Array(field.bytes)]
        let isLeft = left.next(from: row) == row
        if isLeft != (code == nil) || !isLeft && codes[row] != code {
          wrong = wrong ?? Array(field.bytes)
        }
      }
      #expect(wrong == nil, origin)
      #expect(Int(summary.byte_count) == byteCount, origin)
    }
  }

  /// What stands in quotes may have a quote for two, even where a text of the same bytes is known.
  @Test(arguments: [
    "a\"\"b", "\"\"", "a\"\"bcdefgh", "abcdefgh\"\"abcdefgh", "abcdefghabcdefgh\"\"",
  ])
  func doubledQuotesAreLeft(_ text: String) {
    let bytes = Array(text.utf8)
    let texts = ShortTexts()
    let plain = FieldColumn([bytes])
    withExtendedLifetime(plain) { texts.insert(plain.slice[0], code: 5) }
    for (isQuoted, field) in [(false, bytes), (true, [0x22] + bytes + [0x22])] {
      let column = FieldColumn([field], quote: 0x22)
      var codes: [UInt32] = [77]
      let left = RowBits()
      left.begin(rowCount: 1)
      _ = withExtendedLifetime(column) { texts.find(column.slice, codes: &codes, left: left) }
      // A field that begins with a quote is one in quotes.
      let isLeft = isQuoted || text.hasPrefix("\"")
      #expect((left.next(from: 0) == 0) == isLeft)
      if !isLeft { #expect(codes == [5]) }
    }
  }

  /// More texts than a cache holds, a few of them at the ends of the table.
  @Test(arguments: [1, 2] as [UInt64])
  func manyTextsAreFound(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let words = Set((0..<60_000).map { _ in Array("id\(generator.next() % 10_000_000)".utf8) })
    let column = FieldColumn(Array(words))
    let slice = column.slice
    let texts = ShortTexts()
    for row in 0..<slice.rowCount where row % 10 != 9 {
      texts.insert(slice[row], code: UInt32(row))
    }
    var codes = [UInt32](repeating: 0, count: slice.rowCount)
    let left = RowBits()
    left.begin(rowCount: slice.rowCount)
    _ = texts.find(slice, codes: &codes, left: left)
    let isLeft = (0..<slice.rowCount).map { left.next(from: $0) == $0 }
    #expect(isLeft == (0..<slice.rowCount).map { $0 % 10 == 9 }, "seed \(seed)")
    let wrong = (0..<slice.rowCount).first { !isLeft[$0] && codes[$0] != UInt32($0) }
    #expect(wrong == nil, "seed \(seed)")
  }
}
