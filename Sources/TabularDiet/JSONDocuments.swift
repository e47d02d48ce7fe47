import FoundationEssentials
public import MemoryDiet

/// A plan or certificate cannot be read or written.
public struct DocumentError: Error, Hashable, Sendable, CustomStringConvertible {
  public var path: String
  public var message: String

  public var description: String { "\(path): \(message)" }
}

extension DietPlan {
  /// The plan saved at `path`.
  ///
  /// - Throws: `DocumentError`.
  public init(contentsOfFile path: String) throws {
    self = try JSONDocument.read(path, kind: "plan")
    guard version == 1 else {
      throw DocumentError(
        path: path, message: "the plan has version \(version), this diet reads version 1")
    }
  }

  /// Saves the plan as JSON.
  public func write(toFile path: String) throws {
    try JSONDocument.write(self, to: path)
  }
}

extension Certificate {
  /// The certificate in JSON.
  package init(json: String, path: String) throws {
    self = try JSONDocument.decode(Array(json.utf8), path: path, kind: "certificate")
  }

  /// This certificate as JSON, keys sorted.
  package func json() throws -> String {
    String(decoding: try JSONDocument.encode(self), as: UTF8.self)
  }

  package init(contentsOfFile path: String) throws {
    self = try JSONDocument.read(path, kind: "certificate")
  }

  package func write(toFile path: String) throws {
    try JSONDocument.write(self, to: path)
  }
}

private enum JSONDocument {
  static func encode<T: Encodable>(_ value: T) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(value)) + [0x0A]
  }

  static func decode<T: Decodable>(_ bytes: [UInt8], path: String, kind: String) throws -> T {
    do {
      return try JSONDecoder().decode(T.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw DocumentError(path: path, message: "this is no \(kind): \(explanation(error))")
    }
  }

  static func read<T: Decodable>(_ path: String, kind: String) throws -> T {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw DocumentError(path: path, message: "the \(kind) cannot be read; check the path")
    }
    return try decode(Array(data), path: path, kind: kind)
  }

  static func write<T: Encodable>(_ value: T, to path: String) throws {
    do {
      try Data(try encode(value)).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw DocumentError(path: path, message: "cannot be written; check folder and permissions")
    }
  }

  private static func explanation(_ error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, let context):
      "\(place(context)) lacks \"\(key.stringValue)\""
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "\(place(context)) has a value of another type"
    case .dataCorrupted(let context): "\(place(context)): \(context.debugDescription)"
    @unknown default: "\(error)"
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    let path = context.codingPath.map { key in key.intValue.map { "[\($0)]" } ?? key.stringValue }
    return path.isEmpty ? "the document" : path.joined(separator: ".")
  }
}
