import CKernels

/// Learns a dialect from the start of an input. What the options force is not guessed.
struct CSVDetection {
  let options: CSVReadingOptions
  let looksTyped: TypedEvidence
  let recordByteLimit: Int

  /// How much of the sample votes; the rest is only there for long records.
  private static let voteByteCount = 1 << 18
  private static let delimiters = [",", ";", "\t", "|"].map { $0.utf8.first! }
  private static let doubleQuote = UInt8(ascii: "\"")
  private static let singleQuote = UInt8(ascii: "'")

  func dialect(of sample: borrowing CSVSample) -> CSVDialect {
    let text = sample.text
    let votes = wholeRecords(UnsafeBufferPointer(rebasing: text.prefix(Self.voteByteCount)))
    var dialect = CSVDialect(
      encoding: sample.encoding, lineEnding: Self.lineEnding(of: votes))
    let candidates = candidates(votes, named: sample.namedDelimiter)
    let best = candidates.dropFirst().reduce(candidates.first) { best, candidate in
      candidate.score > best?.score ?? 0 ? candidate : best
    }
    dialect.delimiter = best?.delimiter ?? Self.delimiters[0]
    dialect.quote = best?.quote ?? nil
    dialect.hasHeader = options.hasHeader ?? hasHeader(votes, dialect)
    return dialect
  }

  /// `text` up to its last line end, so that a record cut in two does not vote.
  private func wholeRecords(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    guard let end = text.lastIndex(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
    else { return text }
    return UnsafeBufferPointer(rebasing: text[...end])
  }

  // MARK: - Delimiter and quote

  private func candidates(
    _ text: UnsafeBufferPointer<UInt8>, named: UInt8?
  ) -> [DialectCandidate] {
    let delimiters = (options.delimiter ?? named).map { [$0] } ?? Self.delimiters
    let quotes: [UInt8?]
    switch options.quoting {
    case .none: quotes = [nil]
    case .enclosed(let quote): quotes = [quote]
    case .detected:
      // The double quote is the rule; another one needs a file without any.
      let isUnusual = !text.contains(Self.doubleQuote) && text.contains(Self.singleQuote)
      quotes = isUnusual ? [Self.doubleQuote, Self.singleQuote] : [Self.doubleQuote]
    }
    var candidates: [DialectCandidate] = []
    for quote in quotes {
      for delimiter in delimiters {
        let candidate = DialectCandidate(text, delimiter: delimiter, quote: quote)
        // Apostrophes are quotes only where all of them enclose fields.
        if quotes.count > 1 && quote == Self.singleQuote && !candidate.isQuotingRegular { continue }
        candidates.append(candidate)
      }
    }
    // Of equals the first wins: the comma, and the double quote.
    return candidates
  }

  private static func lineEnding(of text: UnsafeBufferPointer<UInt8>) -> LineEnding {
    var seen: Set<LineEnding> = []
    var position = 0
    while let next = LineEnds.next(in: text, from: position, atEndOfInput: true) {
      if text[next - 1] == UInt8(ascii: "\r") {
        seen.insert(.cr)
      } else {
        seen.insert(next - 2 >= position && text[next - 2] == UInt8(ascii: "\r") ? .crlf : .lf)
      }
      if seen.count > 1 { return .mixed }
      position = next
    }
    return seen.first ?? .lf
  }

  // MARK: - Header

  /// How many records, and fields in all, tell about the header.
  private static let evidenceRecordCount = 100
  private static let evidenceFieldCount = 20_000

  /// The first record is a header unless some column's fields, the first among them, are of one
  /// type, and no column has a name on top of typed fields. Years side by side are names.
  private func hasHeader(_ text: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect) -> Bool {
    guard let first = SampleRecords(text, dialect: dialect, recordLimit: 1).first else {
      return true
    }
    let recordLimit = max(
      2, min(Self.evidenceRecordCount, Self.evidenceFieldCount / max(1, first.count)))
    let others = SampleRecords(text, dialect: dialect, recordLimit: recordLimit).dropFirst()
    var isData = false
    let years = Self.yearColumns(first)
    for (column, top) in first.enumerated() where !top.isEmpty && !years.contains(column) {
      let below = others.compactMap { column < $0.count && !$0[column].isEmpty ? $0[column] : nil }
      if looksTyped([top] + below) {
        isData = true
      } else if looksTyped(below) {
        return true
      }
    }
    return !isData
  }

  /// The columns of `country,2019,2020`: two years or more, each one more than the one before.
  private static func yearColumns(_ fields: [[UInt8]]) -> Range<Int> {
    let years = fields.map { field -> Int in
      let year = field.count == 4 ? Int(String(decoding: field, as: UTF8.self)) ?? 0 : 0
      return 1800..<2200 ~= year ? year : 0
    }
    guard let start = years.firstIndex(where: { $0 > 0 }), start > 0 else { return 0..<0 }
    var end = start + 1
    while end < years.count && years[end] == years[end - 1] + 1 { end += 1 }
    return end - start > 1 ? start..<end : 0..<0
  }
}
