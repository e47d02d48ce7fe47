/// Learns a dialect, and what stands around the table, from the start of an input. What the options
/// force is not guessed; what may be a record is read as one.
struct CSVDetection: Sendable {
  var options: CSVReadingOptions
  let looksTyped: TypedEvidence
  let recordByteLimit: Int
  /// Whether the finding tells how numbers are written.
  var looksAtNumbers = false

  /// How much of the sample votes; the rest is only there for long records.
  private static let voteByteCount = 1 << 18

  /// - Parameters:
  ///   - tail: the end of the input, where the sample does not reach it.
  ///   - known: the dialect, where an earlier input of the table has told it.
  func finding(
    in sample: borrowing CSVSample, tail: (bytes: [UInt8], offset: Int)?, known: CSVDialect? = nil
  ) -> DialectFinding {
    let text = sample.text
    let votes = wholeRecords(
      UnsafeBufferPointer(rebasing: sample.unmarkedText.prefix(Self.voteByteCount)),
      isWhole: sample.isComplete && text.count <= Self.voteByteCount)
    var base = known ?? CSVDialect()
    base.encoding = sample.encoding
    base.lineEnding = Self.lineEnding(of: votes)
    var finding = DialectFinding(dialect: base)
    finding.hasByteOrderMark = sample.hasByteOrderMark
    let best: DialectCandidate
    if known == nil {
      best = choose(
        votes, force(on: base), named: sample.namedDelimiter,
        isComplete: sample.isComplete && votes.count == text.count, &finding)
    } else {
      best = DialectCandidate(votes, base)
    }
    if options.guessesSurroundings {
      var table = TableSurroundings(votes, best, looksTyped: looksTyped)
      if known == nil, options.comments == .detected, options.engine == .automatic {
        table.findComments()
        finding.dialect.comment = table.comment
        finding.hasWideComments = table.hasWideComments
        if !table.comment.isEmpty, !table.hasWideComments {
          finding.dialect.commentExemptWidth = best.width
        }
      }
      if options.skippedLineCount == 0 { table.findPreamble() }
      if options.skippedFooterLineCount > 0 {
        // Who names the footer knows it.
      } else if sample.isComplete {
        let start = sample.endingStart(after: table.start)
        table.findFooter(in: UnsafeBufferPointer(rebasing: text[start...]))
        finding.tableEnd = table.footerOffset.map { sample.textStart + start + $0 }
      } else if let tail {
        tail.bytes.withUnsafeBufferPointer { table.findFooter(in: $0) }
        finding.tableEnd = table.footerOffset.map { tail.offset + $0 }
      }
      table.findNextTable(
        before: finding.tableEnd.map { min(votes.count, $0 - sample.textStart) } ?? votes.count)
      finding.tableStart = table.start
      let divider = finding.surroundings.divider
      finding.surroundings = table.surroundings
      finding.surroundings.divider = divider
      if known == nil,
        let hint = LayoutHint(
          votes, finding.dialect, width: best.width, named: sample.namedDelimiter,
          looksTyped: looksTyped)
      {
        finding.surroundings.hint = hint.note
        finding.weigh(OtherReading(hint.option, "what people see in it", 0.5))
      }
    }
    if finding.dialect.quote == nil, options.quoting == .detected {
      var quoted = finding.dialect
      quoted.quote = CSVDialect().quote
      finding.surroundings.hasOpenQuote = RecordShapes(votes, quoted).hasOpenQuote
    }
    finding.surroundings.hasDelimiterLine = sample.namedDelimiter != nil
    if let told = options.delimiter, told != CSVDialect.noDelimiter, options.delimiterTail.isEmpty,
      let hint = LayoutHint(votes, base, toldDelimiter: told)
    {
      finding.surroundings.hint = hint.note
    }
    if known == nil {
      // A footer says nothing about the header.
      let end = finding.tableEnd.map { min(votes.count, $0 - sample.textStart) } ?? votes.count
      let rest = UnsafeBufferPointer(rebasing: votes[min(finding.tableStart, end)..<end])
      if options.spacing == nil, options.guessesSurroundings, options.engine == .automatic,
        best.width > 1, best.bodyShare > 0.9
      {
        finding.dialect.spacing = SpacingEvidence.spacing(of: rest, finding.dialect)
      }
      let dialect = finding.dialect
      lazy var records = SampleRecords(
        rest, dialect: dialect, recordLimit: HeaderEvidence.recordCount)
      lazy var header = HeaderEvidence(records, looksTyped: looksTyped)
      finding.dialect.hasHeader =
        options.hasHeader ?? options.headerRecordCount.map { $0 > 0 }
        ?? (header.hasHeader && !isUndividedData(records, header))
      finding.dialect.headerRecordCount =
        options.headerRecordCount.map { max(1, $0) }
        ?? (options.guessesSurroundings ? header.headerRecordCount : 1)
      if finding.dialect.hasHeader, !records.isEmpty {
        let above = sample.linesBefore(sample.textStart + finding.tableStart)
        finding.dialect.headerForm = header.form(
          of: records, recordCount: finding.dialect.headerRecordCount, below: above)
      }
      if !records.isEmpty {
        finding.weigh(
          OtherReading(
            header, recordCount: records.count, taken: finding.dialect.hasHeader,
            above: options.skippedLineCount + finding.surroundings.preambleLineCount, options))
      }
      finding.weigh(OtherReading(above: finding.surroundings, dialect))
      finding.weigh(OtherReading(below: finding.surroundings, options))
      finding.weigh(OtherReading(quotesOf: dialect, options))
      if looksAtNumbers { NumberEvidence.add(records, to: &finding) }
    }
    return finding
  }

  /// Whether the records are lines of one field each, and the first is no name.
  private func isUndividedData(_ records: SampleRecords, _ header: HeaderEvidence) -> Bool {
    options.guessesSurroundings && records.first?.count == 1 && !header.hasNamesOverTypes
      && UndividedLines(records, looksTyped: looksTyped).firstIsData
  }

  /// What the caller says, in place of what is not known.
  private func force(on base: CSVDialect) -> CSVDialect {
    var dialect = base
    dialect.delimiterTail = options.delimiterTail
    if case .character(let escape) = options.escaping { dialect.escape = escape }
    if case .prefix(let comment) = options.comments { dialect.comment = comment }
    if let spacing = options.spacing { dialect.spacing = spacing }
    return dialect
  }

  private func choose(
    _ votes: UnsafeBufferPointer<UInt8>, _ base: CSVDialect, named: UInt8?, isComplete: Bool,
    _ finding: inout DialectFinding
  ) -> DialectCandidate {
    if DialectCandidates.areTold(options) {
      finding.dialect = base
      finding.dialect.delimiter = options.delimiter ?? base.delimiter
      if case .enclosed(let quote) = options.quoting { finding.dialect.quote = quote }
      if options.quoting == .none || options.quotesAsText != nil { finding.dialect.quote = nil }
      finding.confidence = 1
      finding.reasons = ["the delimiter was told"]
      return DialectCandidate(UnsafeBufferPointer(rebasing: votes[..<0]), finding.dialect)
    }
    let candidates = DialectCandidates(
      votes, options: options, base: base, named: named, isComplete: isComplete,
      looksTyped: looksTyped)
    let best = candidates.best
    finding.dialect = best.dialect
    if options.delimiter == nil, named == nil,
      let text = FreeText(votes, best, base, isComplete: isComplete, options)
    {
      finding.dialect = text.dialect
      finding.confidence = text.confidence
      finding.reasons = ["no delimiter divides the lines evenly"]
      finding.rejected = rejections(of: candidates, best)
      if let divider = text.divider {
        var other = text.dialect
        other.delimiter = divider
        finding.surroundings.divider = other.delimiterOption
        finding.weigh(
          OtherReading(
            other.delimiterOption.shellWords, "it would divide some lines", text.confidence))
      }
      return DialectCandidate(votes, text.dialect)
    }
    finding.confidence = DialectConfidence.confidence(
      in: best, of: candidates.all, isTold: (options.delimiter ?? named) != nil)
    finding.reasons = DialectConfidence.reasons(
      for: best, isTold: options.delimiter != nil, isNamed: named != nil)
    finding.rejected = rejections(of: candidates, best)
    if options.delimiter == nil, named == nil {
      finding.weigh(
        OtherReading(behind: best, of: candidates.all, certainty: finding.confidence))
    }
    if candidates.swallowsLines {
      finding.weigh(
        OtherReading("--quote none", "lines that quoted fields take in would be records", 0.7))
    }
    return best
  }

  private func rejections(
    of candidates: DialectCandidates, _ best: DialectCandidate
  ) -> [DialectFinding.Rejection] {
    candidates.all.filter { $0.dialect != best.dialect }
      .sorted { $0.score > $1.score }
      .map { candidate in
        DialectFinding.Rejection(
          delimiter: candidate.dialect.delimiterText, quote: candidate.dialect.quote,
          escape: candidate.dialect.escape, reason: candidate.reason(against: best))
      }
  }

  /// `text` up to its last line end, so that a record cut in two does not vote.
  private func wholeRecords(
    _ text: UnsafeBufferPointer<UInt8>, isWhole: Bool
  ) -> UnsafeBufferPointer<UInt8> {
    if isWhole { return text }
    guard let end = text.lastIndex(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
    else { return text }
    return UnsafeBufferPointer(rebasing: text[...end])
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
}
