import CKernels
import Synchronization

/// Cuts inputs into chunks of whole records, one chunk for each call, from any thread.
///
/// Reading and cutting are serial: at several GB/s they cost little beside the parsing, and one
/// forward pass over the quotes knows where records end where a parallel one would guess.
///
/// Unchecked: everything mutable is touched under `lock` only.
package final class CSVChunkReader: @unchecked Sendable {
  /// The longest record, in bytes.
  package static let recordByteLimit = 256 << 20

  /// The table's dialect and columns.
  package let table: CSVTableSource
  /// Where the first input's data begin, past the header, in its decoded text.
  package let dataOffset: Int
  private let recordByteLimit: Int
  private let lock = Mutex(())

  private var file: CSVFileStart?
  private var fileIndex: Int
  private var ordinal = 0
  /// What follows the last cut.
  private var carry = ChunkBuffer(capacity: 0)
  /// The offset in the decoded text, and (where it must be kept) the line, of the next chunk.
  private var nextOffset = 0
  private var nextLine: Int?
  private var finishedInputs: [FinishedInput] = []

  /// An input that has been read to its end.
  package struct FinishedInput: Hashable, Sendable {
    package let name: String
    package let stored: StoredInput
  }

  /// Opens the first input that holds anything, detects the dialect, reads the header.
  ///
  /// - Throws: `CSVReadingError`
  package convenience init(
    paths: [String], options: CSVReadingOptions = CSVReadingOptions(),
    looksTyped: @escaping TypedEvidence = TypedFields.looksTyped
  ) throws {
    try self.init(inputs: paths.map(CSVInput.path), options: options, looksTyped: looksTyped)
  }

  package init(
    inputs: [CSVInput], options: CSVReadingOptions = CSVReadingOptions(),
    looksTyped: @escaping TypedEvidence = TypedFields.looksTyped,
    recordByteLimit: Int = CSVChunkReader.recordByteLimit
  ) throws {
    precondition(!inputs.isEmpty, "a table has at least one input")
    try options.validate()
    self.recordByteLimit = recordByteLimit
    let detection = CSVDetection(
      options: options, looksTyped: looksTyped, recordByteLimit: recordByteLimit)
    fileIndex = 0
    var start = try CSVFileStart(inputs[0], detection: detection)
    while start.fields.isEmpty && fileIndex + 1 < inputs.count {
      finishedInputs.append(start.finish())
      fileIndex += 1
      start = try CSVFileStart(inputs[fileIndex], detection: detection)
    }
    table = CSVTableSource(
      inputs: inputs, options: options, dialect: start.dialect,
      columnNames: start.dialect.hasHeader
        ? HeaderNames.unique(start.fields)
        : HeaderNames.numbered(start.fields.count),
      header: start.dialect.hasHeader && !start.fields.isEmpty ? start.fields : nil)
    dataOffset = start.dataOffset
    begin(start)
  }

  /// The inputs read so far: their stored bytes and digests.
  package var inputsRead: [FinishedInput] {
    lock.withLock { _ in finishedInputs }
  }

  /// Fills `chunk` with the next records; false when there are none.
  ///
  /// - Throws: `CSVReadingError`, after which there are no more chunks.
  package func next(into chunk: RawChunk) throws -> Bool {
    try lock.withLock { _ in
      do {
        return try advance(chunk)
      } catch {
        file = nil
        throw error
      }
    }
  }

  private func advance(_ chunk: RawChunk) throws -> Bool {
    while let source = file?.source {
      if try fill(chunk, from: source) {
        chunk.ordinal = ordinal
        chunk.fileIndex = fileIndex
        chunk.fileName = source.name
        chunk.byteOffset = nextOffset
        chunk.firstLine = nextLine
        chunk.isRereadable = source.isStoredText
        ordinal += 1
        nextOffset += chunk.byteCount
        if let line = nextLine { nextLine = line + LineEnds.count(in: chunk.bytes) }
        return true
      }
      try openNext()
    }
    return false
  }

  /// Reads one block behind the carry and cuts it; false at the end of the input.
  private func fill(_ chunk: RawChunk, from source: any ByteSource) throws -> Bool {
    var blockByteCount = table.options.chunkByteCount
    chunk.buffer.count = 0
    // One byte more for the line end that the last record may lack.
    chunk.buffer.reserve(carry.count + blockByteCount + 1)
    chunk.buffer.append(carry.bytes)
    carry.count = 0
    while true {
      chunk.buffer.reserve(chunk.buffer.count + blockByteCount + 1)
      let block = UnsafeMutableRawBufferPointer(rebasing: chunk.buffer.rest[..<blockByteCount])
      let count = try source.readFully(into: block)
      chunk.buffer.count += count
      chunk.buffer.clearMargin()
      let isAtEnd = count < blockByteCount
      if chunk.buffer.count == 0 { return false }

      var cut = try cut(chunk.bytes, isAtEnd: isAtEnd, source: source)
      if isAtEnd && cut < chunk.buffer.count {
        chunk.buffer.append(UInt8(ascii: "\n"))
        cut = chunk.buffer.count
      }
      if cut > 0 {
        carry.append(UnsafeBufferPointer(rebasing: chunk.bytes[cut...]))
        chunk.buffer.count = cut
        chunk.buffer.clearMargin()
        return true
      }
      guard chunk.buffer.count < recordByteLimit else {
        throw CSVReadingError.recordTooLong(
          file: source.name, line: line(ofByte: 0, in: chunk.bytes), byteOffset: nextOffset,
          limit: recordByteLimit)
      }
      blockByteCount = min(chunk.buffer.count, recordByteLimit)
    }
  }

  /// The offset just past the last record end; 0 when there is none.
  private func cut(
    _ bytes: UnsafeBufferPointer<UInt8>, isAtEnd: Bool, source: any ByteSource
  ) throws -> Int {
    let dialect = table.dialect
    // What lies before `settled` is cut into records already.
    var settled = 0
    var openQuote: Int?
    if table.options.engine == .automatic {
      var flags: UInt32 = 0
      let cut = diet_csv_cut(
        bytes.baseAddress, bytes.count, dialect.delimiter, dialect.quoteOrZero, isAtEnd ? 1 : 0,
        &flags)
      let isOpenAtEnd = isAtEnd && flags & UInt32(DIET_CSV_ENDS_INSIDE) != 0
      if flags & UInt32(DIET_CSV_IRREGULAR) == 0 && !isOpenAtEnd { return cut }
      var irregular = IrregularRecords(in: bytes, dialect: dialect, atEndOfInput: isAtEnd)
      while irregular.next() != nil {}
      settled = irregular.position
      openQuote = irregular.openQuote
      if !irregular.isUnfinished {
        settled += diet_csv_cut(
          bytes.baseAddress! + settled, bytes.count - settled, dialect.delimiter,
          dialect.quoteOrZero, isAtEnd ? 1 : 0, &flags)
      }
    }
    if table.options.engine == .libcsv || isAtEnd && openQuote == nil {
      let rest = UnsafeBufferPointer(rebasing: bytes[settled...])
      let walk = RecordWalk(rest, dialect: dialect, atEndOfInput: isAtEnd)
      openQuote = walk.openQuote.map { $0 + settled }
      settled += walk.end
    }
    if let openQuote {
      throw CSVReadingError.unterminatedQuote(
        file: source.name, line: line(ofByte: openQuote, in: bytes),
        byteOffset: nextOffset + openQuote, text: bytes[openQuote...])
    }
    return settled
  }

  // MARK: - Files

  private func begin(_ start: CSVFileStart) {
    file = start
    nextOffset = start.dataOffset
    nextLine = start.source.isRereadable ? nil : start.dataLine
  }

  /// Lets go of the current input and opens the next, whose header must be the first one's.
  private func openNext() throws {
    guard let ended = file else { return }
    file = nil
    finishedInputs.append(ended.finish())
    fileIndex += 1
    guard fileIndex < table.inputs.count else { return }
    let start = try CSVFileStart(
      table.inputs[fileIndex], following: table, recordByteLimit: recordByteLimit)
    begin(start)
  }

  /// The physical line of a byte of the chunk that is being cut.
  private func line(ofByte offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    if let nextLine {
      return nextLine + LineEnds.count(in: UnsafeBufferPointer(rebasing: bytes.prefix(offset)))
    }
    let line = try? LineEnds.line(
      ofByteOffset: nextOffset + offset, in: table.inputs[fileIndex],
      encoding: table.options.encoding)
    return line ?? nil
  }
}
