import Testing

@testable import Columnar

@Suite struct DistinctSketchTests {
  /// Values that real columns have: keys that follow one another, in steps, prices, floats.
  static let patterns: [(name: String, value: @Sendable (Int64) -> Int64)] = [
    ("consecutive", { $0 }),
    ("steps of 1000", { $0 * 1000 }),
    ("high bits only", { $0 << 30 }),
    ("whole binary64", { Int64(bitPattern: Double($0).bitPattern) }),
    ("scattered", { Int64(bitPattern: UInt64(bitPattern: $0) &* 0xD6E8_FEB8_6659_FD93) }),
  ]

  /// Four standard errors of 0.8 %.
  @Test(arguments: patterns.indices, [100, 20_000, 150_000])
  func numbersAreCountedWithinTheStatedError(_ pattern: Int, count: Int) {
    var sketch = DistinctSketch()
    for number in 1...Int64(count) {
      sketch.insert(hash: IntegerTable.hash(Self.patterns[pattern].value(number)))
    }
    let ratio = Double(sketch.estimate) / Double(count)
    #expect((0.968...1.032).contains(ratio), "\(Self.patterns[pattern].name): \(ratio)")
  }

  @Test(arguments: ["id%", "%@example.org", "0000000000%"], [20_000, 150_000])
  func textIsCountedWithinTheStatedError(_ pattern: String, count: Int) {
    let parts = pattern.split(separator: "%", omittingEmptySubsequences: false)
    var sketch = DistinctSketch()
    for number in 1...count {
      let text = Array("\(parts[0])\(number)\(parts[1])".utf8)
      sketch.insert(
        hash: (text + [UInt8](repeating: 0, count: 8)).withUnsafeBufferPointer {
          hashBytes($0.baseAddress!, text.count)
        })
    }
    let ratio = Double(sketch.estimate) / Double(count)
    #expect((0.968...1.032).contains(ratio), "\(pattern): \(ratio)")
  }
}
