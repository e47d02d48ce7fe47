/// Whole records as they stand in the input (decoded to UTF-8), and where they came from.
///
/// A worker owns one and has it filled again and again by `CSVChunkReader.next(into:)`.
package final class RawChunk {
  var buffer = ChunkBuffer(capacity: 0)
  /// The chunk's number over all files, from 0.
  package internal(set) var ordinal = 0
  /// The file's index among the reader's inputs.
  package internal(set) var fileIndex = 0
  /// The file's name, for errors.
  package internal(set) var fileName = ""
  /// The offset of the first byte in the file's decoded text.
  package internal(set) var byteOffset = 0
  /// The physical line of the first byte, from 1; `nil` where the file can be read again to count.
  package internal(set) var firstLine: Int?

  /// The size of the whole file, where these bytes stand in it as they are.
  package internal(set) var fileByteCount: Int?

  package init() {}

  /// A chunk of no bytes, as the place of a finding.
  convenience init(ordinal: Int = 0, fileIndex: Int, byteOffset: Int, firstLine: Int? = nil) {
    self.init()
    self.ordinal = ordinal
    self.fileIndex = fileIndex
    self.byteOffset = byteOffset
    self.firstLine = firstLine
  }

  package var bytes: UnsafeBufferPointer<UInt8> { buffer.bytes }
  package var byteCount: Int { buffer.count }
}

/// A place in an input.
package struct InputPosition: Hashable, Sendable {
  /// The physical line, from 1; `nil` when the input changed or vanished since.
  package var line: Int?
  /// The offset in the decoded text.
  package var byteOffset: Int
}
