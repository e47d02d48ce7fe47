import FileIO
import FoundationEssentials
public import MemoryDiet
import Platform

/// A plan or certificate cannot be read or written.
public struct DocumentError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, as it was named.
  public var path: String
  /// What is wrong with it.
  public var message: String

  public var description: String { "\(path): \(message)" }
}

extension DietPlan {
  /// The plan saved at `path`.
  ///
  /// - Parameter allowsLoss: Whether the plan may let values change, by a limit for the error of floats.
  /// - Throws: `DocumentError`.
  public init(contentsOfFile path: String, allowsLoss: Bool = true) throws {
    try self.init(json: JSONDocument.bytes(path, kind: "plan"), path: path)
    guard !allowsLoss, let column = columns.first(where: { $0.layout.errorLimit != nil }),
      let limit = column.layout.errorLimit
    else { return }
    throw DocumentError(
      path: path,
      message: "the plan lets values of \(column.name) change by up to \(limit) of themselves;"
        + " add --allow-lossy if they may")
  }

  /// The plan in JSON.
  package init(json: [UInt8], path: String) throws {
    self = try JSONDocument.decode(json, path: path, kind: "plan")
    guard (1...2).contains(version) else {
      throw DocumentError(
        path: path, message: "the plan has version \(version), this diet reads versions 1 and 2")
    }
    try validate(path: path)
  }

  /// Throws where a column comes twice or has a layout that its type cannot have.
  fileprivate func validate(path: String) throws(DocumentError) {
    var names: Set<String> = []
    for column in columns {
      guard names.insert(column.name).inserted else {
        throw DocumentError(
          path: path, message: "column `\(column.name)` comes twice; leave one out")
      }
      guard column.layout.isSound(for: column.type) else {
        throw DocumentError(
          path: path,
          message: "column `\(column.name)` is \(column.type), which cannot be stored as"
            + " \(column.layout); plans are written by `diet analyze FILES --save-plan PLAN`")
      }
      try validateHandOver(of: column, path: path)
    }
  }

  /// Throws where categories or digits are none.
  private func validateHandOver(
    of column: PlannedColumn, path: String
  ) throws(DocumentError) {
    if let digits = column.digits, !(1...19).contains(digits) {
      throw DocumentError(
        path: path,
        message: "column `\(column.name)` has decimals of \(digits) digits; 1 to 19 can be held")
    }
    guard let categories = column.categories else { return }
    if column.layout.encoding != "dictionary" || column.type.domain != .bytes {
      throw DocumentError(
        path: path,
        message: "column `\(column.name)` has categories and is no dictionary of text;"
          + " leave them out")
    }
    if let fault = categories.fault {
      throw DocumentError(
        path: path,
        message: "the categories of column `\(column.name)` have \(fault); mend that, or make the"
          + " plan anew with `diet analyze FILES --save-plan PLAN`")
    }
  }

  /// This plan as JSON, keys sorted.
  package func json() throws -> [UInt8] { try JSONDocument.encode(self) }

  /// Saves the plan as JSON. A plan that is there is replaced; so is no other file.
  ///
  /// - Throws: `DocumentError` where the file holds something else, `OutputError` where it cannot be
  ///   written.
  public func write(toFile path: String) throws {
    try Self.refuseToReplaceOther(atPath: path)
    try JSONDocument.write(self, to: path)
  }

  /// Throws where there is a file that is no plan, of this version or another.
  package static func refuseToReplaceOther(atPath path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
      return
    }
    let isPlan =
      status.st_size < largestPlan
      && (try? JSONDecoder().decode(Mark.self, from: Data(contentsOf: URL(filePath: path)))) != nil
    guard isPlan else {
      throw DocumentError(
        path: path, message: "that file has something else in it than a plan; name another one")
    }
  }

  private static let largestPlan = 1 << 28

  /// What plans of all versions have.
  private struct Mark: Decodable {
    struct Column: Decodable {}

    let version: Int
    let columns: [Column]
  }
}

extension Certificate {
  /// The certificate in JSON.
  package init(json: String, path: String) throws {
    self = try JSONDocument.decode(Array(json.utf8), path: path, kind: "certificate")
    try validate(path: path)
  }

  /// This certificate as JSON, keys sorted.
  package func json() throws -> String {
    String(decoding: try JSONDocument.encode(self), as: UTF8.self)
  }

  package init(contentsOfFile path: String) throws {
    let json = try JSONDocument.bytes(path, kind: "certificate")
    self = try JSONDocument.decode(json, path: path, kind: "certificate")
    try validate(path: path)
  }

  private func validate(path: String) throws(DocumentError) {
    guard version == 2 else {
      throw DocumentError(
        path: path,
        message: "the certificate has version \(version), this diet reads version 2;"
          + " make it again with `diet apply`")
    }
    try plan.validate(path: path)
  }

  package func write(toFile path: String) throws {
    try JSONDocument.write(self, to: path)
  }
}

package enum JSONDocument {
  static func encode<T: Encodable>(_ value: T) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(value)) + [0x0A]
  }

  package static func decode<T: Decodable>(
    _ bytes: [UInt8], path: String, kind: String
  ) throws -> T {
    do {
      return try JSONDecoder().decode(T.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw DocumentError(
        path: path, message: "this is no \(kind): \(explanation(error, bytes, kind: kind))")
    }
  }

  static func bytes(_ path: String, kind: String) throws -> [UInt8] {
    do {
      return Array(try Data(contentsOf: URL(filePath: path)))
    } catch {
      var isFolder = false
      let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      throw DocumentError(
        path: path,
        message: isFolder
          ? "this is a folder, and no \(kind); name a file in it"
          : exists
            ? "the \(kind) cannot be read; check permissions"
            : "there is no \(kind) to read; \(advice(kind))")
    }
  }

  static func write<T: Encodable>(_ value: T, to path: String) throws {
    let bytes = try encode(value)
    let file = try AtomicFile(path: path)
    try bytes.withUnsafeBytes { try file.write($0, at: 0) }
    try file.commit()
  }

  private static func advice(_ kind: String) -> String {
    switch kind {
    case "certificate": "`diet apply -o` writes one beside the table"
    case "baseline": "`diet bench --format json` prints one"
    case "scan": "`diet scan FILE -o SCAN` writes one"
    case "JSON object": "one is `{\"name\": value}`"
    case "contract": "`diet lock FILES -o LOCK` writes one"
    case "profile": "`diet profile FILES -o PROFILE` writes one"
    default: "`diet analyze FILES --save-plan PLAN` writes one"
    }
  }

  private static func explanation(
    _ error: DecodingError, _ bytes: [UInt8], kind: String
  ) -> String {
    switch error {
    case .keyNotFound(let key, let context):
      "\(place(context)) lacks \"\(key.stringValue)\""
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "\(place(context)) has a value of another type"
    case .dataCorrupted(let context) where context.codingPath.isEmpty:
      "\(bytes.isEmpty ? "the file is empty" : "the file is not JSON"); \(advice(kind))"
    case .dataCorrupted(let context): "\(place(context)): \(context.debugDescription)"
    @unknown default: "\(error)"
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    var path = ""
    for key in context.codingPath {
      path += key.intValue.map { "[\($0)]" } ?? (path.isEmpty ? "" : ".") + key.stringValue
    }
    return path.isEmpty ? "the document" : path
  }
}
