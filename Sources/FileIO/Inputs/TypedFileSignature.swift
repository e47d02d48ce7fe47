/// A format whose columns have types already, as far as it takes to tell its files from text.
package protocol TypedFileSignature: Sendable {
  /// What reports call it: `parquet`.
  var name: String { get }
  /// What a sentence calls such a file: `a Parquet file`.
  var words: String { get }

  /// Whether a file is of this format.
  ///
  /// - Parameters:
  ///   - start: Its first bytes, unpacked: 4,096, if it has so many.
  ///   - name: Its name, without the ending of what it was packed with.
  func recognizes(_ start: [UInt8], name: String) -> Bool
}

/// Formats that readers of text are to know, so that packed files of theirs are named for what they are.
package struct TypedFileSignatures: Sendable {
  private let all: [any TypedFileSignature]

  package init(_ all: [any TypedFileSignature]) { self.all = all }

  /// - Parameters:
  ///   - start: The first bytes, unpacked.
  ///   - path: Of the file as it is packed.
  func first(startingWith start: [UInt8], path: String) -> (any TypedFileSignature)? {
    all.first { $0.recognizes(start, name: Self.unpackedName(path)) }
  }

  /// `a.jsonl` for `a.jsonl.gz`, and for `all.zip/a.jsonl`.
  package static func unpackedName(_ path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    let parts = name.split(separator: ".")
    return parts.count > 2 ? parts.dropLast().joined(separator: ".") : String(name)
  }
}

extension TypedFileSignatures: Hashable {
  package static func == (a: TypedFileSignatures, b: TypedFileSignatures) -> Bool {
    a.all.map(\.name) == b.all.map(\.name)
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(all.map(\.name)) }
}
