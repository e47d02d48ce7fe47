/// Takes fields in pieces, as `RecordMachine` finds them.
protocol FieldSink: ~Copyable {
  mutating func append(_ piece: UnsafeBufferPointer<UInt8>)
  mutating func endField(isQuotedEmpty: Bool)
  mutating func endRecord()
  mutating func removeAll()
}

/// Counts the fields of a record and keeps none.
struct FieldCounter: FieldSink {
  private(set) var fieldCount = 0
  mutating func append(_ piece: UnsafeBufferPointer<UInt8>) {}
  mutating func endField(isQuotedEmpty: Bool) { fieldCount += 1 }
  mutating func endRecord() {}
  mutating func removeAll() { fieldCount = 0 }
}

/// A plain state machine for what the scan cannot read: stray quotes, escape characters, comments,
/// longer delimiters, spaces around quotes.
///
/// Stray quotes are text, by libcsv's rules: within quotes one that no separator follows, elsewhere
/// any. An escape character counts before a quote, a delimiter, a line end and itself, and is text
/// before anything else: no writer escapes a `d`, and `C:\data` keeps its backslash.
struct RecordMachine {
  enum Kind { case record, blank, comment }

  struct Line {
    var kind: Kind
    /// The offset past the line end.
    var end: Int
    /// The first quote that is not where it belongs.
    var strayQuote: Int?
  }

  private let dialect: CSVDialect
  private let quote: Int
  private let escape: Int
  /// Whether lines may be read by `MendedLine`; their delimiter's last byte.
  private let mendsLines: Bool
  private let delimiterEnd: UInt8
  private let skipsInitialSpace: Bool
  private let skipsSpaceAtQuotes: Bool
  /// Whether the input's end is as good as a line end.
  private let acceptsEnd: Bool
  /// What ends a piece of an unquoted field beside line ends. Bytes and no table: where a line is read
  /// twice, so is a machine made.
  private let special: (UInt8, UInt8, UInt8)
  /// Where a quote opened that nothing closed, after `next` found no end.
  private(set) var openQuote: Int?

  init(_ dialect: CSVDialect, acceptsEnd: Bool = false) {
    self.dialect = dialect
    self.acceptsEnd = acceptsEnd
    quote = dialect.quote.map(Int.init) ?? -1
    escape = dialect.escape.map(Int.init) ?? -1
    mendsLines = dialect.quoteMendWidth != nil && dialect.quote != nil
    delimiterEnd = dialect.delimiterTail.last ?? dialect.delimiter
    skipsInitialSpace = dialect.spacing == .initial || dialect.spacing == .trimmed
    skipsSpaceAtQuotes = dialect.spacing != .kept
    special = (
      dialect.delimiter, dialect.quote ?? dialect.delimiter, dialect.escape ?? dialect.delimiter
    )
  }

  /// Reads the line or record that begins at `start`; `nil` where it does not end. A CR that is the
  /// last byte ends it only `atEndOfInput`, since an LF may follow.
  mutating func next<Sink: FieldSink & ~Copyable>(
    in bytes: UnsafeBufferPointer<UInt8>, from start: Int, atEndOfInput: Bool, to sink: inout Sink
  ) -> Line? {
    openQuote = nil
    guard start < bytes.count else { return nil }
    if isComment(bytes, start) {
      guard let end = physicalLineEnd(bytes, start, atEndOfInput) else { return nil }
      if !isRecordAfterAll(bytes, start, end) { return Line(kind: .comment, end: end) }
    }
    if mendsLines,
      MendedLine.mayBeMended(
        bytes, start, delimiterEnd: delimiterEnd, quote: UInt8(truncatingIfNeeded: quote)),
      let mended = MendedLine(bytes, start, dialect, atEndOfInput: atEndOfInput || acceptsEnd)
    {
      mended.write(to: &sink)
      return Line(kind: .record, end: mended.end, strayQuote: mended.strayQuote)
    }
    if isLineEnd(bytes[start]) {
      guard let end = lineEnd(bytes, start, atEndOfInput) else { return nil }
      sink.endRecord()
      return Line(kind: .blank, end: end)
    }
    var line = Line(kind: .record, end: start)
    var position = start
    while true {
      let textStart = skipsSpaceAtQuotes ? pastSpaces(bytes, position) : position
      let fieldEnd: Int?
      if textStart < bytes.count, Int(bytes[textStart]) == quote {
        fieldEnd = quotedField(bytes, textStart, &line, &sink)
      } else {
        fieldEnd = plainField(
          bytes, skipsInitialSpace ? textStart : position, &line, &sink)
      }
      guard let fieldEnd else { return nil }
      if fieldEnd == bytes.count || isLineEnd(bytes[fieldEnd]) {
        guard let end = lineEnd(bytes, fieldEnd, atEndOfInput) else { return nil }
        sink.endRecord()
        line.end = end
        return line
      }
      position = fieldEnd + 1 + dialect.delimiterTail.count
    }
  }

  // MARK: - Fields

  /// Reads up to the separator behind the field and returns where it is.
  private func plainField<Sink: FieldSink & ~Copyable>(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ line: inout Line, _ sink: inout Sink
  ) -> Int? {
    var pieceStart = start
    var position = start
    while true {
      while position < bytes.count, !isSpecial(bytes[position]) { position &+= 1 }
      guard position < bytes.count else {
        guard acceptsEnd else { return nil }
        break
      }
      if isLineEnd(bytes[position]) || isDelimiter(bytes, position) { break }
      if let escaped = escapedEnd(bytes, position) {
        sink.append(UnsafeBufferPointer(rebasing: bytes[pieceStart..<position]))
        pieceStart = position + 1
        position = escaped
      } else {
        if Int(bytes[position]) == quote, line.strayQuote == nil { line.strayQuote = position }
        position += 1
      }
    }
    var end = position
    if dialect.spacing == .trimmed {
      while end > pieceStart, isSpace(bytes[end - 1]) { end -= 1 }
    }
    sink.append(UnsafeBufferPointer(rebasing: bytes[pieceStart..<end]))
    sink.endField(isQuotedEmpty: false)
    return position
  }

  /// The same for a field whose quote opens at `start`.
  private mutating func quotedField<Sink: FieldSink & ~Copyable>(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ line: inout Line, _ sink: inout Sink
  ) -> Int? {
    var pieceStart = start + 1
    var position = start + 1
    var isEmpty = true
    func flush(_ end: Int, _ sink: inout Sink) {
      sink.append(UnsafeBufferPointer(rebasing: bytes[pieceStart..<end]))
      if end > pieceStart { isEmpty = false }
    }
    while position < bytes.count {
      let byte = Int(bytes[position])
      if byte == escape, escape != quote, let escaped = escapedEnd(bytes, position) {
        flush(position, &sink)
        isEmpty = false
        pieceStart = position + 1
        position = escaped
      } else if byte != quote {
        position += 1
      } else if position + 1 < bytes.count, Int(bytes[position + 1]) == quote {
        flush(position + 1, &sink)
        pieceStart = position + 2
        position += 2
      } else {
        let next = skipsSpaceAtQuotes ? pastSpaces(bytes, position + 1) : position + 1
        if next == bytes.count ? acceptsEnd : isLineEnd(bytes[next]) || isDelimiter(bytes, next) {
          flush(position, &sink)
          sink.endField(isQuotedEmpty: isEmpty)
          return next
        }
        if next == bytes.count { return nil }
        if line.strayQuote == nil { line.strayQuote = position }
        position += 1
      }
    }
    openQuote = start
    return nil
  }

  // MARK: - Bytes

  @inline(__always)
  private func isSpecial(_ byte: UInt8) -> Bool {
    byte == special.0 || byte == special.1 || byte == special.2 || isLineEnd(byte)
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private func isSpace(_ byte: UInt8) -> Bool {
    (byte == 0x20 || byte == 0x09) && byte != dialect.delimiter
  }

  private func pastSpaces(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var position = start
    while position < bytes.count, isSpace(bytes[position]) { position += 1 }
    return position
  }

  private func isDelimiter(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int) -> Bool {
    guard bytes[position] == dialect.delimiter else { return false }
    let tail = dialect.delimiterTail
    if tail.isEmpty { return true }
    guard bytes.count - position > tail.count else { return false }
    for index in tail.indices where bytes[position + 1 + index] != tail[index] { return false }
    return true
  }

  /// The offset past an escaped character; `nil` where the byte at `position` escapes nothing.
  private func escapedEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int) -> Int? {
    guard Int(bytes[position]) == escape, position + 1 < bytes.count else { return nil }
    let next = bytes[position + 1]
    if Int(next) == quote || Int(next) == escape || next == 0x0A { return position + 2 }
    if isDelimiter(bytes, position + 1) { return position + 2 + dialect.delimiterTail.count }
    if next == 0x0D {
      let isCRLF = position + 2 < bytes.count && bytes[position + 2] == 0x0A
      return position + (isCRLF ? 3 : 2)
    }
    return nil
  }

  /// The offset past the line end at `position`.
  private func lineEnd(
    _ bytes: UnsafeBufferPointer<UInt8>, _ position: Int, _ atEndOfInput: Bool
  ) -> Int? {
    if position == bytes.count { return acceptsEnd ? position : nil }
    guard bytes[position] == 0x0D else { return position + 1 }
    if position + 1 == bytes.count { return atEndOfInput ? position + 1 : nil }
    return bytes[position + 1] == 0x0A ? position + 2 : position + 1
  }

  // MARK: - Comments

  private func isComment(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    guard let first = dialect.comment.first, bytes[start] == first else { return false }
    return bytes[start...].starts(with: dialect.comment)
  }

  private func physicalLineEnd(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ atEndOfInput: Bool
  ) -> Int? {
    LineEnds.next(in: bytes, from: start, atEndOfInput: atEndOfInput)
      ?? (acceptsEnd ? bytes.count : nil)
  }

  /// Whether a line that begins like a comment is as wide as the table: where comments are a guess,
  /// nothing that may be a record is left out.
  private func isRecordAfterAll(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
  ) -> Bool {
    guard let width = dialect.commentExemptWidth else { return false }
    var plain = dialect
    plain.comment = []
    var machine = RecordMachine(plain, acceptsEnd: true)
    var counter = FieldCounter()
    let line = UnsafeBufferPointer(rebasing: bytes[start..<end])
    _ = machine.next(in: line, from: 0, atEndOfInput: true, to: &counter)
    return counter.fieldCount == width
  }
}
