/// The first bytes of a source. What follows them is read at the end and dropped, so that the digest
/// is of the whole file.
final class TruncatedSource: ByteSource {
  private let source: any ByteSource
  private var remaining: Int

  init(_ source: any ByteSource, byteCount: Int) {
    self.source = source
    remaining = byteCount
  }

  var name: String { source.name }
  var byteCount: Int? { source.byteCount }
  var isRereadable: Bool { source.isRereadable }
  var isStoredText: Bool { source.isStoredText }
  var encoding: TextEncoding { source.encoding }
  var storedInput: StoredInput { source.storedInput }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if remaining == 0 {
      while !buffer.isEmpty, try source.read(into: buffer) > 0 {}
      return 0
    }
    let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(buffer.count, remaining)])
    let count = try source.read(into: part)
    remaining = count == 0 && !buffer.isEmpty ? 0 : remaining - count
    return count
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    try source.read(at: offset, into: buffer)
  }
}
