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
    func isEnd(_ end: Int) -> Bool {
      // A CR ends a record unless an LF follows.
      let isLone = bytes[end - 1] == UInt8(ascii: "\r") && bytes[end] != UInt8(ascii: "\n")
      let record = UnsafeBufferPointer(rebasing: bytes[last..<end])
      return cut(record, isAtEnd: isLone).end == record.count
    }
    if last == offset || isEnd(offset) { return offset }
    var end = offset
    while let next = LineEnds.next(in: bytes, from: end, atEndOfInput: true), next < bytes.count {
      if isEnd(next) { return next }
      end = next
    }
    return bytes.count
  }
}
