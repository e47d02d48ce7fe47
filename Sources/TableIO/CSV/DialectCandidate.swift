import CKernels

/// How well one delimiter and quote explain a sample.
struct DialectCandidate {
  let delimiter: UInt8
  let quote: UInt8?
  /// Whether the sample's quotes all enclose fields, and there are some.
  private(set) var isQuotingRegular = false
  /// Higher is better; 0 for a table of one column.
  private(set) var score = 0.0

  /// Records that libcsv reads for a sample with irregular quotes.
  private static let referenceByteCount = 1 << 16

  init(_ text: UnsafeBufferPointer<UInt8>, delimiter: UInt8, quote: UInt8?) {
    self.delimiter = delimiter
    self.quote = quote
    let widths = recordWidths(text)
    guard let first = widths.first else { return }
    var tally: [Int: Int] = [:]
    for width in widths { tally[width, default: 0] += 1 }
    // Of equally frequent widths the larger one, so that the result does not depend on hashing.
    let usual = tally.max { ($0.value, $0.key) < ($1.value, $1.key) }!
    let share = Double(usual.value) / Double(widths.count)
    // A text column has a comma here and there: then neither the first record nor most have one.
    guard first > 1 || usual.key > 1 && share > 0.8 else { return }
    score = (usual.key > 1 ? share : 0.1) + (first == usual.key ? 0.5 : 0) + typedShare(text) / 4
    // Wider is better, but weighs less than what the records have in common.
    score += 0.01 * Double(min(usual.key, 20)) / 20
    if quote != nil && isQuotingRegular { score += 0.1 }
  }

  private mutating func recordWidths(_ text: UnsafeBufferPointer<UInt8>) -> [Int] {
    let capacity = text.count + 64
    let separators = UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * capacity)
    defer { separators.deallocate() }
    let recordEnds = separators + capacity
    let scan = diet_csv_scan(
      text.baseAddress, text.count, delimiter, quote ?? 0, separators, recordEnds)
    let irregular = UInt32(DIET_CSV_IRREGULAR | DIET_CSV_ENDS_INSIDE)
    if scan.flags & irregular != 0 {
      let start = UnsafeBufferPointer(rebasing: text.prefix(Self.referenceByteCount))
      return SampleRecords(start, dialect: dialect, recordLimit: 1000).map(\.count)
    }
    isQuotingRegular = scan.flags & UInt32(DIET_CSV_HAS_QUOTE) != 0
    var widths: [Int] = []
    var position = 0
    var fieldsBefore = 0
    for index in 0..<scan.records {
      let end = Int(separators[Int(recordEnds[index])])
      let width = Int(recordEnds[index]) + 1 - fieldsBefore
      let isBlank = width == 1 && (end == position || end == position + 1 && text[position] == 13)
      if !isBlank { widths.append(width) }
      position = end + 1
      fieldsBefore += width
    }
    // A last record without a line end.
    if position < text.count { widths.append(scan.separators - fieldsBefore + 1) }
    return widths
  }

  private var dialect: CSVDialect { CSVDialect(delimiter: delimiter, quote: quote) }

  /// The share of typed fields in the first records: a decimal comma makes as regular a delimiter
  /// as a semicolon does, but `5;2` is no number.
  private func typedShare(_ text: UnsafeBufferPointer<UInt8>) -> Double {
    let records = SampleRecords(text, dialect: dialect, recordLimit: 10)
    var count = 0
    var typed = 0
    for field in records.joined().prefix(1000) where !field.isEmpty {
      count += 1
      if SimpleTypes.isNumber(field) || SimpleTypes.isDate(field) { typed += 1 }
    }
    return count == 0 ? 0 : Double(typed) / Double(count)
  }
}
