import Columnar
import TestSupport

@testable import ArrowFormat

/// Values of one kind, as a test wants them stored in every layout there is.
struct SampleValues: Sendable {
  enum Values: Sendable {
    /// Bits; `isUnsigned` where they are to be read without a sign.
    case integers([Int64?], isUnsigned: Bool)
    case floats([Double?])
    case text([[UInt8]?])
  }

  var name: String
  var type: LogicalType
  var values: Values

  var rowCount: Int {
    switch values {
    case .integers(let values, _): values.count
    case .floats(let values): values.count
    case .text(let values): values.count
    }
  }

  func isNull(_ row: Int) -> Bool {
    switch values {
    case .integers(let values, _): values[row] == nil
    case .floats(let values): values[row] == nil
    case .text(let values): values[row] == nil
    }
  }

  /// The same values with about one in `period` replaced by null.
  func withNulls(oneIn period: Int, _ generator: inout SeededGenerator) -> SampleValues {
    var copy = self
    func keeps() -> Bool { Int.random(in: 0..<period, using: &generator) != 0 }
    switch values {
    case .integers(let values, let isUnsigned):
      copy.values = .integers(values.map { keeps() ? $0 : nil }, isUnsigned: isUnsigned)
    case .floats(let values): copy.values = .floats(values.map { keeps() ? $0 : nil })
    case .text(let values): copy.values = .text(values.map { keeps() ? $0 : nil })
    }
    return copy
  }

  /// The column in every layout that can hold it, named after kind and layout unless told.
  func columns(named columnName: String? = nil) throws -> [Column] {
    let profile = profile
    var columns: [Column] = []
    let values = chunked(named: "", chunkRowCount: 100)
    for encoding in Encodings.all {
      let policies = [LayoutPolicy(allowsUnsigned: true), LayoutPolicy().storing(.packed)]
      var layouts = policies.flatMap { encoding.layouts(for: profile, policy: $0) }
      for index in layouts.indices.reversed()
      where layouts[..<index].contains(layouts[index]) { layouts.remove(at: index) }
      for layout in layouts {
        let name = columnName ?? "\(name) \(layout) \(columns.count)"
        var chunks = values
        chunks.name = name
        columns.append(try encoding.encode(&chunks, layout: layout))
      }
    }
    return columns
  }

  /// The columns of these values, to be made block by block where that can be done.
  func sources(
    of columns: [Column], chunkRowCount: Int, rowsPerBlock: Int
  ) throws -> [ColumnSource] {
    let range = profile.integers.map { $0.minimum...$0.maximum }
    let values = chunked(named: "", chunkRowCount: chunkRowCount)
    return try columns.map { column in
      guard let encoding = Encodings.named[column.layout.encoding], encoding.storesRows,
        !ArrowFileWriter.needsWhole(column.view)
      else { return .whole(column) }
      var chunks = values
      chunks.name = column.name
      return .blocks(
        try ColumnBlocks(
          chunks, layout: column.layout, integers: range, rowsPerBlock: rowsPerBlock))
    }
  }

  private var nullCount: Int { (0..<rowCount).count { isNull($0) } }

  private var profile: ColumnProfile {
    var profile = ColumnProfile(name: name, type: type, rowCount: rowCount, nullCount: nullCount)
    switch values {
    case .integers(let values, let isUnsigned):
      let numbers = values.compactMap { $0 }.map {
        isUnsigned ? Int128(UInt64(bitPattern: $0)) : Int128($0)
      }
      profile.dictionaryCount = Set(numbers).count
      guard let minimum = numbers.min(), let maximum = numbers.max() else { break }
      profile.integers = IntegerProfile(
        minimum: minimum, maximum: maximum, order: IntegerOrder(values),
        spread: IntegerSpread(values.compactMap { $0 }))
    case .floats(let values):
      let numbers = values.compactMap { $0 }
      profile.dictionaryCount = Set(numbers.map(\.bitPattern)).count
      if numbers.isEmpty { break }
      profile.floats = FloatProfile(
        minimum: nil, maximum: nil, nanCount: 0,
        fitsFloat32: numbers.allSatisfy { Double(Float($0)).bitPattern == $0.bitPattern },
        isConstant: false)
    case .text(let values):
      let texts = values.compactMap { $0 }
      profile.dictionaryCount = Set(texts).count
      if texts.isEmpty { break }
      var text = TextProfile()
      text.forecast = TextForecast(ofTexts: texts)
      for value in texts {
        text.byteCount += value.count
        text.minimumLength = min(text.minimumLength, value.count)
        text.maximumLength = max(text.maximumLength, value.count)
        text.forms.formIntersection(value.withUnsafeBufferPointer { TextForms(classifying: $0) })
        value.withUnsafeBufferPointer { text.digits.note($0) }
      }
      text.distinctByteCount = Set(texts).reduce(0) { $0 + $1.count }
      profile.text = text
    }
    return profile
  }

  func chunked(named name: String, chunkRowCount: Int) -> ChunkedValues {
    let table = TextTable()
    var writer = SlabWriter(initialCapacity: 4096)
    var chunks: [ColumnChunk] = []
    for first in stride(from: 0, to: rowCount, by: chunkRowCount) {
      let rows = first..<min(first + chunkRowCount, rowCount)
      chunks.append(chunk(rows, table, &writer))
    }
    var result = ChunkedValues(
      name: name, type: type, rowCount: rowCount, nullCount: nullCount, chunks: chunks)
    switch values {
    case .integers(let values, let isUnsigned):
      result.isUnsigned = isUnsigned
      result.distinctValues = Set(values.compactMap { $0 }).sorted {
        isUnsigned ? UInt64(bitPattern: $0) < UInt64(bitPattern: $1) : $0 < $1
      }
    case .floats(let values):
      result.distinctValues = Set(values.compactMap { $0.map { Int64(bitPattern: $0.bitPattern) } })
        .sorted()
    case .text: result.distinctText = SortedText(uniting: [table])
    }
    return result
  }

  private func chunk(
    _ rows: Range<Int>, _ table: TextTable, _ writer: inout SlabWriter
  ) -> ColumnChunk {
    let nullCount = rows.count { isNull($0) }
    if nullCount == rows.count { return .nulls(rows.count) }
    var validity: SlabSlice?
    if nullCount > 0 {
      let slice = writer.allocate((rows.count + 63) / 64 * 8)
      let words = slice.pointer(as: UInt64.self)
      words.update(repeating: 0, count: (rows.count + 63) / 64)
      for (index, row) in rows.enumerated() where !isNull(row) {
        words[index >> 6] |= 1 << UInt64(index & 63)
      }
      validity = slice
    }
    let slice = writer.allocate(rows.count * 8)
    let chunkValues: ChunkValues
    switch values {
    case .integers(let values, _):
      for (index, row) in rows.enumerated() {
        slice.pointer(as: Int64.self)[index] = values[row] ?? 0
      }
      chunkValues = .integers(IntegerChunk(base: 0, width: 8, offsets: slice))
    case .floats(let values):
      for (index, row) in rows.enumerated() {
        slice.pointer(as: Double.self)[index] = values[row] ?? 0
      }
      chunkValues = .floats(slice)
    case .text(let values):
      for (index, row) in rows.enumerated() {
        guard let text = values[row] else {
          slice.pointer(as: UInt32.self)[index] = 0
          continue
        }
        // The table reads whole words.
        let padded = text + [UInt8](repeating: 0, count: 8)
        slice.pointer(as: UInt32.self)[index] = padded.withUnsafeBufferPointer {
          let start = $0.baseAddress!
          return table.code(
            of: start, count: text.count, hash: table.hash(of: start, count: text.count))
        }
      }
      chunkValues = .codes(CodeChunk(dictionary: table, width: 4, codes: slice))
    }
    return ColumnChunk(
      rowCount: rows.count, nullCount: nullCount, validity: validity, values: chunkValues)
  }
}

extension DataFrame {
  /// A table of columns about which nothing else is known.
  init(columns: [Column], rowCount: Int) {
    self.init(
      columns: columns,
      profiles: columns.map {
        ColumnProfile(
          name: $0.name, type: $0.type, rowCount: $0.count, nullCount: $0.nullCount)
      }, rowCount: rowCount)
  }
}
