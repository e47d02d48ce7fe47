import Columnar

/// What one thread learned about a column's binary64 values.
package struct FloatFacts: Sendable {
  var minimum = Double.infinity
  var maximum = -Double.infinity
  var nanCount = 0
  var fitsFloat32 = true
  var float32Error = 0.0
  var hasNegativeZero = false
  var count = 0
  /// Every value is a whole number, and none is −0.
  package var isWhole = true

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
