import CLZ4
import CSnappy
import CZlib
import CZstd

/// Takes pages out of their compression.
final class ParquetDecompression {
  private let codec: ParquetCodec
  private let context: OpaquePointer?

  /// - Throws: where the codec is not known.
  init(_ number: Int) throws(PageFault) {
    guard let codec = ParquetCodec(rawValue: number) else {
      throw PageFault(.unsupportedInput, "there is no codec \(number)")
    }
    switch codec {
    case .uncompressed, .snappy, .gzip, .lz4, .lz4Raw: context = nil
    case .zstd: context = ZSTD_createDCtx()
    case .lzo, .brotli:
      throw PageFault(
        .unsupportedInput,
        "the pages are compressed with \(codec.name); zstd, gzip, snappy, LZ4, LZ4_RAW and none are read"
      )
    }
    self.codec = codec
  }

  deinit { ZSTD_freeDCtx(context) }

  /// Fills `target`, which has as many bytes as the page says that it has.
  func decompress(
    _ source: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer
  ) throws(PageFault) {
    let count: Int?
    switch codec {
    case .zstd:
      let result = ZSTD_decompressDCtx(
        context, target.baseAddress, target.count, source.baseAddress, source.count)
      count = ZSTD_isError(result) == 0 ? result : nil
    case .snappy: count = Self.snappy(source, target)
    case .gzip: count = Self.gzip(source, target)
    case .lz4Raw: count = Self.lz4(source, target)
    // Its writers never agreed whether blocks are framed.
    case .lz4: count = Self.framedLZ4(source, target) ?? Self.lz4(source, target)
    default:
      target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source.prefix(target.count)))
      count = source.count
    }
    guard count == target.count else {
      throw PageFault(
        "what is compressed with \(codec.name) does not give the \(target.count) bytes of the page")
    }
  }

  private static func lz4(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) -> Int? {
    guard let sourceCount = Int32(exactly: source.count),
      let targetCount = Int32(exactly: target.count)
    else { return nil }
    // Negative where the block is damaged, which is no page's size.
    return Int(
      LZ4_decompress_safe(
        source.bindMemory(to: CChar.self).baseAddress,
        target.bindMemory(to: CChar.self).baseAddress, sourceCount, targetCount))
  }

  /// Blocks as Hadoop frames them: two lengths, the highest byte first, of the text and of the block.
  private static func framedLZ4(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) -> Int? {
    var (position, done) = (0, 0)
    while position < source.count {
      guard source.count - position >= 8 else { return nil }
      let length = source.loadUnaligned(fromByteOffset: position, as: UInt32.self)
      let stored = source.loadUnaligned(fromByteOffset: position + 4, as: UInt32.self)
      let (textCount, blockCount) = (Int(UInt32(bigEndian: length)), Int(UInt32(bigEndian: stored)))
      position += 8
      guard textCount <= target.count - done, blockCount <= source.count - position else {
        return nil
      }
      let block = UnsafeRawBufferPointer(rebasing: source[position..<position + blockCount])
      let text = UnsafeMutableRawBufferPointer(rebasing: target[done..<done + textCount])
      guard lz4(block, text) == textCount else { return nil }
      position += blockCount
      done += textCount
    }
    return done
  }

  private static func snappy(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) -> Int? {
    let input = source.bindMemory(to: CChar.self).baseAddress
    var count = 0
    guard snappy_uncompressed_length(input, source.count, &count) == SNAPPY_OK,
      count == target.count,
      snappy_uncompress(
        input, source.count, target.bindMemory(to: CChar.self).baseAddress, &count) == SNAPPY_OK
    else { return nil }
    return count
  }

  private static func gzip(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) -> Int? {
    var stream = z_stream()
    // 32: the header may be that of gzip or of zlib.
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(&stream, 15 + 32, ZLIB_VERSION, size) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
    stream.next_in = UnsafeMutablePointer(mutating: source.bindMemory(to: UInt8.self).baseAddress)
    stream.avail_in = UInt32(source.count)
    stream.next_out = target.bindMemory(to: UInt8.self).baseAddress
    stream.avail_out = UInt32(target.count)
    // A page may have several members, as a file of gzip may.
    repeat {
      guard inflate(&stream, Z_FINISH) == Z_STREAM_END else { return nil }
    } while stream.avail_in > 0 && inflateReset(&stream) == Z_OK
    return target.count - Int(stream.avail_out)
  }
}
