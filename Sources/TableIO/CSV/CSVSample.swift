/// The start of an input, read ahead to learn the dialect and the header.
struct CSVSample: ~Copyable {
  /// How much is read ahead, in bytes.
  static let byteCount = 1 << 20

  private var buffer: ChunkBuffer
  /// The number of lines to drop first.
  private let skippedLineCount: Int
  /// Whether the input ends within the sample.
  private(set) var isComplete: Bool
  /// Where the text begins: behind the byte order mark, skipped lines, and a `sep=` line.
  private(set) var textStart = 0
  /// The delimiter that a first line `sep=;` names.
  private(set) var namedDelimiter: UInt8?
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

  private mutating func findText() {
    textStart = buffer.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    for _ in 0..<skippedLineCount {
      let next = LineEnds.next(in: buffer.bytes, from: textStart, atEndOfInput: isComplete)
      textStart = next ?? buffer.count
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

  /// The place of the first record that is no blank line; `nil` when none ends in the sample.
  func firstRecord(_ dialect: CSVDialect) -> Range<Int>? {
    var found: Range<Int>?
    let walk = RecordWalk(text, dialect: dialect, atEndOfInput: isComplete) { record, isBlank in
      if !isBlank { found = record }
      return isBlank
    }
    if found == nil, isComplete, walk.end < text.count, walk.openQuote == nil {
      found = walk.end..<text.count
    }
    return found.map { $0.lowerBound + textStart..<$0.upperBound + textStart }
  }

  /// The offset of a quote in the first record that nothing closes.
  func openQuote(_ dialect: CSVDialect) -> Int? {
    let walk = RecordWalk(text, dialect: dialect, atEndOfInput: true)
    return walk.openQuote.map { $0 + textStart }
  }

  /// Throws when a record is not UTF-8.
  func validateText(of record: Range<Int>, file: String) throws(CSVReadingError) {
    let bytes = UnsafeBufferPointer(rebasing: buffer.bytes[record])
    guard let invalid = InvalidText.firstOffset(in: bytes) else { return }
    let offset = record.lowerBound + invalid
    throw InvalidText.error(
      at: invalid, in: bytes, file: file,
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
