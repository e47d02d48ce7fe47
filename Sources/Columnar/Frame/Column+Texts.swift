import CKernels

/// Texts row by row, wherever they are.
package protocol TextSource: Sendable {
  /// The number of rows.
  var count: Int { get }

  /// The bytes of a row's text; `nil` where it is null.
  func byteCount(_ row: Int) -> Int?

  /// Writes the bytes of a row that is not null.
  func write(_ row: Int, to target: UnsafeMutablePointer<UInt8>)
}

extension Column {
  /// Text, as codes of a sorted dictionary where that takes a fifth less than the text, which is what
  /// reading through a table has to save.
  ///
  /// - Parameter threads: The most threads that look words up; the answer does not depend on it.
  package init(_ name: String, _ type: LogicalType, _ texts: some TextSource, threads: Int) {
    var (nullCount, byteCount) = (0, 0)
    for row in 0..<texts.count {
      if let length = texts.byteCount(row) { byteCount += length } else { nullCount += 1 }
    }
    if nullCount == texts.count {
      self = .nulls(name, type, count: texts.count)
      return
    }
    let validity = nullCount == 0 ? nil : Self.validity(of: texts)
    if let coded = CodedWords(texts, byteCount: byteCount, threads: threads) {
      self = coded.column(name, type, validity: validity, nullCount: nullCount)
    } else {
      self.init(plainText: texts, name, type, validity: validity, nullCount: nullCount)
    }
  }

  private static func validity(of texts: some TextSource) -> Buffer {
    let buffer = Buffer(zeroedByteCount: (texts.count + 7) / 8)
    let bits = buffer.pointer(as: UInt8.self)
    for row in 0..<texts.count where texts.byteCount(row) != nil {
      bits[row >> 3] |= 1 << UInt8(row & 7)
    }
    return buffer
  }

  /// Text row by row, nothing where it is null.
  init(
    plainText texts: some TextSource, _ name: String, _ type: LogicalType, validity: Buffer?,
    nullCount: Int
  ) {
    let offsets = Buffer(uninitializedByteCount: (texts.count + 1) * 4)
    let starts = offsets.pointer(as: UInt32.self)
    var position = 0
    for row in 0..<texts.count {
      starts[row] = UInt32(truncatingIfNeeded: position)
      position += texts.byteCount(row) ?? 0
    }
    precondition(position <= Int(UInt32.max), "\(name): more than 4 GiB of different texts")
    starts[texts.count] = UInt32(position)
    let bytes = Buffer(uninitializedByteCount: position)
    for row in 0..<texts.count where starts[row] != starts[row + 1] {
      texts.write(row, to: bytes.pointer(as: UInt8.self) + Int(starts[row]))
    }
    self.init(
      name: name, type: type, layout: Layout(encoding: "utf8"), count: texts.count,
      nullCount: nullCount, validity: validity, values: bytes, offsets: offsets)
  }
}

/// The words of a column in the order of their bytes, and the word of each row.
private struct CodedWords {
  let words: SortedText
  /// For each part of the rows: its table, whose codes its rows have; `UInt32.max` of a null.
  private let parts: [(rows: Range<Int>, table: TextTable)]
  private let codes: Buffer
  private let count: Int

  /// `nil` where codes and words do not take a fifth less than the text, which is seen as soon as there
  /// are so many words.
  init?(_ texts: some TextSource, byteCount: Int, threads: Int) {
    let cost = Cost(rowCount: texts.count, textByteCount: byteCount + texts.count * 4)
    if Self.hasTooManyWords(texts, cost) { return nil }
    let codes = Buffer(uninitializedByteCount: texts.count * 4)
    let target = RowCodes(start: codes.pointer(as: UInt32.self))
    let ranges = Self.parts(texts.count, threads: threads)
    let tables = parallelMap(ranges.count, threads: threads) { index in
      Self.table(of: texts, ranges[index], cost, target)
    }
    var parts: [(Range<Int>, TextTable)] = []
    for (rows, table) in zip(ranges, tables) {
      guard let table else { return nil }
      parts.append((rows, table))
    }
    guard let united = UnitedText(parts.map(\.1), limit: .max), cost.isLess(united.table) else {
      return nil
    }
    words = SortedText(united)
    (self.parts, self.codes, count) = (parts, codes, texts.count)
  }

  /// Whether there are too many words in any case, told without a table of them: hashes that are seen
  /// first are of words that are seen first. Given up as soon as it does not look so.
  private static func hasTooManyWords(_ texts: some TextSource, _ cost: Cost) -> Bool {
    if texts.count < 1 << 14 { return false }
    var bitCount = 1 << 17
    while bitCount < texts.count * 8 { bitCount *= 2 }
    var seen = [UInt64](repeating: 0, count: bitCount / 64)
    var (wordCount, wordByteCount) = (0, 0)
    var bytes = [UInt8](repeating: 0, count: 64)
    let seed = HashSeed.ofProcess
    for row in 0..<texts.count {
      guard let length = texts.byteCount(row) else { continue }
      if length + 8 > bytes.count { bytes = [UInt8](repeating: 0, count: length * 2) }
      let hash = bytes.withUnsafeMutableBufferPointer { bytes -> UInt64 in
        guard let start = bytes.baseAddress else { return 0 }
        if length > 0 { texts.write(row, to: start) }
        return hashBytes(start, length, seed: seed.offset, multiplier: seed.multiplier)
      }
      let bit = Int(truncatingIfNeeded: hash) & (bitCount - 1)
      if seen[bit >> 6] >> UInt64(bit & 63) & 1 == 0 {
        seen[bit >> 6] |= 1 << UInt64(bit & 63)
        wordCount += 1
        wordByteCount += length
      }
      guard row & 4095 == 4095 else { continue }
      if !cost.isLess(wordCount, wordByteCount) { return true }
      let share = Double(texts.count) / Double(row + 1)
      if cost.isLess(Int(Double(wordCount) * share), Int(Double(wordByteCount) * share)) {
        return false
      }
    }
    return false
  }

  /// A part for each thread, where there are rows for several.
  private static func parts(_ count: Int, threads: Int) -> [Range<Int>] {
    let threads = min(threads, Int(diet_available_processors()), count / (1 << 14))
    let length = (count + max(1, threads) - 1) / max(1, threads)
    return stride(from: 0, to: count, by: max(1, length)).map { $0..<min($0 + length, count) }
  }

  /// Numbers the words of some rows, a batch of them together; `nil` where there are too many.
  private static func table(
    of texts: some TextSource, _ rows: Range<Int>, _ cost: Cost, _ codes: RowCodes
  ) -> TextTable? {
    let table = TextTable()
    let batch = WordBatch()
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: TextTable.batchRowCount) {
      batch.code(
        texts, start..<min(start + TextTable.batchRowCount, rows.upperBound), table,
        codes.start + start)
      if !cost.isLess(table) { return nil }
    }
    return table
  }

  func column(_ name: String, _ type: LogicalType, validity: Buffer?, nullCount: Int) -> Column {
    let width = Cost.codeWidth(words.count)
    let buffer = Buffer(uninitializedByteCount: count * width)
    let source = codes.pointer(as: UInt32.self)
    for (rows, table) in parts {
      let ranks = words.ranks[ObjectIdentifier(table)] ?? []
      func copy<T: FixedWidthInteger>(_ target: UnsafeMutablePointer<T>) {
        ranks.withUnsafeBufferPointer { ranks in
          for row in rows {
            target[row] =
              source[row] == .max ? 0 : T(truncatingIfNeeded: ranks[Int(source[row])])
          }
        }
      }
      switch width {
      case 1: copy(buffer.pointer(as: UInt8.self))
      case 2: copy(buffer.pointer(as: UInt16.self))
      default: copy(buffer.pointer(as: UInt32.self))
      }
    }
    return Column(
      name: name, type: type,
      layout: Layout(
        encoding: "dictionary", width: width, isUnsigned: true, values: Layout(encoding: "utf8")),
      count: count, nullCount: nullCount, validity: validity, values: buffer,
      dictionary: Column(plainText: words, name, type, validity: nil, nullCount: 0))
  }
}

/// What codes with their words would take, beside the text itself.
private struct Cost {
  let rowCount: Int
  let textByteCount: Int

  static func codeWidth(_ wordCount: Int) -> Int {
    wordCount <= 1 << 8 ? 1 : wordCount <= 1 << 16 ? 2 : 4
  }

  /// Whether these words, and no others, take a fifth less.
  func isLess(_ words: TextTable) -> Bool { isLess(words.count, words.byteCount) }

  func isLess(_ wordCount: Int, _ wordByteCount: Int) -> Bool {
    (wordCount * 4 + wordByteCount + rowCount * Self.codeWidth(wordCount)) * 5
      <= textByteCount * 4
  }
}

/// Room for the words of some rows while they are looked up.
private final class WordBatch {
  private var bytes: [UInt8] = []
  private var starts = [Int](repeating: 0, count: TextTable.batchRowCount + 1)
  private var hashes = [UInt64](repeating: 0, count: TextTable.batchRowCount)
  private var candidates = [UInt32](repeating: 0, count: TextTable.batchRowCount)

  /// Writes the codes of `rows`, `UInt32.max` of nulls.
  func code(
    _ texts: some TextSource, _ rows: Range<Int>, _ table: TextTable,
    _ codes: UnsafeMutablePointer<UInt32>
  ) {
    var count = 0
    for row in rows {
      let length = texts.byteCount(row)
      codes[row - rows.lowerBound] = length == nil ? .max : 0
      guard let length else { continue }
      starts[count + 1] = starts[count] + length
      count += 1
    }
    // Words are read eight bytes at a time.
    if bytes.count < starts[count] + 8 {
      bytes = [UInt8](repeating: 0, count: (starts[count] + 8) * 2)
    }
    bytes.withUnsafeMutableBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      var word = 0
      for row in rows where codes[row - rows.lowerBound] == 0 {
        let length = starts[word + 1] - starts[word]
        if length > 0 { texts.write(row, to: base + starts[word]) }
        hashes[word] = table.hash(of: base + starts[word], count: length)
        word += 1
      }
      table.findCandidates(hashes, count: count, into: &candidates)
      word = 0
      for row in 0..<rows.count where codes[row] == 0 {
        codes[row] = table.code(
          of: base + starts[word], count: starts[word + 1] - starts[word], hash: hashes[word],
          candidate: candidates[word])
        word += 1
      }
    }
  }
}

/// Room for the codes of all rows.
private struct RowCodes: @unchecked Sendable {
  // Sound: each thread writes to rows of its own.
  let start: UnsafeMutablePointer<UInt32>
}
