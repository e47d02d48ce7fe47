import CZstd
import Platform

/// Bytes in blocks of 64 KiB, each of which is compressed by itself.
///
///     | dictionary | blocks, each a frame of zstd | where each ends | bytes of the dictionary | how many blocks | skipped |
///
/// All but the first two are numbers of 32 bits. The dictionary may have no bytes. What is skipped are bytes of the
/// first block before those of the first row: rows that are taken of others take whole blocks with them.
struct TextBlocks {
  /// The bytes of a block but the last: some tens of microseconds to read one row of it.
  static let blockByteCount = 1 << 16
  /// The level of zstd for a column with so many bytes of text. Blocks of level 15 are smaller by a sixteenth than
  /// those of level 9 and take five times as long: some seconds for as much text as this.
  static func level(textByteCount: Int) -> Int32 {
    textByteCount <= 1 << 26 ? 15 : usualLevel
  }
  /// Smaller than the levels below it by a tenth, and read as fast.
  static let usualLevel: Int32 = 9

  /// What each block was compressed with.
  private let dictionary: UnsafeRawBufferPointer
  private let bytes: UnsafeRawPointer
  private let ends: UnsafeRawPointer
  let blockCount: Int
  /// The bytes before the first row's.
  let skippedByteCount: Int

  /// Reads what `TextBlockWriter` wrote, which lives as long as the column does.
  init(_ memory: Buffer) {
    let last = memory.base + (memory.byteCount - Self.trailerByteCount)
    dictionary = UnsafeRawBufferPointer(
      start: memory.base, count: Int(last.loadUnaligned(as: UInt32.self)))
    bytes = UnsafeRawPointer(memory.base) + dictionary.count
    blockCount = Int((last + 4).loadUnaligned(as: UInt32.self))
    skippedByteCount = Int((last + 8).loadUnaligned(as: UInt32.self))
    ends = UnsafeRawPointer(last) - blockCount * 4
  }

  private static let trailerByteCount = 12

  /// The bytes of so many blocks that have been compressed to so many bytes, with those of their dictionary.
  static func byteCount(_ compressedByteCount: Int, _ blockCount: Int) -> Int {
    compressedByteCount + blockCount * 4 + trailerByteCount
  }

  /// Writes what stands behind the blocks.
  static func finish(
    _ target: UnsafeMutableRawPointer, ends: some Collection<UInt32>, dictionaryByteCount: Int,
    skippedByteCount: Int = 0
  ) {
    var target = target
    for number in Array(ends) + [
      UInt32(dictionaryByteCount), UInt32(ends.count), UInt32(skippedByteCount),
    ] {
      target.storeBytes(of: number, as: UInt32.self)
      target += 4
    }
  }

  /// The blocks of the text from byte `start` to `end`, as they are, to be read from its first byte on.
  func blocks(from start: Int, to end: Int) -> Buffer {
    let size = Self.blockByteCount
    let first = (start + skippedByteCount) / size
    let last = max(first, (end + skippedByteCount + size - 1) / size)
    let before = first == 0 ? 0 : self.end(of: first - 1)
    let ends = (first..<last).map { self.end(of: $0) - before }
    let byteCount = Int(ends.last ?? 0)
    let buffer = Buffer(
      uninitializedByteCount: Self.byteCount(dictionary.count + byteCount, ends.count))
    if let start = dictionary.baseAddress { memcpy(buffer.base, start, dictionary.count) }
    let target = buffer.base + dictionary.count
    memcpy(target, bytes + Int(before), byteCount)
    Self.finish(
      target + byteCount, ends: ends, dictionaryByteCount: dictionary.count,
      skippedByteCount: (start + skippedByteCount) % size)
    return buffer
  }

  /// The compressed bytes of a block.
  private subscript(block: Int) -> UnsafeRawBufferPointer {
    let start = block == 0 ? 0 : Int(end(of: block - 1))
    return UnsafeRawBufferPointer(start: bytes + start, count: Int(end(of: block)) - start)
  }

  private func end(of block: Int) -> UInt32 {
    (ends + block * 4).loadUnaligned(as: UInt32.self)
  }

  /// One block at a time, as it is asked for.
  final class Reader {
    private let blocks: TextBlocks
    private let context = ZSTD_createDCtx()
    private let dictionary: OpaquePointer?
    private let room = UnsafeMutablePointer<UInt8>.allocate(capacity: blockByteCount)
    private var block = -1
    /// The bytes of a text that lies in several blocks.
    private var joined: [UInt8] = []

    init(_ blocks: TextBlocks) {
      guard context != nil else { OutOfMemory.stop(blockByteCount, for: "for a block of text") }
      self.blocks = blocks
      let bytes = blocks.dictionary
      dictionary = bytes.isEmpty ? nil : ZSTD_createDDict(bytes.baseAddress, bytes.count)
      if dictionary == nil, !bytes.isEmpty { OutOfMemory.stop(bytes.count, for: "for text") }
    }

    deinit {
      ZSTD_freeDDict(dictionary)
      ZSTD_freeDCtx(context)
      room.deallocate()
    }

    /// Calls `body` with `count` bytes from `place` on.
    func withBytes(_ place: Int, _ count: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
      var place = place + blocks.skippedByteCount
      let (first, start) = place.quotientAndRemainder(dividingBy: blockByteCount)
      if start + count <= blockByteCount {
        if count > 0 { read(first) }
        return body(UnsafeBufferPointer(start: room + start, count: count))
      }
      joined.removeAll(keepingCapacity: true)
      while joined.count < count {
        let (block, start) = place.quotientAndRemainder(dividingBy: blockByteCount)
        read(block)
        let taken = min(count - joined.count, blockByteCount - start)
        joined.append(contentsOf: UnsafeBufferPointer(start: room + start, count: taken))
        place += taken
      }
      joined.withUnsafeBufferPointer(body)
    }

    private func read(_ block: Int) {
      guard block != self.block else { return }
      self.block = block
      let source = blocks[block]
      let count = ZSTD_decompress_usingDDict(
        context, room, blockByteCount, source.baseAddress, source.count, dictionary)
      // It was read back when it was made.
      precondition(ZSTD_isError(count) == 0, "a block of text is damaged")
    }
  }
}
