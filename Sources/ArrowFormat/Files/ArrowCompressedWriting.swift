import Columnar
import Dispatch
import FileIO
import Synchronization

/// The writing of a compressed file or stream on several threads: each takes one column of one batch
/// after the other, makes and compresses it; whoever finishes a batch whose turn it is writes it.
///
///     threads   ╱ column 0 ╲ column 1   column 2 ╲ …      a few batches at a time
///     output    │ schema │ dictionaries │ batch 0 │ batch 1 …   in order
///
/// Sizes are not known before the bytes are there, so that places in the file are given in order.
final class ArrowCompressedWriting: @unchecked Sendable {
  // Sound: what changes is atomic or behind a lock.

  /// One column's part of a batch, compressed.
  private struct Array {
    var nullCount: Int
    var buffers: [[UInt8]]
  }

  private struct State {
    var arrays: [[Array?]]
    var columnsLeft: [Int]
    /// The batch that is written next, and whether someone is about it.
    var next = 0
    var isWriting = false
    var position = 0
    var dictionaries: [ArrowMessage] = []
    var batches: [ArrowMessage] = []
  }

  /// Batches that may be in memory at once.
  private static let batchLimit = 4

  private let layout: ArrowFileLayout
  private let framing: ArrowWritingOptions.Framing
  private let sink: any ByteSink
  private let threadCount: Int
  private let batches: [ArrowBatchPlaces]
  private let rows: ArrowBlockRows
  private let next = Atomic(0)
  private let state: Lock<State>
  /// Columns' parts that may be on their way at once.
  private let places: DispatchSemaphore

  /// - Parameter layout: Of the plain file: its batches lie at blocks of rows.
  init(
    _ layout: ArrowFileLayout, rowCount: Int, options: ArrowWritingOptions, sink: any ByteSink
  ) {
    self.layout = layout
    self.sink = sink
    framing = options.framing
    threadCount = options.threadCount ?? 2
    batches = layout.batches
    rows = ArrowBlockRows(
      layout.columns, rowCount: rowCount, blockRowCount: options.blockRowCount)
    let columnCount = layout.columns.count
    places = DispatchSemaphore(value: Self.batchLimit * max(1, columnCount))
    state = Lock(
      State(
        arrays: batches.map { _ in Swift.Array(repeating: nil, count: columnCount) },
        columnsLeft: batches.map { _ in columnCount }))
  }

  /// Writes all of it.
  ///
  /// - Parameter late: Values of the metadata that are known only now, as long as those before.
  /// - Throws: `OutputError`, `LayoutError`, what `late` throws.
  func run(late: () throws -> [ArrowMetadata]) throws {
    let start = layout.schema.start(framing)
    try write(start)
    for column in layout.columns { try writeDictionary(of: column) }
    let taskCount = batches.count * layout.columns.count
    if layout.columns.isEmpty {
      for batch in batches.indices { try write(batch, []) }
    }
    DispatchQueue.concurrentPerform(iterations: max(1, min(threadCount, taskCount))) { _ in
      work(taskCount)
    }
    try rows.check()
    let schema = layout.schema.replacing(try late())
    let (dictionaries, messages) = state.withLock { ($0.dictionaries, $0.batches) }
    try write(schema.ending(framing, dictionaries: dictionaries, batches: messages))
    let patched = schema.start(framing)
    precondition(patched.count == start.count, "the metadata changed its length")
    if patched != start { try write(patched, at: 0) }
  }

  private func work(_ taskCount: Int) {
    let memory = BlockMemory()
    let part = MemoryPart()
    let compressor = ArrowBufferCompressor()
    while true {
      // A place first, then a number: whoever has the earliest part waits for no one. The other way
      // round, one that waits can be overtaken for ever: a semaphore does not keep the order.
      places.wait()
      let task = next.add(1, ordering: .relaxed).oldValue
      guard task < taskCount else {
        places.signal()
        return
      }
      let (batch, column) = task.quotientAndRemainder(dividingBy: layout.columns.count)
      var array: Array?
      if rows.canWrite { array = make(batch, column, memory, part, compressor) }
      finish(batch, column, array)
    }
  }

  /// A column's part of a batch; `nil` where it will not be written.
  private func make(
    _ batch: Int, _ column: Int, _ memory: BlockMemory, _ part: MemoryPart,
    _ compressor: ArrowBufferCompressor
  ) -> Array? {
    let places = batches[batch]
    let (nullCount, ranges) = places.outline(ofColumn: column)
    let buffers = ranges.map { $0.shifted(by: places.bodyOffset) }
    part.restart((buffers.first?.lowerBound ?? 0)..<(buffers.last?.upperBound ?? 0))
    var writer = ArrowPieceWriter(part, itemByteCount: layout.itemByteCount)
    let blockRowCount = rows.blockRowCount
    let blocks =
      places.rows.lowerBound / blockRowCount..<(places.rows.upperBound - 1) / blockRowCount + 1
    var isComplete = true
    do throws(OutputError) {
      for block in blocks {
        guard let made = rows.rows(ofColumn: column, block: block, memory) else {
          isComplete = false
          continue
        }
        let shared = rows.rows(ofBlock: block).clamped(to: places.rows)
        for piece in places.pieces(shared, ofColumn: column, made) { try writer.write(piece) }
      }
      try writer.flush()
    } catch {
      rows.fail(error)
      return nil
    }
    guard isComplete else { return nil }
    return Array(nullCount: nullCount, buffers: buffers.map { compressor.compressed(part[$0]) })
  }

  /// Notes a column's part, and writes the batches that are complete, where no other thread is about
  /// it.
  private func finish(_ batch: Int, _ column: Int, _ array: Array?) {
    state.withLock { state in
      state.arrays[batch][column] = array
      state.columnsLeft[batch] -= 1
    }
    while true {
      let taken = state.withLock { state -> (Int, [Array?])? in
        guard !state.isWriting, state.next < batches.count, state.columnsLeft[state.next] == 0
        else { return nil }
        state.isWriting = true
        defer { state.arrays[state.next] = [] }
        return (state.next, state.arrays[state.next])
      }
      guard let (number, arrays) = taken else { return }
      let present = arrays.compactMap { $0 }
      if present.count == layout.columns.count, rows.canWrite {
        do throws(OutputError) {
          try write(number, present)
        } catch {
          rows.fail(error)
        }
      }
      state.withLock { state in
        state.next += 1
        state.isWriting = false
      }
      for _ in layout.columns { places.signal() }
    }
  }

  // MARK: - Bytes in order

  private func write(_ number: Int, _ arrays: [Array]) throws(OutputError) {
    let rowCount = batches[number].rows.count
    let message = try write(arrays, rowCount: rowCount) { ($0.flatTable, ArrowTag.recordHeader) }
    state.withLock { $0.batches.append(message) }
  }

  private func writeDictionary(of column: ArrowColumn) throws(OutputError) {
    guard let id = column.field.dictionary?.id, let dictionary = column.dictionary else { return }
    let nulls = ArrowNulls(validity: nil)
    let text = dictionary.values.textByteCount(0..<dictionary.count, nulls)
    let pieces = dictionary.values.pieces(
      ArrowPart(rows: 0..<dictionary.count, position: 0, text: 0..<text), nulls)
    let compressor = ArrowBufferCompressor()
    var array = Array(nullCount: 0, buffers: [[]])
    for piece in pieces {
      let part = MemoryPart()
      part.restart(0..<piece.byteCount)
      var writer = ArrowPieceWriter(part, itemByteCount: layout.itemByteCount)
      try writer.write(ArrowPiece(offset: 0, byteCount: piece.byteCount, content: piece.content))
      try writer.flush()
      array.buffers.append(compressor.compressed(part[0..<piece.byteCount]))
    }
    let message = try write([array], rowCount: dictionary.count) {
      (FlatTable(.int64(id), .table($0.flatTable), .bool(false)), ArrowTag.dictionaryHeader)
    }
    state.withLock { $0.dictionaries.append(message) }
  }

  /// Writes a message whose body is `arrays`.
  private func write(
    _ arrays: [Array], rowCount: Int, header: (ArrowBatchLayout) -> (FlatTable, UInt8)
  ) throws(OutputError) -> ArrowMessage {
    var batch = ArrowBatchLayout(rowCount: rowCount, compression: .zstd)
    var places: [(offset: Int, bytes: [UInt8])] = []
    for array in arrays {
      batch.addArray(rowCount: rowCount, nullCount: array.nullCount)
      for bytes in array.buffers { places.append((batch.addBuffer(byteCount: bytes.count), bytes)) }
    }
    let (table, tag) = header(batch)
    let message = ArrowMessage(
      at: state.withLock { $0.position }, tag: tag, header: table,
      bodyByteCount: batch.bodyByteCount)
    var body: [UInt8] = message.head
    body.reserveCapacity(message.head.count + batch.bodyByteCount)
    for place in places {
      body.append(
        contentsOf: repeatElement(0, count: message.head.count + place.offset - body.count))
      body.append(contentsOf: place.bytes)
    }
    body.append(contentsOf: repeatElement(0, count: message.end - message.offset - body.count))
    try write(body)
    return message
  }

  private func write(_ bytes: [UInt8]) throws(OutputError) {
    let position = state.withLock { state in
      defer { state.position += bytes.count }
      return state.position
    }
    try write(bytes, at: position)
  }

  private func write(_ bytes: [UInt8], at position: Int) throws(OutputError) {
    let result = bytes.withUnsafeBytes { [sink] bytes in
      Result { () throws(OutputError) in try sink.write(bytes, at: position) }
    }
    try result.get()
  }
}
