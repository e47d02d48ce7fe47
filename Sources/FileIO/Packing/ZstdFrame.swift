import CZstd

/// Bytes in memory as one frame of zstd.
package enum ZstdFrame {
  /// The same bytes are the same frame, which has a checksum.
  package static func compressed(_ bytes: [UInt8]) -> [UInt8] {
    let bound = ZSTD_compressBound(bytes.count)
    let context = ZSTD_createCCtx()
    defer { ZSTD_freeCCtx(context) }
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, 3)
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    return [UInt8](unsafeUninitializedCapacity: bound) { target, count in
      count = ZSTD_compress2(context, target.baseAddress, bound, bytes, bytes.count)
      precondition(ZSTD_isError(count) == 0, "out of memory")
    }
  }

  /// - Returns: `nil` where the bytes are no frame, one whose checksum says that it is damaged, or one of more than
  ///   `limit` bytes. Memory is taken as bytes come out, whatever the frame says of its size.
  package static func decompressed(_ frame: ArraySlice<UInt8>, limit: Int) -> [UInt8]? {
    if let bytes = decompressedAtOnce(frame, limit: limit) { return bytes }
    guard let stream = ZSTD_createDStream() else { return nil }
    defer { ZSTD_freeDStream(stream) }
    var bytes: [UInt8] = []
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 16)
    defer { block.deallocate() }
    return frame.withUnsafeBytes { frame -> [UInt8]? in
      var input = ZSTD_inBuffer(src: frame.baseAddress, size: frame.count, pos: 0)
      while true {
        var output = ZSTD_outBuffer(dst: block.baseAddress, size: block.count, pos: 0)
        let left = ZSTD_decompressStream(stream, &output, &input)
        guard ZSTD_isError(left) == 0, bytes.count + output.pos <= limit else { return nil }
        bytes.append(contentsOf: block[..<output.pos])
        // The end of the frame, and of the bytes.
        if left == 0 { return input.pos == frame.count ? bytes : nil }
        if output.pos < block.count, input.pos == frame.count { return nil }
      }
    }
  }

  /// The bytes of a small frame that says how many it has; `nil` where it is another, or damaged.
  private static func decompressedAtOnce(_ frame: ArraySlice<UInt8>, limit: Int) -> [UInt8]? {
    frame.withUnsafeBytes { frame -> [UInt8]? in
      let size = ZSTD_getFrameContentSize(frame.baseAddress, frame.count)
      guard size <= min(1 << 20, limit),
        ZSTD_findFrameCompressedSize(frame.baseAddress, frame.count) == frame.count
      else { return nil }
      var isWhole = false
      let bytes = [UInt8](unsafeUninitializedCapacity: Int(size)) { target, count in
        let found = ZSTD_decompress(target.baseAddress, Int(size), frame.baseAddress, frame.count)
        isWhole = found == Int(size)
        count = isWhole ? found : 0
      }
      return isWhole ? bytes : nil
    }
  }
}
