/// Packs numbers below a radix in groups, whatever pieces they come in, and reads back what it packed.
struct RadixPacker<Word: PackedWord>: ~Copyable {
  private let groups: RadixGroups
  private var packer: BlockPacker<Word>
  /// Numbers that do not make a group yet.
  private var rest: [UInt64] = []
  private var rowCount = 0

  /// - Parameter blocks: Where the blocks of all groups have their place.
  init(_ groups: RadixGroups, to blocks: Buffer) {
    self.groups = groups
    packer = BlockPacker(bits: groups.bits, to: blocks)
  }

  /// Adds numbers; returns the first row, of all that were added, whose number is none.
  mutating func append(_ numbers: UnsafeBufferPointer<UInt64>) -> Int? {
    let firstRow = rowCount
    rowCount += numbers.count
    if let bad = numbers.firstIndex(where: { $0 >= groups.radix }) { return firstRow + bad }
    let all = rest + numbers
    let full = all.count / groups.count * groups.count
    let bad = all.withUnsafeBufferPointer { pack(UnsafeBufferPointer(rebasing: $0[..<full])) }
    rest = Array(all[full...])
    return bad.map { max(0, firstRow - (all.count - numbers.count) + $0) }
  }

  /// Packs the rows that are left; false where they do not read back.
  mutating func finish() -> Bool {
    let isRead = rest.isEmpty || rest.withUnsafeBufferPointer { pack($0) } == nil
    return isRead && packer.finish()
  }

  /// Packs whole groups, and the last of all. What is read back is what went in: the certificate rests on it.
  private mutating func pack(_ numbers: UnsafeBufferPointer<UInt64>) -> Int? {
    let (groups, size) = (groups, groups.count)
    let groupCount = groups.groupCount(rowCount: numbers.count)
    return withUnsafeTemporaryAllocation(of: Int64.self, capacity: groupCount + size) { room in
      guard let words = room.baseAddress else { return nil }
      for group in 0..<groupCount {
        let rows = group * size..<min((group + 1) * size, numbers.count)
        words[group] = Int64(
          bitPattern: groups.group(UnsafeBufferPointer(rebasing: numbers[rows])))
        groups.split(words + group, count: 1, base: 0, to: words + groupCount)
        for row in rows
        where words[groupCount + row - rows.lowerBound] != Int64(bitPattern: numbers[row]) {
          return row
        }
      }
      let bad = packer.append(groupCount) { target in
        for group in 0..<groupCount { target[group] = Word(truncatingIfNeeded: words[group]) }
        return nil
      }
      return bad.map { $0 * size }
    }
  }
}

extension ChunkedValues {
  /// The column whose numbers, each below the radix, `write` writes for each chunk; it returns the first row whose
  /// value is none, if there is one.
  mutating func encodeGroups(
    _ groups: RadixGroups, layout: Layout, dictionary: Column? = nil,
    _ write: (ColumnChunk, UnsafeMutablePointer<UInt64>) -> Int?
  ) throws(LayoutError) -> Column {
    switch PackedBlocks.wordByteCount(bits: groups.bits) {
    case 1: try encodeGroups(groups, layout, dictionary, as: UInt8.self, write)
    case 2: try encodeGroups(groups, layout, dictionary, as: UInt16.self, write)
    case 4: try encodeGroups(groups, layout, dictionary, as: UInt32.self, write)
    default: try encodeGroups(groups, layout, dictionary, as: UInt64.self, write)
    }
  }

  private mutating func encodeGroups<Word: PackedWord>(
    _ groups: RadixGroups, _ layout: Layout, _ dictionary: Column?, as words: Word.Type,
    _ write: (ColumnChunk, UnsafeMutablePointer<UInt64>) -> Int?
  ) throws(LayoutError) -> Column {
    let (name, description) = (name, layout.description)
    let validity = makeValidity()
    let blocks = makeBuffer(groups.byteCount(rowCount: rowCount))
    var packer = RadixPacker<Word>(groups, to: blocks)
    try consume { (firstRow, chunk) throws(LayoutError) in
      let bad = withUnsafeTemporaryAllocation(of: UInt64.self, capacity: chunk.rowCount) { room in
        guard let numbers = room.baseAddress else { return Int?.none }
        if let bad = write(chunk, numbers) { return firstRow + bad }
        return packer.append(UnsafeBufferPointer(start: numbers, count: chunk.rowCount))
      }
      if let bad { throw LayoutError(column: name, row: bad, layout: description) }
    }
    guard packer.finish() else { throw LayoutError(column: name, row: nil, layout: description) }
    return Column(
      name: name, type: type, layout: layout, count: rowCount, nullCount: nullCount,
      validity: validity, values: blocks, dictionary: dictionary)
  }
}
