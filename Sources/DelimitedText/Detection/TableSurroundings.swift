import FileIO

/// What stands before, behind and between the records of a table: preamble, footer and comments.
///
/// Each takes proof. A file whose records are all equally wide has none of them, and a line that may
/// be a record is one.
struct TableSurroundings {
  private let text: UnsafeBufferPointer<UInt8>
  private let dialect: CSVDialect
  private let looksTyped: TypedEvidence
  private var shapes: RecordShapes
  private let width: Int
  private let top: Int
  /// What comment lines begin with; empty where there are none.
  private(set) var comment: [UInt8] = []
  /// Whether lines as wide as the table are comments, too.
  private(set) var hasWideComments = false
  /// Where the table begins.
  private(set) var start = 0
  /// Where the footer begins, in what was searched.
  private(set) var footerOffset: Int?
  private(set) var surroundings = FileSurroundings()

  init(
    _ text: UnsafeBufferPointer<UInt8>, _ best: DialectCandidate,
    looksTyped: @escaping TypedEvidence
  ) {
    self.text = text
    self.looksTyped = looksTyped
    dialect = best.dialect
    width = best.width
    shapes = RecordShapes(text, dialect)
    top = best.top
  }

  // MARK: - Comments

  /// Lines between records that begin with the same sign, are prose, and are not as wide as the
  /// records, which all are equally wide.
  mutating func findComments() {
    guard width > 1 else { return }
    for sign in ["#", "//", "%", "--"] {
      let prefix = Array(sign.utf8)
      guard shapes.records.contains(where: { text[$0.start...].starts(with: prefix) }) else {
        continue
      }
      let all = shapes.filtered { !text[$0.start...].starts(with: prefix) }
      // What stands above the table says nothing of lines within it.
      let tableStart = all.records.first { $0.width == width }?.start ?? 0
      let others = all.filtered { $0.start >= tableStart }
      let lines = shapes.records.filter {
        $0.start >= tableStart && text[$0.start...].starts(with: prefix)
      }
      let widths = Set(others.records.map(\.width))
      guard !lines.isEmpty, others.records.count > 1,
        others.share(of: width) > (lines.contains { widths.contains($0.width) } ? 0.95 : 0.7),
        lines.allSatisfy({ isComment(line($0).dropFirst(prefix.count), behind: sign) }),
        let first = others.records.first, lines.last!.start > first.start
      else { continue }
      let isWide = lines.contains { $0.width == width }
      let lead = Set(shapes.records.prefix { $0.start < tableStart }.map(line))
      if isWide,
        sign != "#" || !isFirstColumnTyped(others.records)
          || lines.contains(where: { lead.contains(line($0)) })
      {
        continue
      }
      hasWideComments = isWide
      comment = prefix
      // A header that begins with the sign, too, is told from comments by what follows it.
      let apart = prefix + [UInt8(ascii: " ")]
      if let header = shapes.records.last(where: { $0.start < tableStart && $0.width == width }),
        text[header.start...].starts(with: prefix), !text[header.start...].starts(with: apart),
        lines.allSatisfy({ text[$0.start...].starts(with: apart) })
      {
        comment = apart
      }
      shapes = all.with(shapes.records.filter { $0.start < tableStart }, before: tableStart)
      return
    }
  }

  /// Whether the records' first fields, but for those of the header and of what may stand above it,
  /// are of a type, which a remark is not.
  private func isFirstColumnTyped(_ records: [RecordShapes.Record]) -> Bool {
    let fields = records.dropFirst(max(1, min(4, records.count / 2))).prefix(
      HeaderEvidence.recordCount
    ).compactMap { record in
      SampleRecords(
        UnsafeBufferPointer(rebasing: text[record.start..<record.end]), dialect: dialect,
        recordLimit: 1
      ).first?.first
    }
    return fields.count > 2 && looksTyped(fields.filter { !$0.isEmpty })
  }

  /// Behind `#` and a space any word is a comment, elsewhere prose is.
  private func isComment(_ rest: ArraySlice<UInt8>, behind sign: String) -> Bool {
    let isApart = sign == "#" && rest.first == UInt8(ascii: " ")
    return isApart ? Prose.words(rest).contains(where: Prose.hasLetter) : Prose.isProse(rest)
  }

  // MARK: - Preamble

  mutating func findPreamble() {
    let records = shapes.records
    guard width > 1, records.count > 3 else { return }
    var plain = dialect
    plain.comment = comment
    if !comment.isEmpty, !hasWideComments { plain.commentExemptWidth = width }
    let lead = LeadEvidence(text, plain, shapes, width: width, looksTyped: looksTyped)
    guard let found = lead.recordCount, found > 0 else { return }
    start = records[found].start
    surroundings.preambleLineCount = LineEnds.countOfWhole(
      UnsafeBufferPointer(rebasing: text[..<start]))
    surroundings.preambleText = excerpt(line(records[0]))
    surroundings.preambleMayBeTable = lead.mayBeTable(records[..<found])
  }

  // MARK: - Footer

  /// Looks for lines of prose behind the last record in `ending`, the end of the input.
  mutating func findFooter(in ending: UnsafeBufferPointer<UInt8>) {
    guard width > 1 else { return }
    var plain = dialect
    plain.comment = comment
    let footer = FooterEvidence(ending, plain, width: width, looksTyped: looksTyped)
    guard let (start, text) = footer.found else {
      surroundings.oddEnding = footer.oddEnding.map {
        OddEnding(kind: $0.kind, lineCount: $0.lineCount, text: excerpt($0.line))
      }
      return
    }
    footerOffset = start
    surroundings.footerLineCount = LineEnds.countOfWhole(
      UnsafeBufferPointer(rebasing: ending[start...]))
    surroundings.footerText = excerpt(text)
  }

  // MARK: - Another table

  /// Looks for names behind a blank line, in what stands before `end`.
  mutating func findNextTable(before end: Int) {
    guard width > 1, start < end else { return }
    var plain = dialect
    plain.comment = comment
    guard
      let next = NextTable(text, plain, shapes, in: start..<end, looksTyped: looksTyped)
    else { return }
    surroundings.nextTableLineCount = LineEnds.countOfWhole(
      UnsafeBufferPointer(rebasing: text[..<next.start]))
    surroundings.nextTableText = excerpt(next.names)
  }

  // MARK: - Prose

  private func line(_ record: RecordShapes.Record) -> [UInt8] {
    Array(text[record.start..<record.end])
  }

  private func excerpt(_ line: [UInt8]) -> String {
    ReadingError.printable(BadRecordFilter.text(of: line[...]))
  }
}
