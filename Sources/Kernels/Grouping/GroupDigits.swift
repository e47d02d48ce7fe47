import Columnar

/// The keys of some columns as one number of mixed radix: each column's key, less the least, is a digit; a
/// null is the digit after all others.
struct GroupDigits: @unchecked Sendable {
  // Sound to share: nothing is changed once it is made.

  /// One column.
  struct Digit {
    let keys: OrderKeys
    let least: Int64
    /// How many values the digit has, the null with them.
    let size: Int
    let hasNulls: Bool

    init(_ rows: ColumnRows) {
      keys = OrderKeys(rows)
      let bounds = keys.bounds ?? 0...0
      let span = UInt64(bitPattern: bounds.upperBound &- bounds.lowerBound)
      least = bounds.lowerBound
      size = span >= 1 << 62 ? .max : Int(span) + 1 + (rows.nullCount > 0 ? 1 : 0)
      hasNulls = rows.nullCount > 0
    }
  }

  let digits: [Digit]
  let dropsNulls: Bool
  /// Numbers lie below this; `nil` where 63 bits do not hold them.
  let size: Int?

  init(_ columns: [ColumnRows], dropsNulls: Bool) {
    digits = columns.map { Digit($0) }
    self.dropsNulls = dropsNulls
    var size: Int? = 1
    for digit in digits {
      let (product, overflow) = (size ?? 0).multipliedReportingOverflow(by: digit.size)
      size = size == nil || overflow ? nil : product
    }
    // One more number is that of rows that are dropped.
    self.size = size == .max ? nil : size
  }

  var path: ReductionPath { digits.contains { $0.keys.path == .decoded } ? .decoded : .direct }

  /// Writes the numbers of the rows in `range`, a block at most, to `target`: those of dropped rows are
  /// `dropped`.
  @inline(__always)
  func read<T: FixedWidthInteger & UnsignedInteger>(
    _ range: Range<Int>, _ target: UnsafeMutablePointer<T>, _ room: UnsafeMutablePointer<Int64>,
    dropped: T
  ) {
    for (index, digit) in digits.enumerated() {
      let keys = digit.keys.read(range, room)
      let least = digit.least
      let size = T(truncatingIfNeeded: digit.size)
      let isFirst = index == 0
      var row = 0
      while row < range.count {
        let value = T(truncatingIfNeeded: keys[row] &- least)
        target[row] = isFirst ? value : target[row] &* size &+ value
        row &+= 1
      }
      if digit.hasNulls {
        row = 0
        while row < range.count {
          if !digit.keys.rows.hasValue(range.lowerBound &+ row) {
            let value = T(truncatingIfNeeded: keys[row] &- least)
            target[row] = target[row] &- value &+ (size &- 1)
          }
          row &+= 1
        }
      }
    }
    if dropsNulls {
      for digit in digits where digit.hasNulls {
        for row in 0..<range.count where !digit.keys.rows.hasValue(range.lowerBound &+ row) {
          target[row] = dropped
        }
      }
    }
  }
}
