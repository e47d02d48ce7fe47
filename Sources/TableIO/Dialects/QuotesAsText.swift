import Platform

/// What a text looks like line by line, where its quotes are text as any other character is.
package struct QuotesAsText: Hashable, Sendable {
  private var lineCount = 0
  /// How many lines quoted fields took with them, when quotes were read as such; 0 if it is not known.
  var swallowedCount = 0
  /// Lines as wide as the table.
  private var wideCount = 0
  /// Lines of another width behind the last of those: they may be a footer.
  private var endCount = 0
  /// Fields that begin and end with a quote, and those with other quotes.
  private var enclosedCount = 0
  private var strayCount = 0
  /// Lines with quotes and those that follow them, as fields.
  private var samples: [[[UInt8]]] = []
  private var followsQuote = false
  private var quote: UInt8 = 0

  private static let sampleLimit = 2000

  /// What the evidence is.
  enum Verdict: Hashable, Sendable {
    /// As text quotes make a regular table, and few fields are enclosed in them.
    case text(QuotesAsText)
    /// They make none.
    case quotes
    case undecided
  }

  /// - Parameter records: The first ones as they are with quotes. Where one of their columns has a
  ///   type, it has to have it line by line, too: an address in quotes is as wide as a table of two
  ///   columns by chance.
  func verdict(
    records: some Collection<[[UInt8]]>, columns: Int, _ looksTyped: TypedEvidence
  ) -> Verdict {
    let rows = Array(records.filter { $0.count == columns })
    let typed = (0..<columns).filter {
      rows.count > 2 && looksTyped(HeaderEvidence.fields(of: $0, in: rows[...]))
    }
    let lines = samples.filter { $0.count == columns }
    guard !typed.isEmpty || columns > 2,
      typed.allSatisfy({ column in
        let fields = HeaderEvidence.fields(of: column, in: lines[...])
        return fields.isEmpty || looksTyped(fields.filter { !$0.contains(quote) })
      })
    else { return .quotes }
    let bodyCount = lineCount - (endCount > 10 ? 0 : endCount)
    guard lineCount >= 10, wideCount * 1000 >= bodyCount * 999, strayCount > enclosedCount else {
      return .undecided
    }
    var proof = self
    proof.samples = []
    return .text(proof)
  }

  init() {}

  /// Adds whole lines of a table of `columns` columns.
  mutating func add(
    _ text: UnsafeBufferPointer<UInt8>, delimiter: UInt8, quote: UInt8, columns: Int
  ) {
    self.quote = quote
    var position = 0
    while position < text.count {
      let next = LineEnds.next(in: text, from: position, atEndOfInput: true) ?? text.count
      var end = next
      while end > position, text[end - 1] == 0x0A || text[end - 1] == 0x0D { end -= 1 }
      let line = UnsafeBufferPointer(rebasing: text[position..<end])
      position = next
      // A remark is no line of the table.
      if line.isEmpty || line[0] == UInt8(ascii: "#") { continue }
      lineCount += 1
      if line.count(where: { $0 == delimiter }) + 1 == columns {
        wideCount += 1
        endCount = 0
      } else {
        endCount += 1
      }
      let hasQuote = memchr(line.baseAddress!, Int32(quote), line.count) != nil
      if hasQuote || followsQuote { addFields(of: line, delimiter, quote) }
      followsQuote = hasQuote
    }
  }

  private mutating func addFields(
    of line: UnsafeBufferPointer<UInt8>, _ delimiter: UInt8, _ quote: UInt8
  ) {
    let fields = line.split(separator: delimiter, omittingEmptySubsequences: false)
    for field in fields where field.contains(quote) {
      if field.count > 1, field.first == quote, field.last == quote {
        enclosedCount += 1
      } else {
        strayCount += 1
      }
    }
    if samples.count < Self.sampleLimit { samples.append(fields.map(Array.init)) }
  }

  /// What all of the inputs say, from their tables' start to their end.
  ///
  /// - Throws: `CSVReadingError`
  static func verdict(
    on table: CSVTableSource, looksTyped: @escaping TypedEvidence = TypedFields.looksTyped
  ) throws -> Verdict {
    guard let quote = table.dialect.quote, !table.dialect.needsMachine,
      table.inputs.allSatisfy(\.isRereadable)
    else { return .undecided }
    var lines = QuotesAsText()
    lines.swallowedCount = table.findings.count(of: .swallowed)
    var options = table.options
    options.quoting = .none
    options.hasHeader = table.dialect.hasHeader
    options.digestAlgorithm = nil
    options.files = FileOptions()
    var records: [[[UInt8]]] = []
    let lead = Dictionary(
      uniqueKeysWithValues: table.findings.surroundings.map { ($0.fileIndex, $0.1) })
    for (index, input) in table.inputs.enumerated() {
      options.skippedLineCount =
        table.options.skippedLineCount + (lead[index]?.preambleLineCount ?? 0)
      let part = table.part(index)
      options.delimiter = part.dialect.delimiter
      let reader = try CSVChunkReader(inputs: [input.whole], options: options)
      let raw = RawChunk()
      while try reader.next(into: raw) {
        if records.isEmpty {
          records += SampleRecords(
            raw.bytes, dialect: part.dialect, recordLimit: HeaderEvidence.recordCount)
        }
        lines.add(
          raw.bytes, delimiter: part.dialect.delimiter, quote: quote, columns: part.columnCount)
      }
    }
    return lines.verdict(records: records, columns: table.part(0).columnCount, looksTyped)
  }
}
