/// Bytes that were read ahead, then the rest of their source.
package final class PrefixedSource: ByteSource {
  /// All the bytes that were read ahead.
  package let prefix: [UInt8]
  private var position: Int
  private let rest: any ByteSource
  package var remarks: Set<TextRemark>

  /// - Parameter position: where in `prefix` reading starts.
  package init(prefix: [UInt8], from position: Int = 0, then rest: any ByteSource) {
    self.prefix = prefix
    self.position = position
    self.rest = rest
    remarks = rest.remarks
  }

  /// Reads `count` bytes ahead, fewer when the input is shorter.
  package convenience init(peeking count: Int, at source: any ByteSource) throws {
    let prefix = try [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      initializedCount = try source.readFully(into: UnsafeMutableRawBufferPointer(buffer))
    }
    self.init(prefix: prefix, then: source)
  }

  package var name: String { rest.name }
  package var byteCount: Int? { rest.byteCount }
  package var isRereadable: Bool { rest.isRereadable }
  package var encoding: TextEncoding { rest.encoding }
  package var isStoredText: Bool { rest.isStoredText }
  package var storedInput: StoredInput { rest.storedInput }

  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    try rest.read(at: offset, into: buffer)
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard position < prefix.count else { return try rest.read(into: buffer) }
    let count = min(buffer.count, prefix.count - position)
    prefix.withUnsafeBytes { bytes in
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[position..<position + count]))
    }
    position += count
    return count
  }
}
