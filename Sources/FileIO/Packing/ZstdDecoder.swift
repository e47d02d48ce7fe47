import CZstd

/// Frames of zstd.
final class ZstdDecoder: StreamDecoder {
  private let stream: OpaquePointer
  /// What the library wants next. To be given no more costs nothing, and says which block is
  /// damaged.
  private var wantedByteCount = Int.max

  init() {
    guard let stream = ZSTD_createDStream() else { preconditionFailure("out of memory") }
    self.stream = stream
  }

  deinit { ZSTD_freeDStream(stream) }

  // The library begins a frame behind another by itself. The shortest header has 5 bytes.
  func begin() { wantedByteCount = 5 }

  func step(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(StreamFault) -> StreamStep {
    var source = ZSTD_inBuffer(
      src: input.baseAddress, size: min(input.count, wantedByteCount), pos: 0)
    var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let result = ZSTD_decompressStream(stream, &target, &source)
    guard ZSTD_isError(result) == 0 else {
      throw StreamFault(
        reason: String(cString: ZSTD_getErrorName(result)), consumed: source.pos)
    }
    wantedByteCount = max(result, 1)
    return StreamStep(consumed: source.pos, produced: target.pos, isEnd: result == 0)
  }
}
