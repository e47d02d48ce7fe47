package import Columnar

/// Opens a path for reading: `-` is standard input; zstd and gzip are told by their magic bytes,
/// UTF-16 by its byte order mark, so that what is read is UTF-8.
///
/// - Parameters:
///   - encoding: the encoding of the text; `nil` looks for a byte order mark.
///   - maximumExpansion: how many times their size compressed data may grow to.
/// - Throws: `CSVReadingError` naming the path: missing, a directory, not readable, corrupt.
package func openSource(
  path: String, encoding: TextEncoding?, digestAlgorithm: DigestAlgorithm? = nil,
  maximumExpansion: Int = .max
) throws -> any ByteSource {
  let file = try FileSource(path: path, digestAlgorithm: digestAlgorithm)
  return try decodedSource(file, encoding: encoding, maximumExpansion: maximumExpansion)
}

/// Wraps `stored` in the decoders that its first bytes and `encoding` call for.
package func decodedSource(
  _ stored: any ByteSource, encoding: TextEncoding?, maximumExpansion: Int = .max
) throws -> any ByteSource {
  var source = stored
  let peekCount = ForeignFormat.startByteCount
  let magic = try PrefixedSource(peeking: peekCount, at: source)
  source = magic
  if magic.prefix.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
    let grown = ExpansionLimit(of: try ZstdSource(decompressing: source), limit: maximumExpansion)
    source = try PrefixedSource(peeking: peekCount, at: grown)
  } else if magic.prefix.starts(with: [0x1F, 0x8B]) {
    let grown = ExpansionLimit(of: try GzipSource(decompressing: source), limit: maximumExpansion)
    source = try PrefixedSource(peeking: peekCount, at: grown)
  }
  let start = (source as? PrefixedSource)?.prefix ?? []
  if start.starts(with: [0xFF, 0xFE, 0, 0]) || start.starts(with: [0, 0, 0xFE, 0xFF]) {
    throw CSVReadingError(
      .unsupportedInput, file: stored.name, "the file is UTF-32",
      advice: "convert it first, for example with `iconv -f utf-32 -t utf-8`")
  }
  try refuseForeign(start, in: stored.name, isCompressed: start != magic.prefix)
  let mark = TextEncoding.named(byMarkIn: start)
  switch encoding ?? mark?.encoding ?? .utf8 {
  case .utf8: return source
  case let other:
    return TranscodingSource(source, from: other)
  }
}

/// - Parameter start: The first bytes, decompressed.
private func refuseForeign(_ start: [UInt8], in file: String, isCompressed: Bool) throws {
  let typed = isCompressed ? TypedFileFormats.all.first { $0.recognizes(start) } : nil
  if let typed {
    throw CSVReadingError(
      .unsupportedInput, file: file, "the file is \(typed.words), compressed as a whole",
      advice: "decompress it first")
  }
  guard let format = ForeignFormat(start) else { return }
  throw CSVReadingError(
    .unsupportedInput, file: file, "the file is \(format.words)", advice: format.advice)
}
