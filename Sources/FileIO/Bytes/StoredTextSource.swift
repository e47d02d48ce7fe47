/// Stored text from a place on, which need not be the place up to which its source was read.
package final class StoredTextSource: ByteSource {
  private let source: any ByteSource
  private var position: Int

  package init(_ source: any ByteSource, from offset: Int) {
    precondition(source.isStoredText, "only stored text can be read at any place")
    (self.source, position) = (source, offset)
  }

  package var name: String { source.name }
  package var byteCount: Int? { source.byteCount }
  package var isRereadable: Bool { source.isRereadable }
  package var isStoredText: Bool { true }
  package var encoding: TextEncoding { source.encoding }
  package var remarks: Set<TextRemark> { source.remarks }
  package var storedInput: StoredInput { source.storedInput }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = try source.read(at: position, into: buffer)
    position += count
    return count
  }

  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    try source.read(at: offset, into: buffer)
  }
}
