/// Where bytes come from, one after the other.
///
/// Sources nest: a file, what decompresses it, what transcodes it. Blocks are read into a buffer
/// that the caller reuses. Mapping the file instead measured no faster, would fault when another
/// program truncates the file, and could not serve pipes.
package protocol ByteSource: AnyObject {
  /// The name for errors.
  var name: String { get }
  /// The size of what is still to be read at the start, when it is known.
  var byteCount: Int? { get }
  /// Whether the same bytes can be had again by opening the same path.
  var isRereadable: Bool { get }
  /// Whether what is read stands as it is in a file, which `read(at:into:)` reads at any place.
  var isStoredText: Bool { get }
  /// The encoding of the stored text; what `read` gives is UTF-8 all the same.
  var encoding: TextEncoding { get }
  /// What is odd about the text as a whole, and is not seen in what `read` gives.
  var remarks: Set<TextRemark> { get }
  /// What has been read of the stored file.
  var storedInput: StoredInput { get }
  /// Reads at most `buffer.count` bytes; 0 only at the end (or for an empty buffer).
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
  /// Fills `buffer` with the bytes from `offset` on, as far as they go, without moving `read`.
  /// Only where `isStoredText`.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

/// What a source has read of a stored file, before decompression and transcoding.
package struct StoredInput: Hashable, Sendable {
  /// Bytes read so far; the file's size when the source is at its end.
  package var byteCount: Int
  /// The digest of these bytes, when it was asked for.
  package var digest: String?
  /// The regular file as it was when it was opened; `nil` for pipes and bytes in memory.
  package var version: FileVersion?

  package init(byteCount: Int, digest: String? = nil, version: FileVersion? = nil) {
    self.byteCount = byteCount
    self.digest = digest
    self.version = version
  }
}

extension ByteSource {
  package var remarks: Set<TextRemark> { [] }

  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    preconditionFailure("only stored text can be read at any place")
  }

  /// Reads until `buffer` is full or the input ends, since pipes and decoders give short reads.
  package func readFully(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    var count = 0
    while count < buffer.count {
      let step = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
      if step == 0 { break }
      count += step
    }
    return count
  }
}
