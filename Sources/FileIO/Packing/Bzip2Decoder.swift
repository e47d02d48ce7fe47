#if !WITHOUT_BZIP2
  import CBzip2

  /// Streams of bzip2; `pbzip2` and `cat` put many into one file.
  final class Bzip2Decoder: StreamDecoder {
    /// On the heap: the library keeps the address of the stream it was initialised with.
    private let stream = UnsafeMutablePointer<bz_stream>.allocate(capacity: 1)
    private var isOpen = false

    init() { stream.initialize(to: bz_stream()) }

    deinit {
      if isOpen { BZ2_bzDecompressEnd(stream) }
      stream.deallocate()
    }

    func begin() {
      if isOpen { BZ2_bzDecompressEnd(stream) }
      stream.pointee = bz_stream()
      let status = BZ2_bzDecompressInit(stream, 0, 0)
      precondition(status == BZ_OK, "out of memory")
      isOpen = true
    }

    func step(
      _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(StreamFault) -> StreamStep {
      let capacity = UInt32(clamping: output.count)
      stream.pointee.next_in = input.baseAddress.map {
        UnsafeMutablePointer(mutating: $0.assumingMemoryBound(to: CChar.self))
      }
      stream.pointee.avail_in = UInt32(input.count)
      stream.pointee.next_out = output.assumingMemoryBound(to: CChar.self).baseAddress
      stream.pointee.avail_out = capacity
      let status = BZ2_bzDecompress(stream)
      let consumed = input.count - Int(stream.pointee.avail_in)
      guard status == BZ_OK || status == BZ_STREAM_END else {
        throw StreamFault(reason: Self.reason(status), consumed: consumed)
      }
      return StreamStep(
        consumed: consumed, produced: Int(capacity - stream.pointee.avail_out),
        isEnd: status == BZ_STREAM_END)
    }

    private static func reason(_ status: Int32) -> String {
      switch status {
      case BZ_DATA_ERROR_MAGIC: "what follows is no bzip2 stream"
      case BZ_DATA_ERROR: "a block does not fit its checksum"
      default: "error \(status)"
      }
    }
  }
#endif
