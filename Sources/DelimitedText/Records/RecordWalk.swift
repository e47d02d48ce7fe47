import CLibCSV

/// Where records begin and end: by libcsv's rules, which is fed one line at a time, so that a record
/// ends with the line on which its callback comes; by the machine's in dialects that need it.
///
/// Slow and exact: for cuts among irregular quotes, and for the places that errors name.
package struct RecordWalk {
  /// The last record end; everything behind it is one unfinished record.
  private(set) var end = 0
  /// Where a quote opened that nothing closes before the end; only `atEndOfInput`.
  private(set) var openQuote: Int?

  /// Walks over `bytes`, which begin at a record's start.
  ///
  /// - Parameter visit: gets each record's place and whether it is a blank line; false stops.
  package init(
    _ bytes: UnsafeBufferPointer<UInt8>, dialect: CSVDialect, atEndOfInput: Bool,
    visit: (Range<Int>, _ isBlank: Bool) -> Bool = { _, _ in true }
  ) {
    if dialect.needsMachine || dialect.quoteMendWidth != nil {
      var machine = RecordMachine(dialect)
      var counter = FieldCounter()
      while let line = machine.next(in: bytes, from: end, atEndOfInput: atEndOfInput, to: &counter)
      {
        let record = end..<line.end
        end = line.end
        if line.kind != .comment, !visit(record, line.kind == .blank) { return }
      }
      if atEndOfInput { openQuote = machine.openQuote }
      return
    }
    guard let quote = dialect.quote else {
      while let next = LineEnds.next(in: bytes, from: end, atEndOfInput: atEndOfInput) {
        let isBlank = Self.isLineEnd(bytes[end])
        let record = end..<next
        end = next
        if !visit(record, isBlank) { return }
      }
      return
    }
    var parser = csv_parser()
    csv_init(&parser, UInt8(CSV_REPALL_NL))
    defer { csv_free(&parser) }
    csv_set_delim(&parser, dialect.delimiter)
    csv_set_quote(&parser, quote)
    csv_set_space_func(&parser) { _ in 0 }
    csv_set_blk_size(&parser, 1 << 16)

    var position = 0
    while let next = LineEnds.next(in: bytes, from: position, atEndOfInput: atEndOfInput) {
      var endedRecords = 0
      csv_parse(
        &parser, bytes.baseAddress! + position, next - position, nil, countRecord, &endedRecords)
      position = next
      if endedRecords > 0 {
        let record = end..<next
        end = next
        // The first byte of a record is a line end only when the line is blank.
        if !visit(record, Self.isLineEnd(bytes[record.lowerBound])) { return }
      }
    }
    if atEndOfInput && end < bytes.count {
      openQuote = Self.openQuote(in: bytes, from: end, parser: &parser, fedUpTo: position)
    }
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  /// Feeds the unfinished record again byte by byte; only before an error.
  private static func openQuote(
    in bytes: UnsafeBufferPointer<UInt8>, from start: Int, parser: inout csv_parser,
    fedUpTo position: Int
  ) -> Int? {
    csv_parse(&parser, bytes.baseAddress! + position, bytes.count - position, nil, nil, nil)
    // libcsv.c calls this state FIELD_BEGUN: in the middle of a field, no closing quote seen.
    let fieldBegun: Int32 = 2
    guard parser.pstate == fieldBegun, parser.quoted != 0 else { return nil }
    csv_fini(&parser, nil, nil, nil)
    var opening: Int?
    for index in start..<bytes.count {
      let wasQuoted = parser.quoted != 0
      csv_parse(&parser, bytes.baseAddress! + index, 1, nil, nil, nil)
      if parser.quoted != 0 && !wasQuoted { opening = index }
    }
    return opening
  }
}

private func countRecord(_ end: Int32, _ context: UnsafeMutableRawPointer?) {
  context!.assumingMemoryBound(to: Int.self).pointee += 1
}
