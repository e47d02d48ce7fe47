/// The first bytes of a source. What follows them is read at the end and dropped, so that the digest
/// is of the whole file.
package final class TruncatedSource: ByteSource {
  private let source: any ByteSource
  private var remaining: Int

  package init(_ source: any ByteSource, byteCount: Int) {
    self.source = source
    remaining = byteCount
  }

  package var name: String { source.name }
  package var byteCount: Int? { source.byteCount }
  package var isRereadable: Bool { source.isRereadable }
  package var isStoredText: Bool { source.isStoredText }
  package var encoding: TextEncoding { source.encoding }
  package var storedInput: StoredInput { source.storedInput }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if remaining == 0 {
      while !buffer.isEmpty, try source.read(into: buffer) > 0 {}
      return 0
    }
    let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(buffer.count, remaining)])
    let count = try source.read(into: part)
    remaining = count == 0 && !buffer.isEmpty ? 0 : remaining - count
    return count
  }

  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    try source.read(at: offset, into: buffer)
  }
}
