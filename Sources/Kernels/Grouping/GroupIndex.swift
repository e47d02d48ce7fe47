import Columnar

/// Numbers the rows of a table by the values of some columns: rows of one number are a group.
///
/// Where the columns' keys, combined, lie within a small range, the number is computed from them
/// alone. Otherwise combined keys are hashed, each part of the rows by itself, and the parts' tables
/// joined in order. Either way numbers do not depend on threads.
struct GroupIndex: @unchecked Sendable {
  // Sound to share: nothing is changed once it is made.

  /// One column: its key, less the least, is a digit; a null is the digit after all others.
  private struct Digit {
    let keys: OrderKeys
    let least: Int64
    /// How many values the digit has, the null with them.
    let size: Int
    let hasNulls: Bool
  }

  let rowCount: Int
  /// Numbers lie below this; some may have no row.
  let slotCount: Int
  /// The slot of rows that belong to no group: those with a null where nulls are dropped.
  var droppedSlot: UInt32 { UInt32(slotCount) }
  /// Slots are in the order of the columns' values.
  let isSorted: Bool
  let path: ReductionPath
  private let digits: [Digit]
  private let dropsNulls: Bool
  /// The slots of all rows, where they were hashed.
  private let hashed: Buffer?

  private static let slotLimit = 1 << 22

  init(_ columns: [ColumnRows], rowCount: Int, dropsNulls: Bool) {
    self.rowCount = rowCount
    self.dropsNulls = dropsNulls
    let digits = columns.map { rows -> Digit in
      let keys = OrderKeys(rows)
      let bounds = keys.bounds ?? 0...0
      let span = UInt64(bitPattern: bounds.upperBound &- bounds.lowerBound)
      return Digit(
        keys: keys, least: bounds.lowerBound,
        size: span >= 1 << 62 ? .max : Int(span) + 1 + (rows.nullCount > 0 ? 1 : 0),
        hasNulls: rows.nullCount > 0)
    }
    self.digits = digits
    path = digits.contains { $0.keys.path == .decoded } ? .decoded : .direct
    var slots: Int? = 1
    for digit in digits {
      let (product, overflow) = (slots ?? 0).multipliedReportingOverflow(by: digit.size)
      slots = slots == nil || overflow ? nil : product
    }
    // More slots than sixteen a row would take longer to clear than rows to hash.
    if let slots, slots <= min(Self.slotLimit, max(1 << 12, rowCount * 16)) {
      slotCount = slots
      hashed = nil
      isSorted = true
    } else {
      (hashed, slotCount) = Self.hash(digits, rowCount, dropsNulls)
      isSorted = false
    }
  }

  /// The slots of the rows in `range`, at most a block of them.
  @inline(__always)
  func slots(
    _ range: Range<Int>, _ scratch: UnsafeMutablePointer<UInt32>,
    _ room: UnsafeMutablePointer<Int64>
  ) -> UnsafePointer<UInt32> {
    if let hashed { return UnsafePointer(hashed.pointer(as: UInt32.self) + range.lowerBound) }
    for (index, digit) in digits.enumerated() {
      let keys = digit.keys.read(range, room)
      let least = digit.least
      let size = UInt32(truncatingIfNeeded: digit.size)
      let isFirst = index == 0
      var row = 0
      while row < range.count {
        let value = UInt32(truncatingIfNeeded: keys[row] &- least)
        scratch[row] = isFirst ? value : scratch[row] &* size &+ value
        row &+= 1
      }
      if digit.hasNulls {
        row = 0
        while row < range.count {
          if !digit.keys.rows.hasValue(range.lowerBound &+ row) {
            let value = UInt32(truncatingIfNeeded: keys[row] &- least)
            scratch[row] = scratch[row] &- value &+ (size &- 1)
          }
          row &+= 1
        }
      }
    }
    if dropsNulls {
      for digit in digits where digit.hasNulls {
        for row in 0..<range.count where !digit.keys.rows.hasValue(range.lowerBound + row) {
          scratch[row] = droppedSlot
        }
      }
    }
    return UnsafePointer(scratch)
  }

  /// Hashes column after column: the numbers so far and the next column's are one key.
  private static func hash(
    _ digits: [Digit], _ rowCount: Int, _ dropsNulls: Bool
  ) -> (Buffer, Int) {
    let buffer = Buffer(uninitializedByteCount: rowCount * 4)
    let numbers = buffer.pointer(as: UInt32.self)
    numbers.update(repeating: 0, count: rowCount)
    var count = 1
    for digit in digits {
      let own = Buffer(uninitializedByteCount: rowCount * 4)
      let ownCount = number(digit.keys, rowCount, to: own.pointer(as: UInt32.self))
      let values = own.pointer(as: UInt32.self)
      if count == 1 {
        numbers.update(from: values, count: rowCount)
        count = ownCount
      } else {
        count = combine(numbers, values, ownCount, rowCount)
      }
    }
    if dropsNulls {
      for digit in digits where digit.hasNulls {
        for row in 0..<rowCount where !digit.keys.rows.hasValue(row) {
          numbers[row] = UInt32(count)
        }
      }
    }
    return (buffer, count)
  }

  /// Numbers one column's keys, nulls last; returns how many there are.
  private static func number(
    _ keys: OrderKeys, _ rowCount: Int, to target: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let target = Shared(target)
    let parts = ColumnRows.parts(rowCount)
    let found = parallelMap(parts.count) { index -> [Int64] in
      var table = KeyTable(capacity: 1 << 12)
      keys.forEach(parts[index]) { target.pointer[$0] = table.number($1) }
      return table.all
    }
    var joined = KeyTable(capacity: found.first?.count ?? 0)
    let maps = found.map { $0.map { joined.number($0) } }
    let count = joined.count
    let hasNulls = keys.rows.nullCount > 0
    _ = parallelMap(parts.count) { index in
      maps[index].withUnsafeBufferPointer { map in
        for row in parts[index] {
          let isNull = hasNulls && !keys.rows.hasValue(row)
          target.pointer[row] = isNull ? UInt32(count) : map[Int(target.pointer[row])]
        }
      }
    }
    return count + (hasNulls ? 1 : 0)
  }

  private static func combine(
    _ numbers: UnsafeMutablePointer<UInt32>, _ values: UnsafeMutablePointer<UInt32>,
    _ valueCount: Int, _ rowCount: Int
  ) -> Int {
    var table = KeyTable(capacity: 1 << 12)
    for row in 0..<rowCount {
      numbers[row] = table.number(
        Int64(numbers[row]) &* Int64(valueCount) &+ Int64(values[row]))
    }
    return table.count
  }

  /// Runs of rows that are aggregated apart and joined in order: few where there are many groups, so
  /// that their tables stay small beside the rows. The same for any number of threads.
  var parts: [Range<Int>] {
    let few = (rowCount / 8 + 63) & ~63
    if slotCount <= 1 << 11 || few <= ColumnRows.partRowCount { return ColumnRows.parts(rowCount) }
    return stride(from: 0, to: rowCount, by: few).map { $0..<min($0 + few, rowCount) }
  }

  /// `body` of each block of a part, with its slots.
  @inline(__always)
  func forEachBlock(
    _ part: Range<Int>, _ body: (Range<Int>, UnsafePointer<UInt32>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: ColumnRows.blockRowCount) { scratch in
      withUnsafeTemporaryAllocation(of: Int64.self, capacity: ColumnRows.blockRowCount) { room in
        for start in stride(from: part.lowerBound, to: part.upperBound, by: scratch.count) {
          let range = start..<min(start + scratch.count, part.upperBound)
          body(range, slots(range, scratch.baseAddress!, room.baseAddress!))
        }
      }
    }
  }
}
