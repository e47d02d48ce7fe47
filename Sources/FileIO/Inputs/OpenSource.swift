package import Columnar

/// Opens a path for reading: `-` is standard input; compressed files and archives are told by their
/// magic bytes, UTF-16 by its byte order mark or its zeros, so that what is read is UTF-8.
///
/// - Parameters:
///   - encoding: the encoding of the text; `nil` looks for it.
///   - maximumExpansion: how many times their size compressed data may grow to.
/// - Throws: `ReadingError` naming the path: missing, a directory, not readable, corrupt.
package func openSource(
  path: String, encoding: TextEncoding?, digestAlgorithm: DigestAlgorithm? = nil,
  maximumExpansion: Int = .max
) throws -> any ByteSource {
  let file = try FileSource(path: path, digestAlgorithm: digestAlgorithm)
  return try decodedSource(
    file, member: file.member, encoding: encoding, maximumExpansion: maximumExpansion)
}

/// Wraps `stored` in the decoders that its first bytes and `encoding` call for.
///
/// - Parameter member: the file to read of an archive.
package func decodedSource(
  _ stored: any ByteSource, member: String? = nil, encoding: TextEncoding?,
  maximumExpansion: Int = .max
) throws -> any ByteSource {
  var source = try PrefixedSource(peeking: ForeignFormat.startByteCount, at: stored)
  var wrapping: String?
  var member = member
  // What was compressed may have been packed, and the other way round.
  for _ in 0..<3 {
    let inner: any ByteSource
    if let format = StreamFormat.all.first(where: { $0.recognizes(source.prefix) }) {
      inner = DecompressingSource(source, format)
      wrapping = "compressed as a whole"
    } else if ZipArchive.begins(source.prefix) {
      inner = try ZipArchive.table(in: source, named: member)
      member = nil
      wrapping = "in a zip archive"
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
  try refuseForeign(source.prefix, in: stored.name, wrapping: wrapping)
  if encoding == nil { try EscapedScript.refuse(source.prefix, in: stored.name) }
  return try TextReading(of: source.prefix, as: encoding).text(of: source)
}

/// - Parameters:
///   - start: The first bytes, decompressed.
///   - wrapping: How they were compressed, if they were.
private func refuseForeign(_ start: [UInt8], in file: String, wrapping: String?) throws {
  if let wrapping, let typed = TypedFileSignature.allCases.first(where: { $0.recognizes(start) }) {
    throw ReadingError(
      .unsupportedInput, file: file, "the file is \(typed.words), \(wrapping)",
      remedy: wrapping == "in a zip archive" ? "unpack it first" : "decompress it first")
  }
  guard let format = ForeignFormat(start) else { return }
  throw ReadingError(
    .unsupportedInput, file: file, "the file is \(format.words)", remedy: format.remedy)
}
