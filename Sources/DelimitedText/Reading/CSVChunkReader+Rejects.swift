import Columnar
import FileIO

/// Lines that are left out, because a quote in them is never closed.
extension CSVChunkReader {
  /// Each of them costs a walk over the rest of the input.
  private static let rejectedLineLimit = 1000

  /// The line to leave out because a quote in it is never closed.
  ///
  /// - Throws: where such records are not to be left out, or there is no end to them.
  func rejectedLine(
    from start: Int, quote: Int, in bytes: UnsafeBufferPointer<UInt8>, _ source: any ByteSource
  ) throws -> [UInt8] {
    rejectedLineCount += 1
    guard table.options.dropsBadRecords, rejectedLineCount <= Self.rejectedLineLimit else {
      throw ReadingError.unterminatedQuote(
        file: source.name, line: line(ofByte: quote, in: bytes),
        byteOffset: nextOffset + quote, text: bytes[quote...])
    }
    let end = LineEnds.next(in: bytes, from: quote, atEndOfInput: true) ?? bytes.count
    return Array(bytes[start..<end])
  }

  /// Notes the line that was left out behind `chunk`, if any.
  func reject(_ line: [UInt8], of chunk: RawChunk) {
    guard !line.isEmpty else { return }
    line.withUnsafeBufferPointer { bytes in
      let place = RawChunk(
        ordinal: chunk.ordinal, fileIndex: chunk.fileIndex, byteOffset: nextOffset,
        firstLine: nextLine)
      table.findings.add(.rejected, count: 1, in: place) { 0 }
      if table.options.badRecords == .collected {
        table.findings.add([
          RejectedRecord(
            fileIndex: chunk.fileIndex, line: nextLine, byteOffset: nextOffset,
            reason: "a quoted field opens here and is never closed",
            text: BadRecordFilter.text(of: bytes))
        ])
      }
      // One more byte tells a lone CR from half of CRLF.
      (line + [0]).withUnsafeBufferPointer { pass(UnsafeBufferPointer(rebasing: $0.dropLast())) }
    }
    rejected = []
  }
}
