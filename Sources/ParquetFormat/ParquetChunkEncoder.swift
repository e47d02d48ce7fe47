import Columnar
import Platform

/// Makes column chunks, one after the other, in memory that is used again.
struct ParquetChunkEncoder: ~Copyable {
  let options: ParquetWritingOptions
  /// The levels and values of the page that is being made.
  var page = PageBytes()
  /// The values of a page of text.
  var text = PageBytes()
  var output: ParquetPageOutput
  var statistics = ParquetStatistics()
  /// The values of a chunk, nulls left out.
  let gathered = ChunkScratch()
  /// Their numbers within the chunk's dictionary.
  let codes = ChunkScratch()
  /// Which of the numbers in a range occur, a bit each.
  let occurring = ChunkScratch()
  /// The numbers of values, or of the first of 64.
  let ranks = ChunkScratch()
  let entries = ChunkScratch()
  private let validity = ChunkScratch()

  /// Values that stay in a core's first cache while nulls are taken out of them.
  private static let tileRowCount = 4096

  init(_ options: ParquetWritingOptions) {
    self.options = options
    output = ParquetPageOutput(options)
  }

  /// The chunk of a column whose rows lie in `parts`, which are a multiple of 8 rows but the last.
  mutating func chunk(_ column: ParquetColumn, _ parts: [ParquetPart]) -> ParquetChunk {
    let rowCount = parts.reduce(0) { $0 + $1.rows.count }
    let levels = levels(parts, rowCount: rowCount)
    statistics = ParquetStatistics()
    statistics.nullCount = levels.nullCount(rowCount: rowCount)
    let pages = ParquetPages(levels, rowCount: rowCount, options: options)
    switch (parts.first?.values, column.type.physical) {
    case (nil, _), (.none?, _): addPlain(pages, bitCount: 1) { _, _ in }
    case (.codes, _): addCodes(column, parts, pages)
    case (.booleans, _): addBooleans(parts, pages)
    case (.integers, .int32): addIntegers(column, parts, pages, of: Int32.self)
    case (.integers, _): addIntegers(column, parts, pages, of: Int64.self)
    case (.floats, .float):
      addFloats(parts, pages, of: Float.self) { $0.copy($1, to: $2) }
    case (.floats, _): addFloats(parts, pages, of: Double.self) { $0.copy($1, to: $2) }
    case (.utf8, _), (.rendered, _): addText(parts, pages)
    }
    return output.finish(rowCount: rowCount, statistics)
  }

  /// Gathers the validity of all parts.
  private func levels(_ parts: [ParquetPart], rowCount: Int) -> ParquetPages.Levels {
    if case .none? = parts.first?.values { return .allNulls }
    if parts.allSatisfy({ $0.nulls.validity == nil }) { return .allValues }
    let bits = validity.memory(of: UInt8.self, count: (rowCount + 7) / 8)
    var row = 0
    for part in parts {
      let byteCount = (part.rows.count + 7) / 8
      if let source = part.nulls.validity {
        memcpy(bits + row / 8, source + part.rows.lowerBound / 8, byteCount)
      } else {
        memset(bits + row / 8, 0xFF, byteCount)
      }
      row += part.rows.count
    }
    return .bits(UnsafePointer(bits))
  }

  /// Copies the values of all parts behind one another, nulls left out; returns their number.
  func gather<Value>(
    _ parts: [ParquetPart], to target: UnsafeMutablePointer<Value>,
    copy: (ParquetPart, Range<Int>, UnsafeMutablePointer<Value>) -> Void
  ) -> Int {
    var count = 0
    for part in parts {
      var first = part.rows.lowerBound
      while first < part.rows.upperBound {
        let rows = first..<min(first + Self.tileRowCount, part.rows.upperBound)
        copy(part, rows, target + count)
        if let validity = part.nulls.validity {
          count += keepValues(target + count, of: rows, validity)
        } else {
          count += rows.count
        }
        first = rows.upperBound
      }
    }
    return count
  }

  /// Adds plain pages; `body` writes the values of the given numbers.
  mutating func addPlain(
    _ pages: ParquetPages, bitCount: Int, _ body: (Range<Int>, inout PageBytes) -> Void
  ) {
    var pages = pages.cut(bitsPerRow: bitCount)
    while let (rows, values) = pages.next() {
      page.removeAll()
      pages.appendLevels(of: rows, to: &page)
      body(values, &page)
      output.addData(page, rowCount: rows.count, .plain)
    }
  }

  /// Adds pages of the codes of a dictionary. Each takes the bits that its own codes need.
  mutating func addCodePages(
    _ pages: ParquetPages, _ codes: UnsafePointer<UInt32>, _ encoder: HybridEncoder
  ) {
    var pages = pages.cut(bitsPerRow: encoder.width)
    while let (rows, values) = pages.next() {
      page.removeAll()
      pages.appendLevels(of: rows, to: &page)
      var largest: UInt32 = 0
      for index in values { largest = codes[index] > largest ? codes[index] : largest }
      let encoder = HybridEncoder(codeCount: Int(largest) + 1)
      page.append(UInt8(encoder.width))
      encoder.append(codes + values.lowerBound, count: values.count, to: &page)
      output.addData(page, rowCount: rows.count, .runLengthDictionary)
    }
  }

  private mutating func addBooleans(_ parts: [ParquetPart], _ pages: ParquetPages) {
    let values = gathered.memory(of: UInt8.self, count: pages.rowCount)
    let count = gather(parts, to: values) { part, rows, target in
      guard case .booleans(let source) = part.values else { return }
      source.copy(rows, to: target)
    }
    if count > 0 {
      let hasTrue = memchr(values, 1, count) != nil
      let hasFalse = memchr(values, 0, count) != nil
      statistics.set((minimum: UInt8(hasFalse ? 0 : 1), maximum: UInt8(hasTrue ? 1 : 0)))
    }
    addPlain(pages, bitCount: 1) { range, page in
      let target = page.end(withRoom: (range.count + 7) / 8)
      for (index, first) in stride(from: range.lowerBound, to: range.upperBound, by: 8).enumerated()
      {
        var byte: UInt8 = 0
        for value in first..<min(first + 8, range.upperBound) {
          byte |= values[value] << UInt8(value - first)
        }
        target[index] = byte
      }
      page.advance((range.count + 7) / 8)
    }
  }

  private mutating func addFloats<Value: BinaryFloatingPoint>(
    _ parts: [ParquetPart], _ pages: ParquetPages, of type: Value.Type,
    copy: (FloatRows, Range<Int>, UnsafeMutablePointer<Value>) -> Void
  ) {
    let values = gathered.memory(of: Value.self, count: pages.rowCount)
    let count = gather(parts, to: values) { part, rows, target in
      guard case .floats(let source) = part.values else { return }
      copy(source, rows, target)
    }
    statistics.set(floats: values, count: count)
    let width = MemoryLayout<Value>.size
    addPlain(pages, bitCount: width * 8) { range, page in
      page.append(values + range.lowerBound, count: range.count * width)
    }
  }
}

/// Moves the values of rows that have one to the front; returns their number.
private func keepValues<Value>(
  _ values: UnsafeMutablePointer<Value>, of rows: Range<Int>, _ validity: UnsafePointer<UInt8>
) -> Int {
  var count = 0
  var index = 0
  while index < rows.count {
    let row = rows.lowerBound &+ index
    values[count] = values[index]
    count &+= Int(validity[row >> 3] >> UInt8(truncatingIfNeeded: row & 7) & 1)
    index &+= 1
  }
  return count
}
