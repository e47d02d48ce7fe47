extension PackedLengths {
  /// The place of the first item of a row whose number is a multiple of 64.
  func place(ofGroupAt row: Int) -> Int { Int(places[row / Self.groupRowCount]) }

  /// No length is greater.
  var greatest: Int {
    let listed = UnsafeBufferPointer(start: listedLengths, count: listedCount).max() ?? 0
    return max(Int(listed), 1 << bits - 1)
  }

  /// The lengths of `rows` by themselves, packed.
  func packed(_ rows: Range<Int>) -> Buffer {
    let target = RowLengths(count: rows.count)
    var row = 0
    forEachBlock(rows) { _, lengths in
      for length in lengths {
        target[row] = Int(length)
        row += 1
      }
    }
    return target.packed()
  }

  /// Writes the length of each of `rows`, which lie in one block and begin with a row whose place is known.
  func copy(_ rows: Range<Int>, to target: UnsafeMutablePointer<UInt32>) {
    if bits < 8 {
      copy(rows, to: target, as: UInt8.self)
    } else {
      copy(rows, to: target, as: UInt16.self)
    }
    guard listedCount > 0 else { return }
    var index = firstListed(from: rows.lowerBound)
    while index < listedCount, Int(listedRows[index]) < rows.upperBound {
      target[Int(listedRows[index]) - rows.lowerBound] = listedLengths[index]
      index += 1
    }
  }

  private func copy<Word: PackedWord>(
    _ rows: Range<Int>, to target: UnsafeMutablePointer<UInt32>, as type: Word.Type
  ) {
    let (number, first) = rows.lowerBound.quotientAndRemainder(dividingBy: PackedBlocks.rowCount)
    let block = (memory.base + number * PackedBlocks.byteCount(bits: bits))
      .assumingMemoryBound(to: Word.self)
    if rows.count <= 2 * Self.groupRowCount {
      for group in stride(from: 0, to: rows.count, by: Self.groupRowCount) {
        copyGroup(
          block, from: first + group, min(Self.groupRowCount, rows.count - group),
          to: target + group)
      }
      return
    }
    withUnsafeTemporaryAllocation(of: Word.self, capacity: PackedBlocks.rowCount) { room in
      guard let lengths = room.baseAddress else { return }
      Word.unpack(block, bits: bits, to: lengths)
      for row in 0..<rows.count {
        target[row] = UInt32(truncatingIfNeeded: lengths[first + row])
      }
    }
  }

  /// The same of up to 64 rows: these lie side by side, as a part of the lanes.
  private func copyGroup<Word: PackedWord>(
    _ block: UnsafePointer<Word>, from row: Int, _ count: Int,
    to target: UnsafeMutablePointer<UInt32>
  ) {
    let laneCount = PackedBlocks.rowCount / Word.bitWidth
    let bit = row / laneCount * bits
    let shift = Word(truncatingIfNeeded: bit % Word.bitWidth)
    let words = block + (bit / Word.bitWidth * laneCount + row % laneCount)
    let limit = Word.max >> Word(Word.bitWidth - bits)
    if Int(shift) + bits <= Word.bitWidth {
      for lane in 0..<count {
        target[lane] = UInt32(truncatingIfNeeded: words[lane] &>> shift & limit)
      }
    } else {
      let rest = Word(truncatingIfNeeded: Word.bitWidth) - shift
      let following = words + laneCount
      for lane in 0..<count {
        let field = words[lane] &>> shift | following[lane] &<< rest
        target[lane] = UInt32(truncatingIfNeeded: field & limit)
      }
    }
  }

  /// The place in the list of the first row from `row` on.
  private func firstListed(from row: Int) -> Int {
    var (low, high) = (0, listedCount)
    while low < high {
      let middle = (low + high) / 2
      if Int(listedRows[middle]) < row { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Calls `body` with the place of the first of some of `rows`, and the length of each of these, until all of them
  /// were there.
  @inline(__always)
  func forEachBlock(
    _ rows: Range<Int>, _ body: (_ place: Int, _ lengths: UnsafeBufferPointer<UInt32>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: PackedBlocks.rowCount) { room in
      guard let lengths = room.baseAddress else { return }
      var row = rows.lowerBound
      while row < rows.upperBound {
        // From the last row on whose place is known.
        let known = row / Self.groupRowCount * Self.groupRowCount
        let end = min(rows.upperBound, (row / PackedBlocks.rowCount + 1) * PackedBlocks.rowCount)
        copy(known..<end, to: lengths)
        var place = place(ofGroupAt: known)
        for before in 0..<row - known { place += Int(lengths[before]) }
        body(place, UnsafeBufferPointer(start: lengths + (row - known), count: end - row))
        row = end
      }
    }
  }

  /// Looks up single rows: of rows that are asked for one after the other, 64 at once.
  struct Cursor: ~Copyable {
    private let lengths: PackedLengths
    /// The places and lengths of 64 rows.
    private let known: UnsafeMutablePointer<UInt32>
    private var group = -1

    init(_ lengths: PackedLengths) {
      self.lengths = lengths
      known = .allocate(capacity: 2 * groupRowCount)
    }

    deinit { known.deallocate() }

    @inline(__always)
    mutating func look(at row: Int) -> (place: UInt32, length: UInt32) {
      let (group, index) = row.quotientAndRemainder(dividingBy: groupRowCount)
      if group != self.group { read(group) }
      return (known[index], known[groupRowCount + index])
    }

    private mutating func read(_ group: Int) {
      self.group = group
      let first = group * groupRowCount
      let count = min(groupRowCount, lengths.rowCount - first)
      lengths.copy(first..<first + count, to: known + groupRowCount)
      var place = UInt32(lengths.place(ofGroupAt: first))
      for index in 0..<count {
        known[index] = place
        place &+= known[groupRowCount + index]
      }
    }
  }
}
