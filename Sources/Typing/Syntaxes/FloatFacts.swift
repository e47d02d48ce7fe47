import Columnar

/// What one thread learned about a column's binary64 values.
package struct FloatFacts: Sendable {
  fileprivate(set) var minimum = Double.infinity
  fileprivate(set) var maximum = -Double.infinity
  fileprivate(set) var nanCount = 0
  fileprivate(set) var fitsFloat32 = true
  fileprivate(set) var float32Error = 0.0
  fileprivate(set) var hasNegativeZero = false
  fileprivate(set) var count = 0
  /// Every value is a whole number, and none is −0.
  package fileprivate(set) var isWhole = true

  mutating func add(_ scratch: ColumnScratch) {
    for row in 0..<scratch.report.rowCount where !scratch.isNull(row) {
      let value = Double(bitPattern: UInt64(bitPattern: scratch.values[row]))
      count += 1
      if value.isNaN {
        nanCount += 1
      } else {
        if value < minimum { minimum = value }
        if value > maximum { maximum = value }
        if value == 0, value.sign == .minus { hasNegativeZero = true }
      }
      if isWhole, value != value.rounded() || (value == 0 && value.sign == .minus) {
        isWhole = false
      }
      if Double(Float(value)).bitPattern != value.bitPattern {
        fitsFloat32 = false
        float32Error = Swift.max(float32Error, value.float32Error)
      }
    }
  }

  mutating func formUnion(_ other: FloatFacts) {
    minimum = Swift.min(minimum, other.minimum)
    maximum = Swift.max(maximum, other.maximum)
    nanCount += other.nanCount
    fitsFloat32 = fitsFloat32 && other.fitsFloat32
    float32Error = Swift.max(float32Error, other.float32Error)
    hasNegativeZero = hasNegativeZero || other.hasNegativeZero
    count += other.count
    isWhole = isWhole && other.isWhole
  }

  var profile: FloatProfile {
    let hasNumber = count > nanCount
    // Adding 0 makes −0 the same 0 in any order of rows.
    return FloatProfile(
      minimum: hasNumber ? minimum + 0 : nil, maximum: hasNumber ? maximum + 0 : nil,
      nanCount: nanCount, fitsFloat32: fitsFloat32, isConstant: false,
      hasNegativeZero: hasNegativeZero, float32Error: float32Error)
  }
}

/// Numbers are written as their bits: JSON has no infinity.
extension FloatFacts: Codable {
  private enum CodingKeys: String, CodingKey {
    case minimum, maximum, count
    case nanCount = "nan_count"
    case fitsFloat32 = "fits_float32"
    case float32Error = "float32_error"
    case hasNegativeZero = "has_negative_zero"
    case isWhole = "is_whole"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func number(_ key: CodingKeys) throws -> Double {
      Double(bitPattern: try container.decode(UInt64.self, forKey: key))
    }
    (minimum, maximum) = (try number(.minimum), try number(.maximum))
    float32Error = try number(.float32Error)
    count = try container.decodeCount(forKey: .count)
    nanCount = try container.decodeCount(forKey: .nanCount)
    fitsFloat32 = try container.decode(Bool.self, forKey: .fitsFloat32)
    hasNegativeZero = try container.decode(Bool.self, forKey: .hasNegativeZero)
    isWhole = try container.decode(Bool.self, forKey: .isWhole)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    // Adding 0 makes −0 the same 0 in any order of rows.
    try container.encode((minimum + 0).bitPattern, forKey: .minimum)
    try container.encode((maximum + 0).bitPattern, forKey: .maximum)
    try container.encode(float32Error.bitPattern, forKey: .float32Error)
    try container.encodeCount(count, forKey: .count)
    try container.encodeCount(nanCount, forKey: .nanCount)
    try container.encode(fitsFloat32, forKey: .fitsFloat32)
    try container.encode(hasNegativeZero, forKey: .hasNegativeZero)
    try container.encode(isWhole, forKey: .isWhole)
  }
}
