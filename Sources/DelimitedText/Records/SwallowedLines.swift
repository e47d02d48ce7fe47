import Platform

/// Lines that a quoted field takes with it, though each line of the record would be as wide as the
/// table if its quotes were text: a quote that opens in one record, and one that closes in another.
struct SwallowedLines {
  /// The lines beside the first of each record.
  private(set) var count = 0
  /// The index of the first such record.
  private(set) var firstRecord: Int?

  init(_ records: ScannedRecords, delimiter: UInt8, quote: UInt8, columns: Int) {
    guard records.hasQuotes, columns > 1 else { return }
    guard LineEnds.countOfLineFeeds(in: records.bytes) > records.recordCount else { return }
    for index in 0..<records.recordCount {
      let record = records.record(index)
      let text = UnsafeBufferPointer(rebasing: records.bytes[record.start..<record.end])
      let swallowed = Self.count(
        in: text, delimiter: delimiter, quote: quote, columns: columns)
      if swallowed > 0, firstRecord == nil { firstRecord = index }
      count += swallowed
    }
  }

  /// How many lines a record has beside its first, where each is as wide as the table; else 0.
  static func count(
    in record: UnsafeBufferPointer<UInt8>, delimiter: UInt8, quote: UInt8, columns: Int
  ) -> Int {
    let lineFeed = UInt8(ascii: "\n")
    guard let base = record.baseAddress, memchr(base, Int32(lineFeed), record.count) != nil else {
      return 0
    }
    guard !isProse(record, delimiter: delimiter, quote: quote) else { return 0 }
    let lines = record.split(separator: lineFeed, omittingEmptySubsequences: false)
    let areWide = lines.enumerated().allSatisfy { index, line in
      let width = LineWidth(line, delimiter: delimiter, quote: quote)
      // Where the quote opens and where it closes, delimiters may stand in the field itself.
      let isEdge = columns > 2 && (index == 0 || index == lines.count - 1)
      return width.asText == columns || width.quoted == columns || isEdge && width.asText > columns
    }
    return areWide ? lines.count - 1 : 0
  }

  /// Whether the delimiters within quotes are punctuation, as in an address: a space follows each of
  /// them that does not end a line, and none of those that divide the record.
  private static func isProse(
    _ record: UnsafeBufferPointer<UInt8>, delimiter: UInt8, quote: UInt8
  ) -> Bool {
    var isInside = false
    var spacedCount = 0
    for index in record.indices {
      if record[index] == quote { isInside.toggle() }
      guard record[index] == delimiter else { continue }
      let next = index + 1 < record.count ? record[index + 1] : 0
      if isInside, next == 0x0A || next == 0x0D { continue }
      guard (next == 0x20) == isInside else { return false }
      spacedCount += isInside ? 1 : 0
    }
    return spacedCount > 0
  }
}

/// How many fields a line has by itself: with its quotes as text, and as quotes where all that open
/// are closed.
struct LineWidth {
  private(set) var asText = 1
  private(set) var quoted: Int?

  init(_ line: some Collection<UInt8>, delimiter: UInt8, quote: UInt8) {
    var isInside = false
    var outside = 1
    for byte in line {
      if byte == quote { isInside.toggle() }
      guard byte == delimiter else { continue }
      asText += 1
      outside += isInside ? 0 : 1
    }
    quoted = isInside ? nil : outside
  }
}
