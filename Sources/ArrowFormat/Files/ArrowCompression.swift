import CLZ4
import CZstd
import Columnar
import FileIO

/// How the buffers of a batch are compressed: each by itself, behind its length.
///
///     Int64 length │ one frame of zstd or LZ4        −1 │ the bytes as they are
enum ArrowCompression {
  case lz4
  case zstd

  /// The compression that the table BodyCompression names.
  init(_ table: FlatTableView) throws(ReadingError) {
    switch try table.number(0, default: Int8(0)) {
    case 0: self = .lz4
    case 1: self = .zstd
    case let codec:
      throw ReadingError.arrow(
        .unsupportedInput, file: table.buffer.file, byteOffset: table.fileOffset,
        "the values are compressed in the way number \(codec)")
    }
    guard try table.number(1, default: Int8(0)) == 0 else {
      throw ReadingError.arrow(
        .unsupportedInput, file: table.buffer.file, byteOffset: table.fileOffset,
        "the values are not compressed buffer by buffer")
    }
  }

  /// The most bytes that one compressed byte can stand for: a block of zstd takes three bytes and
  /// one for 128 KiB of the same, a sequence of LZ4 a byte for 255.
  private var expansionLimit: Int {
    switch self {
    case .zstd: 128 << 10
    case .lz4: 255
    }
  }

  /// The bytes of a buffer that lies at `offset` of the file.
  func decompressed(
    _ stored: Buffer, file: String, offset: Int, column: String
  ) throws(ReadingError) -> Buffer {
    func corrupt(_ message: String) -> ReadingError {
      ReadingError.arrow(.corruptInput, file: file, byteOffset: offset, column: column, message)
    }
    if stored.byteCount == 0 { return stored }
    guard stored.byteCount >= 8 else {
      throw corrupt(
        "a compressed buffer has \(stored.byteCount) bytes, fewer than its length takes")
    }
    let claimed = Int(stored.pointer(as: Int64.self).pointee)
    let frame = UnsafeRawBufferPointer(start: stored.base + 8, count: stored.byteCount - 8)
    if claimed == -1 {
      let plain = Buffer(uninitializedByteCount: frame.count)
      UnsafeMutableRawBufferPointer(start: plain.base, count: frame.count).copyMemory(from: frame)
      return plain
    }
    // A claim that no frame of this size can hold is not followed with memory.
    guard claimed >= 0, claimed / expansionLimit <= frame.count,
      let plain = Buffer(availableByteCount: claimed)
    else {
      throw corrupt("\(frame.count) compressed bytes cannot be the \(claimed) that they should be")
    }
    let target = UnsafeMutableRawBufferPointer(start: plain.base, count: claimed)
    if let fault = self == .zstd ? zstdFault(frame, target) : lz4Fault(frame, target) {
      throw corrupt("the compressed bytes are damaged: \(fault)")
    }
    return plain
  }

  private func zstdFault(
    _ frame: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) -> String? {
    let count = ZSTD_decompress(
      target.baseAddress, target.count, frame.baseAddress, frame.count)
    if ZSTD_isError(count) != 0 { return String(cString: ZSTD_getErrorName(count)) }
    return count == target.count ? nil : "\(count) bytes, not \(target.count)"
  }

  private func lz4Fault(
    _ frame: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) -> String? {
    var context: OpaquePointer?
    guard LZ4F_isError(LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))) == 0 else {
      return "out of memory"
    }
    defer { LZ4F_freeDecompressionContext(context) }
    var (read, written) = (0, 0)
    while true {
      var inputCount = frame.count - read
      var outputCount = target.count - written
      let hint = LZ4F_decompress(
        context, target.baseAddress.map { $0 + written }, &outputCount,
        frame.baseAddress.map { $0 + read }, &inputCount, nil)
      if LZ4F_isError(hint) != 0 { return String(cString: LZ4F_getErrorName(hint)) }
      read += inputCount
      written += outputCount
      if hint == 0 { break }
      if inputCount == 0, outputCount == 0 { return "the frame does not end" }
    }
    return written == target.count ? nil : "\(written) bytes, not \(target.count)"
  }
}
