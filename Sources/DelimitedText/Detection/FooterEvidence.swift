/// Lines behind a table that are none of its records: a footer.
///
/// It takes proof: narrow lines of prose; remarks that are filled up with delimiters, or have them as
/// punctuation, apart from the table or unlike all of it. A line of totals is a record.
struct FooterEvidence {
  private let text: UnsafeBufferPointer<UInt8>
  private let dialect: CSVDialect
  private let width: Int
  private let looksTyped: TypedEvidence
  private let shapes: RecordShapes
  private var records: [RecordShapes.Record] { shapes.records }

  private static let recordLimit = 10

  /// - Parameter text: the end of the input.
  init(
    _ text: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect, width: Int,
    looksTyped: @escaping TypedEvidence
  ) {
    self.text = text
    self.dialect = dialect
    self.width = width
    self.looksTyped = looksTyped
    shapes = RecordShapes(text, dialect, allowsScan: false)
  }

  /// Where the footer begins in the text, and its first line.
  var found: (start: Int, text: [UInt8])? {
    let count = records.suffix(Self.recordLimit + 1).reversed().prefix(while: mayBeBehind).count
    guard count > 0, count <= Self.recordLimit, shapes.isQuotingRegular,
      records.count - count >= 3
    else { return nil }
    var first = records.count - count
    let body = records[..<first]
    guard Double(body.count { $0.width == width }) >= 0.95 * Double(body.count) else { return nil }
    // Apart from the table, or unlike what stands in its first column.
    let last = body.suffix(50).map(line)
    let alike = last.count { isRemark($0.prefix { $0 != dialect.delimiter }) }
    let isUnlike = alike * 10 < last.count
    func isApart(_ record: RecordShapes.Record) -> Bool {
      record.followsBlank || isEmpty(record)
    }
    let usesSpaces = last.count { punctuation.hasSpace(in: $0) } * 10 >= last.count
    while first < records.count, !isNarrow(records[first]), !isApart(records[first]),
      !isUnlike || usesSpaces || !isOpening(records[first]) && !isUnlikeTypes(of: body, first)
    {
      first += 1
    }
    let behind = records[first...].filter { !isEmpty($0) }
    guard let start = records[first...].first, let top = behind.first,
      isApart(start) || isUnlike,
      behind.allSatisfy({ !isNarrow($0) || isRemark(line($0)[...]) })
    else { return nil }
    return (start.start, line(top))
  }

  /// Records that are read and may be none of the table's: empty ones, a rule and what stands below it,
  /// words where fields above have types.
  var oddEnding: (kind: OddEnding.Kind, lineCount: Int, line: [UInt8])? {
    func found(_ kind: OddEnding.Kind, _ count: Int) -> (OddEnding.Kind, Int, [UInt8])? {
      let start = records[records.count - count].start
      let lines = LineEnds.countOfWhole(UnsafeBufferPointer(rebasing: text[start...]))
      return (kind, max(lines, count), line(records[records.count - count]))
    }
    let emptyCount = records.reversed().prefix { $0.width == width && isEmpty($0) }.count
    if emptyCount > 0, emptyCount + 1 < records.count { return found(.empty, emptyCount) }
    if let rule = records.suffix(Self.recordLimit).lastIndex(where: isRule),
      rule > 1, rule * 2 >= records.count
    {
      return found(.rule, records.count - rule)
    }
    return oddRecord.map { (.words, 1, $0) } ?? totals.map { (.total, 1, $0) }
  }

  /// The last record, where the first of its fields says that it holds sums, and one is that of all others.
  private var totals: [UInt8]? {
    guard records.count > 3, let last = records.last, last.width == width,
      last.end - last.start < 1000
    else { return nil }
    let fields = fields(of: last)
    guard let label = fields.firstIndex(where: { !$0.isEmpty }),
      Self.totalWords.contains(String(decoding: fields[label], as: UTF8.self).lowercased())
    else { return nil }
    let rows = records.dropLast().map { self.fields(of: $0) }
    let isSum = fields.indices.dropFirst(label + 1).contains { column in
      guard let total = Self.number(fields[column]), total != 0 else { return false }
      let values = rows.compactMap { column < $0.count ? Self.number($0[column]) : nil }
      let sum = values.reduce(0, +)
      return values.count > 1 && abs(sum - total) <= abs(total) * 1e-12
    }
    return isSum ? line(last) : nil
  }

  private static func number(_ field: [UInt8]) -> Double? {
    SimpleTypes.isNumber(field) ? Double(String(decoding: field, as: UTF8.self)) : nil
  }

  private static let totalWords: Set<String> = [
    "total", "totals", "total:", "grand total", "subtotal", "sum", "sum:", "gesamt", "summe",
    "insgesamt", "totale", "somme", "suma", "totaal",
  ]

  /// `---,---`: what parts a total from the records above it.
  private func isRule(_ record: RecordShapes.Record) -> Bool {
    record.width == width
      && fields(of: record).allSatisfy { field in
        field.count > 1 && "-=_".utf8.contains { sign in field.allSatisfy { $0 == sign } }
      }
  }

  /// The last record, where it has words in columns whose fields above it have a type.
  private var oddRecord: [UInt8]? {
    guard records.count > 4, let last = records.last, last.width == width,
      last.end - last.start < 1000
    else { return nil }
    // A mark of where files were put together is no word.
    let odd = fields(of: last).map { $0.starts(with: [0xEF, 0xBB, 0xBF]) ? Array($0[3...]) : $0 }
    let before = fields(of: records[records.count - 2])
    // Most files end here.
    let columns = odd.indices.filter { column in
      column < before.count && Prose.hasLetter(odd[column][...])
        && !HeaderRecords.isNullWord(odd[column])
        && (SimpleTypes.isNumber(before[column]) || SimpleTypes.isDate(before[column]))
    }
    if columns.isEmpty { return nil }
    let rows = records.dropLast().dropFirst().suffix(50).map(fields)
    let isOdd = columns.contains { column in
      looksTyped(HeaderEvidence.fields(of: column, in: rows[...])) && !looksTyped([odd[column]])
    }
    return isOdd ? line(last) : nil
  }

  private func mayBeBehind(_ record: RecordShapes.Record) -> Bool {
    isNarrow(record) || isEmpty(record) || isWideRemark(record)
  }

  private func isNarrow(_ record: RecordShapes.Record) -> Bool {
    record.width < width && record.width <= 2
  }

  private func isEmpty(_ record: RecordShapes.Record) -> Bool {
    record.width > 1
      && line(record).allSatisfy { [dialect.delimiter, 0x20, 0x0A, 0x0D].contains($0) }
  }

  /// Whether a remark alone is filled, or the delimiters are punctuation in it.
  private func isWideRemark(_ record: RecordShapes.Record) -> Bool {
    guard record.width <= width, record.end - record.start < 1000 else { return false }
    let fields = fields(of: record)
    guard let first = fields.first, !isTotal(first) else { return false }
    if fields.dropFirst().allSatisfy({ $0.isEmpty }) { return isRemark(first[...]) }
    let line = line(record)
    return punctuation.isProse(line) && isRemark(line[...])
      && (isOpening(record) || !fields.dropFirst().contains { looksTyped([Array($0.dropFirst())]) })
  }

  private func isTotal(_ field: [UInt8]) -> Bool {
    let opening = String(decoding: field.prefix(20), as: UTF8.self).lowercased()
    return ["total", "sum", "subtotal", "grand total"].contains(where: opening.hasPrefix)
  }

  /// Whether it begins as remarks do, and not as a record may.
  private func isOpening(_ record: RecordShapes.Record) -> Bool {
    guard let field = fields(of: record).first else { return false }
    let words = Prose.words(field[...])
    guard words.count > 1, let first = words.first else { return false }
    let opening = String(decoding: first, as: UTF8.self).lowercased()
    return words.contains { $0.last == UInt8(ascii: ":") }
      || ["source", "sources", "note", "notes", "generated", "copyright"].contains(opening)
      || "#*(".utf8.contains(first.first!)
  }

  /// Whether every column above has a type, which no field of the record has.
  private func isUnlikeTypes(of body: ArraySlice<RecordShapes.Record>, _ index: Int) -> Bool {
    let rows = body.dropFirst().suffix(50).map(fields)
    let remark = fields(of: records[index]).filter { !$0.isEmpty }
    return rows.count > 2
      && (0..<width).allSatisfy { looksTyped(HeaderEvidence.fields(of: $0, in: rows[...])) }
      && remark.allSatisfy { !looksTyped([$0]) }
  }

  /// Three words, or a colon behind the first, or a word that begins remarks: a name is none.
  private func isRemark(_ line: ArraySlice<UInt8>) -> Bool {
    let words = Prose.words(line).filter { $0.contains { $0 > 0x2F && $0 != dialect.delimiter } }
    guard let first = words.first, words.contains(where: Prose.hasLetter) else { return false }
    let opening = String(decoding: first, as: UTF8.self).lowercased()
    let openings = ["total", "totals", "source", "note", "notes", "end", "generated", "copyright"]
    return words.count > 2 || first.last == UInt8(ascii: ":")
      || words.count > 1 && openings.contains(opening)
      || "#*(".utf8.contains(first.first!) || opening.hasPrefix("--")
  }

  private var punctuation: Punctuation { Punctuation(dialect) }

  private func line(_ record: RecordShapes.Record) -> [UInt8] {
    Array(text[record.start..<record.end])
  }

  private func fields(of record: RecordShapes.Record) -> [[UInt8]] {
    let bytes = UnsafeBufferPointer(rebasing: text[record.start..<record.end])
    return SampleRecords(bytes, dialect: dialect, recordLimit: 1).first ?? []
  }
}
