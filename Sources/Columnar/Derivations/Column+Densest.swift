extension Column {
  /// Integers in the layout that takes the fewest bytes.
  ///
  /// - Parameters:
  ///   - limit: The greatest of them; the least is 0.
  ///   - write: Writes those of `rows`, at most `DerivedDecoder.pieceCount` of `count`. It is called once for each row,
  ///     in order.
  static func densest(
    count: Int, upTo limit: Int64,
    _ write: (_ rows: Range<Int>, _ target: UnsafeMutablePointer<Int64>) -> Void
  ) -> Column? {
    var values = OffsetWriter(limit: limit)
    var (order, spread) = (IntegerOrder(), IntegerSpread())
    let size = DerivedDecoder.pieceCount
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: size) { room in
      guard let words = room.baseAddress else { return }
      for start in stride(from: 0, to: count, by: size) {
        let rows = start..<min(start + size, count)
        write(rows, words)
        order.append(IntegerOrder(words, count: rows.count, nullCount: 0, validity: nil))
        spread.add(words, count: rows.count, in: 0...limit)
        values.append(words, rows.count)
      }
    }
    var profile = ColumnProfile(name: "", type: .integer, rowCount: count, nullCount: 0)
    profile.integers = IntegerProfile(
      minimum: 0, maximum: Int128(limit), order: order, spread: spread)
    let policy = LayoutPolicy(allowsUnsigned: true).storing(.smallest)
    let costs = Encodings.all.filter { !$0.sharesValues }
      .flatMap { $0.costs(for: profile, policy: policy) }
    guard let best = costs.min(by: { $0.footprint.total < $1.footprint.total })?.layout else {
      return nil
    }
    var chunks = ChunkedValues(
      name: "", type: .integer, rowCount: count, nullCount: 0, chunks: values.chunks)
    return try? Encodings.named[best.encoding]?.encode(&chunks, layout: best)
  }
}

/// Collects integers from 0 to a limit in as many whole bytes as that takes, a chunk for each piece.
private struct OffsetWriter {
  private let width: Int
  private var slabs = SlabWriter(initialCapacity: 1 << 16)
  private(set) var chunks: [ColumnChunk] = []

  init(limit: Int64) {
    width = limit < 1 << 8 ? 1 : limit < 1 << 16 ? 2 : limit < 1 << 32 ? 4 : 8
  }

  mutating func append(_ words: UnsafePointer<Int64>, _ count: Int) {
    let slice = slabs.allocate(count * width)
    ColumnView.plain(.int64(words)).integers.copy(0..<count, to: slice.base, width: width)
    chunks.append(
      ColumnChunk(
        rowCount: count, nullCount: 0, validity: nil,
        values: .integers(IntegerChunk(base: 0, width: width, offsets: slice))))
  }
}
