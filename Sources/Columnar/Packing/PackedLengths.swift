/// How long each row's value is, in bytes or tokens, and so where it stands: lengths of some bits in blocks of 1,024
/// rows, the few that are greater in a list, and the place of every 64th row.
///
///     | blocks | places of rows 0, 64, 128, … | rows of the list | their lengths | bits, length of the list |
///
/// All but the blocks are numbers of 32 bits.
struct PackedLengths: Sendable {
  static let groupRowCount = 64

  let rowCount: Int
  /// The bits of a length in a block.
  let bits: Int
  /// How many rows are in the list.
  let listedCount: Int
  let memory: Buffer

  /// The bits of blocks that take the fewest bytes with their list, by how many lengths are of which bits.
  private static func bits(forLengthsOfBits histogram: [Int], rowCount: Int) -> Int {
    let widths = (1...15).filter { PackedBlocks.holds(bits: $0) }
    return widths.min {
      byteCount(rowCount, bits: $0, listed: listed($0, histogram))
        < byteCount(rowCount, bits: $1, listed: listed($1, histogram))
    } ?? 15
  }

  /// How many lengths are all ones in so many bits, or longer: those are in the list.
  private static func listed(_ bits: Int, _ histogram: [Int]) -> Int {
    histogram.dropFirst(bits).reduce(0, +)
  }

  /// The place of a length in the histogram: in so many bits it is all ones, or longer.
  private static func bits(of length: Int) -> Int {
    Int.bitWidth - (length + 1).leadingZeroBitCount - 1
  }

  private static func byteCount(_ rowCount: Int, bits: Int, listed: Int) -> Int {
    PackedBlocks.byteCount(rowCount: rowCount, bits: bits) + groupCount(rowCount) * 4 + listed * 8
      + 8
  }

  /// About what lengths of so many rows take where they are like some.
  static func byteCount(_ rowCount: Int, likeThoseOf sample: [Int]) -> Int {
    var histogram = [Int](repeating: 0, count: 33)
    for length in sample { histogram[bits(of: length)] += 1 }
    histogram = histogram.map { $0 * rowCount / max(sample.count, 1) }
    let bits = bits(forLengthsOfBits: histogram, rowCount: rowCount)
    return byteCount(rowCount, bits: bits, listed: listed(bits, histogram))
  }

  private static func groupCount(_ rowCount: Int) -> Int {
    (rowCount + groupRowCount - 1) / groupRowCount
  }

  var blockByteCount: Int { PackedBlocks.byteCount(rowCount: rowCount, bits: bits) }

  var places: UnsafeMutablePointer<UInt32> {
    (memory.base + blockByteCount).assumingMemoryBound(to: UInt32.self)
  }
  var listedRows: UnsafeMutablePointer<UInt32> {
    places + Self.groupCount(rowCount)
  }
  var listedLengths: UnsafeMutablePointer<UInt32> { listedRows + listedCount }
  private var limit: Int { 1 << bits - 1 }

  /// The lengths of so many rows that `memory` has, which was made by the other initialiser.
  init(rowCount: Int, memory: Buffer) {
    let end = (memory.base + memory.byteCount).assumingMemoryBound(to: UInt32.self)
    (self.rowCount, self.memory) = (rowCount, memory)
    (bits, listedCount) = (Int(end[-2]), Int(end[-1]))
  }

  /// - Parameter lengths: Those of all rows; together below 2^32.
  init(_ lengths: UnsafeBufferPointer<UInt32>) {
    var histogram = [Int](repeating: 0, count: 33)
    for length in lengths { histogram[Self.bits(of: Int(length))] += 1 }
    let bits = Self.bits(forLengthsOfBits: histogram, rowCount: lengths.count)
    let listed = lengths.indices.filter { lengths[$0] >= UInt32(1 << bits - 1) }
    let memory = Buffer(
      uninitializedByteCount: Self.byteCount(lengths.count, bits: bits, listed: listed.count))
    let end = (memory.base + memory.byteCount).assumingMemoryBound(to: UInt32.self)
    (end[-2], end[-1]) = (UInt32(bits), UInt32(listed.count))
    self.init(rowCount: lengths.count, memory: memory)
    for (index, row) in listed.enumerated() {
      listedRows[index] = UInt32(row)
      listedLengths[index] = lengths[row]
    }
    var place: UInt32 = 0
    for (row, length) in lengths.enumerated() {
      if row % Self.groupRowCount == 0 { places[row / Self.groupRowCount] = place }
      place += length
    }
    if bits < 8 { pack(lengths, as: UInt8.self) } else { pack(lengths, as: UInt16.self) }
  }

  private func pack<Word: PackedWord>(_ lengths: UnsafeBufferPointer<UInt32>, as type: Word.Type) {
    let limit = UInt32(limit)
    withUnsafeTemporaryAllocation(of: Word.self, capacity: PackedBlocks.rowCount) { room in
      guard let block = room.baseAddress else { return }
      var target = memory.pointer(as: Word.self)
      for start in stride(from: 0, to: lengths.count, by: PackedBlocks.rowCount) {
        let count = min(PackedBlocks.rowCount, lengths.count - start)
        for row in 0..<count {
          block[row] = Word(truncatingIfNeeded: min(lengths[start + row], limit))
        }
        (block + count).update(repeating: 0, count: PackedBlocks.rowCount - count)
        Word.pack(block, bits: bits, to: target)
        target += PackedBlocks.byteCount(bits: bits) / MemoryLayout<Word>.size
      }
    }
  }
}
