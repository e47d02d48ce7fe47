import Columnar

/// The integers of one chunk, a word a row, in memory that is used again.
final class RowIntegers {
  private var values: UnsafeMutablePointer<Int64> = .allocate(capacity: 0)
  private var capacity = 0
  private var rowCount = 0
  private var factor: Int128 = 1
  private var isUnsigned = false
  /// Whether differences of two values fit 64 bits.
  private var isNarrow = true
  private var nullChunk: ColumnChunk?
  /// What all rows have that have a value, where that is one number: it is not written out a row.
  private var constant: Int128?
  /// The first row that has a value.
  private(set) var firstRow = 0

  deinit { values.deallocate() }

  /// Takes a chunk of integers, of which at least one is there.
  ///
  /// - Parameter factor: By which they are multiplied.
  func take(_ chunk: ColumnChunk, _ report: ChunkReport, factor: Int64) {
    rowCount = chunk.rowCount
    nullChunk = chunk.nullCount > 0 ? chunk : nil
    firstRow = 0
    while firstRow < rowCount - 1, chunk.isNull(firstRow) { firstRow += 1 }
    if report.minimum == report.maximum {
      constant = Int128(factor) * report.minimumValue
      return
    }
    constant = nil
    if rowCount > capacity {
      values.deallocate()
      capacity = rowCount
      values = .allocate(capacity: capacity)
    }
    // 64 bits hold every integer of a chunk.
    _ = transferIntegers(chunk, base: 0, to: values)
    self.factor = Int128(factor)
    isUnsigned = report.facts.contains(.unsigned)
    isNarrow =
      factor == 1 && report.minimumValue >= -Self.limit && report.maximumValue <= Self.limit
  }

  private static let limit: Int128 = (1 << 62) - 1

  /// The value in a row that has one.
  @inline(__always)
  subscript(row: Int) -> Int128 {
    constant
      ?? factor * (isUnsigned ? Int128(UInt64(bitPattern: values[row])) : Int128(values[row]))
  }

  /// Null rows are to pass for this value.
  func fillNulls(_ value: Int128) {
    guard let chunk = nullChunk, constant == nil else { return }
    guard isNarrow, let word = Int64(exactly: value), abs(value) <= Self.limit else {
      isNarrow = false
      return
    }
    for row in 0..<rowCount where chunk.isNull(row) { values[row] = word }
  }

  @inline(__always)
  private func isNull(_ row: Int) -> Bool { nullChunk.map { $0.isNull(row) } ?? false }

  /// The first row with another value than this.
  func row(otherThan value: Int128) -> Int? {
    if let constant { return constant == value ? nil : firstRow }
    return (0..<rowCount).first { !isNull($0) && self[$0] != value }
  }

  /// Whether all pairs of a value of this and one of `other` lie on the line. Both have the same null
  /// rows.
  func lies(on line: ValueLine, with other: RowIntegers) -> Bool {
    if let a = constant, let b = other.constant { return line.contains(a, b) }
    guard constant == nil, other.constant == nil, isNarrow, other.isNarrow,
      abs(line.a0) <= Self.limit, abs(line.b0) <= Self.limit,
      let rise = Int64(exactly: line.rise), let run = Int64(exactly: line.run)
    else {
      return (0..<rowCount).allSatisfy { isNull($0) || line.contains(self[$0], other[$0]) }
    }
    let (a, b) = (values, other.values)
    let (a0, b0) = (Int64(line.a0), Int64(line.b0))
    var row = 0
    if rise == run {
      var difference: Int64 = 0
      while row < rowCount {
        difference |= (b[row] &- a[row]) ^ (b0 &- a0)
        row &+= 1
      }
      return difference == 0
    }
    while row < rowCount {
      let left = run.multipliedFullWidth(by: b[row] &- b0)
      let right = rise.multipliedFullWidth(by: a[row] &- a0)
      if left != right { return false }
      row &+= 1
    }
    return true
  }

  /// Adds what all columns on a line with this one share: the differences of the first rows from one
  /// of them, without the factor that is in all, the first that is not 0 above 0.
  func addDirection(to hash: inout SignatureHash) {
    if constant != nil { return }
    if isNarrow {
      let origin = values[firstRow]
      addDirection(to: &hash) { self.values[$0] &- origin }
    } else {
      let origin = self[firstRow]
      addDirection(to: &hash) { self.isNull($0) ? 0 : self[$0] - origin }
    }
  }

  @inline(__always)
  private func addDirection<Value: FixedWidthInteger & SignedInteger>(
    to hash: inout SignatureHash, _ difference: (Int) -> Value
  ) where Value.Magnitude: FixedWidthInteger & UnsignedInteger {
    let rows = 0..<min(rowCount, SignatureHash.rowLimit)
    var divisor: Value.Magnitude = 0
    var isNegative = false
    for row in rows {
      let difference = difference(row)
      if divisor == 0 { isNegative = difference < 0 }
      if divisor == 0 || difference.magnitude % divisor != 0 {
        divisor = greatestCommonDivisor(divisor, difference.magnitude)
      }
      if divisor == 1 { break }
    }
    guard divisor > 0 else { return }
    let step = isNegative ? 0 - Value(divisor) : Value(divisor)
    for row in rows {
      let quotient = step == 1 ? difference(row) : difference(row) / step
      hash.add(UInt64(truncatingIfNeeded: quotient))
    }
  }
}
