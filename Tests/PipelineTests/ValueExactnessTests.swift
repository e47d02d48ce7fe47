import Columnar
import TestSupport
import Testing

/// Values are those that the text spells, to the last bit.
struct ValueExactnessTests {
  /// Reads the texts as one column and gives each value as text.
  private static func read(_ texts: [String], type: String) throws -> [String?] {
    let column = try ObservedColumn(texts.map { FieldText(text: $0) }, ReadingSetup())
    try #require("\(column.type)" == type, "\(texts.prefix(20))")
    return column.values
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func integers(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var texts = ["0", "9", "-1", "\(Int64.max)", "\(Int64.min)"]
    for digits in 1...18 {
      for _ in 0..<20 {
        let limit = (0..<digits).reduce(Int64(1)) { product, _ in product * 10 }
        texts.append(String(Int64.random(in: -limit + 1..<limit, using: &generator)))
      }
    }
    let values = try Self.read(texts, type: "integer")
    for (text, value) in zip(texts, values) {
      #expect(value.flatMap { Int64($0) } == Int64(text), "seed \(seed), \(text)")
    }
  }

  /// Up to 17 digits, subnormals, exponents to both ends; an anchor keeps the column a float.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func floats(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var texts = ["1e-5", "2.2250738585072014e-308", "4.9e-324", "1.7976931348623157e308", "9e15"]
    texts += ["9007199254740993.0", "9007199254740992.5e0", "0.1e-400", "123456789012345678e-5"]
    for _ in 0..<300 {
      switch Int.random(in: 0..<4, using: &generator) {
      case 0:
        let value = Double(bitPattern: generator.next())
        if value.isFinite, value != value.rounded() { texts.append("\(value)") }
      case 1:
        let digits = (0..<Int.random(in: 1...20, using: &generator)).map { _ in
          String(Int.random(in: 0...9, using: &generator))
        }
        texts.append("1." + digits.joined() + "e\(Int.random(in: -330...307, using: &generator))")
      case 2:
        texts.append(
          "\(Int.random(in: 1...1 << 53, using: &generator))e-\(Int.random(in: 0...30, using: &generator))"
        )
      default:
        texts.append(
          "\(Int.random(in: 0...999, using: &generator)).\(UInt64.random(in: 0 ... .max, using: &generator))"
        )
      }
    }
    let values = try Self.read(texts, type: "float")
    for (text, value) in zip(texts, values) {
      #expect(
        value.flatMap { Double($0)?.bitPattern } == Double(text)?.bitPattern,
        "seed \(seed), \(text) became \(value ?? "∅")")
    }
  }

  @Test(arguments: 0...18)
  func decimalsComeBackAsTheirText(scale: Int) throws {
    var generator = SeededGenerator(seed: UInt64(scale))
    let texts = (0..<300).map { _ in
      let limit = Int64(1) << Int64.random(in: 1...62, using: &generator)
      let mantissa = Int64.random(in: -limit...limit, using: &generator)
      return SlowText.decimal(Int128(mantissa == 0 ? 1 : mantissa), scale: scale)
    }
    let type = scale == 0 ? "integer" : "decimal(\(scale))"
    #expect(try Self.read(texts, type: type) == texts, "scale \(scale)")
    let column = try ObservedColumn(texts.map { FieldText(text: $0) }, ReadingSetup())
    #expect(column.fidelity == .text, "scale \(scale)")
  }

  /// Every day of the years 1 to 9999, counted one by one.
  @Test func everyDay() {
    var day = Int64(SlowText.day(year: 1, month: 1, day: 1)!)
    var wrong: [String] = []
    for year in 1...9999 {
      for month in 1...12 {
        let start = SlowText.digits(year, 4) + "-" + SlowText.digits(month, 2) + "-"
        for dayOfMonth in 1...SlowText.dayCount(year: year, month: month)
        where [1, 2, 28, 29, 30, 31].contains(dayOfMonth) || year == 1972 {
          let text = start + SlowText.digits(dayOfMonth, 2)
          let expected = day + Int64(dayOfMonth) - 1
          if Self.day(text) != expected { wrong.append(text) }
        }
        let after = SlowText.digits(SlowText.dayCount(year: year, month: month) + 1, 2)
        if Self.day(start + after) != nil { wrong.append(start + after) }
        day += Int64(SlowText.dayCount(year: year, month: month))
      }
    }
    #expect(wrong.prefix(10) == [])
  }

  private static func day(_ text: String) -> Int64? {
    let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: 16)
    return bytes.withUnsafeBufferPointer { CalendarDay.read($0.baseAddress!) }
  }

  /// One byte of a date changed to any other: a date only where the calendar has it.
  @Test func everyByteOfADate() {
    let date = Array("2024-02-29".utf8)
    for place in date.indices {
      for byte in UInt8.min ... .max {
        var changed = date
        changed[place] = byte
        let text = String(decoding: changed, as: UTF8.self)
        let isDigits = changed.enumerated().allSatisfy { index, byte in
          index == 4 || index == 7 ? byte == 0x2D : (0x30...0x39).contains(byte)
        }
        let expected =
          isDigits
          ? SlowText.day(
            year: Int(text.prefix(4))!, month: Int(text.dropFirst(5).prefix(2))!,
            day: Int(text.suffix(2))!) : nil
        let found = (changed + [UInt8](repeating: 0, count: 16)).withUnsafeBufferPointer {
          CalendarDay.read($0.baseAddress!)
        }
        #expect(found == expected.map(Int64.init), "byte \(byte) at \(place)")
      }
    }
  }

  @Test(arguments: TimeUnit.allCases)
  func timestampsComeBackAsTheirText(unit: TimeUnit) throws {
    var generator = SeededGenerator(seed: UInt64(unit.fractionDigits))
    let years = unit == .nanosecond ? 1678...2261 : 1...9999
    let texts = (0..<300).map { row in
      let year = Int.random(in: years, using: &generator)
      let day =
        SlowText.day(year: year, month: 1, day: 1)! + Int.random(in: 0...364, using: &generator)
      let perDay = 86_400 * Int128(unit.perSecond)
      // The first has a last digit that only this unit tells.
      let time = row == 0 ? 1 : Int128(Int64.random(in: 0..<Int64(perDay), using: &generator))
      return SlowText.timestamp(
        Int128(day) * perDay + time, unit: unit, digits: unit.fractionDigits)
    }
    #expect(try Self.read(texts, type: "timestamp(\(unit.rawValue))") == texts)
  }
}
