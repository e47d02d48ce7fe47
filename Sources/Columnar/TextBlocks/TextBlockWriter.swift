import CZstd
import Platform

/// Makes blocks of bytes that come in pieces, and reads each of them back.
///
/// Unchecked: one thread at a time has it.
final class TextBlockWriter: @unchecked Sendable {
  private let context = ZSTD_createCCtx()
  private let readContext = ZSTD_createDCtx()
  private var block: [UInt8] = []
  private var compressed: [UInt8] = []
  private var ends: [UInt32] = []
  private var room: [UInt8]
  private var readBack = [UInt8](repeating: 0, count: TextBlocks.blockByteCount)

  init() {
    guard context != nil, readContext != nil else {
      OutOfMemory.stop(TextBlocks.blockByteCount, for: "to compress text")
    }
    block.reserveCapacity(TextBlocks.blockByteCount)
    room = [UInt8](repeating: 0, count: ZSTD_compressBound(TextBlocks.blockByteCount))
  }

  deinit {
    ZSTD_freeCCtx(context)
    ZSTD_freeDCtx(readContext)
  }

  /// Adds bytes; false where a block does not read back.
  func append(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let taken = min(rest.count, TextBlocks.blockByteCount - block.count)
      block.append(contentsOf: rest.prefix(taken))
      rest = rest.dropFirst(taken)
      if block.count == TextBlocks.blockByteCount, !finishBlock() { return false }
    }
    return true
  }

  /// Adds what another thread made of the bytes that follow; false where a block does not read back.
  func append(_ part: TextBlockPart) -> Bool {
    guard part.start.withUnsafeBufferPointer(append) else { return false }
    let next = part.writer
    if !next.ends.isEmpty {
      precondition(block.isEmpty, "blocks that another thread made begin where one ends")
      guard compressed.count + next.compressed.count <= UInt32.max else { return false }
      ends += next.ends.map { $0 + UInt32(compressed.count) }
      compressed += next.compressed
    }
    return next.block.withUnsafeBufferPointer(append)
  }

  private func finishBlock() -> Bool {
    let count = ZSTD_compressCCtx(
      context, &room, room.count, block, block.count, TextBlocks.level)
    guard ZSTD_isError(count) == 0,
      ZSTD_decompressDCtx(readContext, &readBack, readBack.count, room, count) == block.count,
      memcmp(readBack, block, block.count) == 0
    else { return false }
    compressed.append(contentsOf: room[..<count])
    guard compressed.count <= UInt32.max else { return false }
    ends.append(UInt32(compressed.count))
    block.removeAll(keepingCapacity: true)
    return true
  }

  /// All blocks; `nil` where the last one does not read back.
  func finish() -> Buffer? {
    if !block.isEmpty, !finishBlock() { return nil }
    let buffer = Buffer(uninitializedByteCount: Self.byteCount(compressed.count, ends.count))
    memcpy(buffer.base, compressed, compressed.count)
    memcpy(buffer.base + compressed.count, ends, ends.count * 4)
    (buffer.base + (buffer.byteCount - 4)).storeBytes(of: UInt32(ends.count), as: UInt32.self)
    return buffer
  }

  /// The bytes of so many blocks that have been compressed to so many bytes.
  static func byteCount(_ compressedByteCount: Int, _ blockCount: Int) -> Int {
    compressedByteCount + blockCount * 4 + 4
  }
}

/// The blocks of some of the bytes, wherever these begin.
///
/// Unchecked: one thread at a time has it.
final class TextBlockPart: @unchecked Sendable {
  /// The bytes before the first block that begins here.
  fileprivate private(set) var start: [UInt8] = []
  private let startByteCount: Int
  fileprivate let writer = TextBlockWriter()

  /// - Parameter firstByte: The place of the first byte among all.
  init(from firstByte: Int) {
    startByteCount = -firstByte & (TextBlocks.blockByteCount - 1)
  }

  /// Adds bytes; false where a block does not read back.
  func append(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let taken = min(startByteCount - start.count, bytes.count)
    start.append(contentsOf: bytes.prefix(taken))
    return writer.append(UnsafeBufferPointer(rebasing: bytes[taken...]))
  }
}
