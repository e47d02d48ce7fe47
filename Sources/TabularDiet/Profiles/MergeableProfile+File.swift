import Columnar
import FileIO
import Pipeline
import Platform

extension MergeableProfile {
  /// What a file begins with that has a profile, and the version of its form.
  private static let signature = Array("DIETPROF".utf8) + [1]

  /// Whether a file begins as a profile does.
  static func isProfile(_ start: some Collection<UInt8>) -> Bool {
    start.starts(with: signature.dropLast())
  }

  /// The profile that `write(toFile:)` has saved.
  ///
  /// - Throws: `DocumentError`.
  public init(contentsOfFile path: String) throws {
    try self.init(bytes: JSONDocument.bytes(path, kind: "profile"), path: path)
  }

  /// The profile as bytes, as a file has it.
  ///
  /// - Parameter path: What errors call the bytes.
  /// - Throws: `DocumentError`.
  public init(bytes: [UInt8], path: String = "profile") throws(DocumentError) {
    do {
      self.init(try Self.read(bytes, path) { try $0.read(PartProfile.self) })
    } catch let error as DocumentError {
      throw error
    } catch {
      throw DocumentError(path: path, message: "\(error)")
    }
  }

  /// Adds the profile that a file has. After an error nothing is to be had of this one any more.
  ///
  /// - Throws: `DocumentError`; `PartError`.
  mutating func add(contentsOfFile path: String) throws {
    let bytes = try JSONDocument.bytes(path, kind: "profile")
    try Self.read(bytes, path) { try part.formUnion(from: &$0) }
  }

  /// Reads what is within the bytes of a file.
  ///
  /// - Throws: `DocumentError` where `body` throws `ProfileFault`, or that is no profile; what else `body` throws.
  private static func read<Result>(
    _ bytes: [UInt8], _ path: String, _ body: (inout ProfileReader) throws -> Result
  ) throws -> Result {
    func fault(_ message: String) -> DocumentError { DocumentError(path: path, message: message) }
    guard Self.isProfile(bytes), bytes.count > Self.signature.count else {
      throw fault("this is no profile; `diet profile FILES -o PROFILE` writes one")
    }
    let version = bytes[Self.signature.count - 1]
    guard version == Self.signature.last else {
      throw fault("the profile has version \(version), this diet reads version 1: make it anew")
    }
    let frame = bytes[Self.signature.count...]
    guard let text = ZstdFrame.decompressed(frame, limit: Self.byteLimit) else {
      throw fault("the profile is damaged: make it anew")
    }
    var reader = ProfileReader(text)
    do {
      let result = try body(&reader)
      guard reader.isAtEnd else { throw reader.fault("something stands behind the profile") }
      return result
    } catch let error as ProfileFault {
      throw fault("the profile is damaged: \(error.reason) (byte \(error.offset)); make it anew")
    }
  }

  private static let byteLimit = 1 << 34

  /// The profile as a file has it. The same table gives the same bytes.
  public var bytes: [UInt8] {
    var writer = ProfileWriter()
    writer.write(part)
    return Self.signature + ZstdFrame.compressed(writer.bytes)
  }

  /// Saves the profile. A profile that is there is replaced; so is no other file.
  ///
  /// - Throws: `OutputError`; `DocumentError` where there is another file at the path.
  public func write(toFile path: String) throws {
    try Self.refuseToReplaceOther(atPath: path)
    let file = try AtomicFile(path: path)
    try bytes.withUnsafeBytes { try file.write($0, at: 0) }
    try file.commit()
  }

  /// Whether a file may be looked into: what comes through a pipe would be gone.
  static func isRegularFile(_ path: String) -> Bool {
    var status = stat()
    return path != "-" && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Whether a file is called a profile, and nothing is in it: what began it has not ended.
  static func isEmptyProfile(_ path: String) -> Bool {
    var status = stat()
    return path.hasSuffix(".profile") && isRegularFile(path) && stat(path, &status) == 0
      && status.st_size == 0
  }

  /// Throws where there is a file that is no profile.
  package static func refuseToReplaceOther(atPath path: String) throws {
    var status = stat()
    guard isRegularFile(path), stat(path, &status) == 0, status.st_size > 0 else { return }
    let start = try CSVInput.path(path).start(byteCount: signature.count)
    guard isProfile(start) else {
      throw DocumentError(
        path: path, message: "that file has something else in it than a profile; name another one")
    }
  }
}
