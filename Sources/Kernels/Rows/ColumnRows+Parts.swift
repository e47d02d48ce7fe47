import CKernels
import Columnar

extension ColumnRows {
  /// The rows of a part: 2^`partLevel` blocks of a pairwise sum, so that sums of parts are its inner
  /// nodes.
  static var partRowCount: Int { PairwiseSum.blockRowCount << KernelThreads.partLevel }

  /// The runs of rows that threads take, the same whatever the number of threads.
  static func parts(_ count: Int) -> [Range<Int>] {
    let length = partRowCount
    return stride(from: 0, to: count, by: length).map { $0..<min($0 + length, count) }
  }

  /// Shorter runs, for answers that do not depend on where rows are cut: a table of a few hundred thousand rows
  /// is shared evenly, too. They begin at multiples of 64, and lie within parts.
  static func pieces(_ count: Int) -> [Range<Int>] {
    let length = pieceRowCount
    return stride(from: 0, to: count, by: length).map { $0..<min($0 + length, count) }
  }

  static var pieceRowCount: Int { min(partRowCount, 1 << 16) }

  /// `body` of each part, in parallel; results are in the order of the rows.
  func mapParts<T: Sendable>(_ body: @Sendable (ColumnRows) -> T) -> [T] {
    if count <= Self.partRowCount { return [body(self)] }
    let parts = Self.parts(count)
    return parallelMap(parts.count) { body(self[parts[$0]]) }
  }

  /// The same for answers that do not depend on where rows are cut: they are cut only where there is
  /// so much to read that another thread pays for being called.
  func mapRuns<T: Sendable>(_ body: @Sendable (ColumnRows) -> T) -> [T] {
    if count <= Self.partRowCount || byteCount < Self.partRowCount * 4 || KernelThreads.count == 1 {
      return [body(self)]
    }
    return mapParts(body)
  }

  /// The rows in `range`, which starts at a multiple of 64.
  package subscript(range: Range<Int>) -> ColumnRows {
    precondition(range.lowerBound & 63 == 0 && range.upperBound <= count)
    if range == 0..<count { return self }
    return part(range, view: view.advanced(by: range.lowerBound))
  }

  /// Some of the rows, of which none is null, nor any a bit: they may start anywhere.
  func valid(_ range: Range<Int>) -> ColumnRows {
    part(view: view.advanced(by: range.lowerBound), count: range.count)
  }

  /// How many of the first bits are set.
  static func validCount(_ words: UnsafePointer<UInt64>, _ count: Int) -> Int {
    var total = Int(diet_popcount(words, count / 64))
    if count & 63 != 0 {
      total += (words[count / 64] & ((1 << UInt64(count & 63)) - 1)).nonzeroBitCount
    }
    return total
  }

  @inline(__always)
  package func hasValue(_ row: Int) -> Bool {
    guard let valid else { return nullCount == 0 }
    return valid[row &>> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1 == 1
  }

  /// The value of a row, `nil` where it is null.
  package func storedValue(at row: Int) -> StoredValue? {
    hasValue(row) ? view.storedValue(at: row, domain: type.domain) : nil
  }

  /// The bytes that one pass over the rows reads.
  package var byteCount: Int {
    let bitmap = mixesNulls ? (count + 7) / 8 : 0
    switch view {
    case .plain(.utf8(_, let offsets)):
      return (count + 1) * 4 + Int(offsets[count] - offsets[0]) + bitmap
    case .plain(let values), .scaled(_, let values): return values.byteCount(count) + bitmap
    case .indexed(let codes, let dictionary, let dictionaryCount):
      let table =
        if case .plain(let values) = dictionary { values.byteCount(dictionaryCount) } else { 0 }
      return codes.byteCount(count) + table + bitmap
    case .sequence, .constant: return bitmap
    case .decoded(let view): return view.byteCount(count) + bitmap
    }
  }
}

extension ColumnView {
  /// The view of the rows from `row` on: of bits, a multiple of 64.
  func advanced(by row: Int) -> ColumnView {
    switch self {
    case .plain(let values): .plain(values.advanced(by: row))
    case .scaled(let base, let offsets): .scaled(base: base, offsets: offsets.advanced(by: row))
    case .indexed(let codes, let dictionary, let count):
      .indexed(codes: codes.advanced(by: row), dictionary: dictionary, dictionaryCount: count)
    case .sequence(let start, let step): .sequence(start: start + step * Int64(row), step: step)
    case .constant: self
    case .decoded(let view): .decoded(view.advanced(by: row))
    }
  }
}

extension PlainValues {
  func byteCount(_ count: Int) -> Int {
    switch self {
    case .bits: (count + 7) / 8
    case .int8, .uint8: count
    case .int16, .uint16: count * 2
    case .int32, .uint32, .float32: count * 4
    case .int64, .uint64, .float64: count * 8
    case .packed(let values): values.byteCount(count)
    case .decoded(let values): values.byteCount(count)
    case .fixed(_, let width, _): count * width
    case .utf8(_, let offsets): (count + 1) * 4 + Int(offsets[count] - offsets[0])
    }
  }
}
