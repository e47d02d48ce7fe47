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
  /// Where the table begins.
  private(set) var start = 0
  /// Where the footer begins, in what was searched.
  private(set) var footerOffset: Int?
  private(set) var surroundings = FileSurroundings()

  private static let footerRecordLimit = 10

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
      let lines = shapes.records.filter { text[$0.start...].starts(with: prefix) }
      let others = shapes.filtered { !text[$0.start...].starts(with: prefix) }
      let widths = Set(others.records.map(\.width))
      guard !lines.isEmpty, others.records.count > 1,
        others.share(of: width) > (lines.contains { widths.contains($0.width) } ? 0.95 : 0.7),
        lines.allSatisfy({
          $0.width != width && isComment(line($0).dropFirst(prefix.count), behind: sign)
        }),
        let first = others.records.first, lines.last!.start > first.start
      else { continue }
      comment = prefix
      shapes = others
      return
    }
  }

  /// Behind `#` and a space any word is a comment, elsewhere prose is.
  private func isComment(_ rest: ArraySlice<UInt8>, behind sign: String) -> Bool {
    let isApart = sign == "#" && rest.first == UInt8(ascii: " ")
    return isApart ? Self.words(rest).contains(where: Self.hasLetter) : isProse(rest)
  }

  // MARK: - Preamble

  mutating func findPreamble() {
    let records = shapes.records
    guard width > 1, records.count > 3 else { return }
    let found = narrowLead(records) ?? paddedLead(records)
    guard let found, found > 0 else { return }
    start = records[found].start
    let lead = UnsafeBufferPointer(rebasing: text[..<start])
    surroundings.preambleLineCount = LineEnds.countOfWhole(lead)
    surroundings.preambleText = excerpt(line(records[0]))
  }

  /// Narrow records, then at least three of the table's width and hardly any others.
  private func narrowLead(_ records: [RecordShapes.Record]) -> Int? {
    guard
      let top = records.prefix(DialectCandidate.leadLimit + 1)
        .firstIndex(where: { $0.width == width }), top > 0, records.count >= top + 3,
      records[top...].prefix(3).count(where: { $0.width == width }) >= 2,
      shapes.share(of: width, from: top) >= 0.9 || isBodyEven
    else { return nil }
    let lead = records[..<top]
    guard lead.allSatisfy({ $0.width == 1 || $0.width * 2 <= width && $0.width <= 3 }) else {
      return nil
    }
    let isApart = records[top].followsBlank
    let isProse = lead.allSatisfy { self.isProse(line($0)[...]) }
    let isTitle = lead.allSatisfy { $0.width == 1 } && hasHeader(at: records[top])
    return isApart || isProse || isTitle ? top : nil
  }

  /// Whether hardly any record between the first and the last of the table's width has another.
  private var isBodyEven: Bool {
    let records = shapes.records
    guard let first = records.firstIndex(where: { $0.width == width }),
      let last = records.lastIndex(where: { $0.width == width })
    else { return false }
    let body = records[first...last]
    return Double(body.count { $0.width == width }) >= 0.95 * Double(body.count)
  }

  /// Lines filled up with delimiters: a title, an empty record, then a header.
  private func paddedLead(_ records: [RecordShapes.Record]) -> Int? {
    guard width > 2, records[0].width == width, shapes.share(of: width) >= 0.9 else { return nil }
    var top = 0
    var hasEmpty = false
    while top < min(records.count, Self.footerRecordLimit) {
      let count = filledCount(records[top])
      if count > 1 { break }
      hasEmpty = hasEmpty || count == 0
      top += 1
    }
    guard top > 0, top + 3 <= records.count, filledCount(records[0]) == 1,
      filledCount(records[top]) == width, hasHeader(at: records[top]),
      hasEmpty || width > 3
    else { return nil }
    return top
  }

  /// Whether the record is one of names, with typed fields below.
  private func hasHeader(at record: RecordShapes.Record) -> Bool {
    let rest = UnsafeBufferPointer(rebasing: text[record.start...])
    let sample = SampleRecords(rest, dialect: dialect, recordLimit: HeaderEvidence.recordCount)
    return HeaderEvidence(sample, looksTyped: looksTyped).hasNamesOverTypes
  }

  private func filledCount(_ record: RecordShapes.Record) -> Int {
    let bytes = UnsafeBufferPointer(rebasing: text[record.start..<record.end])
    let sample = SampleRecords(bytes, dialect: dialect, recordLimit: 1)
    return sample.first?.count { !$0.isEmpty } ?? 0
  }

  // MARK: - Footer

  /// Looks for lines of prose behind the last record in `ending`, the end of the input.
  mutating func findFooter(in ending: UnsafeBufferPointer<UInt8>) {
    guard width > 1 else { return }
    var plain = dialect
    plain.comment = comment
    let shapes = RecordShapes(ending, plain, allowsScan: false)
    let records = shapes.records
    let count = records.reversed().prefix(Self.footerRecordLimit + 1)
      .prefix { $0.width < width && $0.width <= 2 }.count
    guard count > 0, count <= Self.footerRecordLimit, shapes.isQuotingRegular,
      records.count - count >= 3
    else { return }
    let first = records.count - count
    let body = records[..<first]
    guard Double(body.count { $0.width == width }) >= 0.95 * Double(body.count) else { return }
    let lines = records[first...].map { Array(ending[$0.start..<$0.end]) }
    guard lines.allSatisfy({ isRemark($0[...]) }) else { return }
    // Apart from the table, or unlike what stands in its first column.
    let others = body.suffix(50).map { Array(ending[$0.start..<$0.end]) }
    let alike = others.count { isRemark($0.prefix { $0 != dialect.delimiter }) }
    guard records[first].followsBlank || alike * 10 < others.count else { return }
    footerOffset = records[first].start
    surroundings.footerLineCount = LineEnds.countOfWhole(
      UnsafeBufferPointer(rebasing: ending[records[first].start...]))
    surroundings.footerText = excerpt(lines[0])
  }

  // MARK: - Prose

  private func line(_ record: RecordShapes.Record) -> [UInt8] {
    Array(text[record.start..<record.end])
  }

  /// Has letters, and a space or a colon between them.
  private func isProse(_ line: ArraySlice<UInt8>) -> Bool {
    let words = Self.words(line)
    return words.contains(where: Self.hasLetter)
      && (words.count > 1 || line.contains(UInt8(ascii: ":")))
  }

  /// Three words, or a colon behind the first, or a word that begins remarks: a name is none.
  private func isRemark(_ line: ArraySlice<UInt8>) -> Bool {
    let words = Self.words(line).filter { $0.contains { $0 > 0x2F && $0 != dialect.delimiter } }
    guard let first = words.first, words.contains(where: Self.hasLetter) else { return false }
    let opening = String(decoding: first, as: UTF8.self).lowercased()
    let openings = ["total", "totals", "source", "note", "notes", "end", "generated", "copyright"]
    return words.count > 2 || first.last == UInt8(ascii: ":")
      || words.count > 1 && openings.contains(opening)
      || "#*(".utf8.contains(first.first!) || opening.hasPrefix("--")
  }

  private static func words(_ line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  }

  private static func hasLetter(_ word: ArraySlice<UInt8>) -> Bool {
    word.contains { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 || $0 >= 0x80 }
  }

  private func excerpt(_ line: [UInt8]) -> String {
    CSVReadingError.printable(BadRecordFilter.text(of: line[...]))
  }
}
