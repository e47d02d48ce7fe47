import CZstd
import Platform

/// Makes blocks of bytes that come in pieces, and reads each of them back.
///
/// Unchecked: one thread at a time has it.
final class TextBlockWriter: @unchecked Sendable {
  private let dictionary: TextDictionary?
  /// That of the dictionary, where there is one.
  private let level: Int32
  private var bench: Bench?
  private var block: [UInt8] = []
  /// The bytes of the blocks, in pieces that other writers made, and of the last ones.
  private var pieces: [[UInt8]] = []
  private var compressed: [UInt8] = []
  private var byteCount = 0
  private var ends: [UInt32] = []

  /// What is needed while blocks are made: more than a megabyte.
  private final class Bench {
    let context = ZSTD_createCCtx()
    let readContext = ZSTD_createDCtx()
    let reading: OpaquePointer?
    var room = [UInt8](repeating: 0, count: ZSTD_compressBound(TextBlocks.blockByteCount))
    var readBack = [UInt8](repeating: 0, count: TextBlocks.blockByteCount)

    init(_ dictionary: TextDictionary?) {
      reading = dictionary.map { ZSTD_createDDict($0.bytes, $0.bytes.count) } ?? nil
      guard context != nil, readContext != nil, reading != nil || dictionary == nil else {
        OutOfMemory.stop(TextBlocks.blockByteCount, for: "to compress text")
      }
    }

    func compress(_ block: [UInt8], _ dictionary: TextDictionary?, level: Int32) -> Int {
      guard let dictionary else {
        return ZSTD_compressCCtx(
          context, &room, room.count, block, block.count, level)
      }
      return ZSTD_compress_usingCDict(
        context, &room, room.count, block, block.count, dictionary.compressing)
    }

    deinit {
      ZSTD_freeCCtx(context)
      ZSTD_freeDCtx(readContext)
      ZSTD_freeDDict(reading)
    }
  }

  init(_ dictionary: TextDictionary? = nil, level: Int32 = TextBlocks.usualLevel) {
    (self.dictionary, self.level) = (dictionary, level)
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
      guard byteCount + next.byteCount <= UInt32.max else { return false }
      ends += next.ends.map { $0 + UInt32(byteCount) }
      pieces += [compressed, next.compressed]
      compressed = []
      byteCount += next.byteCount
    }
    return next.block.withUnsafeBufferPointer(append)
  }

  /// Gives back what making blocks takes; more can be made.
  func rest() { bench = nil }

  private func finishBlock() -> Bool {
    let bench = self.bench ?? Bench(dictionary)
    self.bench = bench
    let count = bench.compress(block, dictionary, level: level)
    guard ZSTD_isError(count) == 0,
      ZSTD_decompress_usingDDict(
        bench.readContext, &bench.readBack, bench.readBack.count, bench.room, count, bench.reading)
        == block.count,
      memcmp(bench.readBack, block, block.count) == 0
    else { return false }
    compressed.append(contentsOf: bench.room[..<count])
    byteCount += count
    guard byteCount <= UInt32.max else { return false }
    ends.append(UInt32(byteCount))
    block.removeAll(keepingCapacity: true)
    return true
  }

  /// All blocks, which this then does not have any more; `nil` where the last one does not read back.
  func finish() -> Buffer? {
    if !block.isEmpty, !finishBlock() { return nil }
    rest()
    pieces.append(compressed)
    compressed = []
    let learned = dictionary?.bytes ?? []
    let buffer = Buffer(
      uninitializedByteCount: TextBlocks.byteCount(byteCount + learned.count, ends.count))
    memcpy(buffer.base, learned, learned.count)
    var target = buffer.base + learned.count
    for index in pieces.indices {
      memcpy(target, pieces[index], pieces[index].count)
      target += pieces[index].count
      pieces[index] = []
    }
    TextBlocks.finish(target, ends: ends, dictionaryByteCount: learned.count)
    return buffer
  }
}

/// The blocks of some of the bytes, wherever these begin.
///
/// Unchecked: one thread at a time has it.
final class TextBlockPart: @unchecked Sendable {
  /// The bytes before the first block that begins here.
  fileprivate private(set) var start: [UInt8] = []
  private let startByteCount: Int
  fileprivate let writer: TextBlockWriter

  /// - Parameter firstByte: The place of the first byte among all.
  init(from firstByte: Int, _ dictionary: TextDictionary?, level: Int32) {
    writer = TextBlockWriter(dictionary, level: level)
    startByteCount = -firstByte & (TextBlocks.blockByteCount - 1)
  }

  /// Adds bytes; false where a block does not read back.
  func append(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let taken = min(startByteCount - start.count, bytes.count)
    start.append(contentsOf: bytes.prefix(taken))
    return writer.append(UnsafeBufferPointer(rebasing: bytes[taken...]))
  }

  /// All its bytes are there.
  func finish() { writer.rest() }
}
