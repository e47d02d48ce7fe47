import Columnar

/// What is gathered for each group in one pass over the rows; parts are joined in order.
extension GroupIndex {
  /// How many rows a group has, and its first.
  private struct Size {
    var count: UInt32 = 0
    var firstRow = noRow
  }

  /// How many rows each group has, and its first.
  func sizes() -> (counts: [UInt32], firstRows: [UInt32]) {
    if let sorted {
      return (
        mapped(slotCount) { sorted.size($0) },
        mapped(slotCount) { sorted.rows[Int(sorted.starts[$0])] }
      )
    }
    let sizes = accumulate(Size()) {
      Size(count: $0.count + $1.count, firstRow: min($0.firstRow, $1.firstRow))
    } add: { range, slots, table, _ in
      if slotCount <= Self.fewSlots { return countInTurn(range, slots, to: table) }
      var row = 0
      while row < range.count {
        let slot = Int(slots[row])
        if table[slot].count == 0 { table[slot].firstRow = UInt32(range.lowerBound &+ row) }
        table[slot].count &+= 1
        row &+= 1
      }
    }
    return (sizes.map(\.count), sizes.map(\.firstRow))
  }

  /// How many rows of each group have a value.
  func counts(_ rows: ColumnRows) -> [UInt32] {
    accumulate(0, &+) { range, slots, table, _ in
      for row in 0..<range.count where rows.hasValue(range.lowerBound &+ row) {
        table[Int(slots[row])] &+= 1
      }
    }
  }

  /// The exact sums of integers; groups without a value have 0.
  ///
  /// - Parameter counts: How many rows of each group have a value.
  func integerSums(_ rows: ColumnRows, counts: [UInt32]) -> IntegerSums {
    let blocks = IntegerBlocks(rows)
    guard rows.valueCount > 0 else {
      return .words([Int64](repeating: 0, count: slotCount), offset: 0, counts: [])
    }
    if fitSums(of: blocks) {
      if let sorted, blocks.hasQuickWords {
        return .words(sorted.sums(blocks), offset: blocks.offset, counts: counts)
      }
      let sums: [Int64] = accumulate(0, &+) { range, slots, table, _ in
        withBlock { room in
          let words = blocks.read(range, filling: 0, room)
          if slotCount <= Self.fewSlots {
            return addInTurn(slots, range.count, { words[$0] }, { table[$0] &+= $1 })
          }
          var row = 0
          while row < range.count {
            table[Int(slots[row])] &+= words[row]
            row &+= 1
          }
        }
      }
      return .words(sums, offset: blocks.offset, counts: counts)
    }
    let sums: [Int128] = accumulate(0, +) { range, slots, table, _ in
      withBlock { room in
        let words = blocks.read(range, filling: 0, room)
        for row in 0..<range.count { table[Int(slots[row])] += Int128(words[row]) }
      }
    }
    return .wide(zip(sums, counts).map { $0 + Int128($1) * blocks.offset })
  }

  /// Whether sums of words cannot overflow 64 bits, however many rows a group has: by their width, or by the
  /// least and the greatest.
  private func fitSums(of blocks: IntegerBlocks) -> Bool {
    let limit = Int64.max / Int64(max(1, blocks.rows.count))
    if blocks.hasNarrowWords, limit >= Int64(UInt32.max) { return true }
    let ends = blocks.rows.integerMinMax
    return Int64(ends.minimum - blocks.offset) >= -limit
      && Int64(ends.maximum - blocks.offset) <= limit
  }

  /// So many tables are cleared and added up for each block without being felt.
  private static let fewSlots = 32

  /// Adds what the rows of a block amount to up in four tables in turn: where groups are few, a row is often of the
  /// group of the row before, and would wait until that sum is stored. `body` is given each slot and its sum.
  @inline(__always)
  private func addInTurn<T: FixedWidthInteger>(
    _ slots: UnsafePointer<UInt32>, _ count: Int, _ amount: (Int) -> T, _ body: (Int, T) -> Void
  ) {
    let size = slotCount + 1
    withUnsafeTemporaryAllocation(of: T.self, capacity: 4 * size) { tables in
      tables.initialize(repeating: 0)
      let a = tables.baseAddress!
      let (b, c, d) = (a + size, a + 2 * size, a + 3 * size)
      var row = 0
      while row &+ 4 <= count {
        a[Int(slots[row])] &+= amount(row)
        b[Int(slots[row &+ 1])] &+= amount(row &+ 1)
        c[Int(slots[row &+ 2])] &+= amount(row &+ 2)
        d[Int(slots[row &+ 3])] &+= amount(row &+ 3)
        row &+= 4
      }
      while row < count {
        a[Int(slots[row])] &+= amount(row)
        row &+= 1
      }
      for slot in 0..<size { body(slot, a[slot] &+ b[slot] &+ c[slot] &+ d[slot]) }
    }
  }

  /// Counts a block; looks for the first row of slots that are new.
  private func countInTurn(
    _ range: Range<Int>, _ slots: UnsafePointer<UInt32>, to table: UnsafeMutablePointer<Size>
  ) {
    addInTurn(
      slots, range.count, { _ in 1 as UInt32 },
      { slot, found in
        if found > 0, table[slot].count == 0 {
          var first = 0
          while slots[first] != UInt32(slot) { first &+= 1 }
          table[slot].firstRow = UInt32(range.lowerBound &+ first)
        }
        table[slot].count &+= found
      })
  }

  /// The sums of floats in the order of the rows, parts in their order: the same bits for any number
  /// of threads.
  func floatSums(_ rows: ColumnRows, _ nan: NaNPolicy) -> [Double] {
    let blocks = FloatBlocks(rows)
    return accumulate(0, +) { range, slots, table, _ in
      withBlock { room in
        let numbers = blocks.read(range, filling: 0, room)
        var row = 0
        if nan == .propagate {
          while row < range.count {
            table[Int(slots[row])] += numbers[row]
            row &+= 1
          }
        } else {
          while row < range.count {
            let number = numbers[row]
            if number == number { table[Int(slots[row])] += number }
            row &+= 1
          }
        }
      }
    }
  }

  /// How many rows of each group have a float that is no NaN.
  func numberCounts(_ rows: ColumnRows) -> [UInt32] {
    let blocks = FloatBlocks(rows)
    return accumulate(0, &+) { range, slots, table, _ in
      withBlock { room in
        let numbers = blocks.read(range, filling: .nan, room)
        for row in 0..<range.count where !numbers[row].isNaN { table[Int(slots[row])] &+= 1 }
      }
    }
  }

  /// The squares of the distances from each group's center: that of rows of no group is the last.
  func squareSums(_ rows: ColumnRows, _ centers: [Double], _ nan: NaNPolicy) -> [Double] {
    let blocks = FloatBlocks(rows)
    return accumulate(0, +) { range, slots, table, first in
      withBlock { room in
        let numbers = blocks.read(range, room)
        for row in 0..<range.count where rows.hasValue(range.lowerBound &+ row) {
          let distance = numbers[row] - centers[first &+ Int(slots[row])]
          // Infinities are that far from an infinite mean, too: only a NaN of the column is skipped.
          if nan == .skip && numbers[row].isNaN { continue }
          table[Int(slots[row])] += distance * distance
        }
      }
    }
  }

  /// The first row of each group with its least or its greatest value; `noRow` where it has none.
  func extremeRows(_ rows: ColumnRows, isGreatest: Bool) -> [UInt32] {
    let keys = OrderKeys(rows)
    let isFloat = rows.type.domain == .float
    // Greatest keys are least ones, turned around.
    let turn: Int64 = isGreatest ? -1 : 0
    func least(_ a: Int64, _ b: Int64) -> Int64 { min(a, b) }
    let extremes: [Int64] = accumulate(.max, least) { range, slots, table, _ in
      keys.forEach(range) { row, key in
        if isFloat && key == OrderKeys.nanKey { return }
        let slot = Int(slots[row &- range.lowerBound])
        table[slot] = min(table[slot], key ^ turn)
      }
    }
    let ends = extremes + [.max]
    return accumulate(noRow, min) { range, slots, table, first in
      keys.forEach(range) { row, key in
        if isFloat && key == OrderKeys.nanKey { return }
        let slot = Int(slots[row &- range.lowerBound])
        if key ^ turn == ends[first &+ slot] { table[slot] = min(table[slot], UInt32(row)) }
      }
    }
  }

  /// The first or the last row of each group that has a value.
  func endRows(_ rows: ColumnRows, isLast: Bool) -> [UInt32] {
    let places: [Int] = accumulate(isLast ? -1 : .max, isLast ? { max($0, $1) } : { min($0, $1) }) {
      range, slots, table, _ in
      for row in range where rows.hasValue(row) {
        let slot = Int(slots[row - range.lowerBound])
        table[slot] = isLast ? max(table[slot], row) : min(table[slot], row)
      }
    }
    return places.map { $0 < 0 || $0 == .max ? noRow : UInt32($0) }
  }

  /// All rows, group after group, each group's in the order in which they stand; and where each starts.
  func sortedRows() -> (rows: [UInt32], starts: [Int]) {
    if let sorted { return (Array(sorted.groupedRows), sorted.starts.map { Int($0) }) }
    let (counts, _) = sizes()
    var starts = [0]
    for count in counts { starts.append(starts[starts.count - 1] + Int(count)) }
    var next = starts
    let rows = [UInt32](unsafeUninitializedCapacity: starts[slotCount]) { target, count in
      forEachBlock(0..<rowCount) { range, slots in
        for row in range {
          let slot = Int(slots[row - range.lowerBound])
          if slot == slotCount { continue }
          target[next[slot]] = UInt32(row)
          next[slot] += 1
        }
      }
      count = starts[slotCount]
    }
    return (rows, starts)
  }

  /// What `add` makes of the rows of each slot, from `initial`. It is given a block of rows, the slot of each
  /// less `first`, and the table from slot `first` on, whose last place is for rows of no slot.
  ///
  /// Each part of the rows has a table of its own, and they are joined in order. Where there are so many
  /// slots that tables would take more than the rows, each thread takes some slots and reads all rows.
  func accumulate<T: Sendable>(
    _ initial: T, _ join: (T, T) -> T,
    add:
      @Sendable (
        _ range: Range<Int>, _ slots: UnsafePointer<UInt32>, _ table: UnsafeMutablePointer<T>,
        _ first: Int
      ) -> Void
  ) -> [T] {
    if hasManySlots { return accumulateBySlots(initial, add) }
    let parts = parts
    let tables = parallelMap(parts.count) { index -> [T] in
      // One more slot than groups can have: the last gathers rows that belong to none.
      var table = [T](repeating: initial, count: slotCount + 1)
      table.withUnsafeMutableBufferPointer { table in
        forEachBlock(parts[index]) { add($0, $1, table.baseAddress!, 0) }
      }
      return table
    }
    guard var joined = tables.first else { return [T](repeating: initial, count: slotCount) }
    joined.removeLast()
    for table in tables.dropFirst() {
      for slot in 0..<slotCount { joined[slot] = join(joined[slot], table[slot]) }
    }
    return joined
  }

  private func accumulateBySlots<T: Sendable>(
    _ initial: T,
    _ add: @Sendable (Range<Int>, UnsafePointer<UInt32>, UnsafeMutablePointer<T>, Int) -> Void
  ) -> [T] {
    let threads = KernelThreads.count
    let length = (slotCount + threads - 1) / threads
    let tables = parallelMap(threads) { thread -> [T] in
      let first = min(slotCount, thread * length)
      let count = min(length, slotCount - first)
      var table = [T](repeating: initial, count: count + 1)
      let (base, rest) = (UInt32(first), UInt32(count))
      table.withUnsafeMutableBufferPointer { table in
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: ColumnRows.blockRowCount) { own in
          forEachBlock(0..<rowCount) { range, slots in
            // Slots of other threads, before as behind, become the last.
            for row in 0..<range.count { own[row] = min(slots[row] &- base, rest) }
            add(range, UnsafePointer(own.baseAddress!), table.baseAddress!, first)
          }
        }
      }
      table.removeLast()
      return table
    }
    return threads == 1 ? tables[0] : tables.flatMap { $0 }
  }

  @inline(__always)
  func withBlock<T>(_ body: (UnsafeMutablePointer<T>) -> Void) {
    withUnsafeTemporaryAllocation(of: T.self, capacity: ColumnRows.blockRowCount) {
      body($0.baseAddress!)
    }
  }
}
