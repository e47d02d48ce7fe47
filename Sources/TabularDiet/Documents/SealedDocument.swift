import Columnar
import FileIO
import Platform

/// A kind of file that only this program reads: a signature, the version of its form, the digest of what follows, and
/// a frame of zstd.
///
/// The checksum of a frame is of what comes out of it: some bits of the frame say nothing about that.
struct SealedDocument {
  /// What it is, in a word.
  let kind: String
  /// How one is made, in words.
  let remedy: String
  private let signature: [UInt8]
  private let version: UInt8

  private static let byteLimit = 1 << 34
  private static let digestByteCount = 16

  static let profile = SealedDocument(
    kind: "profile", signature: "DIETPROF", version: 3,
    remedy: "`diet profile FILES -o PROFILE` writes one")
  static let scan = SealedDocument(
    kind: "scan", signature: "DIETSCAN", version: 1,
    remedy: "`diet scan FILE -o SCAN` writes one")

  private init(kind: String, signature: String, version: UInt8, remedy: String) {
    (self.kind, self.signature, self.remedy) = (kind, Array(signature.utf8), remedy)
    self.version = version
  }

  /// Whether bytes begin as such a file does.
  func isStart(_ start: some Collection<UInt8>) -> Bool { start.starts(with: signature) }

  /// Whether a file does.
  func isFile(_ path: String) -> Bool {
    guard Self.isRegularFile(path),
      let start = try? CSVInput.path(path).start(byteCount: signature.count)
    else { return false }
    return isStart(start)
  }

  /// A file's bytes. The same facts are the same bytes.
  func bytes(of part: some ProfilePart) -> [UInt8] {
    var writer = ProfileWriter()
    writer.write(part)
    return sealed(writer.bytes)
  }

  /// A file of what was written, whatever that is.
  func sealed(_ bytes: [UInt8]) -> [UInt8] {
    let frame = ZstdFrame.compressed(bytes)
    return signature + [version] + Self.digest(of: frame[...]) + frame
  }

  /// What was written to a file; `nil` where it has changed since.
  ///
  /// - Parameter file: The bytes of a file that begins as such files do.
  func unsealed(_ file: [UInt8]) -> [UInt8]? {
    let rest = file.dropFirst(signature.count + 1)
    let (digest, frame) = (rest.prefix(Self.digestByteCount), rest.dropFirst(Self.digestByteCount))
    guard digest.elementsEqual(Self.digest(of: frame)) else { return nil }
    return ZstdFrame.decompressed(frame, limit: Self.byteLimit)
  }

  private static func digest(of frame: ArraySlice<UInt8>) -> [UInt8] {
    let hash = ByteHash(.xxh3)
    frame.withUnsafeBytes { hash.add($0.baseAddress, $0.count) }
    return hash.digest
  }

  /// Reads what is within the bytes of a file.
  ///
  /// - Throws: `DocumentError` where `body` throws `ProfileFault`, or that is no such file; what else `body` throws.
  func read<Result>(
    _ bytes: [UInt8], _ path: String, _ body: (inout ProfileReader) throws -> Result
  ) throws -> Result {
    func fault(_ message: String) -> DocumentError { DocumentError(path: path, message: message) }
    guard isStart(bytes), bytes.count > signature.count else {
      throw fault("this is no \(kind); \(remedy)")
    }
    let found = bytes[signature.count]
    guard found == version else {
      throw fault(
        "the \(kind) has version \(found), this diet reads version \(version): make it anew")
    }
    guard let content = unsealed(bytes) else {
      throw fault("the \(kind) is damaged: make it anew")
    }
    var reader = ProfileReader(content)
    do {
      let result = try body(&reader)
      guard reader.isAtEnd else { throw reader.fault("something stands behind the \(kind)") }
      return result
    } catch let error as ProfileFault {
      throw fault("the \(kind) is damaged: \(error.reason) (byte \(error.offset)); make it anew")
    }
  }

  /// Saves a file. One of its kind that is there is replaced; so is no other file.
  ///
  /// - Throws: `OutputError`; `DocumentError` where there is another file at the path.
  func write(_ bytes: [UInt8], toFile path: String) throws {
    try refuseToReplaceOther(atPath: path)
    let file = try AtomicFile(path: path)
    try bytes.withUnsafeBytes { try file.write($0, at: 0) }
    try file.commit()
  }

  /// Throws where there is a file of another kind.
  func refuseToReplaceOther(atPath path: String) throws {
    var status = stat()
    guard Self.isRegularFile(path), stat(path, &status) == 0, status.st_size > 0 else { return }
    guard isFile(path) else {
      throw DocumentError(
        path: path, message: "that file has something else in it than a \(kind); name another one")
    }
  }

  /// Whether a file may be looked into: what comes through a pipe would be gone.
  static func isRegularFile(_ path: String) -> Bool {
    var status = stat()
    return path != "-" && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }
}
