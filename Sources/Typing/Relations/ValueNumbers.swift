import Columnar

/// Numbers the values of one column from 1 in the order in which one thread first sees them; missing
/// values are 0. Equal values have equal numbers, whatever the unit of their chunk.
final class ValueNumbers {
  /// What the keys are counted in; `.null` while there are none.
  private(set) var kind = FieldKind.null
  /// The strings by number − 1, of a column of text.
  private(set) var strings: TextTable?
  /// Whether there are too many values, or not all of one kind.
  private(set) var isRuledOut = false
  /// For each number the first row that has it, as `RowPlace`; −1 where there is none.
  private(set) var firstPlaces: [Int] = [-1]
  /// Integers in units of `kind`, the bits of floats, hashes of strings.
  private let known = KeyNumbers()
  /// What stands for strings where threads compare theirs.
  private var hashes: [Int64] = [0]
  /// The numbers of the integers from `windowStart` on: a look-up without a hash.
  private var window: [UInt16] = []
  private var windowStart: Int64 = 0
  private static let windowLimit = 1 << 18
  private static let unknown = UInt16.max

  /// How many numbers there are, that of missing values counted.
  var count: Int { firstPlaces.count }
  /// How many different values rows have, missing ones counted as one.
  var distinctCount: Int { firstPlaces.count { $0 >= 0 } }

  /// What stands for the values, by number.
  var keys: [Int64] {
    strings == nil
      ? Array(UnsafeBufferPointer(start: known.keys, count: known.count)) : hashes
  }

  /// The numbers of a chunk's rows, up to the one with which the column has too many values, or
  /// none of chunks that do not go together, which are read again. Then it is ruled out.
  func numbers(of chunk: ColumnChunk?, _ report: ChunkReport, ordinal: Int) -> [UInt16] {
    guard !isRuledOut, let chunk, report.kind != .ambiguousDate else {
      isRuledOut = true
      return []
    }
    return [UInt16](unsafeUninitializedCapacity: chunk.rowCount) { rows, count in
      count = fill(rows, chunk, report, ordinal)
      isRuledOut = count < chunk.rowCount
    }
  }

  /// Returns how many rows have got their numbers.
  private func fill(
    _ rows: UnsafeMutableBufferPointer<UInt16>, _ chunk: ColumnChunk, _ report: ChunkReport,
    _ ordinal: Int
  ) -> Int {
    guard let rows = rows.baseAddress, chunk.rowCount > 0 else { return chunk.rowCount }
    if chunk.nullCount > 0, firstPlaces[0] < 0 {
      let row = (0..<chunk.rowCount).first { chunk.isNull($0) } ?? 0
      firstPlaces[0] = RowPlace.place(ordinal, row)
    }
    switch chunk.values {
    case .none:
      rows.initialize(repeating: 0, count: chunk.rowCount)
      return chunk.rowCount
    case .codes(let codes): return fill(rows, chunk, codes, ordinal)
    // What is kept is packed after it was looked at.
    case .text, .packed: return 0
    case .floats(let bits):
      guard adopt(report.kind) != nil else { return 0 }
      return fill(rows, chunk, bits.pointer(as: UInt64.self), 0, 1, ordinal)
    case .integers(let integers):
      guard let factor = adopt(report.kind) else { return 0 }
      if factor == 1, integers.multiplier == 1, integers.width <= 2, coversWindow(of: integers) {
        return fill(rows, chunk, integers, ordinal)
      }
      let start = integers.base &* integers.multiplier &* factor
      let step = integers.multiplier &* factor
      switch (integers.width, integers.offsets) {
      case (1, let offsets?):
        return fill(rows, chunk, offsets.pointer(as: UInt8.self), start, step, ordinal)
      case (2, let offsets?):
        return fill(rows, chunk, offsets.pointer(as: UInt16.self), start, step, ordinal)
      case (4, let offsets?):
        return fill(rows, chunk, offsets.pointer(as: UInt32.self), start, step, ordinal)
      case (8, let offsets?):
        return fill(rows, chunk, offsets.pointer(as: UInt64.self), start, step, ordinal)
      default: return fill(rows, chunk, start, ordinal)
      }
    }
  }

  /// The factor that brings values of `kind` to the column's unit; `nil` where they do not go together.
  private func adopt(_ kind: FieldKind) -> Int64? {
    guard strings == nil else { return nil }
    if self.kind == .null || self.kind == kind {
      self.kind = kind
      return 1
    }
    if let growth = self.kind.factor(to: kind) {
      self.kind = kind
      known.scale(by: growth)
      window = []
      return 1
    }
    return kind.factor(to: self.kind)
  }

  // MARK: - Text

  private func fill(
    _ rows: UnsafeMutablePointer<UInt16>, _ chunk: ColumnChunk, _ codes: CodeChunk, _ ordinal: Int
  ) -> Int {
    guard kind == .null || kind == .string, strings == nil || strings === codes.dictionary else {
      return 0
    }
    kind = .string
    strings = codes.dictionary
    let known = firstPlaces.count
    let count = min(codes.dictionary.count, KeyNumbers.limit)
    for code in known - 1..<max(count, known - 1) {
      let string = codes.dictionary[code]
      guard let start = string.baseAddress else { return 0 }
      hashes.append(
        Int64(bitPattern: codes.dictionary.hash(of: start, count: string.count)))
      firstPlaces.append(-1)
    }
    switch codes.width {
    case 1: widen(codes.codes.pointer(as: UInt8.self), rows, chunk.rowCount)
    case 2: widen(codes.codes.pointer(as: UInt16.self), rows, chunk.rowCount)
    default: widen(codes.codes.pointer(as: UInt32.self), rows, chunk.rowCount)
    }
    clearNulls(rows, chunk)
    let isOverfull = codes.dictionary.count > count
    guard firstPlaces.count > known || isOverfull else { return chunk.rowCount }
    for row in 0..<chunk.rowCount {
      if isOverfull, codes.code(at: row) >= count { return row }
      let number = Int(rows[row])
      if firstPlaces[number] < 0 { firstPlaces[number] = RowPlace.place(ordinal, row) }
    }
    return chunk.rowCount
  }

  @inline(__always)
  private func widen<Code: FixedWidthInteger>(
    _ codes: UnsafePointer<Code>, _ rows: UnsafeMutablePointer<UInt16>, _ count: Int
  ) {
    var row = 0
    while row < count {
      rows[row] = UInt16(truncatingIfNeeded: codes[row]) &+ 1
      row &+= 1
    }
  }

  private func clearNulls(_ rows: UnsafeMutablePointer<UInt16>, _ chunk: ColumnChunk) {
    guard chunk.nullCount > 0 else { return }
    guard let validity = chunk.validity?.pointer(as: UInt64.self) else {
      rows.update(repeating: 0, count: chunk.rowCount)
      return
    }
    for word in 0..<(chunk.rowCount + 63) / 64 {
      var missing = ~validity[word]
      while missing != 0 {
        let row = word * 64 + missing.trailingZeroBitCount
        if row < chunk.rowCount { rows[row] = 0 }
        missing &= missing &- 1
      }
    }
  }

  // MARK: - Integers that lie close together

  /// Makes the window hold whatever the offsets of a chunk can be.
  private func coversWindow(of chunk: IntegerChunk) -> Bool {
    let span: Int64 = chunk.width == 0 ? 1 : chunk.width == 1 ? 1 << 8 : 1 << 16
    let (end, isTooHigh) = chunk.base.addingReportingOverflow(span)
    if isTooHigh { return false }
    let isEmpty = window.isEmpty
    let windowEnd = windowStart + Int64(window.count)
    if !isEmpty, chunk.base >= windowStart, end <= windowEnd { return true }
    let start = isEmpty ? chunk.base : min(windowStart, chunk.base)
    let (length, isTooLong) = (isEmpty ? end : max(windowEnd, end))
      .subtractingReportingOverflow(start)
    guard !isTooLong, length <= Self.windowLimit else { return false }
    windowStart = start
    window = Array(repeating: Self.unknown, count: Int(length))
    for number in 1..<known.count {
      let (place, isFar) = known.keys[number].subtractingReportingOverflow(start)
      if !isFar, place >= 0, place < length { window[Int(place)] = UInt16(number) }
    }
    return true
  }

  private func fill(
    _ rows: UnsafeMutablePointer<UInt16>, _ chunk: ColumnChunk, _ integers: IntegerChunk,
    _ ordinal: Int
  ) -> Int {
    let start = Int(integers.base - windowStart)
    window.withUnsafeBufferPointer { window in
      let window = window.baseAddress.unsafelyUnwrapped + start
      switch (integers.width, integers.offsets) {
      case (1, let offsets?):
        look(offsets.pointer(as: UInt8.self), window, rows, chunk.rowCount)
      case (2, let offsets?):
        look(offsets.pointer(as: UInt16.self), window, rows, chunk.rowCount)
      default: rows.initialize(repeating: window[0], count: chunk.rowCount)
      }
    }
    clearNulls(rows, chunk)
    guard hasUnknown(rows, chunk.rowCount) else { return chunk.rowCount }
    for row in 0..<chunk.rowCount where rows[row] == Self.unknown {
      let value = integers.value(at: row)
      let place = Int(value - windowStart)
      if window[place] == Self.unknown {
        // Whatever has a number and lies in the window stands there.
        guard append(value, ordinal, row) != nil else { return row }
      }
      rows[row] = window[place]
    }
    return chunk.rowCount
  }

  @inline(__always)
  private func look<Offset: FixedWidthInteger>(
    _ offsets: UnsafePointer<Offset>, _ window: UnsafePointer<UInt16>,
    _ rows: UnsafeMutablePointer<UInt16>, _ count: Int
  ) {
    var row = 0
    while row < count {
      rows[row] = window[Int(truncatingIfNeeded: offsets[row])]
      row &+= 1
    }
  }

  /// A loop of its own: it takes many rows in one step, and looking numbers up does not.
  private func hasUnknown(_ rows: UnsafePointer<UInt16>, _ count: Int) -> Bool {
    var highest: UInt16 = 0
    var row = 0
    while row < count {
      highest = max(highest, rows[row])
      row &+= 1
    }
    return highest == Self.unknown
  }

  // MARK: - Other words

  /// All rows have one value.
  private func fill(
    _ rows: UnsafeMutablePointer<UInt16>, _ chunk: ColumnChunk, _ value: Int64, _ ordinal: Int
  ) -> Int {
    let firstRow = (0..<chunk.rowCount).first { !chunk.isNull($0) } ?? 0
    let found = known.lookup.number(of: value)
    guard let number = found == 0 ? append(value, ordinal, firstRow) : found else { return 0 }
    rows.initialize(repeating: number, count: chunk.rowCount)
    clearNulls(rows, chunk)
    return chunk.rowCount
  }

  /// Values are `start + step · offset`, modulo 2^64.
  @inline(__always)
  private func fill<Offset: FixedWidthInteger & UnsignedInteger>(
    _ rows: UnsafeMutablePointer<UInt16>, _ chunk: ColumnChunk, _ offsets: UnsafePointer<Offset>,
    _ start: Int64, _ step: Int64, _ ordinal: Int
  ) -> Int {
    let hasNulls = chunk.nullCount > 0
    var lookup = known.lookup
    var last: Offset = 0
    var lastNumber: UInt16 = 0
    var row = 0
    while row < chunk.rowCount {
      if hasNulls, chunk.isNull(row) {
        rows[row] = 0
      } else {
        let offset = offsets[row]
        // Tables often have runs of one value.
        if offset != last || lastNumber == 0 {
          let value = start &+ step &* Int64(truncatingIfNeeded: offset)
          (last, lastNumber) = (offset, lookup.number(of: value))
          if lastNumber == 0 {
            guard let number = append(value, ordinal, row) else { return row }
            lastNumber = number
            lookup = known.lookup
          }
        }
        rows[row] = lastNumber
      }
      row &+= 1
    }
    return row
  }

  /// The number of a value that has none yet; `nil` where there are too many.
  private func append(_ value: Int64, _ ordinal: Int, _ row: Int) -> UInt16? {
    guard let number = known.append(value) else { return nil }
    firstPlaces.append(RowPlace.place(ordinal, row))
    let (place, isFar) = value.subtractingReportingOverflow(windowStart)
    if !isFar, place >= 0, place < window.count { window[Int(place)] = number }
    return number
  }
}

/// A row by its chunk and its number within that: places compare as rows do, before it is known how
/// many rows each chunk has.
enum RowPlace {
  static func place(_ ordinal: Int, _ row: Int) -> Int { ordinal << 32 | row }
  static func ordinal(_ place: Int) -> Int { place >> 32 }
  static func row(_ place: Int) -> Int { place & 0xFFFF_FFFF }
}
