import CLZMA

/// Streams of xz, and the files of its forerunner.
final class LZMADecoder: StreamDecoder {
  enum Format { case xz, lzma }

  /// What a file may ask for: `xz -9` needs 65 MB.
  private static let memoryByteLimit: UInt64 = 1 << 30

  private let format: Format
  private let stream = UnsafeMutablePointer<lzma_stream>.allocate(capacity: 1)

  init(_ format: Format) {
    self.format = format
    stream.initialize(to: lzma_stream())
  }

  deinit {
    lzma_end(stream)
    stream.deallocate()
  }

  func begin() {
    // A stream that was used before is taken up again.
    let status =
      switch format {
      case .xz: lzma_stream_decoder(stream, Self.memoryByteLimit, 0)
      case .lzma: lzma_alone_decoder(stream, Self.memoryByteLimit)
      }
    precondition(status == LZMA_OK, "out of memory")
  }

  func step(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(StreamFault) -> StreamStep {
    stream.pointee.next_in = input.assumingMemoryBound(to: UInt8.self).baseAddress
    stream.pointee.avail_in = input.count
    stream.pointee.next_out = output.assumingMemoryBound(to: UInt8.self).baseAddress
    stream.pointee.avail_out = output.count
    let status = lzma_code(stream, input.isEmpty ? LZMA_FINISH : LZMA_RUN)
    let consumed = input.count - stream.pointee.avail_in
    guard [LZMA_OK, LZMA_STREAM_END, LZMA_BUF_ERROR].contains(status) else {
      throw StreamFault(reason: reason(status), consumed: consumed)
    }
    return StreamStep(
      consumed: consumed, produced: output.count - stream.pointee.avail_out,
      isEnd: status == LZMA_STREAM_END)
  }

  private func reason(_ status: lzma_ret) -> String {
    switch status {
    case LZMA_FORMAT_ERROR: "what follows is no \(format) stream"
    case LZMA_OPTIONS_ERROR: "it asks for what liblzma does not know"
    case LZMA_DATA_ERROR: "a block does not fit its checksum"
    case LZMA_MEMLIMIT_ERROR: "it asks for \(lzma_memusage(stream) >> 20) MB of memory"
    default: "error \(status.rawValue)"
    }
  }
}
