import Columnar
import Platform

/// What a stream that can be read once has given, kept so that it can be read again: in memory up to
/// 64 MB, then in a temporary file that has no name any more.
///
/// Unchecked: one source at a time reads, under the chunk reader's lock.
package final class SpooledStream: @unchecked Sendable {
  private static let memoryByteCount = 64 << 20

  private let stream: any ByteSource
  private var memory: [UInt8] = []
  private var descriptor: Int32 = -1
  fileprivate private(set) var byteCount = 0
  private var isComplete = false

  package init(_ stream: any ByteSource) { self.stream = stream }

  deinit { if descriptor >= 0 { close(descriptor) } }

  fileprivate var name: String { stream.name }
  package var storedInput: StoredInput { stream.storedInput }

  /// Reads all of the stream; how many bytes it has.
  package func readAll() throws -> Int {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { block.deallocate() }
    while try read(at: byteCount, into: block) > 0 {}
    return byteCount
  }

  /// The bytes from `offset` on: kept ones first, then fresh ones from the stream.
  fileprivate func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if offset < byteCount { return try replay(at: offset, into: buffer) }
    if isComplete { return 0 }
    try Cancellation.current?.check()
    let count = try stream.read(into: buffer)
    if count == 0 {
      isComplete = buffer.count > 0
      return 0
    }
    try keep(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    return count
  }

  /// Bytes that were kept. Once all were, any thread may ask for them.
  package func replay(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if descriptor < 0 {
      let count = min(buffer.count, memory.count - offset)
      memory.withUnsafeBytes {
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count]))
      }
      return count
    }
    let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
    guard count > 0 else { throw spoolingFailed("cannot be read back") }
    return count
  }

  private func keep(_ bytes: UnsafeRawBufferPointer) throws {
    if descriptor < 0 {
      if memory.count + bytes.count <= Self.memoryByteCount {
        memory.append(contentsOf: bytes)
        byteCount += bytes.count
        return
      }
      try openFile()
      try memory.withUnsafeBytes { try write($0, at: 0) }
      memory = []
    }
    try write(bytes, at: byteCount)
    byteCount += bytes.count
  }

  private func openFile() throws {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder)/diet-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw spoolingFailed("cannot be opened in \(folder)") }
    unlink(template)
  }

  private func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
    var done = 0
    while done < bytes.count {
      let count = pwrite(
        descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(offset + done))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw spoolingFailed("cannot be written (no space?)") }
      done += count
    }
  }

  private func spoolingFailed(_ what: String) -> ReadingError {
    ReadingError(
      .readFailed, file: name, "the temporary file that keeps the stream \(what)",
      remedy: "set TMPDIR to a folder with room, or give the input as a file")
  }
}

/// A spooled stream from its start.
final class SpooledSource: ByteSource {
  private let spool: SpooledStream
  private var position = 0

  init(_ spool: SpooledStream) { self.spool = spool }

  var name: String { spool.name }
  var byteCount: Int? { nil }
  // Its bytes come again, but not by opening a path: lines are counted while it is read.
  var isRereadable: Bool { false }
  var isStoredText: Bool { false }
  var encoding: TextEncoding { .utf8 }
  var storedInput: StoredInput { spool.storedInput }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = try spool.read(at: position, into: buffer)
    position += count
    return count
  }
}
