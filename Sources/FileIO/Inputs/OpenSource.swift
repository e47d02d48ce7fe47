package import Columnar

/// Opens a path for reading: `-` is standard input; compressed files and archives are told by their
/// magic bytes, UTF-16 by its byte order mark or its zeros, so that what is read is UTF-8.
///
/// - Parameters:
///   - encoding: the encoding of the text; `nil` looks for it.
///   - maximumExpansion: how many times their size compressed data may grow to.
///   - formats: what packed files are refused as, that are no text.
/// - Throws: `ReadingError` naming the path: missing, a directory, not readable, corrupt.
package func openSource(
  path: String, encoding: TextEncoding?, digestAlgorithm: DigestAlgorithm? = nil,
  maximumExpansion: Int = .max, refusing formats: TypedFileSignatures = TypedFileSignatures([])
) throws -> any ByteSource {
  let file = try FileSource(path: path, digestAlgorithm: digestAlgorithm)
  return try decodedSource(
    file, member: file.member, encoding: encoding, maximumExpansion: maximumExpansion,
    refusing: formats)
}

/// Wraps `stored` in the decoders that its first bytes and `encoding` call for.
///
/// - Parameters:
///   - member: the file to read of an archive.
///   - formats: what packed files are refused as, that are no text.
package func decodedSource(
  _ stored: any ByteSource, member: String? = nil, encoding: TextEncoding?,
  maximumExpansion: Int = .max, refusing formats: TypedFileSignatures = TypedFileSignatures([])
) throws -> any ByteSource {
  let (source, packing) = try unpackedSource(
    stored, member: member, maximumExpansion: maximumExpansion)
  if let packing,
    let format = formats.first(startingWith: source.prefix, path: stored.name)
  {
    throw ReadingError(
      .unsupportedInput, file: stored.name, "the file is \(format.words), \(packing.words)",
      remedy: packing.remedy)
  }
  if let format = ForeignFormat(source.prefix) {
    throw ReadingError(
      .unsupportedInput, file: stored.name, "the file is \(format.words)", remedy: format.remedy)
  }
  if encoding == nil { try EscapedScript.refuse(source.prefix, in: stored.name) }
  return try TextReading(of: source.prefix, as: encoding).text(of: source)
}

/// How a file is packed.
package enum FilePacking: Sendable {
  case compressed
  case archived

  /// What a sentence says of such a file.
  fileprivate var words: String {
    switch self {
    case .compressed: "compressed as a whole"
    case .archived: "in a zip archive"
    }
  }

  /// What to do where it is not read so.
  fileprivate var remedy: Sentence {
    switch self {
    case .compressed: "decompress it first"
    case .archived: "unpack it first"
    }
  }
}

/// What `stored` holds, decompressed and out of its archive, and how it was packed, if it was.
///
/// - Parameter member: the file to read of an archive.
func unpackedSource(
  _ stored: any ByteSource, member: String?, maximumExpansion: Int
) throws -> (source: PrefixedSource, packing: FilePacking?) {
  var source = try PrefixedSource(peeking: ForeignFormat.startByteCount, at: stored)
  var packing: FilePacking?
  var member = member
  // What was compressed may have been packed, and the other way round.
  for _ in 0..<3 {
    let inner: any ByteSource
    if let format = StreamFormat.all.first(where: { $0.recognizes(source.prefix) }) {
      inner = DecompressingSource(source, format)
      packing = .compressed
    } else if ZipArchive.begins(source.prefix) {
      inner = try ZipArchive.table(in: source, named: member)
      member = nil
      packing = .archived
    } else {
      break
    }
    let grown = ExpansionLimit(of: inner, limit: maximumExpansion)
    source = try PrefixedSource(peeking: ForeignFormat.startByteCount, at: grown)
  }
  guard member == nil else {
    throw ReadingError(
      .fileNotFound, file: stored.name, "there is no such file", remedy: "check the path")
  }
  return (source, packing)
}
