import Columnar
import TestSupport

/// Values of every kind that a column can have, and the text that each must be written as.
struct SampleKinds {
  var samples: [SampleValues] = []
  private let rowCount: Int
  private var generator: SeededGenerator

  init(rowCount: Int, seed: UInt64) {
    self.rowCount = rowCount
    generator = SeededGenerator(seed: seed)
    addIntegers()
    addDecimalsAndFloats()
    addDatesAndTimes()
    addText()
  }

  private mutating func integers(
    _ name: String, as type: LogicalType = .integer, in range: ClosedRange<Int64>,
    always: [Int64] = []
  ) {
    var values: [Int64?] = (0..<rowCount).map { _ in Int64.random(in: range, using: &generator) }
    for (index, value) in always.enumerated() where index < rowCount { values[index] = value }
    samples.append(
      SampleValues(name: name, type: type, values: .integers(values, isUnsigned: false)))
  }

  private mutating func addIntegers() {
    integers("int8", in: -128...127, always: [-128, 127])
    integers("int16", in: -32_768...32_767, always: [-32_768, 32_767])
    integers("int32", in: -2_147_483_648...2_147_483_647)
    integers("int64", in: .min ... .max, always: [.min, .max, -1, 0])
    integers("few", in: 5_000_000_000...5_000_000_002)
    integers("three hundred", in: 0...299, always: Array(0...299))
    integers("near a base", in: 1_000_000_000_000...1_000_000_000_200)
    integers("near the end", in: (.max - 300) ... .max)
    integers("constant", in: -7 ... -7)
    integers("boolean", as: .boolean, in: 0...1)
    integers("true", as: .boolean, in: 1...1)
    let sequence = (0..<rowCount).map { Int64($0) * -3 + 40_000 as Int64? }
    samples.append(
      SampleValues(
        name: "sequence", type: .integer, values: .integers(sequence, isUnsigned: false)))
    var unsigned: [Int64?] = (0..<rowCount).map { _ in
      Int64(bitPattern: UInt64.random(in: .min ... .max, using: &generator))
    }
    for (index, value) in [Int64(-1), 0, .min, .max].enumerated() where index < rowCount {
      unsigned[index] = value
    }
    samples.append(
      SampleValues(name: "uint64", type: .integer, values: .integers(unsigned, isUnsigned: true)))
    let crossing = (0..<rowCount).map { Int64.max &+ Int64($0 % 7) &- 3 as Int64? }
    samples.append(
      SampleValues(
        name: "crossing", type: .integer, values: .integers(crossing, isUnsigned: true)))
    let nothing = [Int64?](repeating: nil, count: rowCount)
    samples.append(
      SampleValues(name: "nothing", type: .null, values: .integers(nothing, isUnsigned: false)))
  }

  private mutating func addDecimalsAndFloats() {
    integers("price", as: .decimal(scale: 2), in: -10_000...10_000)
    integers(
      "fifteen digits", as: .decimal(scale: 3), in: -999_999_999_999_999...999_999_999_999_999)
    integers("many digits", as: .decimal(scale: 9), in: .min ... .max, always: [.min, .max])
    var doubles = (0..<rowCount).map { _ in
      Double(bitPattern: UInt64.random(in: .min ... .max, using: &generator)) as Double?
    }
    // One NaN, because its bits do not survive every engine.
    for index in doubles.indices where doubles[index]!.isNaN { doubles[index] = .nan }
    let special = [.nan, -0.0, 0, .infinity, -.infinity, .leastNonzeroMagnitude, 0.1]
    for (index, value) in special.enumerated() where index < rowCount { doubles[index] = value }
    samples.append(SampleValues(name: "double", type: .float, values: .floats(doubles)))
    let floats = (0..<rowCount).map { _ in
      Double(Float(Int.random(in: -1000...1000, using: &generator)) / 8) as Double?
    }
    samples.append(SampleValues(name: "float", type: .float, values: .floats(floats)))
    let same = [Double?](repeating: 2.5, count: rowCount)
    samples.append(SampleValues(name: "same float", type: .float, values: .floats(same)))
  }

  private mutating func addDatesAndTimes() {
    integers("date", as: .date, in: -40_000...40_000, always: [0, -1])
    integers("one date", as: .date, in: 19_000...19_000)
    for unit in TimeUnit.allCases {
      integers("time \(unit.rawValue)", as: .time(unit: unit), in: 0...86_400 * unit.perSecond - 1)
      let second = unit.perSecond
      integers(
        "instant \(unit.rawValue)", as: .timestamp(unit: unit, zone: "UTC"),
        in: -2_000_000_000 * second...4_000_000_000 * second, always: [0, -1, 1])
      integers(
        "clock \(unit.rawValue)", as: .timestamp(unit: unit, zone: nil),
        in: 1_357_034_400 * second...1_357_038_000 * second)
    }
  }

  private mutating func text(
    _ name: String, _ type: LogicalType = .string, _ make: (inout SeededGenerator, Int) -> String
  ) {
    let values = (0..<rowCount).map { row in Array(make(&generator, row).utf8) as [UInt8]? }
    samples.append(SampleValues(name: name, type: type, values: .text(values)))
  }

  private mutating func addText() {
    let words = ["", "a", "naïve", "a,b", "say \"hi\"", "two\nlines", "\r", " x ", "日本", "NULL"]
    text("words") { generator, _ in
      (0..<Int.random(in: 0...3, using: &generator)).map { _ in
        words.randomElement(using: &generator)!
      }.joined()
    }
    text("free") { generator, row in "\(row) \(generator.next())" }
    text("categories") { _, row in "category \(row % 300)" }
    text("letter") { generator, _ in ["A", "N", "R"].randomElement(using: &generator)! }
    text("airport") { generator, _ in ["EWR", "JFK", "LGA"].randomElement(using: &generator)! }
    text("one text") { _, _ in "always" }
    text("empty") { _, _ in "" }
    let digits = Array("0123456789abcdef")
    func hex(_ count: Int, _ generator: inout SeededGenerator) -> String {
      String((0..<count).map { _ in digits.randomElement(using: &generator)! })
    }
    text("hex") { generator, _ in hex(12, &generator) }
    text("hex byte") { generator, _ in hex(2, &generator) }
    text("HEX") { generator, _ in hex(12, &generator).uppercased() }
    func uuid(_ generator: inout SeededGenerator) -> String {
      [8, 4, 4, 4, 12].map { hex($0, &generator) }.joined(separator: "-")
    }
    text("uuid", .uuid) { generator, _ in uuid(&generator) }
    text("UUID", .uuid) { generator, _ in uuid(&generator).uppercased() }
    text("ipv4", .ipv4) { generator, _ in
      (0..<4).map { _ in "\(Int.random(in: 0...255, using: &generator))" }.joined(separator: ".")
    }
  }
}
