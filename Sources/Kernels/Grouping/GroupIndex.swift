import Columnar

/// Numbers the rows of a table by the values of some columns: rows of one number are a group.
///
/// Where the columns' keys, combined, lie within a small range, the number is computed from them
/// alone, and kept as narrow as it is. Otherwise combined keys are hashed, each part of the rows by itself, and the parts' tables
/// joined in order; where there are so many that tables would leave the cache, they are sorted. Either
/// way numbers do not depend on threads.
struct GroupIndex: @unchecked Sendable {
  // Sound to share: nothing is changed once it is made.
  private enum Slots {
    /// Computed from the keys, each once: numbers of a byte, or of two.
    case bytes(Buffer)
    case halves(Buffer)
    /// Of each row; in the order of the keys, or as they were met.
    case numbered(Buffer, inOrder: Bool)
    /// By the rows of each, in the order of the keys.
    case sorted(SortedGroups)
  }

  let rowCount: Int
  /// Numbers lie below this; some may have no row.
  let slotCount: Int
  private let digits: GroupDigits
  private let source: Slots

  private static let slotLimit = 1 << 22
  /// Where a part has more keys than this, all rows are sorted: tables of 16,384 keys still fit a cache.
  private static var hashedLimit: Int { ColumnRows.partRowCount / 16 }

  init(_ columns: [ColumnRows], rowCount: Int, dropsNulls: Bool) {
    self.rowCount = rowCount
    let digits = GroupDigits(columns, dropsNulls: dropsNulls)
    self.digits = digits
    // More slots than sixteen a row would take longer to clear than rows to hash.
    if let size = digits.size, size <= min(Self.slotLimit, max(1 << 12, rowCount * 16)) {
      (slotCount, source) = (size, Self.number(digits, size, rowCount))
    } else if let size = digits.size {
      if let (slots, count) = Self.hash(digits, size, rowCount) {
        (slotCount, source) = (count, .numbered(slots, inOrder: false))
      } else {
        let groups = Self.sort(digits, size, rowCount)
        (slotCount, source) = (groups.count, .sorted(groups))
      }
    } else {
      let (slots, count) = Self.chain(digits, rowCount)
      (slotCount, source) = (count, .numbered(slots, inOrder: false))
    }
  }

  /// Slots are in the order of the columns' values.
  var isSorted: Bool {
    if case .numbered(_, inOrder: false) = source { false } else { true }
  }

  var path: ReductionPath { digits.path }

  /// The rows by group, where they were sorted.
  var sorted: SortedGroups? { if case .sorted(let groups) = source { groups } else { nil } }

  /// The slots of the rows in `range`, at most a block of them.
  @inline(__always)
  func slots(
    _ range: Range<Int>, _ scratch: UnsafeMutablePointer<UInt32>
  ) -> UnsafePointer<UInt32> {
    switch source {
    case .bytes(let slots): return widened(slots.pointer(as: UInt8.self), range, scratch)
    case .halves(let slots): return widened(slots.pointer(as: UInt16.self), range, scratch)
    case .numbered(let slots, _):
      return UnsafePointer(slots.pointer(as: UInt32.self) + range.lowerBound)
    case .sorted(let groups): return groups.slots + range.lowerBound
    }
  }

  @inline(__always)
  private func widened<T: FixedWidthInteger & UnsignedInteger>(
    _ slots: UnsafeMutablePointer<T>, _ range: Range<Int>, _ scratch: UnsafeMutablePointer<UInt32>
  ) -> UnsafePointer<UInt32> {
    var row = 0
    while row < range.count {
      scratch[row] = UInt32(truncatingIfNeeded: slots[range.lowerBound &+ row])
      row &+= 1
    }
    return UnsafePointer(scratch)
  }

  /// `body` of each block of a part, with its slots.
  @inline(__always)
  func forEachBlock(
    _ part: Range<Int>, _ body: (Range<Int>, UnsafePointer<UInt32>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: ColumnRows.blockRowCount) { scratch in
      for start in stride(from: part.lowerBound, to: part.upperBound, by: scratch.count) {
        let range = start..<min(start + scratch.count, part.upperBound)
        body(range, slots(range, scratch.baseAddress!))
      }
    }
  }

  /// Runs of rows that are aggregated apart and joined in order: few where there are many groups, so
  /// that their tables stay small beside the rows. The same for any number of threads.
  var parts: [Range<Int>] {
    let few = (rowCount / 8 + 63) & ~63
    if slotCount <= 1 << 11 || few <= ColumnRows.partRowCount { return ColumnRows.parts(rowCount) }
    return stride(from: 0, to: rowCount, by: few).map { $0..<min($0 + few, rowCount) }
  }

  /// There are so many groups that a table for each part would be larger than the rows.
  var hasManySlots: Bool { slotCount > max(1 << 16, rowCount / 16) }
}

extension GroupIndex {
  /// The combined keys themselves, for few of them: what gathers answers reads them once for each.
  private static func number(_ digits: GroupDigits, _ size: Int, _ rowCount: Int) -> Slots {
    if size <= Int(UInt8.max) { return .bytes(write(digits, UInt8(size), rowCount)) }
    if size <= Int(UInt16.max) { return .halves(write(digits, UInt16(size), rowCount)) }
    return .numbered(write(digits, UInt32(size), rowCount), inOrder: true)
  }

  private static func write<T: FixedWidthInteger & UnsignedInteger & Sendable>(
    _ digits: GroupDigits, _ dropped: T, _ rowCount: Int
  ) -> Buffer {
    let buffer = Buffer(uninitializedByteCount: rowCount * MemoryLayout<T>.size)
    let target = Shared(buffer.pointer(as: T.self))
    let parts = ColumnRows.pieces(rowCount)
    _ = parallelMap(parts.count) { index in
      withUnsafeTemporaryAllocation(of: Int64.self, capacity: ColumnRows.blockRowCount) { room in
        for start in stride(
          from: parts[index].lowerBound, to: parts[index].upperBound, by: room.count)
        {
          let range = start..<min(start + room.count, parts[index].upperBound)
          digits.read(range, target.pointer + start, room.baseAddress!, dropped: dropped)
        }
      }
    }
    return buffer
  }

  /// Numbers the combined keys through tables; `nil` where a part has more keys than is worth it.
  private static func hash(
    _ digits: GroupDigits, _ size: Int, _ rowCount: Int
  ) -> (slots: Buffer, count: Int)? {
    let buffer = Buffer(uninitializedByteCount: rowCount * 4)
    let target = Shared(buffer.pointer(as: UInt32.self))
    let parts = ColumnRows.parts(rowCount)
    let dropped = UInt64(size)
    let found = parallelMap(parts.count) { index -> [Int64]? in
      var table = KeyTable(capacity: 1 << 12)
      var isWorthIt = true
      forEachBlock(digits, parts[index], dropped) { range, keys in
        guard isWorthIt else { return }
        for row in 0..<range.count {
          target.pointer[range.lowerBound &+ row] =
            keys[row] == dropped ? noRow : table.number(Int64(bitPattern: keys[row]))
        }
        isWorthIt = table.count <= hashedLimit
      }
      return isWorthIt ? table.all : nil
    }
    if found.contains(where: { $0 == nil }) { return nil }
    var joined = KeyTable(capacity: found.first.flatMap { $0?.count } ?? 0)
    let maps = found.map { ($0 ?? []).map { joined.number($0) } }
    let count = joined.count
    _ = parallelMap(parts.count) { index in
      maps[index].withUnsafeBufferPointer { map in
        for row in parts[index] {
          let number = target.pointer[row]
          target.pointer[row] = number == noRow ? UInt32(count) : map[Int(number)]
        }
      }
    }
    return (buffer, count)
  }

  /// Sorts rows by their combined keys.
  private static func sort(_ digits: GroupDigits, _ size: Int, _ rowCount: Int) -> SortedGroups {
    let dropped = UInt64(size)
    let sorted = SortedKeys(
      count: rowCount, bits: UInt64.bitWidth - dropped.leadingZeroBitCount
    ) { part, target in
      forEachBlock(digits, part, dropped) { range, keys in
        (target + (range.lowerBound - part.lowerBound)).update(from: keys, count: range.count)
      }
    }
    return SortedGroups(sorted, dropped: dropped)
  }

  private static func forEachBlock(
    _ digits: GroupDigits, _ part: Range<Int>, _ dropped: UInt64,
    _ body: (Range<Int>, UnsafePointer<UInt64>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: ColumnRows.blockRowCount) { scratch in
      withUnsafeTemporaryAllocation(of: Int64.self, capacity: ColumnRows.blockRowCount) { room in
        for start in stride(from: part.lowerBound, to: part.upperBound, by: scratch.count) {
          let range = start..<min(start + scratch.count, part.upperBound)
          digits.read(range, scratch.baseAddress!, room.baseAddress!, dropped: dropped)
          body(range, scratch.baseAddress!)
        }
      }
    }
  }

  /// Numbers column after column, where 63 bits do not hold the keys of all: the numbers so far and the
  /// next column's are one key.
  private static func chain(
    _ digits: GroupDigits, _ rowCount: Int
  ) -> (slots: Buffer, count: Int) {
    let buffer = Buffer(uninitializedByteCount: rowCount * 4)
    let numbers = buffer.pointer(as: UInt32.self)
    numbers.update(repeating: 0, count: rowCount)
    var count = 1
    for digit in digits.digits {
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
    if digits.dropsNulls {
      for digit in digits.digits where digit.hasNulls {
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
}
