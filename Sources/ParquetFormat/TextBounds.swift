import Platform

/// The smallest and the largest of texts, by bytes.
struct TextBounds {
  private var minimum: [UInt8] = []
  private var maximum: [UInt8] = []
  /// Their first eight bytes: enough to tell that most texts are neither.
  private var keys: ClosedRange<UInt64>?

  @inline(__always)
  mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    let key = Self.key(text)
    if let keys, key > keys.lowerBound, key < keys.upperBound { return }
    compare(text, key)
  }

  @inline(never)
  private mutating func compare(_ text: UnsafeBufferPointer<UInt8>, _ key: UInt64) {
    guard let keys else {
      (minimum, maximum) = (Array(text), Array(text))
      self.keys = key...key
      return
    }
    if minimum.withUnsafeBufferPointer({ isLess(text, $0) }) {
      minimum = Array(text)
      self.keys = key...keys.upperBound
    } else if maximum.withUnsafeBufferPointer({ isLess($0, text) }) {
      maximum = Array(text)
      self.keys = keys.lowerBound...key
    }
  }

  func set(_ statistics: inout ParquetStatistics) {
    guard keys != nil else { return }
    minimum.withUnsafeBufferPointer { statistics.set(minimum: $0) }
    maximum.withUnsafeBufferPointer { statistics.set(maximum: $0) }
  }

  /// The first eight bytes as a number that compares as they do; zeros where there are fewer.
  @inline(__always)
  private static func key(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    if text.count >= 8 {
      return UInt64(
        bigEndian: UnsafeRawPointer(text.baseAddress!).loadUnaligned(as: UInt64.self))
    }
    var key: UInt64 = 0
    for byte in text { key = key << 8 | UInt64(byte) }
    return text.isEmpty ? 0 : key << UInt64(64 - 8 * text.count)
  }
}

private func isLess(
  _ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>
) -> Bool {
  guard let first = a.baseAddress, let second = b.baseAddress else { return a.count < b.count }
  let order = memcmp(first, second, min(a.count, b.count))
  return order < 0 || (order == 0 && a.count < b.count)
}
