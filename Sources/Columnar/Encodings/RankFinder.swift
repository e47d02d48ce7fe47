/// Finds each value's rank among the distinct values of its column.
struct RankFinder: Sendable {
  private let text: SortedText?
  private let ranks: IntegerRanks

  init(_ chunks: ChunkedValues) {
    text = chunks.distinctText
    ranks = IntegerRanks(chunks.distinctValues ?? [])
  }

  /// Writes the rank of each row's value, 0 for nulls.
  func write<Code: FixedWidthInteger>(_ chunk: ColumnChunk, to codes: UnsafeMutablePointer<Code>) {
    let count = chunk.rowCount
    switch chunk.values {
    case .none: codes.update(repeating: 0, count: count)
    case .codes(let source):
      guard let map = text?.ranks[ObjectIdentifier(source.dictionary)] else {
        fatalError("a chunk's dictionary is not among those united")
      }
      switch source.width {
      case 1: remap(source.codes.pointer(as: UInt8.self), map, codes, count)
      case 2: remap(source.codes.pointer(as: UInt16.self), map, codes, count)
      default: remap(source.codes.pointer(as: UInt32.self), map, codes, count)
      }
    case .integers(let integers):
      ranks.write(chunk, to: codes) { row in integers.value(at: row) }
    case .floats(let floats):
      let bits = floats.pointer(as: Int64.self)
      ranks.write(chunk, to: codes) { row in bits[row] }
    case .text, .packed: fatalError("a dictionary column holds codes")
    }
    if chunk.nullCount > 0 {
      for row in 0..<count where chunk.isNull(row) { codes[row] = 0 }
    }
  }

  @inline(__always)
  private func remap<Source: FixedWidthInteger, Code: FixedWidthInteger>(
    _ source: UnsafeMutablePointer<Source>, _ map: [UInt32],
    _ codes: UnsafeMutablePointer<Code>, _ count: Int
  ) {
    map.withUnsafeBufferPointer { map in
      guard let map = map.baseAddress else { return }
      for row in 0..<count {
        codes[row] = Code(truncatingIfNeeded: map[Int(truncatingIfNeeded: source[row])])
      }
    }
  }
}

extension ChunkedValues {
  /// The distinct values as a column of their own, `nil` where there are none.
  func encodeDictionary(layout: Layout) throws(LayoutError) -> Column? {
    guard let values = layout.values?.first, let encoding = Encodings.named[values.encoding] else {
      return nil
    }
    if let entries, entries.layout == values { return entries }
    var distinct: ChunkedValues
    if let text = distinctText {
      distinct = ChunkedValues(
        name: name, type: type, rowCount: text.count, nullCount: 0, chunks: [text.chunk])
    } else if let distinctValues {
      var writer = SlabWriter(initialCapacity: 4096)
      let slice = writer.allocate(distinctValues.count * 8)
      for (rank, value) in distinctValues.enumerated() {
        slice.pointer(as: Int64.self)[rank] = value
      }
      let chunk = ColumnChunk(
        rowCount: distinctValues.count, nullCount: 0, validity: nil,
        values: type.domain == .float
          ? .floats(slice) : .integers(IntegerChunk(base: 0, width: 8, offsets: slice)))
      distinct = ChunkedValues(
        name: name, type: type, rowCount: distinctValues.count, nullCount: 0, chunks: [chunk])
    } else {
      return nil
    }
    distinct.isUnsigned = isUnsigned
    distinct.threadCount = threadCount
    do {
      return try encoding.encode(&distinct, layout: values)
    } catch {
      // A value's rank says nothing to anyone; the first row that has the value does.
      throw LayoutError(
        column: name, row: error.row.flatMap { firstRow(withRank: $0) },
        layout: layout.description)
    }
  }

  /// The first row whose value has that rank among the distinct ones.
  private func firstRow(withRank rank: Int) -> Int? {
    let finder = RankFinder(self)
    var row = 0
    for case let chunk? in chunks {
      let ranks = [UInt32](unsafeUninitializedCapacity: chunk.rowCount) { buffer, count in
        if let start = buffer.baseAddress { finder.write(chunk, to: start) }
        count = chunk.rowCount
      }
      if let found = ranks.indices.first(where: { ranks[$0] == rank && !chunk.isNull($0) }) {
        return row + found
      }
      row += chunk.rowCount
    }
    return nil
  }
}

extension SortedText {
  /// The strings as a chunk, in order.
  fileprivate var chunk: ColumnChunk {
    var writer = SlabWriter(initialCapacity: 4096)
    let bytes = writer.allocate(table.byteCount)
    let ends = writer.allocate(count * 4)
    var position = 0
    for rank in 0..<count {
      let text = self[rank]
      if let start = text.baseAddress {
        (bytes.pointer(as: UInt8.self) + position).update(from: start, count: text.count)
      }
      position += text.count
      ends.pointer(as: UInt32.self)[rank] = UInt32(truncatingIfNeeded: position)
    }
    return ColumnChunk(
      rowCount: count, nullCount: 0, validity: nil,
      values: .text(TextChunk(bytes: bytes, ends: ends, byteCount: position)))
  }
}
