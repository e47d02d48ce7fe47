import CBzip2
import CLZMA
import CZlib
import CZstd

/// Bytes as a gzip member, as a zstd frame, in a zip archive, as UTF-16, ….
enum CompressedBytes {
  static func bzip2(_ bytes: [UInt8]) -> [UInt8] {
    var size = UInt32(bytes.count + bytes.count / 100 + 1000)
    var output = [CChar](repeating: 0, count: Int(size))
    var input = bytes.map(CChar.init(bitPattern:))
    BZ2_bzBuffToBuffCompress(&output, &size, &input, UInt32(bytes.count), 9, 0, 0)
    return output.prefix(Int(size)).map(UInt8.init(bitPattern:))
  }

  static func xz(_ bytes: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: lzma_stream_buffer_bound(bytes.count)) { buffer, count in
      _ = lzma_easy_buffer_encode(
        1, LZMA_CHECK_CRC32, nil, bytes, bytes.count, buffer.baseAddress, &count, buffer.count)
    }
  }

  static func lzma(_ bytes: [UInt8]) -> [UInt8] {
    var options = lzma_options_lzma()
    lzma_lzma_preset(&options, 1)
    var stream = lzma_stream()
    _ = lzma_alone_encoder(&stream, &options)
    defer { lzma_end(&stream) }
    return bytes.withUnsafeBufferPointer { input in
      [UInt8](unsafeUninitializedCapacity: bytes.count + 1000) { buffer, count in
        stream.next_in = input.baseAddress
        stream.avail_in = input.count
        stream.next_out = buffer.baseAddress
        stream.avail_out = buffer.count
        while lzma_code(&stream, LZMA_FINISH) == LZMA_OK {}
        count = buffer.count - stream.avail_out
      }
    }
  }

  enum ZipMethod: Int {
    case stored = 0
    case deflated = 8
    case deflate64 = 9
  }

  static func zip(
    _ members: [(name: String, bytes: [UInt8], method: ZipMethod)], isEncrypted: Bool = false
  ) -> [UInt8] {
    func little(_ number: Int, _ width: Int) -> [UInt8] {
      (0..<width).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    for (name, bytes, method) in members {
      // Between the header and the trailer of a gzip member.
      let stored = method == .stored ? bytes : Array(gzip(bytes).dropFirst(10).dropLast(8))
      let checksum = Int(crc32(0, bytes, UInt32(bytes.count)))
      let common =
        little(isEncrypted ? 0x801 : 0x800, 2) + little(method.rawValue, 2) + little(0, 4)
        + little(checksum, 4) + little(stored.count, 4) + little(bytes.count, 4)
        + little(name.utf8.count, 2)
      directory += [0x50, 0x4B, 1, 2] + little(20, 2) + little(20, 2) + common + little(0, 12)
      directory += little(archive.count, 4) + Array(name.utf8)
      archive += [0x50, 0x4B, 3, 4] + little(20, 2) + common + little(0, 2) + Array(name.utf8)
      archive += stored
    }
    let end =
      [0x50, 0x4B, 5, 6] + little(0, 4) + little(members.count, 2) + little(members.count, 2)
      + little(directory.count, 4) + little(archive.count, 4) + little(0, 2)
    return archive + directory + end
  }

  static func utf32(_ text: String) -> [UInt8] {
    (["\u{FEFF}"] + Array(text.unicodeScalars)).flatMap { scalar in
      (0..<4).map { UInt8(truncatingIfNeeded: scalar.value >> (8 * $0)) }
    }
  }

  static func zstd(_ bytes: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count)) { buffer, count in
      count = ZSTD_compress(buffer.baseAddress, buffer.count, bytes, bytes.count, 3)
    }
  }

  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
      &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var input = bytes
    return [UInt8](unsafeUninitializedCapacity: bytes.count + 1000) { buffer, count in
      input.withUnsafeMutableBufferPointer { input in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = buffer.baseAddress
        stream.avail_out = UInt32(buffer.count)
        deflate(&stream, Z_FINISH)
      }
      count = Int(stream.total_out)
    }
  }

  static func utf16(_ text: String, bigEndian: Bool, mark: Bool = true) -> [UInt8] {
    ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit in
      let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      return bigEndian ? bytes.reversed() : bytes
    }
  }
}
