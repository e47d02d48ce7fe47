import Platform

/// Packs rows that come in pieces of any length, and reads back what it packed.
struct BlockPacker<Word: PackedWord>: ~Copyable {
  private let bits: Int
  /// Rows that do not make a block yet, and room to read one back.
  private let rest: UnsafeMutablePointer<Word>
  private let readBack: UnsafeMutablePointer<Word>
  private var restCount = 0
  private var target: UnsafeMutablePointer<Word>

  /// - Parameter blocks: Where the blocks of all rows have their place.
  init(bits: Int, to blocks: Buffer) {
    self.bits = bits
    target = blocks.pointer(as: Word.self)
    rest = .allocate(capacity: PackedBlocks.rowCount)
    readBack = .allocate(capacity: PackedBlocks.rowCount)
  }

  deinit {
    rest.deallocate()
    readBack.deallocate()
  }

  /// Adds `count` rows, whose numbers `write` writes.
  ///
  /// - Returns: The first of them whose number takes more bits, or what `write` returns.
  mutating func append(_ count: Int, _ write: (UnsafeMutablePointer<Word>) -> Int?) -> Int? {
    guard count > 0 else { return nil }
    return withUnsafeTemporaryAllocation(of: Word.self, capacity: count) { room in
      let numbers = room.baseAddress!
      if let bad = write(numbers) { return bad }
      return pack(numbers, count)
    }
  }

  private mutating func pack(_ numbers: UnsafePointer<Word>, _ count: Int) -> Int? {
    let limit = Word.max >> Word(Word.bitWidth - bits)
    var all: Word = 0
    for row in 0..<count { all |= numbers[row] }
    if all > limit { return (0..<count).first { numbers[$0] > limit } }
    var row = 0
    while row < count {
      if restCount == 0, count - row >= PackedBlocks.rowCount {
        guard pack(numbers + row) else { return row }
        row += PackedBlocks.rowCount
        continue
      }
      let taken = min(PackedBlocks.rowCount - restCount, count - row)
      (rest + restCount).update(from: numbers + row, count: taken)
      restCount += taken
      if restCount == PackedBlocks.rowCount {
        guard pack(rest) else { return row }
        restCount = 0
      }
      row += taken
    }
    return nil
  }

  /// Packs the rows that are left; false where they do not read back.
  mutating func finish() -> Bool {
    if restCount == 0 { return true }
    (rest + restCount).update(repeating: 0, count: PackedBlocks.rowCount - restCount)
    restCount = 0
    return pack(rest)
  }

  /// Packs a block. What is read back is what went in: the certificate rests on it.
  private mutating func pack(_ numbers: UnsafePointer<Word>) -> Bool {
    Word.pack(numbers, bits: bits, to: target)
    Word.unpack(target, bits: bits, to: readBack)
    target += PackedBlocks.byteCount(bits: bits) / MemoryLayout<Word>.size
    return memcmp(numbers, readBack, PackedBlocks.rowCount * MemoryLayout<Word>.size) == 0
  }
}

extension ChunkedValues {
  /// The column whose numbers, of the layout's bits, `write` writes for each chunk; it returns the first
  /// row whose value does not fit, if there is one.
  mutating func encodePacked<Word: PackedWord>(
    layout: Layout, dictionary: Column? = nil, as type: Word.Type,
    _ write: (ColumnChunk, UnsafeMutablePointer<Word>) -> Int?
  ) throws(LayoutError) -> Column {
    let (name, description) = (name, layout.description)
    let bits = layout.bits ?? 64
    let validity = makeValidity()
    let blocks = makeBuffer(PackedBlocks.byteCount(rowCount: rowCount, bits: bits))
    var packer = BlockPacker<Word>(bits: bits, to: blocks)
    try consume { (firstRow, chunk) throws(LayoutError) in
      let bad = packer.append(chunk.rowCount) { write(chunk, $0) }
      if let bad { throw LayoutError(column: name, row: firstRow + bad, layout: description) }
    }
    guard packer.finish() else { throw LayoutError(column: name, row: nil, layout: description) }
    return Column(
      name: name, type: self.type, layout: layout, count: rowCount, nullCount: nullCount,
      validity: validity, values: blocks, dictionary: dictionary)
  }
}
