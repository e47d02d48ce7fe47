package import CArrowData
package import Columnar
import Dispatch
package import FileIO
import Platform
import Synchronization

/// A table as the Arrow C data interface shows it, in the types in which it would be written to a
/// file.
///
/// Columns whose memory is as Arrow wants it are shared. The others are made when a batch is asked
/// for, and belong to whoever gets it.
package final class ArrowTable: @unchecked Sendable {
  // Sound: nothing changes after `init`, and columns keep their memory.

  package var columnCount: Int { columns.count }
  private let columns: [ArrowColumn]
  private let dictionaries: [ArrowBuffers?]
  private let schema: ArrowSchema
  private let batches: [Range<Int>]
  private let threadCount: Int

  /// - Parameter engine: Who reads it.
  /// - Parameter room: What integers get beyond their values.
  /// - Parameter metadata: What the file said of the table that it was read from.
  /// - Parameter hints: What makes the reader keep the types that it would otherwise widen.
  /// - Parameter batchTextByteCount: The most text that a batch has in one column; offsets have 31
  ///   bits. All rows are one batch unless that would be too long.
  /// - Throws: where Arrow has no way to hold a value.
  package init(
    _ frame: DataFrame, for engine: TargetEngine = .any, categories: CategoryPolicy = .text,
    room: IntegerRoom = .none, metadata: [ArrowMetadata] = [], hints: SchemaHints? = nil,
    threadCount: Int = 1, batchTextByteCount: Int = Int(Int32.max)
  ) throws(OutputError) {
    var columns: [ArrowColumn] = []
    for (index, (column, profile)) in zip(frame.columns, frame.profiles).enumerated() {
      columns.append(
        try ArrowColumn(
          column, dictionaryID: index, path: "the table", for: engine, categories: categories,
          minimumBits: column.bits(with: room, profile)))
    }
    var options = ArrowWritingOptions()
    options.batchRowCount = max(8, (frame.rowCount + 7) & ~7)
    options.batchTextByteCount = batchTextByteCount
    let batches = try columns.batches(rowCount: frame.rowCount, options, path: "the table")
    dictionaries = columns.map(ArrowBuffers.init(dictionaryOf:))
    // Only with a batch are there the words of a dictionary, which a plan may know without any row.
    self.batches = batches.isEmpty && dictionaries.contains { $0 != nil } ? [0..<0] : batches
    schema = ArrowSchema(columns, metadata: metadata, hints: hints)
    self.columns = columns
    self.threadCount = threadCount
  }

  /// The schema. `target` need not be initialized; whoever gets it releases it.
  package func exportSchema(to target: UnsafeMutablePointer<CArrowData.ArrowSchema>) {
    schema.export(to: target)
  }

  /// The batches, from the first. `target` need not be initialized; whoever gets it releases it.
  package func exportStream(to target: UnsafeMutablePointer<CArrowData.ArrowArrayStream>) {
    target.initialize(to: ArrowCursor(TableBatches(self)).stream)
  }

  /// Each column's batches. What a stream gives is held by nothing else: a consumer that drops a
  /// column gives its memory back, whatever it keeps of the others.
  ///
  /// - Parameter targets: One for each column. They need not be initialized; whoever gets them
  ///   releases them.
  package func exportColumns(
    to targets: UnsafeBufferPointer<UnsafeMutablePointer<CArrowData.ArrowArrayStream>>
  ) {
    let batches = batches.map(parts(ofBatch:))
    for (place, target) in targets.enumerated() {
      target.initialize(
        to: ArrowCursor(ColumnBatches(schema.fields[place], batches.map { $0[place] })).stream)
    }
  }

  /// The parts of the columns in a batch.
  fileprivate func parts(ofBatch rows: Range<Int>) -> [ArrowArrayParts] {
    let places = columns.indices
    // Threads cost more than they save where there is little to make.
    guard threadCount > 1, rows.count >= 1 << 16 else { return places.map { part($0, rows) } }
    let parts = Lock([ArrowArrayParts?](repeating: nil, count: columns.count))
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: min(threadCount, max(1, columns.count))) { _ in
      while true {
        let place = next.add(1, ordering: .relaxed).oldValue
        if place >= self.columns.count { return }
        let part = self.part(place, rows)
        parts.withLock { $0[place] = part }
      }
    }
    return parts.withLock { $0.map { $0! } }
  }

  private func part(_ place: Int, _ rows: Range<Int>) -> ArrowArrayParts {
    ArrowArrayParts(
      rows: ArrowBuffers(columns[place], rows: rows), dictionary: dictionaries[place])
  }

  /// The rows of batch `index`; `nil` past the last.
  fileprivate func batch(_ index: Int) -> Range<Int>? {
    index < batches.count ? batches[index] : nil
  }
}

extension Column {
  /// The fewest bits of integers that engines get with that room. Of rows that were taken or computed nobody counted
  /// the sums: these have at least the room that the column had which they were taken from.
  fileprivate func bits(with room: IntegerRoom, _ profile: ColumnProfile) -> Int? {
    let bits = layout.withRoom(room, for: profile).minimumBits
    guard room.holdsSums, type == .integer, planned == nil, nullCount < count,
      declared?.exact == nil, taken != nil || profile.integers == nil,
      let range = taken?.range ?? IntegerRows(view)?.range(count: count)
    else { return bits }
    let isSigned = taken?.word.isSigned ?? (range.upperBound <= Int128(Int64.max))
    let sums = IntegerRoom(holdsSums: true).bits(
      for: range, valueCount: max(count - nullCount, taken?.valueCount ?? 0), isSigned: isSigned)
    let values = IntegerRoom.none.bits(for: range, isSigned: isSigned)
    return sums > values ? max(sums, bits ?? 8) : bits
  }
}

/// All columns in each batch, made when it is asked for.
private final class TableBatches: ArrowBatches {
  private let table: ArrowTable

  init(_ table: ArrowTable) { self.table = table }

  func exportSchema(to target: UnsafeMutablePointer<ArrowCSchema>) {
    table.exportSchema(to: target)
  }

  func export(_ index: Int, to target: UnsafeMutablePointer<ArrowCArray>) -> Bool {
    guard let rows = table.batch(index) else { return false }
    ArrowArrayParts.export(table.parts(ofBatch: rows), rowCount: rows.count, to: target)
    return true
  }
}

/// One column in each batch, let go of when it is handed out.
private final class ColumnBatches: ArrowBatches {
  private let field: ArrowField
  private let parts: Lock<[ArrowArrayParts?]>

  init(_ field: ArrowField, _ parts: [ArrowArrayParts]) {
    self.field = field
    self.parts = Lock(parts)
  }

  func exportSchema(to target: UnsafeMutablePointer<ArrowCSchema>) { field.export(to: target) }

  func export(_ index: Int, to target: UnsafeMutablePointer<ArrowCArray>) -> Bool {
    let part = parts.withLock { parts in
      guard index < parts.count else { return ArrowArrayParts?.none }
      defer { parts[index] = nil }
      return parts[index]
    }
    part?.export(to: target)
    return part != nil
  }
}
