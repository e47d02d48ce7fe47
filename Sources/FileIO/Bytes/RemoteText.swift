import Columnar
import Synchronization

/// A text that somebody else reads, at any place that is asked for: behind a URL, in a database.
package final class RemoteText: Sendable {
  package let name: String
  package let byteCount: Int
  private let readAt: @Sendable (_ offset: Int, UnsafeMutableRawBufferPointer) -> Int
  private let isClosed = Atomic(false)

  /// - Parameter readAt: Fills a buffer with the bytes from an offset on, as far as they go; from any thread. Gives how
  ///   many there were, and less than 0 where reading failed.
  package init(
    name: String, byteCount: Int,
    readAt: @escaping @Sendable (_ offset: Int, UnsafeMutableRawBufferPointer) -> Int
  ) {
    (self.name, self.byteCount, self.readAt) = (name, byteCount, readAt)
  }

  /// Reads no more: whoever reads the text goes.
  package func close() { isClosed.store(true, ordering: .releasing) }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ReadingError) -> Int
  {
    let wanted = min(buffer.count, max(0, byteCount - offset))
    if wanted == 0 { return 0 }
    let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
    let count = isClosed.load(ordering: .acquiring) ? -1 : readAt(offset, part)
    guard count >= 0 else {
      throw ReadingError(
        .readFailed, file: name, byteOffset: offset, "reading failed",
        remedy: "check the connection, then try again")
    }
    guard count == wanted else { throw ReadingError.changedWhileRead(file: name) }
    return count
  }
}

/// Its bytes, one after the other.
final class RemoteSource: ByteSource {
  private let text: RemoteText
  private var position = 0
  private let digest: ByteHash?

  init(_ text: RemoteText, digestAlgorithm: DigestAlgorithm? = nil) {
    self.text = text
    digest = digestAlgorithm.map(ByteHash.init)
  }

  var name: String { text.name }
  var byteCount: Int? { text.byteCount }
  var isRereadable: Bool { true }
  var isStoredText: Bool { true }
  var encoding: TextEncoding { .utf8 }
  var storedInput: StoredInput {
    StoredInput(byteCount: position, digest: digest.map { hexadecimal($0.digest) })
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = try text.read(at: position, into: buffer)
    digest?.add(buffer.baseAddress, count)
    position += count
    return count
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    try text.read(at: offset, into: buffer)
  }
}
