import Testing

@testable import Typing

/// What integers take in CPython, counted from their digits.
struct PythonIntegerTests {
  /// 24 bytes and 4 for each 30 bits.
  @Test(arguments: [0, 1, 30, 31, 59, 60, 61, 62, 63, 64, 90, 91, 119, 120, 121, 127])
  func aroundEachLimb(bits: Int) {
    let power = UInt128(1) << UInt128(bits)
    for value in [power - 1, power, power + 1] {
      for text in ["\(value)", "-\(value)", "+\(value)", "000\(value)"] {
        let limbs = max(1, (128 - value.leadingZeroBitCount + 29) / 30)
        let count = Array(text.utf8).withUnsafeBufferPointer(FieldReading.pythonByteCount)
        #expect(count == 24 + 4 * limbs, "\(text)")
      }
    }
  }

  @Test(arguments: [9, 17, 18, 19, 20, 38, 39])
  func valueOfDigits(count: Int) {
    for text in [String(repeating: "9", count: count), "-" + String(repeating: "7", count: count)] {
      let reading = Array(text.utf8).withUnsafeBufferPointer(FieldReading.init)
      let expected = Int128(text) ?? (text.hasPrefix("-") ? Int128.min : .max)
      #expect(reading.integer == expected)
      #expect(reading.shapes == .integer)
    }
  }
}
