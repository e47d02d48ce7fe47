import Columnar
import FileIO

/// Parts of a file: the records that begin within a range of its bytes.
extension CSVChunkReader {
  /// Once all is read: how many bytes the text of the only input has, and which of them were read, header and
  /// footer with the records next to them.
  package var extent: (byteCount: Int, read: Range<Int>) {
    lock.withLock { _ in (storedByteCount ?? nextOffset, extentRead) }
  }

  private var extentRead: Range<Int> {
    let byteCount = storedByteCount ?? nextOffset
    guard let range, range.lowerBound > 0 || range.upperBound < byteCount else {
      return 0..<byteCount
    }
    // The header is of the part that has the first byte.
    func border(_ offset: Int, _ found: Int?) -> Int {
      offset == 0
        ? 0
        : offset <= dataOffset
          ? dataOffset : offset < byteCount ? min(found ?? byteCount, byteCount) : byteCount
    }
    let end = border(range.upperBound, rangeEnd)
    return min(border(range.lowerBound, rangeStart), end)..<end
  }

  /// Leaves in `chunk` the records that begin within the range; false where there are none. Behind the range
  /// nothing more is read.
  func restrict(_ chunk: RawChunk) -> Bool {
    guard let range else { return true }
    let end = nextOffset + chunk.byteCount
    let skipped = recordStart(range.lowerBound - nextOffset, in: chunk.bytes)
    pass(UnsafeBufferPointer(rebasing: chunk.bytes.prefix(skipped)))
    chunk.buffer.removeFirst(skipped)
    if rangeStart == nil, nextOffset >= range.lowerBound { rangeStart = nextOffset }
    if range.upperBound <= end {
      chunk.buffer.count = recordStart(range.upperBound - nextOffset, in: chunk.bytes)
      rangeEnd = nextOffset + chunk.byteCount
    }
    chunk.buffer.clearMargin()
    rangeHash?.add(chunk.bytes.baseAddress, chunk.byteCount)
    if rangeEnd != nil { finish() }
    return chunk.byteCount > 0
  }

  /// Lets go of the current input, which is read as far as is wanted.
  func finish() {
    guard let ended = file?.finish() else { return }
    file = nil
    guard range != nil else { return finishedInputs.append(ended) }
    let read = extentRead
    finishedInputs.append(
      FinishedInput(
        name: ended.name,
        stored: StoredInput(
          byteCount: read.count, digest: rangeHash.map { hexadecimal($0.digest) },
          version: ended.stored.version),
        range: read))
  }

  /// Where the first record begins that does so at `offset` or behind it, in bytes that are whole records.
  private func recordStart(_ offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    if offset <= 0 { return 0 }
    if offset >= bytes.count { return bytes.count }
    let last = cut(UnsafeBufferPointer(rebasing: bytes[..<offset]), isAtEnd: false).end
    /// The end of the last record that is within so many bytes.
    func end(within count: Int) -> Int {
      // A CR that is the last byte may be half of a line end.
      let part = UnsafeBufferPointer(rebasing: bytes[last..<count])
      return last + cut(part, isAtEnd: count == bytes.count).end
    }
    if last == offset { return offset }
    // Of more and more bytes until there is such a record, then of as few as have one: a record may have very many
    // lines, and be cut once for each.
    var (without, with) = (offset, min(bytes.count, offset + 1024))
    while with < bytes.count, end(within: with) < offset {
      (without, with) = (with, min(bytes.count, with + 2 * (with - last)))
    }
    var found = end(within: with)
    if found < offset { return bytes.count }
    while with - without > 1 {
      let middle = without + (with - without) / 2
      let end = end(within: middle)
      if end >= offset { (with, found) = (middle, end) } else { without = middle }
    }
    return found
  }
}
