import CKernels
import Columnar
package import FileIO

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
  /// What was learned from the first input's start.
  let finding: DialectFinding
  private let recordByteLimit: Int
  /// Which part of the only input is read: the records that begin there. `nil` for all.
  let range: Range<Int>?
  /// Where the first record of the range begins, and where the first behind it does, as far as is known.
  var rangeStart: Int?
  var rangeEnd: Int?
  /// Hashes the records of the range.
  let rangeHash: ByteHash?
  /// The bytes of the first input's text, where it is stored as such.
  package let storedByteCount: Int?
  /// The bytes read for one chunk.
  private let chunkByteCount: Int
  private let detection: CSVDetection
  /// The inputs by themselves, where each has its own columns.
  private let parts: CSVParts?
  let lock = Lock(())
  private let cancellation = Cancellation.current

  var file: CSVFileStart?
  var fileIndex: Int
  private var ordinal = 0
  /// What follows the last cut.
  var carry = ChunkBuffer(capacity: 0)
  /// The offset in the decoded text, and (where it must be kept) the line, of the next chunk.
  var nextOffset = 0
  var nextLine: Int?
  var finishedInputs: [FinishedInput] = []
  /// A line that follows the chunk and is left out, and how many there were.
  var rejected: [UInt8] = []
  var rejectedLineCount = 0
  /// A block of which parts are still to be given out, each behind a mark.
  private var marked: MarkedBlock?
  /// Whether the mark behind the part that was given out last is still to be passed.
  private var isBehindPart = false
  /// Whether what stands behind the text was seen when the input was opened.
  private var isEndingKnown = false
  /// What is wrong behind the chunk that was given out last.
  private var failure: ReadingError?

  /// An input that has been read to its end.
  package struct FinishedInput: Hashable, Sendable {
    package let name: String
    package let stored: StoredInput
    /// Which of its bytes were read; `nil` for all. Then `stored` is of the records among them.
    package let range: Range<Int>?

    package init(name: String, stored: StoredInput, range: Range<Int>? = nil) {
      self.name = name
      self.stored = stored
      self.range = range
    }
  }

  package init(
    inputs: [CSVInput], options: CSVReadingOptions = CSVReadingOptions(),
    looksTyped: @escaping TypedEvidence,
    recordByteLimit: Int = CSVChunkReader.recordByteLimit, looksAtNumbers: Bool = false
  ) throws {
    precondition(!inputs.isEmpty, "a table has at least one input")
    range = inputs.count == 1 ? options.byteRange : nil
    rangeHash = range == nil ? nil : options.digestAlgorithm.map(ByteHash.init)
    try options.validate()
    let recordByteLimit = min(recordByteLimit, MemoryLimit.recordByteCount ?? .max)
    self.recordByteLimit = recordByteLimit
    detection = CSVDetection(
      options: options, looksTyped: looksTyped, recordByteLimit: recordByteLimit,
      looksAtNumbers: looksAtNumbers)
    fileIndex = 0
    parts = options.files.unionsByName ? try CSVParts(inputs, detection: detection) : nil
    var start = try parts?.open(0) ?? CSVFileStart(inputs[0], detection: detection)
    while start.fields.isEmpty && fileIndex + 1 < inputs.count {
      finishedInputs.append(start.finish())
      fileIndex += 1
      start = try parts?.open(fileIndex) ?? CSVFileStart(inputs[fileIndex], detection: detection)
    }
    table = try CSVTableSource(start, inputs: inputs, options: options).uniting(parts?.tables)
    // Every column of every chunk takes work of its own: it has to have more than a few rows.
    chunkByteCount =
      table.columnCount > 4096
      ? max(options.chunkByteCount, table.columnCount * 256) : options.chunkByteCount
    dataOffset = start.dataOffset
    finding = start.finding
    storedByteCount = start.source.isStoredText ? start.source.byteCount : nil
    begin(start)
    noteReplacements(in: start)
    if let known = options.knownStart { try move(to: known) }
  }

  /// A header whose bytes were not all UTF-8 has lost them, as records do.
  private func noteReplacements(in start: CSVFileStart) {
    guard table.header != nil, table.options.invalidUTF8 == .replace else { return }
    let place = RawChunk()
    place.firstLine = max(1, start.dataLine - start.dialect.headerRecordCount)
    let count = start.fields.count { field in
      field.withUnsafeBufferPointer { InvalidText.firstOffset(in: $0) != nil }
    }
    table.findings.add(.replacedText, count: count, in: place) { 0 }
  }

  /// The inputs read so far: their stored bytes and digests.
  package var inputsRead: [FinishedInput] {
    lock.withLock { _ in finishedInputs }
  }

  /// Fills `chunk` with the next records; false when there are none.
  ///
  /// - Throws: `ReadingError`, after which there are no more chunks.
  package func next(into chunk: RawChunk) throws -> Bool {
    try lock.withLock { _ in
      // Errors of the reader stand where the chunk would: the first fault of the file is reported.
      chunk.ordinal = ordinal
      do {
        try cancellation?.check()
        // A look takes some microseconds, a chunk some hundred.
        if ordinal & 7 == 0 { try MemoryLimit.check() }
        MemoryLimit.relieve()
        if let failure { throw failure }
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
        guard restrict(chunk) else { continue }
        chunk.ordinal = ordinal
        chunk.fileIndex = fileIndex
        chunk.fileName = source.name
        chunk.byteOffset = nextOffset
        chunk.firstLine = nextLine
        chunk.fileByteCount = source.isStoredText ? source.byteCount : nil
        ordinal += 1
        pass(chunk.bytes)
        reject(rejected, of: chunk)
        return true
      }
      try openNext()
    }
    return false
  }

  /// Reads as far as the first megabyte and parses nothing, for what is seen without.
  package func skim() throws {
    let raw = RawChunk()
    var skimmed = 0
    while skimmed < 1 << 20, try next(into: raw) { skimmed += raw.byteCount }
  }

  /// Moves the place of the next chunk past `bytes`.
  func pass(_ bytes: UnsafeBufferPointer<UInt8>) {
    nextOffset += bytes.count
    if let line = nextLine { nextLine = line + LineEnds.count(in: bytes) }
  }

  /// Reads one block behind the carry and cuts it; false at the end of the input.
  private func fill(_ chunk: RawChunk, from source: any ByteSource) throws -> Bool {
    var blockByteCount = chunkByteCount
    chunk.buffer.count = 0
    if fillWithPart(chunk) { return true }
    // One byte more for the line end that the last record may lack.
    chunk.buffer.reserve(carry.count + blockByteCount + 1)
    chunk.buffer.append(carry.bytes)
    carry.count = 0
    while true {
      chunk.buffer.reserve(chunk.buffer.count + blockByteCount + 1)
      let block = UnsafeMutableRawBufferPointer(rebasing: chunk.buffer.rest[..<blockByteCount])
      let count = try source.readFully(into: block)
      chunk.buffer.count += count
      let isAtEnd = count < blockByteCount
      if isAtEnd { leaveOutEnding(of: &chunk.buffer) }
      chunk.buffer.clearMargin()
      if chunk.buffer.count == 0 { return false }

      var (cut, openQuote) = cut(chunk.bytes, isAtEnd: isAtEnd)
      marked = MarkedBlock(chunk.bytes, upTo: isAtEnd ? chunk.bytes.count : cut) { part in
        // No LF follows a CR there.
        self.cut(part, isAtEnd: part.last == UInt8(ascii: "\r")).end == part.count
      }
      if marked != nil { return try fill(chunk, from: source) }
      if let openQuote {
        do {
          rejected = try rejectedLine(from: cut, quote: openQuote, in: chunk.bytes, source)
        } catch let error as ReadingError where cut > 0 {
          // The records before may have faults of their own, which come first.
          failure = error
        }
      } else if isAtEnd && cut < chunk.buffer.count {
        chunk.buffer.append(UInt8(ascii: "\n"))
        cut = chunk.buffer.count
      }
      if cut > 0 || !rejected.isEmpty {
        carry.append(UnsafeBufferPointer(rebasing: chunk.bytes[(cut + rejected.count)...]))
        chunk.buffer.count = cut
        chunk.buffer.clearMargin()
        return true
      }
      guard chunk.buffer.count < recordByteLimit else {
        throw ReadingError.recordTooLong(
          file: source.name, line: line(ofByte: 0, in: chunk.bytes), byteOffset: nextOffset,
          limit: recordByteLimit)
      }
      blockByteCount = min(chunk.buffer.count, recordByteLimit)
    }
  }

  /// That of the current input.
  private var dialect: CSVDialect { table.part(fileIndex).dialect }

  /// The offset just past the last record end, 0 when there is none; and, at the input's end, that
  /// of a quote in what follows that nothing closes.
  func cut(
    _ bytes: UnsafeBufferPointer<UInt8>, isAtEnd: Bool
  ) -> (end: Int, openQuote: Int?) {
    let dialect = self.dialect
    // What lies before `settled` is cut into records already.
    var settled = 0
    var openQuote: Int?
    if table.options.engine == .automatic, !dialect.needsMachine {
      var flags: UInt32 = 0
      let cut = diet_csv_cut(
        bytes.baseAddress, bytes.count, dialect.delimiter, dialect.quoteOrZero, isAtEnd ? 1 : 0,
        &flags)
      let isOpenAtEnd = isAtEnd && flags & UInt32(DIET_CSV_ENDS_INSIDE) != 0
      if flags & UInt32(DIET_CSV_IRREGULAR) == 0 && !isOpenAtEnd { return (cut, nil) }
      if !IrregularRecords.anyFieldBeginsWithQuote(in: bytes, dialect) {
        let end = diet_csv_cut(
          bytes.baseAddress, bytes.count, dialect.delimiter, 0, isAtEnd ? 1 : 0, &flags)
        return (end, nil)
      }
      var irregular = IrregularRecords(in: bytes, dialect: dialect, atEndOfInput: isAtEnd)
      var counter = FieldCounter()
      while irregular.next(to: &counter) != nil {}
      settled = irregular.position
      openQuote = irregular.openQuote
      if !irregular.isUnfinished {
        settled += diet_csv_cut(
          bytes.baseAddress! + settled, bytes.count - settled, dialect.delimiter,
          dialect.quoteOrZero, isAtEnd ? 1 : 0, &flags)
      }
    }
    let isWalked = table.options.engine == .libcsv || dialect.needsMachine
    if isWalked || isAtEnd && openQuote == nil {
      let rest = UnsafeBufferPointer(rebasing: bytes[settled...])
      let walk = RecordWalk(rest, dialect: dialect, atEndOfInput: isAtEnd)
      openQuote = walk.openQuote.map { $0 + settled }
      settled += walk.end
    }
    return (settled, openQuote)
  }

  // MARK: - What is no text

  /// Fills `chunk` with what stands before the next mark within a block, if there is one.
  private func fillWithPart(_ chunk: RawChunk) -> Bool {
    guard marked != nil else { return false }
    if isBehindPart { passMark() }
    while marked?.appendNext(to: &chunk.buffer) == true {
      isBehindPart = chunk.buffer.count > 0
      if isBehindPart {
        chunk.buffer.clearMargin()
        return true
      }
      passMark()
    }
    marked?.appendRest(to: &carry)
    marked = nil
    return false
  }

  private func passMark() {
    note(.mark, count: 1, at: 0, of: carry.bytes)
    nextOffset += MarkedBlock.mark.count
    isBehindPart = false
  }

  private func leaveOutEnding(of buffer: inout ChunkBuffer) {
    guard let ending = TextEnding(of: buffer.bytes) else { return }
    buffer.count = ending.offset
    if isEndingKnown { return }
    note(.endSign, count: ending.endSignCount, at: ending.offset, of: buffer.bytes)
    note(.zeros, count: ending.zeroCount, at: ending.offset, of: buffer.bytes)
  }

  /// Notes what stands at an offset of `bytes`, which begin where the next chunk does.
  private func note(
    _ kind: RecordFindings.Kind, count: Int, at offset: Int, of bytes: UnsafeBufferPointer<UInt8>
  ) {
    let line = nextLine.map {
      $0 + LineEnds.count(in: UnsafeBufferPointer(rebasing: bytes.prefix(offset)))
    }
    let place = RawChunk(
      ordinal: ordinal, fileIndex: fileIndex, byteOffset: nextOffset + offset, firstLine: line)
    note(kind, count: count, at: place)
  }

  /// Notes what stands at a place, unless that is of another part.
  private func note(_ kind: RecordFindings.Kind, count: Int, at place: RawChunk) {
    let offset = min(place.byteOffset, (storedByteCount ?? .max) - 1)
    guard range?.contains(offset) ?? true else { return }
    table.findings.add(kind, count: count, in: place) { 0 }
  }

  // MARK: - Files

  private func begin(_ start: CSVFileStart) {
    file = start
    nextOffset = start.dataOffset
    nextLine =
      start.source.isRereadable && !table.options.dropsRecords ? nil : start.dataLine
    marked = nil
    isEndingKnown = start.ending != nil
    if let ending = start.ending {
      let place = RawChunk(fileIndex: fileIndex, byteOffset: ending.offset)
      note(.endSign, count: ending.endSignCount, at: place)
      note(.zeros, count: ending.zeroCount, at: place)
    }
    for kind in start.oddities { note(kind, count: 1, at: 0, of: carry.bytes) }
    if !start.finding.surroundings.isEmpty {
      table.findings.note(start.finding.surroundings, ofFile: fileIndex)
    }
  }

  /// Lets go of the current input and opens the next, whose header must be the first one's where
  /// columns are not put together by name.
  private func openNext() throws {
    guard file != nil else { return }
    finish()
    fileIndex += 1
    guard fileIndex < table.inputs.count else { return }
    let start =
      try parts?.open(fileIndex)
      ?? CSVFileStart(
        table.inputs[fileIndex], following: table.part(fileIndex), detection: detection)
    begin(start)
  }

  /// The physical line of a byte of the chunk that is being cut.
  func line(ofByte offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    if let nextLine {
      return nextLine + LineEnds.count(in: UnsafeBufferPointer(rebasing: bytes.prefix(offset)))
    }
    let line = try? LineEnds.line(
      ofByteOffset: nextOffset + offset, in: table.inputs[fileIndex],
      encoding: table.options.encoding)
    return line ?? nil
  }
}
