import ArrowFormat
import CKernels
import CZlib
import Columnar
import FileIO

/// Reads one column of one row group: its pages, one after the other.
///
/// Every length, count, level and code is checked before it is followed.
struct ParquetChunkReader {
  private let field: ParquetFooter.Field
  private let chunk: ParquetFooter.Chunk
  private let rowCount: Int
  private let file: String
  private let stored: Buffer
  /// Where `stored` starts in the file.
  private let offset: Int
  private let growth: ParquetGrowth
  private let decompression: ParquetDecompression
  private let writer: ParquetWriterVersion
  private let page = ChunkScratch()

  /// - Parameter place: The chunk's bytes, within the file.
  init(
    _ field: ParquetFooter.Field, _ chunk: ParquetFooter.Chunk, rowCount: Int,
    at place: Range<Int>, in file: ArrowFileBytes, _ limit: ParquetGrowthLimit,
    writer: ParquetWriterVersion
  ) throws(ReadingError) {
    let decompression: ParquetDecompression
    do throws(PageFault) {
      decompression = try ParquetDecompression(chunk.codec)
    } catch {
      throw ReadingError.parquet(
        error.code, file: file.name, byteOffset: chunk.fileOffset, column: field.name,
        error.message)
    }
    let stored = try file.read(place)
    self.field = field
    self.chunk = chunk
    self.rowCount = rowCount
    self.file = file.name
    self.stored = stored
    self.decompression = decompression
    self.writer = writer
    offset = place.lowerBound
    growth = ParquetGrowth(limit, storedByteCount: place.count)
  }

  /// Reads all pages.
  func values() throws(ReadingError) -> ParquetChunkValues {
    let values = try located(offset) { () throws(PageFault) in
      try ParquetChunkValues(field, chunk.statistics, rowCount: rowCount, growth: growth)
    }
    var position = 0
    var hasDictionary = false
    while values.doneCount < rowCount {
      MemoryLimit.relieve()
      let pageOffset = offset + position
      guard position < stored.byteCount else {
        throw fault(
          pageOffset, PageFault("the pages have \(values.doneCount) rows of \(rowCount)"))
      }
      let rest = UnsafeRawBufferPointer(
        start: stored.base + position, count: stored.byteCount - position)
      var reader = ThriftReader(rest, offset: pageOffset, file: file)
      let header = try ParquetPageHeader(&reader)
      let start = position + reader.position
      guard header.byteCount <= stored.byteCount - start else {
        throw fault(
          pageOffset,
          PageFault(
            "a page of \(header.byteCount) bytes is longer than the "
              + "\(stored.byteCount - start) that follow"))
      }
      let content = UnsafeRawBufferPointer(start: stored.base + start, count: header.byteCount)
      position = start + header.byteCount
      try located(pageOffset) { () throws(PageFault) in
        try checkSum(header, content)
        switch header.type.flatMap(ParquetPageType.init) {
        case .dictionary:
          guard !hasDictionary, values.doneCount == 0 else {
            throw PageFault("there is more than one dictionary, or it comes late")
          }
          hasDictionary = true
          try readDictionary(header, content, into: values)
        case .data: try readData(header, content, into: values)
        case .dataV2: try readDataV2(header, content, into: values)
        // What readers may skip, a page of an index or of a kind to come.
        default: break
        }
      }
    }
    return values
  }

  private func readDictionary(
    _ header: ParquetPageHeader, _ content: UnsafeRawBufferPointer,
    into values: ParquetChunkValues
  ) throws(PageFault) {
    guard
      [ParquetEncoding.plain, .plainDictionary].contains(ParquetEncoding(rawValue: header.encoding))
    else { throw PageFault(.unsupportedInput, "a dictionary in the encoding \(header.encoding)") }
    var cursor = try decompressed(content, byteCount: header.uncompressedByteCount)
    try values.readDictionary(&cursor, count: header.valueCount)
    guard cursor.remaining == 0 else {
      throw PageFault("\(cursor.remaining) bytes follow the entries of a dictionary")
    }
  }

  private func checkSum(
    _ header: ParquetPageHeader, _ content: UnsafeRawBufferPointer
  ) throws(PageFault) {
    guard let checksum = header.checksum else { return }
    let start = content.bindMemory(to: UInt8.self).baseAddress
    guard UInt32(truncatingIfNeeded: crc32(0, start, UInt32(content.count))) == checksum else {
      throw PageFault("the bytes of a page do not have its checksum")
    }
  }

  private func readData(
    _ header: ParquetPageHeader, _ content: UnsafeRawBufferPointer,
    into values: ParquetChunkValues
  ) throws(PageFault) {
    var cursor = try decompressed(content, byteCount: header.uncompressedByteCount)
    let encoding = try encoding(header)
    guard field.isOptional else {
      return try values.readPage(&cursor, encoding, rowCount: header.valueCount, levels: nil)
    }
    let levelScratch = ChunkScratch()
    let levels: PageCursor
    switch ParquetEncoding(rawValue: header.levelEncoding) {
    case .runLength: levels = try cursor.part(try cursor.length())
    case .bitPacked: levels = try oldLevels(&cursor, count: header.valueCount, levelScratch)
    case let encoding:
      throw PageFault(
        .unsupportedInput,
        "levels in the encoding \(encoding?.name ?? "\(header.levelEncoding)") are not read")
    }
    try values.readPage(&cursor, encoding, rowCount: header.valueCount, levels: levels)
    withExtendedLifetime(levelScratch) {}
  }

  /// Levels in BIT_PACKED, as writers had them before 2014: a bit each, the highest of a byte first,
  /// and no length. Given as one run in the encoding that came after it.
  private func oldLevels(
    _ cursor: inout PageCursor, count: Int, _ scratch: ChunkScratch
  ) throws(PageFault) -> PageCursor {
    let byteCount = (count + 7) / 8
    let bits = UnsafeRawBufferPointer(start: try cursor.take(byteCount), count: byteCount)
    var run = PageBytes()
    run.append(varint: UInt64(byteCount) << 1 | 1)
    for byte in bits { run.append((0..<8).reduce(0) { $0 << 1 | byte >> $1 & 1 }) }
    return copied(run.bytes, to: scratch)
  }

  /// Levels lie before the values, and are not compressed.
  private func readDataV2(
    _ header: ParquetPageHeader, _ content: UnsafeRawBufferPointer,
    into values: ParquetChunkValues
  ) throws(PageFault) {
    // Some writers give flat columns levels of lists, which say nothing.
    let levelsEnd = header.repetitionByteCount + header.levelByteCount
    guard header.uncompressedByteCount >= levelsEnd else {
      throw PageFault("a page has \(levelsEnd) bytes of levels in \(header.uncompressedByteCount)")
    }
    let encoding = try encoding(header)
    let levelBytes = UnsafeRawBufferPointer(
      rebasing: content[header.repetitionByteCount..<levelsEnd])
    let levelScratch = ChunkScratch()
    let levels = copied(levelBytes, to: levelScratch)
    let rest = UnsafeRawBufferPointer(rebasing: content.dropFirst(levelsEnd))
    let byteCount = header.uncompressedByteCount - levelsEnd
    var cursor: PageCursor
    if header.isCompressed || writer.compressesAllPages {
      cursor = try decompressed(rest, byteCount: byteCount)
    } else {
      guard rest.count == byteCount else {
        throw PageFault("a page that is not compressed has \(rest.count) bytes of \(byteCount)")
      }
      cursor = copied(rest, to: page)
    }
    try values.readPage(
      &cursor, encoding, rowCount: header.valueCount, levels: field.isOptional ? levels : nil)
    withExtendedLifetime(levelScratch) {}
  }

  private func encoding(_ header: ParquetPageHeader) throws(PageFault) -> ParquetEncoding {
    guard let encoding = ParquetEncoding(rawValue: header.encoding) else {
      throw PageFault(.unsupportedInput, "there is no encoding \(header.encoding)")
    }
    return encoding
  }

  /// The content of a page, valid until the next one is asked for.
  private func decompressed(
    _ content: UnsafeRawBufferPointer, byteCount: Int
  ) throws(PageFault) -> PageCursor {
    try growth.add(byteCount)
    let memory = page.memory(of: UInt8.self, count: byteCount + PageCursor.slackByteCount)
    // Nothing is compressed to nothing.
    if byteCount > 0 || !content.isEmpty {
      try decompression.decompress(
        content, to: UnsafeMutableRawBufferPointer(start: memory, count: byteCount))
    }
    return PageCursor(memory, count: byteCount)
  }

  private func copied(
    _ content: UnsafeRawBufferPointer, to scratch: ChunkScratch
  ) -> PageCursor {
    let memory = scratch.memory(of: UInt8.self, count: content.count + PageCursor.slackByteCount)
    UnsafeMutableRawBufferPointer(start: memory, count: content.count).copyMemory(from: content)
    return PageCursor(memory, count: content.count)
  }

  private func located<Result>(
    _ offset: Int, _ body: () throws(PageFault) -> Result
  ) throws(ReadingError) -> Result {
    do throws(PageFault) {
      return try body()
    } catch {
      throw fault(offset, error)
    }
  }

  private func fault(_ offset: Int, _ fault: PageFault) -> ReadingError {
    ReadingError.parquet(
      fault.code, file: file, byteOffset: offset, column: field.name, fault.message)
  }
}
