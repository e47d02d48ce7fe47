/// How well one dialect explains a sample.
struct DialectCandidate {
  let dialect: CSVDialect
  /// The records, without lines that look like comments.
  let shapes: RecordShapes
  /// The commonest number of fields, and the share of records that have it.
  let width: Int
  let share: Double
  /// The first record of the table: those before are narrower.
  let top: Int
  /// The share of fields that are numbers or dates.
  private(set) var typedShare = 0.0
  /// Higher is better; 0 for a table of one column.
  private(set) var score = 0.0

  /// The most lines that may stand before a table.
  static let leadLimit = 30

  init(_ text: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect) {
    self.dialect = dialect
    let all = RecordShapes(text, dialect)
    let usual = all.usualWidth
    let records = all.filtered { text[$0.start] != UInt8(ascii: "#") || $0.width == usual }
    shapes = records.records.count * 2 >= all.records.count ? records : all
    width = shapes.usualWidth
    share = shapes.share(of: width)
    top = Self.top(of: shapes, width: width)
    guard let first = shapes.records.first else { return }
    // A text column has a comma here and there: then neither the first record nor most have one.
    guard first.width > 1 || width > 1 && (share > 0.8 || top > 0 && bodyShare > 0.8) else {
      return
    }
    typedShare = Self.typedShare(
      UnsafeBufferPointer(rebasing: text[shapes.records[top].start...]), dialect)
    score = (width > 1 ? max(share, 0.95 * bodyShare) : 0.1) + typedShare / 4
    score += first.width == width ? 0.5 : top > 0 ? 0.3 : 0
    // Wider is better, but weighs less than what the records have in common.
    score += 0.01 * Double(min(width, 20)) / 20
    if dialect.quote != nil, shapes.hasQuotes, shapes.isQuotingRegular { score += 0.1 }
    if shapes.hasOpenQuote { score -= 0.1 }
  }

  /// The share among the records from the first to the last of the usual width.
  var bodyShare: Double {
    let records = shapes.records
    guard let last = records.lastIndex(where: { $0.width == width }), last >= top else { return 0 }
    let body = records[top...last]
    return Double(body.count { $0.width == width }) / Double(body.count)
  }

  /// Whether nothing speaks against it: all records are equally wide, all quotes enclose fields.
  var isPerfect: Bool { width > 1 && share == 1 && shapes.isQuotingRegular }

  /// The first record of the usual width that two more follow; 0 unless all before are narrower.
  private static func top(of shapes: RecordShapes, width: Int) -> Int {
    let records = shapes.records
    guard width > 1 else { return 0 }
    for index in records.indices.prefix(leadLimit + 1) {
      let run = records[index...].prefix(3)
      if records[index].width == width, run.count(where: { $0.width == width }) > 1 {
        return index
      }
      if records[index].width > width { return 0 }
    }
    return 0
  }

  /// The share of typed fields in the first records: a decimal comma makes as regular a delimiter
  /// as a semicolon does, but `5;2` is no number.
  private static func typedShare(
    _ text: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect
  ) -> Double {
    let records = SampleRecords(text, dialect: dialect, recordLimit: 10)
    var count = 0
    var typed = 0
    for field in records.joined().prefix(1000) where !field.isEmpty {
      count += 1
      if SimpleTypes.isNumber(field) || SimpleTypes.isDate(field) { typed += 1 }
    }
    return count == 0 ? 0 : Double(typed) / Double(count)
  }

  /// Why `best` was taken instead.
  func reason(against best: DialectCandidate) -> String {
    let percent = Int((share * 100).rounded(.down))
    if shapes.records.isEmpty { return "no record ends" }
    if width == 1 { return percent == 100 ? "no record has it" : "most records have it nowhere" }
    if dialect.quote != nil, !shapes.isQuotingRegular, best.shapes.isQuotingRegular {
      return "quotes would stand inside fields"
    }
    if share < best.share { return "\(percent) % of the records have \(width) fields" }
    if typedShare < best.typedShare { return "fewer fields would be numbers or dates" }
    if width < best.width { return "the records would have \(width) fields" }
    return "explains the file no better"
  }
}
