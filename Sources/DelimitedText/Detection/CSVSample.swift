import FileIO

/// The start of an input, read ahead to learn the dialect and the header.
struct CSVSample: ~Copyable {
  /// How much is read ahead, in bytes.
  static let byteCount = 1 << 20
  /// How much of the end is read ahead.
  private static let tailByteCount = 1 << 15

  private var buffer: ChunkBuffer
  /// The number of lines to drop first.
  private let skippedLineCount: Int
  /// Whether the input ends within the sample.
  private(set) var isComplete: Bool
  /// Where the text begins: behind the byte order mark, skipped lines, and a `sep=` line.
  private(set) var textStart = 0
  /// Whether the text begins with a byte order mark.
  private(set) var hasByteOrderMark = false
  /// The delimiter that a first line `sep=;` names.
  private(set) var namedDelimiter: UInt8?
  /// What stands behind the text, in a sample that is all of the input; it is no part of it.
  private(set) var ending: TextEnding?
  /// The encoding of the stored bytes.
  let encoding: TextEncoding

  init(_ source: any ByteSource, skippedLineCount: Int) throws {
    self.skippedLineCount = skippedLineCount
    // A small file needs no megabyte; one byte more tells that the end was reached. Files that the
    // system makes up as they are read say that they are empty.
    let size = source.isStoredText ? source.byteCount ?? 0 : 0
    buffer = ChunkBuffer(capacity: size > 0 ? min(Self.byteCount, size + 1) : Self.byteCount)
    isComplete = false
    encoding = source.encoding
    try fill(source)
  }

  /// Doubles the sample.
  mutating func grow(_ source: any ByteSource) throws {
    buffer.reserve(buffer.capacity * 2)
    try fill(source)
  }

  private mutating func fill(_ source: any ByteSource) throws {
    buffer.count += try source.readFully(into: buffer.rest)
    isComplete = buffer.count < buffer.capacity
    if isComplete, let ending = TextEnding(of: buffer.bytes) {
      self.ending = ending
      buffer.count = ending.offset
    }
    buffer.reserve(buffer.count)
    buffer.clearMargin()
    findText()
  }

  var byteCount: Int { buffer.count }
  var bytes: UnsafeBufferPointer<UInt8> { buffer.bytes }

  /// The text, without what comes before it.
  var text: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: buffer.bytes[textStart...])
  }

  /// The text up to the first mark within it: what follows may be another file, and the mark is no
  /// part of a field. All of it where only a few lines stand before.
  var unmarkedText: UnsafeBufferPointer<UInt8> {
    guard let mark = MarkedBlock.place(in: text, from: 1, to: text.count) else { return text }
    let before = UnsafeBufferPointer(rebasing: text[..<mark])
    return before.count { $0 == UInt8(ascii: "\n") } < 8 ? text : before
  }

  private mutating func findText() {
    hasByteOrderMark = buffer.bytes.starts(with: [0xEF, 0xBB, 0xBF])
    textStart = hasByteOrderMark ? 3 : 0
    for _ in 0..<skippedLineCount {
      let next = LineEnds.next(in: buffer.bytes, from: textStart, atEndOfInput: isComplete)
      textStart = next ?? buffer.count
      if next == nil { break }
    }
    namedDelimiter = nil
    let line = buffer.bytes[textStart...]
    guard line.count >= 5, line.starts(with: "sep=".utf8) else { return }
    let end = LineEnds.next(in: buffer.bytes, from: textStart + 5, atEndOfInput: isComplete)
    let delimiter = buffer.bytes[textStart + 4]
    // Only a line end may follow the one character.
    guard delimiter < 0x80, let end, end - (textStart + 5) <= 2,
      buffer.bytes[textStart + 5] == UInt8(ascii: "\n")
        || buffer.bytes[textStart + 5] == UInt8(ascii: "\r")
    else { return }
    namedDelimiter = delimiter
    textStart = end
  }

  /// The lines from the first to an offset: those that were skipped, and a preamble.
  func linesBefore(_ offset: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: buffer.bytes[(hasByteOrderMark ? 3 : 0)..<offset])
  }

  /// Where the last lines of the text begin, of a sample that is all of the input.
  func endingStart(after start: Int) -> Int {
    let earliest = text.count - Self.tailByteCount
    if earliest <= start { return start }
    return text[earliest...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? start
  }

  /// The places of the first `count` records from `start` on that are no blank lines, fewer at the
  /// input's end; `nil` when they do not all end in the sample.
  func records(_ count: Int, from start: Int, _ dialect: CSVDialect) -> [Range<Int>]? {
    var found: [Range<Int>] = []
    let text = UnsafeBufferPointer(rebasing: buffer.bytes[start...])
    let walk = RecordWalk(text, dialect: dialect, atEndOfInput: isComplete) { record, isBlank in
      if !isBlank { found.append(record) }
      return found.count < count
    }
    if found.count < count, isComplete, walk.end < text.count, walk.openQuote == nil {
      found.append(walk.end..<text.count)
    }
    guard found.count == count || isComplete && !found.isEmpty else { return nil }
    return found.map { $0.lowerBound + start..<$0.upperBound + start }
  }

  /// The end of an input that goes on behind the sample, where it can be had: whole lines, and the
  /// offset of their first byte.
  func tail(
    of source: any ByteSource
  ) throws -> (bytes: [UInt8], offset: Int, ending: TextEnding?)? {
    guard !isComplete, source.isStoredText, let byteCount = source.byteCount else { return nil }
    let start = max(buffer.count, byteCount - Self.tailByteCount)
    guard start < byteCount else { return nil }
    let bytes = try [UInt8](unsafeUninitializedCapacity: byteCount - start) { buffer, count in
      count = try source.read(at: start, into: UnsafeMutableRawBufferPointer(buffer))
    }
    guard let lineEnd = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let lines = Array(bytes[(lineEnd + 1)...])
    let offset = start + lineEnd + 1
    let ending = lines.withUnsafeBufferPointer { TextEnding(of: $0, at: offset) }
    return (Array(lines.prefix((ending?.offset ?? .max) - offset)), offset, ending)
  }

  /// The offset of a quote in the first record from `start` on that nothing closes.
  func openQuote(from start: Int, _ dialect: CSVDialect) -> Int? {
    let text = UnsafeBufferPointer(rebasing: buffer.bytes[start...])
    let walk = RecordWalk(text, dialect: dialect, atEndOfInput: true)
    return walk.openQuote.map { $0 + start }
  }

  /// Throws when a record is not UTF-8.
  func validateText(of record: Range<Int>, file: String) throws(ReadingError) {
    let bytes = UnsafeBufferPointer(rebasing: buffer.bytes[record])
    guard let invalid = InvalidText.firstOffset(in: bytes) else { return }
    let offset = record.lowerBound + invalid
    throw InvalidText.error(
      at: offset, in: buffer.bytes, file: file,
      place: InputPosition(line: line(of: offset), byteOffset: offset))
  }

  /// The fields of one record, unquoted.
  func fields(of record: Range<Int>, _ dialect: CSVDialect) -> [[UInt8]] {
    let records = SampleRecords(
      UnsafeBufferPointer(rebasing: buffer.bytes[record]), dialect: dialect, recordLimit: 1)
    return records.first ?? []
  }

  /// The physical line, from 1, of an offset in the sample.
  func line(of offset: Int) -> Int {
    1 + LineEnds.count(in: UnsafeBufferPointer(rebasing: buffer.bytes.prefix(offset)))
  }

  /// The sample from `offset` on, then the rest.
  func source(from offset: Int, then rest: any ByteSource) -> any ByteSource {
    PrefixedSource(prefix: Array(buffer.bytes[offset...]), then: rest)
  }
}
