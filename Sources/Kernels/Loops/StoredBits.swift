import CKernels
import Columnar

/// Booleans as bits. Null rows hold zeros, and so does what lies past the last row.
struct Bits: StoredIntegers {
  let bits: UnsafePointer<UInt8>

  private func ones(_ rows: ColumnRows) -> Int {
    let words = UnsafeRawPointer(bits).assumingMemoryBound(to: UInt64.self)
    return diet_popcount(words, (rows.count + 63) / 64)
  }

  func sum(_ rows: ColumnRows) -> Int128 { Int128(ones(rows)) }

  func minMax(_ rows: ColumnRows) -> (minimum: Int128, maximum: Int128) {
    let ones = ones(rows)
    return (ones == rows.valueCount ? 1 : 0, ones > 0 ? 1 : 0)
  }

  func count(_ comparison: Comparison, _ constant: Int128, _ rows: ColumnRows) -> Int {
    let ones = ones(rows)
    return (comparison.holds(1, constant) ? ones : 0)
      + (comparison.holds(0, constant) ? rows.valueCount - ones : 0)
  }
}
