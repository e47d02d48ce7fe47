import Platform
import TestSupport
import Testing

@testable import Typing

/// What is said of a mantissa and a power of ten is what `strtod` says.
struct NearestDoubleTests {
  private static func byLibrary(_ mantissa: UInt64, _ exponent: Int) -> Double {
    strtod("\(mantissa)e\(exponent)", nil)
  }

  private static func agrees(_ mantissa: UInt64, _ exponent: Int) -> Bool {
    guard let value = nearestDouble(to: mantissa, timesTenToThe: exponent) else { return true }
    return value.bitPattern == byLibrary(mantissa, exponent).bitPattern
  }

  /// As `%.*e` prints it.
  private static func printed(_ value: Double, _ digits: Int) -> String {
    var text = [UInt8](repeating: 0, count: 64)
    let count = text.withUnsafeMutableBytes { bytes in
      withVaList([Int32(digits), value]) {
        vsnprintf(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), 64, "%.*e", $0)
      }
    }
    return String(decoding: text.prefix(Int(count)), as: UTF8.self)
  }

  /// Mantissas of any length, exponents to both ends and past them. Nearly all are decided that have a
  /// number: else nothing would be tested here, and nothing won.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func random(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var numberCount = 0
    var decidedCount = 0
    for _ in 0..<2000 {
      let mantissa = generator.next() >> UInt64.random(in: 0...63, using: &generator)
      let exponent = Int.random(in: -345...312, using: &generator)
      #expect(Self.agrees(mantissa, exponent), "seed \(seed), \(mantissa)e\(exponent)")
      let value = Self.byLibrary(mantissa, exponent)
      guard value.isFinite, value > 0 else { continue }
      numberCount += 1
      if nearestDouble(to: mantissa, timesTenToThe: exponent) != nil { decidedCount += 1 }
    }
    #expect(decidedCount * 100 > numberCount * 99, "seed \(seed)")
  }

  /// Numbers that lie half way between two of binary64, and their neighbours.
  @Test(arguments: 0..<10 as Range<UInt64>)
  func halfWay(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let odd = UInt64.random(in: 1 << 52..<1 << 53, using: &generator) << 1 | 1
      for shift in -4...9 {
        // odd · 2^shift, as digits.
        let mantissa = shift < 0 ? odd * [5, 25, 125, 625][-shift - 1] : odd << UInt64(shift)
        for near in [mantissa - 1, mantissa, mantissa + 1] {
          #expect(Self.agrees(near, min(shift, 0)), "seed \(seed), \(near)e\(min(shift, 0))")
        }
      }
    }
  }

  /// Numbers of few bits, near zero, and the ends of what is rounded to each.
  @Test(arguments: 0..<10 as Range<UInt64>)
  func subnormal(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let value = Double(
        bitPattern: generator.next() >> UInt64.random(in: 11...63, using: &generator))
      // 17 and 19 digits of it, and of the point half way to the next one.
      for point in [value, value + (value.nextUp - value) / 2] {
        for count in [16, 18] {
          let parts = Self.printed(point, count).split(separator: "e")
          guard let mantissa = UInt64(parts[0].replacing(".", with: "")),
            let exponent = Int(parts[1])
          else {
            Issue.record("seed \(seed), \(parts)")
            continue
          }
          for near in [mantissa &- 1, mantissa, mantissa + 1] {
            #expect(
              Self.agrees(near, exponent - count), "seed \(seed), \(near)e\(exponent - count)")
          }
        }
      }
    }
  }

  @Test func extremes() {
    let mantissas: [UInt64] = [
      0, 1, 2, 5, 9, 1 << 53, 1 << 53 + 1, 1 << 53 - 1, .max, .max - 1, 1 << 63, 1 << 63 - 1,
      17_976_931_348_623_157, 17_976_931_348_623_158, 17_976_931_348_623_159,
      22_250_738_585_072_014, 22_250_738_585_072_011, 49_406_564_584_124_654,
    ]
    for mantissa in mantissas {
      for exponent in -400...400 {
        #expect(Self.agrees(mantissa, exponent), "\(mantissa)e\(exponent)")
      }
    }
    // What binary64 has no number for is another's.
    #expect(nearestDouble(to: 1, timesTenToThe: -400) == nil)
    #expect(nearestDouble(to: 2, timesTenToThe: 308) == nil)
    #expect(
      nearestDouble(to: 17_976_931_348_623_157, timesTenToThe: 292) == .greatestFiniteMagnitude)
  }

  /// Each power is ten times the one before, as far as 128 bits tell, and never more.
  @Test func powersOfTen() {
    func power(_ exponent: Int) -> UInt128 {
      let bits = PowersOfTen.leadingBits[exponent - PowersOfTen.range.lowerBound]
      return UInt128(bits.high) << 64 | UInt128(bits.low)
    }
    #expect(PowersOfTen.leadingBits.count == PowersOfTen.range.count)
    #expect(power(0) == 1 << 127)
    #expect(power(27) == UInt128(7_450_580_596_923_828_125) << 65)
    #expect(power(-1) == 0xCCCC_CCCC_CCCC_CCCC_CCCC_CCCC_CCCC_CCCC)
    #expect(power(308) == 0x8E67_9C2F_5E44_FF8F_570F_09EA_A7EA_7648)
    // Ten times a tenth that was cut off is below one, and has other bits.
    for exponent in PowersOfTen.range.dropLast() where exponent != -1 {
      let (high, low) = power(exponent).multipliedFullWidth(by: 5)
      let shift = UInt128(high.leadingZeroBitCount)
      let expected = high << shift | low >> (128 - shift)
      let next = power(exponent + 1)
      #expect(next >= expected && next - expected <= 5, "10^\(exponent + 1)")
    }
  }

  /// Digits and an exponent that make up for one another, both beyond what is looked at at first.
  @Test func longFractions() throws {
    let zeros = String(repeating: "0", count: 100_001)
    let column = try ObservedColumn(
      ["0.\(zeros)1e100003", "1.5e1"].map { FieldText(text: $0) }, ReadingSetup())
    #expect(column.values == ["10.0", "15.0"])
  }
}
