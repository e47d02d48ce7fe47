import CZlib

/// What a gzip file holds: any number of members, one after the other.
package final class GzipSource: ByteSource {
  private let compressed: any ByteSource
  /// On the heap: zlib keeps the address of the stream it was initialised with.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  /// Stored bytes up to the end of `input`.
  private var inputEnd = 0
  private var isBetweenMembers = false
  private var isAtEnd = false

  package init(decompressing compressed: any ByteSource) throws {
    self.compressed = compressed
    stream.initialize(to: z_stream())
    // 15 bits is the largest window; 16 more asks for the gzip format.
    let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "out of memory")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  package var name: String { compressed.name }
  package var byteCount: Int? { nil }
  package var isRereadable: Bool { compressed.isRereadable }
  package var encoding: TextEncoding { .utf8 }
  package var isStoredText: Bool { false }
  package var storedInput: StoredInput { compressed.storedInput }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let capacity = min(buffer.count, Int(UInt32.max))
    guard capacity > 0, !isAtEnd else { return 0 }
    stream.pointee.next_out = buffer.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.avail_out = UInt32(capacity)
    while stream.pointee.avail_out == capacity {
      if stream.pointee.avail_in == 0, try !refill() {
        // What the last block began may go on without further input.
        if !isBetweenMembers { try step() }
        if stream.pointee.avail_out < capacity { break }
        isAtEnd = true
        guard isBetweenMembers else { throw truncated() }
        break
      }
      if isBetweenMembers {
        if try skipPadding() { continue }
        inflateReset(stream)
        isBetweenMembers = false
      }
      try step()
    }
    return capacity - Int(stream.pointee.avail_out)
  }

  private func step() throws(CSVReadingError) {
    switch inflate(stream, Z_NO_FLUSH) {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: isBetweenMembers = true
    default: throw damaged()
    }
  }

  /// Reads the next compressed block; false at the end.
  private func refill() throws -> Bool {
    let count = try compressed.read(into: input)
    inputEnd += count
    stream.pointee.next_in = input.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.avail_in = UInt32(count)
    return count > 0
  }

  /// Drops one zero byte after a member: tape and block devices pad with them, and gzip allows it.
  private func skipPadding() throws -> Bool {
    guard stream.pointee.next_in.pointee == 0 else { return false }
    stream.pointee.next_in += 1
    stream.pointee.avail_in -= 1
    return true
  }

  private var offset: Int { inputEnd - Int(stream.pointee.avail_in) }

  private func damaged() -> CSVReadingError {
    let reason = stream.pointee.msg.map { String(cString: $0) } ?? "unknown format"
    return CSVReadingError(
      .corruptInput, file: name, byteOffset: offset, "the gzip data is damaged: \(reason)",
      advice: "`gzip -t` tests the file; copy or compress it again")
  }

  private func truncated() -> CSVReadingError {
    CSVReadingError(
      .truncatedInput, file: name, byteOffset: offset,
      "the gzip data ends in the middle of a member",
      advice: "the file was cut short: copy or compress it again")
  }
}
