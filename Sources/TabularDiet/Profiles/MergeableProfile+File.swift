import FileIO
import Pipeline
import Platform

extension MergeableProfile {
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
      self.init(try SealedDocument.profile.read(bytes, path) { try $0.read(PartProfile.self) })
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
    try SealedDocument.profile.read(bytes, path) { try part.formUnion(from: &$0) }
  }

  /// The profile as a file has it. The same table gives the same bytes.
  public var bytes: [UInt8] { SealedDocument.profile.bytes(of: part) }

  /// Saves the profile. A profile that is there is replaced; so is no other file.
  ///
  /// - Throws: `OutputError`; `DocumentError` where there is another file at the path.
  public func write(toFile path: String) throws {
    try SealedDocument.profile.write(bytes, toFile: path)
  }

  /// Whether a file is called a profile, and nothing is in it: what began it has not ended.
  static func isEmptyProfile(_ path: String) -> Bool {
    var status = stat()
    return path.hasSuffix(".profile") && SealedDocument.isRegularFile(path)
      && stat(path, &status) == 0 && status.st_size == 0
  }

  /// Throws where there is a file that is no profile.
  package static func refuseToReplaceOther(atPath path: String) throws {
    try SealedDocument.profile.refuseToReplaceOther(atPath: path)
  }
}
