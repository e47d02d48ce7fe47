/// What takes compressed bytes and gives what they hold, a block at a time.
protocol StreamDecoder: AnyObject {
  /// Starts a member, a frame or a stream, behind the last one if there was any.
  func begin()
  /// Decompresses as much of `input` as `output` has room for; `input` is empty at its end, and may
  /// have left something in the decoder.
  func step(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(StreamFault) -> StreamStep
}

/// How far a decoder came.
struct StreamStep {
  var consumed: Int
  var produced: Int
  /// Whether the member ends here.
  var isEnd: Bool
}

/// Compressed bytes that cannot be right.
struct StreamFault: Error {
  let reason: String
  /// How many bytes of the input were taken before it was noticed.
  let consumed: Int
}

/// A compressed format that is read as a stream of members, one after the other.
struct StreamFormat: Sendable {
  let name: String
  /// What it calls a member.
  let member: String
  /// What tests a file.
  let test: String
  /// Whether zero bytes may follow a member: tape and block devices pad with them.
  var allowsPadding = true
  /// What a member begins with, where its decoder waits for more before it says that it does not.
  var sign: [UInt8] = []
  /// Whether a file begins so.
  let recognizes: @Sendable ([UInt8]) -> Bool
  let decoder: @Sendable () -> any StreamDecoder

  /// The formats that are told by how a file begins.
  static let all: [StreamFormat] = [zstd, gzip, xz, lzma] + (readsBzip2 ? [bzip2] : [])

  /// Debian's archive of libbz2 cannot be linked into a shared library.
  #if WITHOUT_BZIP2
    static let readsBzip2 = false
  #else
    static let readsBzip2 = true
  #endif

  static let zstd = StreamFormat(
    name: "zstd", member: "frame", test: "zstd -t", allowsPadding: false,
    recognizes: { $0.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) }, decoder: { ZstdDecoder() })

  static let gzip = StreamFormat(
    name: "gzip", member: "member", test: "gzip -t", sign: [0x1F, 0x8B],
    recognizes: { $0.starts(with: [0x1F, 0x8B]) }, decoder: { InflateDecoder(.gzip) })

  /// A column may be named `BZh` in a CSV; a block of bzip2 goes on with π, an empty file with √π.
  static let bzip2 = StreamFormat(
    name: "bzip2", member: "stream", test: "bzip2 -t",
    recognizes: { start in
      let rest = start.dropFirst(4)
      return start.starts(with: "BZh".utf8)
        && (rest.starts(with: [0x31, 0x41, 0x59]) || rest.starts(with: [0x17, 0x72, 0x45]))
    },
    decoder: {
      #if WITHOUT_BZIP2
        preconditionFailure("bzip2 is refused before")
      #else
        Bzip2Decoder()
      #endif
    })

  static let xz = StreamFormat(
    name: "xz", member: "stream", test: "xz -t", sign: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0],
    recognizes: { $0.starts(with: [0xFD] + Array("7zXZ".utf8) + [0]) },
    decoder: { LZMADecoder(.xz) })

  /// The format before xz: properties and the size of a dictionary, a power of two or one and a half.
  static let lzma = StreamFormat(
    name: "lzma", member: "stream", test: "xz -t --format=lzma",
    recognizes: { $0.count >= 13 && $0.starts(with: [0x5D, 0, 0]) && $0[4] < 0x20 },
    decoder: { LZMADecoder(.lzma) })

  /// What a zip archive holds of a member: bare deflate.
  static let deflate = StreamFormat(
    name: "deflate", member: "member", test: "unzip -t", recognizes: { _ in false },
    decoder: { InflateDecoder(.bare) })
}
