import CZstd
import Columnar
import FileIO

/// Compresses buffers as Arrow has them, one thread's one after the other.
final class ArrowBufferCompressor {
  /// What pyarrow takes, too: higher levels are far slower than files are written.
  private static let level: Int32 = 1

  private let context = ZSTD_createCCtx()
  private var room = Buffer(uninitializedByteCount: 0)

  deinit { ZSTD_freeCCtx(context) }

  /// The length and a frame of zstd; the bytes as they are behind −1 where that is no shorter; nothing
  /// for nothing.
  func compressed(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    if bytes.isEmpty { return [] }
    let bound = ZSTD_compressBound(bytes.count)
    if room.byteCount < bound { room = Buffer(uninitializedByteCount: bound + bound / 4) }
    let count = ZSTD_compressCCtx(
      context, room.base, room.byteCount, bytes.baseAddress, bytes.count, Self.level)
    let isShorter = ZSTD_isError(count) == 0 && count < bytes.count
    let content = isShorter ? UnsafeRawBufferPointer(start: room.base, count: count) : bytes
    return [UInt8](unsafeUninitializedCapacity: 8 + content.count) { target, initializedCount in
      let target = UnsafeMutableRawBufferPointer(target)
      target.storeBytes(of: isShorter ? Int64(bytes.count) : -1, as: Int64.self)
      UnsafeMutableRawBufferPointer(rebasing: target[8...]).copyMemory(from: content)
      initializedCount = target.count
    }
  }
}

/// Memory as a part of a file: what is written to a place of that part lies there.
final class MemoryPart: ByteSink, @unchecked Sendable {
  // Sound: one thread has it.

  private var buffer = Buffer(uninitializedByteCount: 0)
  private var start = 0
  let allowsAnyOrder = true

  /// Becomes the part of the file that `range` is; what lay there before means nothing any more.
  func restart(_ range: Range<Int>) {
    start = range.lowerBound
    if buffer.byteCount < range.count {
      buffer = Buffer(uninitializedByteCount: range.count + range.count / 4)
    }
  }

  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(OutputError) {
    precondition(offset >= start && offset - start + bytes.count <= buffer.byteCount)
    UnsafeMutableRawBufferPointer(start: buffer.base + (offset - start), count: bytes.count)
      .copyMemory(from: bytes)
  }

  /// What was written to `range` of the file.
  subscript(range: Range<Int>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: buffer.base + (range.lowerBound - start), count: range.count)
  }
}
