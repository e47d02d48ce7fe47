import Columnar

extension ParquetChunkEncoder {
  /// Codes that lead to entries. A dictionary has all of the column's entries, so that row groups
  /// share one, unless fewer than half occur. A plan's words are all there, so that parts share them.
  mutating func addCodes(
    _ column: ParquetColumn, _ parts: [ParquetPart], _ pages: ParquetPages
  ) {
    let codes = codes.memory(of: UInt32.self, count: pages.rowCount)
    let count = gather(parts, to: codes) { part, rows, target in
      guard case .codes(let source) = part.values else { return }
      source.copy(rows, to: target)
    }
    guard let (entries, entryCount) = column.entries, count > 0 || column.hasPlannedWords else {
      return addPlain(pages, bitCount: 1) { _, _ in }
    }
    let writer = ParquetEntryWriter(entries, column)
    // How often each entry occurs, then its new number.
    let ranks = ranks.memory(of: UInt32.self, count: entryCount)
    ranks.update(repeating: 0, count: entryCount)
    for index in 0..<count { ranks[Int(codes[index])] &+= 1 }
    var used: [Int] = []
    var plainByteCount = 0
    var longest = 0
    for entry in 0..<entryCount where ranks[entry] > 0 {
      used.append(entry)
      plainByteCount += Int(ranks[entry]) * writer.byteCount(entry)
      longest = max(longest, writer.byteCount(entry))
    }
    writer.setBounds(used, of: &statistics)
    let isFixed = column.hasPlannedWords || column.arrow.categories != nil
    let keepsAll = isFixed || used.count * 2 >= entryCount
    let kept = keepsAll ? Array(0..<entryCount) : used
    let entryByteCount = kept.reduce(0) { $0 + writer.byteCount($1) }
    let codec = HybridEncoder(codeCount: kept.count)
    let pays =
      isFixed
      || codec.pays(count, entryByteCount: entryByteCount, plainByteCount: plainByteCount)
    guard pays, entryByteCount <= Int(Int32.max)
    else {
      return addPlain(pages, bitCount: longest * 8) { range, page in
        for index in range { writer.append(Int(codes[index]), to: &page) }
      }
    }
    if !keepsAll {
      for (rank, entry) in used.enumerated() { ranks[entry] = UInt32(rank) }
      for index in 0..<count { codes[index] = ranks[Int(codes[index])] }
    }
    page.removeAll()
    for entry in kept { writer.append(entry, to: &page) }
    output.addDictionary(page, count: kept.count)
    addCodePages(pages, codes, codec)
  }
}

/// Writes entries of a dictionary as plain values.
struct ParquetEntryWriter {
  private let entries: ParquetPart.Entries
  private let form: ParquetNumberForm
  private let isSingle: Bool
  private let isUnsigned: Bool
  private let factor: Int64

  init(_ entries: ParquetPart.Entries, _ column: ParquetColumn) {
    self.entries = entries
    form = ParquetNumberForm(column)
    isSingle = column.type.physical == .float
    isUnsigned = column.isUnsigned
    factor = column.factor
  }

  func byteCount(_ entry: Int) -> Int {
    switch entries {
    case .integers: form.byteCount
    case .floats: isSingle ? 4 : 8
    case .text(let rows): rows.withText(at: entry) { 4 + $0.count }
    }
  }

  func append(_ entry: Int, to page: inout PageBytes) {
    switch entries {
    case .integers(let rows):
      withUnsafePointer(to: rows.value(at: entry) &* factor) {
        form.append($0, count: 1, to: &page)
      }
    case .floats(let rows):
      if isSingle {
        withUnsafeBytes(of: Float(rows.value(at: entry))) {
          page.append($0.baseAddress!, count: 4)
        }
      } else {
        withUnsafeBytes(of: rows.value(at: entry)) { page.append($0.baseAddress!, count: 8) }
      }
    case .text(let rows):
      rows.withText(at: entry) { text in
        page.append(word: UInt32(text.count))
        if let start = text.baseAddress { page.append(start, count: text.count) }
      }
    }
  }

  /// Sets the smallest and the largest of the entries that occur.
  func setBounds(_ used: [Int], of statistics: inout ParquetStatistics) {
    switch entries {
    case .integers(let rows):
      let turned: Int64 = isUnsigned ? .min : 0
      let values = used.map { rows.value(at: $0) &* factor ^ turned }
      guard let minimum = values.min(), let maximum = values.max() else { return }
      statistics.minimum = form.bytes(minimum ^ turned)
      statistics.maximum = form.bytes(maximum ^ turned)
    case .floats(let rows):
      let values = used.map { rows.value(at: $0) }
      if isSingle {
        values.map { Float($0) }.withUnsafeBufferPointer {
          statistics.set(floats: $0.baseAddress!, count: $0.count)
        }
      } else {
        values.withUnsafeBufferPointer {
          statistics.set(floats: $0.baseAddress!, count: $0.count)
        }
      }
    case .text(let rows):
      var bounds = TextBounds()
      for entry in used {
        rows.withText(at: entry) { bounds.add($0) }
      }
      bounds.set(&statistics)
    }
  }
}
