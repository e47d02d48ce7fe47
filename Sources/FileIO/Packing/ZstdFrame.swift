import CZstd

/// Bytes in memory as one frame of zstd.
package enum ZstdFrame {
  /// The same bytes are the same frame.
  package static func compressed(_ bytes: [UInt8]) -> [UInt8] {
    let bound = ZSTD_compressBound(bytes.count)
    return [UInt8](unsafeUninitializedCapacity: bound) { target, count in
      count = ZSTD_compress(target.baseAddress, bound, bytes, bytes.count, 3)
      precondition(ZSTD_isError(count) == 0, "out of memory")
    }
  }

  /// - Returns: `nil` where the bytes are no frame, or one of more than `limit` bytes.
  package static func decompressed(_ frame: ArraySlice<UInt8>, limit: Int) -> [UInt8]? {
    frame.withUnsafeBytes { frame -> [UInt8]? in
      let size = ZSTD_getFrameContentSize(frame.baseAddress, frame.count)
      guard size <= UInt64(limit) else { return nil }
      var isSound = true
      let bytes = [UInt8](unsafeUninitializedCapacity: Int(size)) { target, count in
        let found = ZSTD_decompress(target.baseAddress, Int(size), frame.baseAddress, frame.count)
        isSound = ZSTD_isError(found) == 0 && found == Int(size)
        count = isSound ? found : 0
      }
      return isSound ? bytes : nil
    }
  }
}
