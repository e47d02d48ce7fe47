import CKernels
import Glibc

/// The records around quotes that are not where RFC 4180 puts them, delimited by libcsv's rules.
///
/// Only these records need the slow reference: before an irregular quote the scan knows where
/// records begin, and after the record that holds it, it can start afresh.
struct IrregularRecords: IteratorProtocol {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let dialect: CSVDialect
  private let atEndOfInput: Bool
  /// A record's start: what lies before it is settled.
  private(set) var position = 0
  /// Whether the record at `position` is irregular and does not end.
  private(set) var isUnfinished = false
  /// A quote that opens in the unfinished record and is not closed before the input ends.
  private(set) var openQuote: Int?

  /// - Parameter bytes: begin at a record's start.
  init(in bytes: UnsafeBufferPointer<UInt8>, dialect: CSVDialect, atEndOfInput: Bool) {
    self.bytes = bytes
    self.dialect = dialect
    self.atEndOfInput = atEndOfInput
  }

  /// The place of the next irregular record; `nil` when there is none, or when it does not end.
  mutating func next() -> Range<Int>? {
    guard !isUnfinished,
      let quote = Self.firstIrregularQuote(in: bytes, from: position, dialect)
    else { return nil }
    var flags: UInt32 = 0
    let start =
      position
      + diet_csv_cut(
        bytes.baseAddress! + position, quote - position, dialect.delimiter, dialect.quoteOrZero,
        0, &flags)
    var place: Range<Int>?
    let rest = UnsafeBufferPointer(rebasing: bytes[start...])
    let walk = RecordWalk(rest, dialect: dialect, atEndOfInput: atEndOfInput) { record, _ in
      if start + record.upperBound > quote {
        place = start + record.lowerBound..<start + record.upperBound
      }
      return place == nil
    }
    position = start + walk.end
    if place == nil {
      isUnfinished = true
      openQuote = walk.openQuote.map { $0 + start }
    }
    return place
  }

  /// The first irregular quote at or after `start`, a record's start.
  ///
  /// The rule is that of `diet_csv_scan`: opening quotes follow a separator, closing ones precede
  /// one, and doubled quotes are a closing and an opening one.
  static func firstIrregularQuote(
    in bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0, _ dialect: CSVDialect
  ) -> Int? {
    guard let base = bytes.baseAddress, let quote = dialect.quote else { return nil }
    func isBoundary(_ byte: UInt8) -> Bool {
      byte == dialect.delimiter || byte == quote || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
    }
    var isInside = false
    var position = start
    while let found = memchr(base + position, Int32(quote), bytes.count - position) {
      let index = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      let neighbour = isInside ? index + 1 : index - 1
      if neighbour >= start, neighbour < bytes.count, !isBoundary(bytes[neighbour]) {
        return index
      }
      isInside.toggle()
      position = index + 1
    }
    return nil
  }
}
