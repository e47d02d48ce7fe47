import CZlib

#if !STATIC_LIBRARIES
  import CISAL
#endif

/// How deflated data are wrapped.
enum DeflateWrapping { case gzip, bare }

// ISA-L takes a quarter of zlib's time, and Debian has it as a shared library only: what is linked
// statically inflates with zlib.
#if STATIC_LIBRARIES
  typealias InflateDecoder = ZlibDecoder
#else
  typealias InflateDecoder = ISALDecoder
#endif

/// Deflated data read by zlib.
final class ZlibDecoder: StreamDecoder {
  /// On the heap: zlib keeps the address of the stream it was initialised with.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

  init(_ wrapping: DeflateWrapping) {
    stream.initialize(to: z_stream())
    // 15 bits is the largest window; 16 more asks for the gzip format, below 0 for none.
    let bits: Int32 = wrapping == .gzip ? 15 + 16 : -15
    let status = inflateInit2_(stream, bits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "out of memory")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  func begin() { inflateReset(stream) }

  func step(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(StreamFault) -> StreamStep {
    let capacity = UInt32(clamping: output.count)
    stream.pointee.next_in = input.baseAddress.map {
      UnsafeMutablePointer(mutating: $0.assumingMemoryBound(to: UInt8.self))
    }
    stream.pointee.avail_in = UInt32(input.count)
    stream.pointee.next_out = output.assumingMemoryBound(to: UInt8.self).baseAddress
    stream.pointee.avail_out = capacity
    let status = inflate(stream, Z_NO_FLUSH)
    let consumed = input.count - Int(stream.pointee.avail_in)
    guard [Z_OK, Z_BUF_ERROR, Z_STREAM_END].contains(status) else {
      let reason = stream.pointee.msg.map { String(cString: $0) } ?? "unknown format"
      throw StreamFault(reason: reason, consumed: consumed)
    }
    return StreamStep(
      consumed: consumed, produced: Int(capacity - stream.pointee.avail_out),
      isEnd: status == Z_STREAM_END)
  }
}

#if !STATIC_LIBRARIES
  /// Deflated data read by ISA-L, which chooses its loops by the processor.
  final class ISALDecoder: StreamDecoder {
    private let state = UnsafeMutablePointer<inflate_state>.allocate(capacity: 1)

    init(_ wrapping: DeflateWrapping) {
      isal_inflate_init(state)
      state.pointee.crc_flag = UInt32(wrapping == .gzip ? ISAL_GZIP : ISAL_DEFLATE)
    }

    deinit { state.deallocate() }

    func begin() { isal_inflate_reset(state) }

    func step(
      _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(StreamFault) -> StreamStep {
      let capacity = UInt32(clamping: output.count)
      state.pointee.next_in = input.baseAddress.map {
        UnsafeMutablePointer(mutating: $0.assumingMemoryBound(to: UInt8.self))
      }
      state.pointee.avail_in = UInt32(input.count)
      state.pointee.next_out = output.assumingMemoryBound(to: UInt8.self).baseAddress
      state.pointee.avail_out = capacity
      let status = isal_inflate(state)
      let consumed = input.count - Int(state.pointee.avail_in)
      guard status >= ISAL_DECOMP_OK, status != ISAL_NEED_DICT else {
        throw StreamFault(reason: Self.reason(status), consumed: consumed)
      }
      return StreamStep(
        consumed: consumed, produced: Int(capacity - state.pointee.avail_out),
        isEnd: state.pointee.block_state == ISAL_BLOCK_FINISH)
    }

    /// In zlib's words.
    private static func reason(_ status: Int32) -> String {
      switch status {
      case ISAL_INVALID_BLOCK: "invalid block"
      case ISAL_INVALID_SYMBOL: "invalid code"
      case ISAL_INVALID_LOOKBACK: "invalid distance too far back"
      case ISAL_INVALID_WRAPPER: "incorrect header check"
      case ISAL_UNSUPPORTED_METHOD: "unknown compression method"
      case ISAL_INCORRECT_CHECKSUM: "incorrect data check"
      default: "error \(status)"
      }
    }
  }
#endif
