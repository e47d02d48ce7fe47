/// Some of a column's rows: their places within blocks of 1,024 rows, or a bit a row, whichever takes fewer
/// bytes, and behind them for each block how many stand before it.
///
///     places [ 0 | 5 | 900 | 17 ] uint16      counts before blocks [ 0 | 3 | 3 ] uint32
struct RowSet: Sendable {
  private static let blockRowCount = 1024

  let rowCount: Int
  let memberCount: Int
  let memory: Buffer

  /// The bytes of `memberCount` of `rowCount` rows.
  static func byteCount(rowCount: Int, memberCount: Int) -> Int {
    memberByteCount(rowCount, memberCount) + blockCount(rowCount) * 4
  }

  private static func blockCount(_ rowCount: Int) -> Int {
    (rowCount + blockRowCount - 1) / blockRowCount
  }

  private static func memberByteCount(_ rowCount: Int, _ memberCount: Int) -> Int {
    min(bitmapByteCount(rowCount), placesByteCount(memberCount))
  }

  private static func bitmapByteCount(_ rowCount: Int) -> Int { (rowCount + 63) / 64 * 8 }

  /// Counts of four bytes stand behind.
  private static func placesByteCount(_ memberCount: Int) -> Int { (memberCount + 1) / 2 * 4 }

  /// What was made by `init(_:of:)` of as many rows and members.
  init(rowCount: Int, memberCount: Int, memory: Buffer) {
    self.rowCount = rowCount
    self.memberCount = memberCount
    self.memory = memory
  }

  /// The rows with these numbers, which rise, of `rowCount`.
  init(_ members: [Int], of rowCount: Int) {
    let memory = Buffer(
      zeroedByteCount: Self.byteCount(rowCount: rowCount, memberCount: members.count))
    self.init(rowCount: rowCount, memberCount: members.count, memory: memory)
    let (bits, places) = (memory.pointer(as: UInt64.self), memory.pointer(as: UInt16.self))
    for (index, row) in members.enumerated() {
      if isBitmap {
        bits[row >> 6] |= 1 << UInt64(row & 63)
      } else {
        places[index] = UInt16(row % Self.blockRowCount)
      }
      let next = row / Self.blockRowCount + 1
      if next < Self.blockCount(rowCount) { counts[next] += 1 }
    }
    for block in 0..<Self.blockCount(rowCount) where block > 0 {
      counts[block] += counts[block - 1]
    }
  }

  private var isBitmap: Bool {
    Self.bitmapByteCount(rowCount) <= Self.placesByteCount(memberCount)
  }

  /// For each block, how many members stand before it.
  private var counts: UnsafeMutablePointer<UInt32> {
    (memory.base + Self.memberByteCount(rowCount, memberCount)).assumingMemoryBound(to: UInt32.self)
  }

  /// How many members there are before `row`, which may be the one after the last.
  func count(before row: Int) -> Int {
    if row >= rowCount { return memberCount }
    let block = row / Self.blockRowCount
    var count = Int(counts[block])
    if isBitmap {
      let words = memory.pointer(as: UInt64.self)
      for word in block * (Self.blockRowCount / 64)..<row >> 6 {
        count += words[word].nonzeroBitCount
      }
      return count + (words[row >> 6] & (1 << UInt64(row & 63) - 1)).nonzeroBitCount
    }
    let places = memory.pointer(as: UInt16.self)
    let (end, place) = (countThrough(block), row % Self.blockRowCount)
    while count < end, places[count] < place { count += 1 }
    return count
  }

  /// The last member up to `row`; `nil` where there is none.
  func last(through row: Int) -> Int? {
    let count = count(before: row + 1)
    if count == 0 { return nil }
    guard isBitmap else {
      // Of its block, or of one before it that has any.
      var block = row / Self.blockRowCount
      while Int(counts[block]) >= count { block -= 1 }
      return block * Self.blockRowCount + Int(memory.pointer(as: UInt16.self)[count - 1])
    }
    let words = memory.pointer(as: UInt64.self)
    var index = row >> 6
    var word = words[index] & (~0 >> UInt64(63 - row & 63))
    while word == 0 {
      index -= 1
      word = words[index]
    }
    return index << 6 + 63 - word.leadingZeroBitCount
  }

  func contains(_ row: Int) -> Bool {
    if isBitmap { return memory.pointer(as: UInt64.self)[row >> 6] >> UInt64(row & 63) & 1 == 1 }
    let index = count(before: row)
    return index < countThrough(row / Self.blockRowCount)
      && Int(memory.pointer(as: UInt16.self)[index]) == row % Self.blockRowCount
  }

  private func countThrough(_ block: Int) -> Int {
    block + 1 < Self.blockCount(rowCount) ? Int(counts[block + 1]) : memberCount
  }

  /// Writes a bit for each of `rows`: whether it is a member. Behind the last there may be any.
  func copy(_ rows: Range<Int>, to target: UnsafeMutablePointer<UInt64>) {
    let wordCount = (rows.count + 63) / 64
    guard isBitmap else {
      target.update(repeating: 0, count: wordCount)
      return forEach(in: rows) { row in
        let place = row - rows.lowerBound
        target[place >> 6] |= 1 << UInt64(place & 63)
      }
    }
    let words = memory.pointer(as: UInt64.self)
    let (first, shift) = (rows.lowerBound >> 6, UInt64(rows.lowerBound & 63))
    if shift == 0 { return target.update(from: words + first, count: wordCount) }
    let end = (rows.upperBound + 63) >> 6
    for place in 0..<wordCount {
      let word = first + place
      target[place] = words[word] >> shift | (word + 1 < end ? words[word + 1] << (64 - shift) : 0)
    }
  }

  /// Turns the bit of each member among `rows` whose own bit, counted from the first of all members on, is set.
  ///
  /// - Parameter target: Has a bit for each of `rows`.
  func turn(
    _ rows: Range<Int>, where isTurned: UnsafePointer<UInt64>,
    in target: UnsafeMutablePointer<UInt64>
  ) {
    var index = count(before: rows.lowerBound)
    let end = count(before: rows.upperBound)
    func turn(_ row: Int) {
      let bit = isTurned[index &>> 6] &>> UInt64(truncatingIfNeeded: index & 63) & 1
      let place = row &- rows.lowerBound
      target[place &>> 6] ^= bit &<< UInt64(truncatingIfNeeded: place & 63)
      index &+= 1
    }
    if isBitmap { return forEach(in: rows, turn) }
    let places = memory.pointer(as: UInt16.self)
    var block = rows.lowerBound / Self.blockRowCount
    while index < end {
      let blockEnd = min(end, countThrough(block))
      let start = block * Self.blockRowCount
      while index < blockEnd { turn(start &+ Int(places[index])) }
      block += 1
    }
  }

  /// Clears the bit of each member among `rows` in words that begin with the first of these.
  func clear(_ rows: Range<Int>, in target: UnsafeMutablePointer<UInt64>) {
    // By bytes, of which few are those of two members: each member of a word waits for the one before.
    let bytes = UnsafeMutableRawPointer(target).assumingMemoryBound(to: UInt8.self)
    func clear(_ place: Int) {
      bytes[place &>> 3] &= ~(1 &<< UInt8(truncatingIfNeeded: place & 7))
    }
    if isBitmap { return forEach(in: rows) { clear($0 &- rows.lowerBound) } }
    let places = memory.pointer(as: UInt16.self)
    var index = count(before: rows.lowerBound)
    let end = count(before: rows.upperBound)
    var block = rows.lowerBound / Self.blockRowCount
    while index < end {
      let blockEnd = min(end, countThrough(block))
      let start = block * Self.blockRowCount - rows.lowerBound
      while index < blockEnd {
        clear(start &+ Int(places[index]))
        index &+= 1
      }
      block += 1
    }
  }

  /// Calls `body` with each member among `rows`.
  @inline(__always)
  func forEach(in rows: Range<Int>, _ body: (Int) -> Void) {
    if rows.isEmpty { return }
    if isBitmap {
      let words = memory.pointer(as: UInt64.self)
      for index in rows.lowerBound >> 6...(rows.upperBound - 1) >> 6 {
        var word = words[index]
        if index == rows.lowerBound >> 6 { word &= ~0 << UInt64(rows.lowerBound & 63) }
        if index == rows.upperBound >> 6 { word &= 1 << UInt64(rows.upperBound & 63) - 1 }
        while word != 0 {
          body(index << 6 + word.trailingZeroBitCount)
          word &= word &- 1
        }
      }
      return
    }
    let places = memory.pointer(as: UInt16.self)
    var index = count(before: rows.lowerBound)
    var block = rows.lowerBound / Self.blockRowCount
    var end = countThrough(block)
    while true {
      while index >= end {
        block += 1
        if block * Self.blockRowCount >= rows.upperBound { return }
        end = countThrough(block)
      }
      let row = block * Self.blockRowCount + Int(places[index])
      if row >= rows.upperBound { return }
      body(row)
      index += 1
    }
  }
}
