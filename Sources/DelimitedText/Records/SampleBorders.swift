/// Where the records of a piece of text begin and end, of which it is not known whether it begins within a quoted field.
///
/// It is read twice, as if it began outside quotes and within. One of the two is wrong nearly always in a way that
/// shows: its records are not as wide as the table, or its quotes stand in the middle of fields. Where both would do, or
/// neither, there are no borders: a piece that is not understood is left out.
package struct SampleBorders: Hashable, Sendable {
  /// The records: from the first that begins in the piece up to the first that begins at `limit` or behind.
  package private(set) var bytes: Range<Int>
  /// How many records were read to tell that, blank lines left out.
  package private(set) var recordCount = 0
  /// How many of them are as wide as the table.
  private var fittingCount = 0
  /// Quotes that stand where RFC 4180 has none.
  private var oddQuoteCount = 0

  /// The share of records that are as wide as the table.
  package var fittingShare: Double {
    recordCount == 0 ? 1 : Double(fittingCount) / Double(recordCount)
  }

  /// - Parameters:
  ///   - text: The piece.
  ///   - limit: Records that begin here are no more of it.
  ///   - isAtStart: Whether a record begins with its first byte.
  ///   - isAtEnd: Whether the file ends with it.
  ///   - width: How many fields a record has.
  ///   - usualShare: The share of records that are so wide, elsewhere in the table.
  package init?(
    _ text: UnsafeBufferPointer<UInt8>, upTo limit: Int, isAtStart: Bool = false,
    isAtEnd: Bool = false, dialect: CSVDialect, width: Int, usualShare: Double = 1
  ) {
    func walk(_ isQuoted: Bool) -> SampleBorders? {
      var walk = RecordBorderWalk(dialect, width: width)
      return walk.borders(
        in: text, upTo: limit, isQuoted: isQuoted, isAtStart: isAtStart, isAtEnd: isAtEnd)
    }
    if isAtStart || dialect.quote == nil {
      guard let only = walk(false) else { return nil }
      // Without quotes there is no other reading.
      self = only
      return
    }
    let readings = [walk(false), walk(true)].compactMap { $0 }
      .filter { $0.recordCount == 0 || $0.fittingShare >= usualShare * Self.leastShare }
    guard let best = readings.min(by: { $0.oddQuoteCount < $1.oddQuoteCount }) else { return nil }
    if readings.count == 2, readings[0].oddQuoteCount == readings[1].oddQuoteCount { return nil }
    self = best
  }

  /// Of what is usual, so much has to be as wide as the table.
  private static let leastShare = 0.8

  fileprivate init() { bytes = 0..<0 }

  fileprivate mutating func noteRecord(fits: Bool) {
    recordCount += 1
    if fits { fittingCount += 1 }
  }

  fileprivate mutating func noteOddQuote() { oddQuoteCount += 1 }

  fileprivate func with(_ bytes: Range<Int>) -> SampleBorders {
    var borders = self
    borders.bytes = bytes
    return borders
  }
}

/// One reading of a piece of text, byte by byte.
private struct RecordBorderWalk {
  private let delimiter: UInt8
  private let tail: [UInt8]
  private let quote: UInt8?
  private let escape: UInt8?
  private let allowsSpaces: Bool
  private let width: Int
  private var found = SampleBorders()

  init(_ dialect: CSVDialect, width: Int) {
    (delimiter, tail, quote) = (dialect.delimiter, dialect.delimiterTail, dialect.quote)
    (escape, self.width) = (dialect.escape, width)
    allowsSpaces = dialect.spacing != .kept
  }

  /// `nil` where no record begins in the piece, or the last does not end.
  mutating func borders(
    in text: UnsafeBufferPointer<UInt8>, upTo limit: Int, isQuoted: Bool, isAtStart: Bool,
    isAtEnd: Bool
  ) -> SampleBorders? {
    var start = isAtStart ? 0 : nil as Int?
    var isQuoted = isQuoted
    var isFieldStart = !isQuoted
    var (index, recordStart, fieldCount) = (0, 0, 1)
    while index < text.count {
      let byte = text[index]
      if isQuoted {
        index = passQuoted(text, index, &isQuoted)
        continue
      }
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        let isPair = byte == UInt8(ascii: "\r") && index + 1 < text.count && text[index + 1] == 0x0A
        if start != nil, index > recordStart { found.noteRecord(fits: fieldCount == width) }
        index += isPair ? 2 : 1
        (recordStart, fieldCount, isFieldStart) = (index, 1, true)
        if start == nil { start = index }
        if index >= limit, index < text.count || isAtEnd { return found.with(start!..<index) }
        continue
      case delimiter where isDelimiter(text, index):
        index += tail.count
        (fieldCount, isFieldStart) = (fieldCount + 1, true)
      case _ where byte == quote && isFieldStart: (isQuoted, isFieldStart) = (true, false)
      case _ where byte == quote: found.noteOddQuote()
      case _ where byte == escape: index += 1
      case UInt8(ascii: " ") where allowsSpaces: break
      default: isFieldStart = false
      }
      index += 1
    }
    guard isAtEnd, !isQuoted, let start else { return nil }
    if text.count > recordStart { found.noteRecord(fits: fieldCount == width) }
    return found.with(start..<text.count)
  }

  /// Passes a byte within quotes; returns where the next stands.
  private mutating func passQuoted(
    _ text: UnsafeBufferPointer<UInt8>, _ index: Int, _ isQuoted: inout Bool
  ) -> Int {
    if text[index] == escape, escape != quote { return index + 2 }
    guard text[index] == quote else { return index + 1 }
    guard index + 1 < text.count else {
      isQuoted = false
      return index + 1
    }
    let next = text[index + 1]
    if next == quote, escape == nil || escape == quote { return index + 2 }
    isQuoted = false
    let ends = next == 0x0A || next == 0x0D || next == delimiter || allowsSpaces && next == 0x20
    if !ends { found.noteOddQuote() }
    return index + 1
  }

  private func isDelimiter(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    tail.isEmpty
      || index + tail.count < text.count
        && text[(index + 1)...(index + tail.count)].elementsEqual(tail)
  }
}
