/// How many records stand before a table: a preamble.
///
/// It takes proof: narrow lines apart from the table or of prose; a title filled up with delimiters;
/// or lines of any kind before names that stand on typed fields, where with those lines no column
/// would have a type: unlike those below, or apart from them, or with delimiters that are punctuation.
struct LeadEvidence {
  private let text: UnsafeBufferPointer<UInt8>
  private let dialect: CSVDialect
  private let shapes: RecordShapes
  private let width: Int
  private let looksTyped: TypedEvidence
  private var records: [RecordShapes.Record] { shapes.records }

  /// How many lines filled up with delimiters may stand before a table.
  private static let paddedLimit = 10
  /// How many lines as wide as the table may stand before it.
  private static let wideLimit = 3

  init(
    _ text: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect, _ shapes: RecordShapes, width: Int,
    looksTyped: @escaping TypedEvidence
  ) {
    self.text = text
    self.dialect = dialect
    self.shapes = shapes
    self.width = width
    self.looksTyped = looksTyped
  }

  /// `nil` where all records are the table's.
  var recordCount: Int? {
    guard let count = narrowLead ?? paddedLead ?? typedLead ?? wideLead, count > 0 else {
      return nil
    }
    // A header with a name less than records have fields is none of the lines above the table.
    return records[count - 1].width + 1 == width && isProvenHeader(at: count - 1)
      ? count - 1 : count
  }

  /// Narrow records, then at least three of the table's width and hardly any others.
  private var narrowLead: Int? {
    guard
      let top = records.prefix(DialectCandidate.leadLimit + 1)
        .firstIndex(where: { $0.width == width }), top > 0, records.count >= top + 3,
      records[top...].prefix(3).count(where: { $0.width == width }) >= 2,
      shapes.share(of: width, from: top) >= 0.9 || isBodyEven
    else { return nil }
    let lead = records[..<top]
    let isApart = records[top].followsBlank
    guard
      lead.allSatisfy({ $0.width == 1 || $0.width * 2 <= width && $0.width <= 3 })
        || isApart && lead.count <= Self.wideLimit && areNames(fields(of: records[top])),
      !isTable(lead)
    else { return nil }
    let isProse = lead.allSatisfy { Prose.isProse(line($0)[...]) }
    let isTitle = lead.allSatisfy { $0.width == 1 } && hasHeader(at: top)
    return isApart || isProse || isTitle ? top : nil
  }

  /// Whether hardly any record between the first and the last of the table's width has another.
  private var isBodyEven: Bool {
    guard let first = records.firstIndex(where: { $0.width == width }),
      let last = records.lastIndex(where: { $0.width == width })
    else { return false }
    let body = records[first...last]
    return Double(body.count { $0.width == width }) >= 0.95 * Double(body.count)
  }

  /// Whether the records are a table of their own: names, and below them a column that is typed. Of
  /// two columns are keys and values as well, and much narrower ones would spoil the table below.
  private func isTable(_ lead: ArraySlice<RecordShapes.Record>) -> Bool {
    let leadWidth = lead[lead.startIndex].width
    return leadWidth > 2 && leadWidth * 2 > width && hasTypesBelowNames(lead)
  }

  /// Whether what stands above the table may be one, too.
  func mayBeTable(_ lead: ArraySlice<RecordShapes.Record>) -> Bool {
    lead[lead.startIndex].width > 1 && lead.endIndex < records.count
      && records[lead.endIndex].followsBlank && hasTypesBelowNames(lead)
  }

  private func hasTypesBelowNames(_ lead: ArraySlice<RecordShapes.Record>) -> Bool {
    guard let first = lead.first, lead.count > 1,
      lead.allSatisfy({ $0.width == first.width && ($0.start == first.start || !$0.followsBlank) })
    else { return false }
    let names = fields(of: first)
    let below = lead.dropFirst().map(fields)
    return areNames(names)
      && names.indices.contains { column in
        let fields = HeaderEvidence.fields(of: column, in: below[...])
        return fields.count == below.count && looksTyped(fields)
      }
  }

  /// Lines filled up with delimiters: a title, an empty record, then a header.
  private var paddedLead: Int? {
    guard width > 2, records[0].width == width, shapes.share(of: width) >= 0.9 else { return nil }
    if let top = emptyEnd { return top }
    var top = 0
    var hasEmpty = false
    while top < min(records.count, Self.paddedLimit) {
      let count = filledCount(records[top])
      if count > 1 { break }
      hasEmpty = hasEmpty || count == 0
      top += 1
    }
    guard top > 0, top + 3 <= records.count, filledCount(records[0]) == 1,
      filledCount(records[top]) == width, hasHeader(at: top),
      hasEmpty || width > 3
    else { return nil }
    return top
  }

  /// Behind records that are not filled and one that is empty: the names, where all of them are there.
  private var emptyEnd: Int? {
    let counts = records.prefix(Self.paddedLimit).map(filledCount)
    guard let empty = counts.lastIndex(of: 0), empty > 0, empty + 3 < records.count,
      counts[..<empty].allSatisfy({ $0 < width }), counts[0] > 0,
      filledCount(records[empty + 1]) == width, hasHeader(at: empty + 1)
    else { return nil }
    return empty + 1
  }

  /// Records unlike the table's, then names that stand on typed fields: key and value, the name of
  /// an instrument, remarks with delimiters in them.
  private var typedLead: Int? {
    let limit = min(records.count - 3, DialectCandidate.leadLimit + 1)
    guard limit > 1 else { return nil }
    // Most files end here, at little cost: below a first record like the table's, `areOdd` asks for
    // types in every column, and for words in some records beside numbers in none.
    let startsAlike = isAlike(records[0])
    if startsAlike, areTyped(records[0]) { return nil }
    let first = Set(records[..<limit].map { Array(text[$0.start..<$0.end]) })
    let late = records[min(limit, records.count / 2)...].prefix(30).filter {
      !first.contains(Array(text[$0.start..<$0.end]))
    }.map(fields)
    var typed: [Int] = []
    for column in 0..<width {
      if looksTyped(HeaderEvidence.fields(of: column, in: late[...])) {
        typed.append(column)
      } else if startsAlike {
        return nil
      }
    }
    if startsAlike, isAlike(records[1]), areTyped(records[1]),
      !filledFields(records[0]).contains(where: { looksTyped([$0]) })
    {
      return nil
    }
    guard !typed.isEmpty, isLogger || !isProvenHeader(at: 0) else { return nil }
    for index in 1..<limit {
      guard shapes.share(of: width, from: index + 1) >= 0.9, isProvenHeader(at: index) else {
        continue
      }
      let isTyped = typed.count == width
      if areOdd(records[..<index], isTyped: isTyped) { return index }
    }
    return nil
  }

  /// Lines as wide as the table: parted from it by a blank line, or prose whose punctuation is the
  /// delimiter; then names that stand on typed fields.
  private var wideLead: Int? {
    let limit = min(records.count - 3, Self.wideLimit)
    guard limit > 0 else { return nil }
    for top in 1...limit where records[top].width == width {
      let lead = records[..<top]
      let isProse =
        lead.allSatisfy { punctuation.isProse(line($0)) }
        && !punctuation.hasSpace(in: line(records[top]))
      guard !isTable(lead), records[top].followsBlank || isProse,
        records.count > 3 * top || records[top].followsBlank && isProse
      else { continue }
      let names = fields(of: records[top])
      guard shapes.share(of: width, from: top) >= 0.9,
        areNames(names)
          || records[top].followsBlank && !names.contains(where: HeaderRecords.isNullWord),
        isProvenHeader(at: top),
        !UnitWords.areUnits(names) || UnitWords.mayBeNames(names)
      else { continue }
      return top
    }
    return nil
  }

  private var punctuation: Punctuation { Punctuation(dialect) }

  /// Whether these may be names of columns: each is there, once, and says more than that nothing is
  /// known.
  private func areNames(_ fields: [[UInt8]]) -> Bool {
    Set(fields).count == fields.count
      && fields.allSatisfy {
        !$0.isEmpty && !HeaderRecords.isNullWord($0) && !looksTyped([$0])
          && !HeaderRecords.isDigits($0)
      }
  }

  /// Whether the first line is what the loggers of one maker write above their tables.
  private var isLogger: Bool {
    guard let first = fields(of: records[0]).first else { return false }
    return ["TOA5", "TOB1", "TOACI1"].contains(String(decoding: first, as: UTF8.self))
  }

  private func isProvenHeader(at index: Int) -> Bool {
    let fieldCount = records[index].width
    guard fieldCount == width || fieldCount + 1 == width else { return false }
    let header = HeaderEvidence(
      sample(from: index, recordLimit: HeaderEvidence.recordCount), looksTyped: looksTyped)
    guard header.isProven && header.lacksFirstName == (fieldCount < width) else { return false }
    // Numbers are no names below words that may be.
    if header.hasNumbersAsNames, index > 0, !records[index].followsBlank,
      case let above = records[index - 1], above.width >= width,
      areNames(Array(fields(of: above).prefix(width))), !punctuation.isProse(line(above))
    {
      return false
    }
    // A line above may have a field less by chance: then the names follow it.
    return fieldCount == width || index + 1 == records.count
      || !areNames(fields(of: records[index + 1])) || !isProvenHeader(at: index + 1)
  }

  private func sample(from index: Int, recordLimit: Int) -> SampleRecords {
    SampleRecords(
      UnsafeBufferPointer(rebasing: text[records[index].start...]), dialect: dialect,
      recordLimit: recordLimit)
  }

  /// Whether none of the records is the table's: each has another width, or is hardly filled, or is
  /// a remark. Of the table's width are only those of key and value, where every column of the table
  /// has a type: some of them have words beside numbers, none has numbers alone.
  private func areOdd(_ lead: ArraySlice<RecordShapes.Record>, isTyped: Bool) -> Bool {
    let alike = lead.filter(isAlike)
    if alike.isEmpty { return true }
    let shares = alike.map { record in
      let filled = filledFields(record)
      return (typed: filled.count { looksTyped([$0]) }, all: filled.count)
    }
    // A column that has words first and numbers later has as many lines of the one as of the other.
    guard (records.count - lead.count) > 3 * alike.count else { return false }
    return isTyped && shares.allSatisfy { $0.typed < $0.all } && shares.contains { $0.typed > 0 }
  }

  private func fields(of record: RecordShapes.Record) -> [[UInt8]] {
    let bytes = UnsafeBufferPointer(rebasing: text[record.start..<record.end])
    return SampleRecords(bytes, dialect: dialect, recordLimit: 1).first ?? []
  }

  /// Whether the record is one of names, with typed fields below.
  private func hasHeader(at index: Int) -> Bool {
    HeaderEvidence(
      sample(from: index, recordLimit: HeaderEvidence.recordCount), looksTyped: looksTyped
    ).hasNamesOverTypes
  }

  /// Whether a record above may be the table's: as wide, and filled for more than a half.
  private func isAlike(_ record: RecordShapes.Record) -> Bool {
    if record.width != width || text[record.start] == UInt8(ascii: "#")
      || record.start == records[0].start && isLogger
    {
      return false
    }
    return filledCount(record) * 2 > width
  }

  private func areTyped(_ record: RecordShapes.Record) -> Bool {
    filledFields(record).allSatisfy { looksTyped([$0]) }
  }

  private func filledFields(_ record: RecordShapes.Record) -> [[UInt8]] {
    fields(of: record).filter { !$0.isEmpty }
  }

  private func filledCount(_ record: RecordShapes.Record) -> Int { filledFields(record).count }

  private func line(_ record: RecordShapes.Record) -> [UInt8] {
    Array(text[record.start..<record.end])
  }
}
