package import Columnar

/// One input of a table: how to open it, as often as need be.
package enum CSVInput: Sendable {
  /// A path; `-` is standard input.
  case path(String)
  /// Standard input or a pipe, kept while it is read.
  case stream(SpooledStream, name: String)
  /// Bytes in memory under a name.
  case bytes([UInt8], name: String)
  /// A text that somebody else reads.
  case remote(RemoteText)
  /// One of these, and what its path says of all of its rows.
  indirect case partition(CSVInput, [PartitionKey])

  package var name: String {
    switch self {
    case .path("-"): "standard input"
    case .path(let path): path
    case .bytes(_, let name), .stream(_, let name): name
    case .remote(let text): text.name
    case .partition(let input, _): input.name
    }
  }

  /// What its path says of all of its rows.
  package var keys: [PartitionKey] {
    if case .partition(_, let keys) = self { keys } else { [] }
  }

  /// The input without its keys.
  package var whole: CSVInput {
    if case .partition(let input, _) = self { input } else { self }
  }

  /// Whether it can be opened more than once.
  package var isRereadable: Bool {
    guard case .path(let path) = whole else { return true }
    return path != "-" && (try? FileSource(path: path).isRereadable) == true
  }

  /// Opens the input from its start.
  ///
  /// - Parameter formats: What packed files are refused as, that are no text.
  package func open(
    encoding: TextEncoding?, digestAlgorithm: DigestAlgorithm? = nil, maximumExpansion: Int = .max,
    refusing formats: TypedFileSignatures = TypedFileSignatures([])
  ) throws -> any ByteSource {
    switch self {
    case .path(let path):
      try openSource(
        path: path, encoding: encoding, digestAlgorithm: digestAlgorithm,
        maximumExpansion: maximumExpansion, refusing: formats)
    case .stream(let spool, _):
      try decodedSource(
        SpooledSource(spool), encoding: encoding, maximumExpansion: maximumExpansion,
        refusing: formats)
    case .bytes(let bytes, let name):
      try decodedSource(
        MemorySource(bytes, name: name, digestAlgorithm: digestAlgorithm), encoding: encoding,
        maximumExpansion: maximumExpansion, refusing: formats)
    case .remote(let text):
      try decodedSource(
        RemoteSource(text, digestAlgorithm: digestAlgorithm), encoding: encoding,
        maximumExpansion: maximumExpansion, refusing: formats)
    case .partition(let input, _):
      try input.open(
        encoding: encoding, digestAlgorithm: digestAlgorithm, maximumExpansion: maximumExpansion,
        refusing: formats)
    }
  }

  /// What is stored, decompressed and out of its archive, and how it was packed, if it was.
  ///
  /// - Throws: `ReadingError` as `open` does, of the file and of what it is packed in.
  package func openUnpacked(
    maximumExpansion: Int = .max
  ) throws -> (source: PrefixedSource, packing: FilePacking?) {
    let stored: any ByteSource
    var member: String?
    switch self {
    case .path(let path):
      let file = try FileSource(path: path)
      (stored, member) = (file, file.member)
    case .stream(let spool, _): stored = SpooledSource(spool)
    case .bytes(let bytes, let name): stored = MemorySource(bytes, name: name)
    case .remote(let text): stored = RemoteSource(text)
    case .partition(let input, _):
      return try input.openUnpacked(maximumExpansion: maximumExpansion)
    }
    return try unpackedSource(stored, member: member, maximumExpansion: maximumExpansion)
  }

  /// How many of the first bytes tell a format.
  package static let startByteCount = ForeignFormat.startByteCount

  /// Whether what begins so is compressed or an archive.
  package static func isPacked(_ start: [UInt8]) -> Bool {
    ZipArchive.begins(start) || StreamFormat.all.contains { $0.recognizes(start) }
  }

  /// The input at a path, and its first stored bytes where these can be read again; an input that can be
  /// read only once is kept while it is read.
  static func readingAgain(
    path: String, digestAlgorithm: DigestAlgorithm?
  ) throws(ReadingError) -> (input: CSVInput, start: [UInt8]?) {
    let source = try FileSource(path: path, digestAlgorithm: digestAlgorithm)
    guard source.isRereadable else {
      return (.stream(SpooledStream(source), name: source.name), nil)
    }
    return (.path(path), try? source.start(byteCount: startByteCount))
  }

  /// How it is packed, where engines cannot be expected to read it so.
  package var packing: String? {
    guard let start = try? start(byteCount: 64) else { return nil }
    if ZipArchive.begins(start) { return "in a zip archive" }
    let formats: [StreamFormat] = [.bzip2, .xz, .lzma]
    return formats.first { $0.recognizes(start) }.map { "compressed with \($0.name)" }
  }

  /// The first stored bytes.
  package func start(byteCount: Int) throws -> [UInt8] {
    let source: any ByteSource
    switch self {
    case .partition(let input, _): return try input.start(byteCount: byteCount)
    case .bytes(let bytes, _): return Array(bytes.prefix(byteCount))
    case .path(let path): source = try FileSource(path: path)
    case .stream(let spool, _): source = SpooledSource(spool)
    case .remote(let text): source = RemoteSource(text)
    }
    return try source.start(byteCount: byteCount)
  }

  /// As the user gave it.
  package var path: String {
    switch self {
    case .path(let path): path
    case .stream(_, "standard input"): "-"
    case .stream(_, let name), .bytes(_, let name): name
    case .remote(let text): text.name
    case .partition(let input, _): input.path
    }
  }
}

extension ByteSource {
  /// The first bytes of a source that nobody has read from.
  fileprivate func start(byteCount: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: byteCount)
    let count = try bytes.withUnsafeMutableBytes { try readFully(into: $0) }
    return Array(bytes.prefix(count))
  }
}
