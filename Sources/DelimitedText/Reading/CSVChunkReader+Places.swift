import Columnar
import FileIO

/// Reading that begins in the middle of a file.
extension CSVChunkReader {
  /// Whether it may: where the text stands as it is in one file, from its header to the file's end, and lines that are
  /// left out are not looked for.
  package var canMove: Bool {
    guard let file, table.inputs.count == 1, table.parts.isEmpty else { return false }
    return file.source.isStoredText && finding.tableEnd == nil
      && table.options.skippedFooterLineCount == 0 && !table.options.dropsRecords
  }

  /// Where the first record begins that is no header.
  package var firstPlace: RecordPlace {
    RecordPlace(offset: dataOffset, lineCount: (file?.dataLine ?? 1) - 1)
  }

  /// Goes on where a record was found to begin, as far as that may be done.
  ///
  /// - Throws: `ReadingError` where that was found in another file, or in the same read otherwise.
  func move(to known: KnownStart) throws {
    guard canMove else { return }
    guard known.dialect == ScannedDialect(table.dialect) else {
      throw ReadingError(
        .unsupportedDialect, file: file?.source.name,
        "the file is read in another way than it was scanned",
        remedy: "scan it again, with the same options")
    }
    if known.place.offset <= dataOffset { return }
    var byte: UInt8 = 0
    let count = try withUnsafeMutableBytes(of: &byte) { buffer in
      try file?.source.read(at: known.place.offset - 1, into: buffer)
    }
    // A record follows a line end, or the mark of a file that was put behind another.
    guard count == 1, [0x0A, 0x0D, MarkedBlock.mark[2]].contains(byte) else {
      throw ReadingError(
        .changedWhileRead, file: file?.source.name, byteOffset: known.place.offset,
        "the file has changed since it was scanned", remedy: "scan it again")
    }
    move(to: known.place)
  }

  /// Goes on where a record begins.
  package func move(to place: RecordPlace) {
    file = file?.moved(to: place.offset)
    (nextOffset, nextLine) = (place.offset, place.lineCount + 1)
    carry.count = 0
  }

  /// Where records begin in the rest of the text, a place every few megabytes, and where the first does that is
  /// behind the range; `nil` where that was not found because a quote there is closed nowhere, or far behind.
  package func places(
    everyByteCount spacing: Int, progress: ((_ byteCount: Int) -> Void)? = nil
  ) throws -> (places: [RecordPlace], end: RecordPlace?) {
    var places = [RecordPlace(offset: nextOffset, lineCount: (nextLine ?? 1) - 1)]
    let chunk = RawChunk()
    do {
      while try next(into: chunk) {
        progress?(chunk.byteCount)
        guard chunk.byteOffset - places[places.count - 1].offset >= spacing,
          let line = chunk.firstLine
        else { continue }
        places.append(RecordPlace(offset: chunk.byteOffset, lineCount: line - 1))
      }
    } catch let error as ReadingError
      where [.unterminatedQuote, .recordTooLong].contains(error.code)
    {
      return (places, nil)
    }
    return (places, RecordPlace(offset: extent.read.upperBound, lineCount: (nextLine ?? 1) - 1))
  }

  /// What may be said of the first records of a range that does not begin with the file: one of the lines there begins
  /// a record, and from each of them on it is known where the next records begin. Lines that lead to the same record
  /// are put together.
  ///
  /// - Returns: Lines that may begin a record, and a record that begins behind them.
  package func ways(into range: Range<Int>) throws -> [(entries: [RecordPlace], next: RecordPlace)]
  {
    guard canMove, let source = file?.source, range.lowerBound > 0 else { return [] }
    var buffer = ChunkBuffer(capacity: 0)
    var byteCount = Self.entryByteCount
    while true {
      let count = min(byteCount, range.count) + 1
      buffer.count = 0
      buffer.reserve(count)
      let block = UnsafeMutableRawBufferPointer(rebasing: buffer.rest[..<count])
      // With the byte before the range, which may end a line.
      buffer.count = try source.read(at: range.lowerBound - 1, into: block)
      buffer.clearMargin()
      guard MarkedBlock.place(in: buffer.bytes, from: 1, to: buffer.count) == nil else { return [] }
      let found = ways(in: buffer.bytes, from: range.lowerBound - 1)
      if !found.isEmpty || count > range.count || byteCount > Self.farEntryByteCount {
        return found
      }
      byteCount *= 4
    }
  }

  /// In so many bytes of a range its first records are looked for, and in so many where there is no line end.
  private static let entryByteCount = 1 << 18
  private static let farEntryByteCount = 1 << 24
  /// Of how many lines it is asked what follows from them, and how many answers are followed.
  private static let entryLimit = 16
  private static let wayLimit = 3

  private func ways(
    in bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> [(entries: [RecordPlace], next: RecordPlace)] {
    func place(_ index: Int) -> RecordPlace {
      let before = UnsafeBufferPointer(rebasing: bytes[..<index])
      return RecordPlace(offset: start + index, lineCount: LineEnds.count(in: before))
    }
    var ways: [(entries: [RecordPlace], next: RecordPlace)] = []
    var (position, entryCount) = (0, 0)
    while entryCount < Self.entryLimit,
      let entry = LineEnds.next(in: bytes, from: position, atEndOfInput: false),
      entry < bytes.count
    {
      position = entry
      entryCount += 1
      let next = entry + cut(UnsafeBufferPointer(rebasing: bytes[entry...]), isAtEnd: false).end
      if let way = ways.firstIndex(where: { $0.next.offset == start + next }) {
        ways[way].entries.append(place(entry))
      } else if ways.count < Self.wayLimit {
        ways.append(([place(entry)], place(next)))
      }
    }
    return ways
  }
}
