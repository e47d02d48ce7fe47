import Platform

/// Text of which each row tells how many bytes it shares with the row before it, and the rest as tokens: front coding,
/// for text that is sorted, as the entries of dictionaries are. Each 16th row is whole, so that a row is read
/// with at most 15 others.
///
///     shared [ 0 | 5 | 6 ]   rests [ "numpy" | "-doc" | "stl" ]   "numpy", "numpy-doc", "numpy-stl"
///
/// The buffer of offsets has the shared lengths, the dictionary is the column of rests. A row without a value repeats
/// the one before. A run of the rows of such a column has the rests from the last whole row before it on: these are
/// then up to 15 more than its rows.
struct FrontEncoding: Encoding {
  let name = "front"
  let isIndirect = true
  let isPlainText = true
  let storesRows = false
  let isForetold = true
  let takesThreads = true

  /// The rows from a whole one to the next.
  static let groupRowCount = 16

  /// How much neighbours share is known once the column is there: until then, what nobody shares would take.
  func layouts(for profile: ColumnProfile, policy: LayoutPolicy) -> [Layout] {
    guard policy.storage == .smallest, policy.learnsText, profile.type == .string,
      profile.valueCount > 0, profile.text?.forecast != nil
    else { return [] }
    return [Layout(encoding: name)]
  }

  func leastStorage(of layout: Layout) -> StoragePolicy { .smallest }

  func listsNulls(in layout: Layout) -> Bool { true }

  func isSound(_ layout: Layout, for type: LogicalType) -> Bool { type.domain == .bytes }

  func footprint(of layout: Layout, for profile: ColumnProfile) -> Footprint {
    let tokens = TokensEncoding()
    let rests = tokens.footprint(of: Layout(encoding: tokens.name), for: profile)
    var footprint = rests.asDictionary
    footprint.dictionary -= rests.validity
    footprint.validity = rests.validity
    footprint.add(PackedLengths.byteCount(profile.rowCount, likeThoseOf: [0]), to: \.offsets)
    return footprint
  }

  /// About what the column takes beside the lengths of its rests; `nil` where neighbours share less than a quarter of
  /// the text.
  static func trial(_ values: ChunkedValues) -> Int? {
    guard values.seemToShare else { return nil }
    var rests = TextSample(maximumByteCount: TextSample.wideByteCount)
    let shared = RowLengths(count: values.rowCount)
    var restByteCount = 0
    values.forEachRest { row, sharedCount, rest in
      shared[row] = sharedCount
      restByteCount += rest.count
      rests.add(rest)
    }
    guard restByteCount * 4 <= values.textByteCount * 3 else { return nil }
    let learned = TokenVocabulary.learned(
      from: rests.limited(toByteCount: TextSample.learnedByteCount),
      textByteCount: restByteCount, threads: values.threadCount
    ) { rests }
    return Int(learned.byteCount(textByteCount: restByteCount)) + shared.packed().byteCount
  }

  func encode(
    _ chunks: inout ChunkedValues, layout: Layout, tables: EncodingTables
  ) throws(LayoutError) -> Column {
    let (name, rowCount) = (chunks.name, chunks.rowCount)
    let shared = RowLengths(count: rowCount)
    var rests = ChunkedValues(
      name: "", type: .string, rowCount: rowCount, nullCount: 0, chunks: chunks.restChunks(shared))
    rests.threadCount = chunks.threadCount
    let tokens = TokensEncoding()
    let held: Column
    do {
      held = try tokens.encode(&rests, layout: Layout(encoding: tokens.name))
    } catch {
      throw LayoutError(column: name, row: error.row, layout: layout.description)
    }
    let column = Column(
      name: name, type: chunks.type, layout: layout, count: rowCount,
      nullCount: chunks.nullCount, validity: chunks.makeValidity(), values: nil,
      offsets: shared.packed(), dictionary: held)
    let decoder = column.frontDecoder
    try chunks.consume { (firstRow, chunk) throws(LayoutError) in
      var row = 0
      var bad: Int?
      decoder.decode(firstRow..<firstRow + chunk.rowCount) { text in
        if bad == nil, let original = chunk.text(at: row), !original.elementsEqual(text) {
          bad = row
        }
        row += 1
      }
      if let bad {
        throw LayoutError(column: name, row: firstRow + bad, layout: layout.description)
      }
    }
    return column
  }

  func view(of column: Column) -> ColumnView {
    .decoded(DecodedView(.texts(column.frontDecoder)))
  }

  func shape(of layout: Layout) -> ViewShape { .utf8 }

  func reason(for layout: Layout, profile: ColumnProfile) -> String {
    "neighbours begin alike"
  }
}

extension Column {
  /// The text of a column of rests.
  fileprivate var frontDecoder: FrontDecoder {
    guard let offsets, let rests = dictionary.first else {
      fatalError("a column of rests has these, and what rows share")
    }
    return FrontDecoder(
      shared: PackedLengths(rowCount: rests.count, memory: offsets), rests: rests, rowCount: count)
  }
}

extension ChunkedValues {
  /// Whether neighbours share a quarter of the text, as some groups of rows tell: most columns are not worth a look at
  /// each row.
  fileprivate var seemToShare: Bool {
    let size = FrontEncoding.groupRowCount
    let step = max(1, min(64, rowCount / size / 64))
    var neighbours = Neighbours()
    var (firstRow, sharedByteCount, byteCount) = (0, 0, 0)
    for case let chunk? in chunks {
      for place in 0..<chunk.rowCount where (firstRow + place) / size % step == 0 {
        neighbours.move(to: firstRow + place)
        let text = chunk.text(at: place)
        let sharedCount = neighbours.next(text).sharedCount
        sharedByteCount += text == nil ? 0 : sharedCount
        byteCount += text?.count ?? 0
      }
      firstRow += chunk.rowCount
    }
    return sharedByteCount * 4 >= byteCount
  }

  /// Calls `body` with each row, how many bytes it shares with the one before, and the rest of it, which has 8 readable
  /// bytes after it.
  fileprivate func forEachRest(_ body: (Int, Int, UnsafeBufferPointer<UInt8>) -> Void) {
    var neighbours = Neighbours()
    for case let chunk? in chunks { neighbours.forEachRest(of: chunk, body) }
  }

  /// The rests of all rows, as text of their own.
  fileprivate func restChunks(_ shared: RowLengths) -> [ColumnChunk] {
    var slabs = SlabWriter(initialCapacity: 4096)
    var neighbours = Neighbours()
    return chunks.compactMap { $0 }.map { chunk in
      let rests = slabs.allocate(chunk.textByteCount + 8)
      let ends = slabs.allocate(chunk.rowCount * 4)
      let (target, ending) = (rests.pointer(as: UInt8.self), ends.pointer(as: UInt32.self))
      let firstRow = neighbours.row
      var byteCount = 0
      neighbours.forEachRest(of: chunk) { row, sharedCount, rest in
        shared[row] = sharedCount
        if let start = rest.baseAddress { memcpy(target + byteCount, start, rest.count) }
        byteCount += rest.count
        ending[row - firstRow] = UInt32(byteCount)
      }
      return ColumnChunk(
        rowCount: chunk.rowCount, nullCount: 0, validity: nil,
        values: .text(TextChunk(bytes: rests, ends: ends, byteCount: byteCount)))
    }
  }
}

/// Rows one after the other, and the text of the last.
private struct Neighbours {
  private(set) var row = 0
  private var last: [UInt8] = []

  mutating func forEachRest(
    of chunk: ColumnChunk, _ body: (Int, Int, UnsafeBufferPointer<UInt8>) -> Void
  ) {
    for place in 0..<chunk.rowCount {
      let (sharedCount, rest) = next(chunk.text(at: place))
      body(row - 1, sharedCount, rest)
    }
  }

  /// Goes on with a later row.
  mutating func move(to row: Int) { self.row = row }

  /// How many bytes the next row shares with the last, and the rest of it.
  mutating func next(
    _ text: UnsafeBufferPointer<UInt8>?
  ) -> (sharedCount: Int, rest: UnsafeBufferPointer<UInt8>) {
    if row % FrontEncoding.groupRowCount == 0 { last.removeAll(keepingCapacity: true) }
    row += 1
    guard let text else { return (last.count, UnsafeBufferPointer(start: nil, count: 0)) }
    var sharedCount = 0
    let limit = min(last.count, text.count)
    while sharedCount < limit, last[sharedCount] == text[sharedCount] { sharedCount += 1 }
    let rest = UnsafeBufferPointer(rebasing: text[sharedCount...])
    last.replaceSubrange(sharedCount..., with: rest)
    return (sharedCount, rest)
  }
}
