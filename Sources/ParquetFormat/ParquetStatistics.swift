import Columnar

/// What a reader may know of a column chunk without reading it.
struct ParquetStatistics {
  var nullCount = 0
  /// The smallest and the largest value as they lie in a plain page, without a length; `nil` where
  /// there is none, or a bound that long is not worth its place.
  var minimum: [UInt8]?
  var maximum: [UInt8]?

  /// Longer text is no bound for a footer.
  private static let longestText = 256

  /// The struct Statistics.
  var thrift: ThriftStruct {
    ThriftStruct(
      (3, .int64(nullCount)),
      (5, maximum.map { .bytes($0) }),
      (6, minimum.map { .bytes($0) }),
      (7, maximum.map { _ in .bool(true) }),
      (8, minimum.map { _ in .bool(true) }))
  }

  mutating func set<Number: FixedWidthInteger>(_ range: (minimum: Number, maximum: Number)) {
    minimum = withUnsafeBytes(of: range.minimum.littleEndian) { Array($0) }
    maximum = withUnsafeBytes(of: range.maximum.littleEndian) { Array($0) }
  }

  /// NaN is no bound. A zero may stand for either zero: then the bound is the wider one.
  mutating func set<Value: BinaryFloatingPoint>(floats values: UnsafePointer<Value>, count: Int) {
    var lowest = Value.infinity
    var highest = -Value.infinity
    var hasNumber = false
    for index in 0..<count {
      let value = values[index]
      if value.isNaN { continue }
      hasNumber = true
      lowest = value < lowest ? value : lowest
      highest = value > highest ? value : highest
    }
    guard hasNumber else { return }
    if lowest == 0 { lowest = -0.0 }
    if highest == 0 { highest = 0.0 }
    minimum = withUnsafeBytes(of: lowest) { Array($0) }
    maximum = withUnsafeBytes(of: highest) { Array($0) }
  }

  mutating func set(minimum text: UnsafeBufferPointer<UInt8>) {
    minimum = text.count <= Self.longestText ? Array(text) : nil
  }

  mutating func set(maximum text: UnsafeBufferPointer<UInt8>) {
    maximum = text.count <= Self.longestText ? Array(text) : nil
  }
}
