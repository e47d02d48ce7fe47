/// A line with text behind a closing quote, as in `1,"big"box,2`.
///
/// By libcsv's rules the field goes on to the next quote that a separator follows, be it at the
/// file's end. Where the line is as wide as the table if that quote is text, and is not otherwise,
/// it is text. Only where the caller has not said how the file is quoted.
struct MendedLine {
  /// The offset past the line end.
  let end: Int
  /// The first closing quote that text follows.
  let strayQuote: Int

  private let bytes: UnsafeBufferPointer<UInt8>
  private let quote: UInt8
  private var fields: [(range: Range<Int>, isEnclosed: Bool)] = []

  /// `nil` where the line is read as any other. `mayBeMended` is to be asked before.
  init?(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ dialect: CSVDialect, atEndOfInput: Bool
  ) {
    guard let width = dialect.quoteMendWidth, let quote = dialect.quote,
      let end = LineEnds.next(in: bytes, from: start, atEndOfInput: atEndOfInput)
        ?? (atEndOfInput ? bytes.count : nil)
    else { return nil }
    let line = UnsafeBufferPointer(rebasing: bytes[start..<end])
    var plain = dialect
    plain.quoteMendWidth = nil
    var machine = RecordMachine(plain, acceptsEnd: true)
    var counter = FieldCounter()
    let read = machine.next(in: line, from: 0, atEndOfInput: true, to: &counter)
    if let read, read.strayQuote == nil || counter.fieldCount == width { return nil }
    self.bytes = bytes
    self.quote = quote
    self.end = end
    guard let found = Self.fields(of: line, dialect, quote), found.fields.count == width,
      let stray = found.strayQuote
    else { return nil }
    strayQuote = start + stray
    fields = found.fields.map {
      (start + $0.range.lowerBound..<start + $0.range.upperBound, $0.isEnclosed)
    }
  }

  /// Whether in the line that begins at `start` quotes are even in number, and one may begin a field:
  /// most lines with stray quotes are told by that.
  static func mayBeMended(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, delimiterEnd: UInt8, quote: UInt8
  ) -> Bool {
    var count = 0
    var mayOpen = false
    var before = delimiterEnd
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if byte == quote {
        count &+= 1
        mayOpen = mayOpen || before == delimiterEnd
      } else if byte == 0x0A || byte == 0x0D {
        break
      }
      before = byte
      index &+= 1
    }
    return mayOpen && count > 1 && count % 2 == 0
  }

  func write<Sink: FieldSink & ~Copyable>(to sink: inout Sink) {
    for field in fields {
      guard field.isEnclosed else {
        sink.append(UnsafeBufferPointer(rebasing: bytes[field.range]))
        sink.endField(isQuotedEmpty: false)
        continue
      }
      var piece = field.range.lowerBound + 1
      let close = field.range.upperBound - 1
      while let doubled = bytes[piece..<close].firstIndex(of: quote) {
        sink.append(UnsafeBufferPointer(rebasing: bytes[piece...doubled]))
        piece = doubled + 2
      }
      sink.append(UnsafeBufferPointer(rebasing: bytes[piece..<close]))
      sink.endField(isQuotedEmpty: field.range.count == 2)
    }
    sink.endRecord()
  }

  /// The fields of one line, those with text behind their closing quote as they stand; `nil` where a
  /// quote is not closed.
  private static func fields(
    of line: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect, _ quote: UInt8
  ) -> (fields: [(range: Range<Int>, isEnclosed: Bool)], strayQuote: Int?)? {
    var fields: [(range: Range<Int>, isEnclosed: Bool)] = []
    var stray: Int?
    var position = 0
    let delimiter = [dialect.delimiter] + dialect.delimiterTail
    func isSeparator(_ index: Int) -> Bool {
      index >= line.count || line[index] == 0x0A || line[index] == 0x0D
        || line[index] == delimiter[0] && line[index...].starts(with: delimiter)
    }
    while true {
      let start = position
      var isEnclosed = false
      if position < line.count, line[position] == quote {
        position += 1
        while true {
          guard let next = line[min(position, line.count)...].firstIndex(of: quote) else {
            return nil
          }
          position = next + 1
          if position < line.count, line[position] == quote {
            position += 1
            continue
          }
          isEnclosed = isSeparator(position)
          if !isEnclosed, stray == nil { stray = next }
          break
        }
      }
      while !isSeparator(position) { position += 1 }
      fields.append((start..<position, isEnclosed))
      guard position < line.count, line[position] != 0x0A, line[position] != 0x0D else {
        return (fields, stray)
      }
      position += delimiter.count
    }
  }
}
