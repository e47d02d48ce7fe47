import CZstd
import Platform

/// Bytes in blocks of 64 KiB, each of which is compressed by itself.
///
///     | dictionary | blocks, each a frame of zstd | where each ends | bytes of the dictionary | how many blocks |
///
/// All but the first two are numbers of 32 bits. The dictionary may have no bytes.
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

  /// Reads what `TextBlockWriter` wrote, which lives as long as the column does.
  init(_ memory: Buffer) {
    let last = memory.base + (memory.byteCount - 8)
    dictionary = UnsafeRawBufferPointer(
      start: memory.base, count: Int(last.loadUnaligned(as: UInt32.self)))
    bytes = UnsafeRawPointer(memory.base) + dictionary.count
    blockCount = Int((last + 4).loadUnaligned(as: UInt32.self))
    ends = UnsafeRawPointer(last) - blockCount * 4
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
      let (first, start) = place.quotientAndRemainder(dividingBy: blockByteCount)
      if start + count <= blockByteCount {
        if count > 0 { read(first) }
        return body(UnsafeBufferPointer(start: room + start, count: count))
      }
      joined.removeAll(keepingCapacity: true)
      var place = place
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
