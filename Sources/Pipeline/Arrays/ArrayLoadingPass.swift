import ArrowFormat
import CKernels
import Columnar
import Dispatch
import FileIO
import Synchronization
import Typing

/// One parallel pass over the arrays of some columns.
struct ArrayLoadingPass {
  /// Rows of a chunk: a column of them fits a core's second-level cache with what is made of it.
  private static let chunkRowCount = 1 << 14

  private let tables: [any ArrayTable]
  private let schema: ArraySchema
  private let options: ArrayTableLoader.Options
  /// Where each batch stands, as far as rows are to be read.
  private let batches: [(table: Int, batch: Int, rowCount: Int, firstRow: Int)]
  private let rowCount: Int
  private let cancellation = Cancellation.current

  /// What a pass found, in the order of its columns.
  struct Result {
    var columns: [LoadedColumn]
    /// The largest dictionary that each column had.
    var dictionaries: [StoredFacts.Dictionary?]
    /// The values of their dictionaries in the files' order, where that is to be kept.
    var categories: [[[UInt8]]?]
    var rowCount: Int
    /// The columns of which some value is none of the type that the lean column had.
    var changed: Set<Int>
  }

  init(
    _ tables: [any ArrayTable], _ schema: ArraySchema, _ options: ArrayTableLoader.Options
  ) {
    self.tables = tables
    self.schema = schema
    self.options = options
    var batches: [(table: Int, batch: Int, rowCount: Int, firstRow: Int)] = []
    var rowCount = 0
    for (number, table) in tables.enumerated() {
      for (batch, count) in table.batchRowCounts.enumerated() where rowCount < options.rowLimit {
        let taken = min(count, options.rowLimit - rowCount)
        batches.append((number, batch, taken, rowCount))
        rowCount += taken
      }
    }
    self.batches = batches
    self.rowCount = rowCount
  }

  /// - Parameter mayForgetValues: Whether values may stay uncounted where there will be too many:
  ///   another pass makes up for it.
  func run(
    _ columns: [Int], purpose: IntegerSet.Purpose, mayForgetValues: Bool = true
  ) throws -> Result {
    let taskCount = columns.count * batches.count
    let threads = max(
      1, min(options.threads ?? Int(diet_available_processors()), max(1, taskCount)))
    let workers = (0..<threads).map { _ -> Worker in
      let worker = Worker(columns.count, purpose: purpose, keepsValues: options.keepsValues)
      if options.obstacles != .none {
        for parser in worker.parsers { parser.seekOutermost() }
      }
      return worker
    }
    let next = Atomic(0)
    let failure = Lock<(task: Int, error: any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: threads) { index in
      let worker = workers[index]
      worker.scratch.expectedRowCount = rowCount
      worker.scratch.mayForgetValues = mayForgetValues
      while true {
        let task = next.add(1, ordering: .relaxed).oldValue
        // The first fault of the table is reported, whatever thread was quicker.
        guard task < taskCount, failure.withLock({ $0 == nil }) else { return }
        do {
          try take(columns, task, worker)
        } catch {
          failure.withLock { if $0.map({ task < $0.task }) ?? true { $0 = (task, error) } }
        }
      }
    }
    if let error = failure.withLock({ $0?.error }) { throw error }
    return joined(columns, workers)
  }

  private func take(_ columns: [Int], _ task: Int, _ worker: Worker) throws {
    let (batch, place) = task.quotientAndRemainder(dividingBy: columns.count)
    let column = columns[place]
    let (table, number, rowCount, firstRow) = batches[batch]
    let array = try tables[table].array(batch: number, column: column)
    defer { withExtendedLifetime(array) {} }
    if tables[table].fields[column].isOrdered, !array.hasAscendingCategories {
      throw schema.refusedOrder(column, table: table, tables[table].fields[column])
    }
    guard let values = ArrayValues(array) else {
      throw ReadingError(
        .unsupportedInput, file: tables[table].name, column: schema.columns[column].name,
        "its values are of a shape that is not read",
        remedy: "leave it out with \(option: "drop", columns: [schema.columns[column].name])")
    }
    let kind = schema.kind(column, table: table)
    let limit = options.types[schema.columns[column].name]?.unit
    var chunks: [TypedChunk] = []
    func take(_ read: (ChunkReport, ColumnChunk?), at rows: Range<Int>) {
      worker.parsers[place].evidence.add(
        read.0, at: firstRow + rows.lowerBound..<firstRow + rows.upperBound)
      if options.keepsValues, let values = read.1 { chunks.append(TypedChunk(read.0.kind, values)) }
    }
    if case .none = values {
      take(nulls(rowCount), at: 0..<rowCount)
    } else {
      for first in stride(from: 0, to: rowCount, by: Self.chunkRowCount) {
        try cancellation?.check()
        if first % (8 * Self.chunkRowCount) == 0 { try MemoryLimit.check() }
        MemoryLimit.relieve()
        let rows = first..<min(first + Self.chunkRowCount, rowCount)
        worker.scratch.place = ChunkRow(ordinal: 0, row: firstRow + first)
        do throws(ColumnParser.Misfit) {
          take(
            try worker.parsers[place].take(
              values, array.nulls, rows, as: kind, limit: limit, worker.scratch),
            at: rows)
        } catch {
          if case .floats = values {
            worker.changed.insert(place)
            return
          }
          throw schema.misfit(column, row: firstRow + first + error.row, unit: limit)
        }
      }
    }
    worker.note(
      place, array, task: task,
      keepsOrder: schema.columns[column].declared?.categories != nil)
    worker.found.append((task, chunks))
    options.progress?(array.memory.reduce(0) { $0 + $1.byteCount })
  }

  /// Rows without any value, however many.
  private func nulls(_ rowCount: Int) -> (ChunkReport, ColumnChunk?) {
    var report = ChunkReport()
    (report.rowCount, report.nullCount) = (rowCount, rowCount)
    return (report, options.keepsValues ? .nulls(rowCount) : nil)
  }

  private func joined(_ columns: [Int], _ workers: [Worker]) -> Result {
    var found = workers.flatMap(\.found)
    found.sort { $0.task < $1.task }
    var chunks = Array(repeating: [TypedChunk](), count: columns.count)
    for (task, parts) in found { chunks[task % columns.count] += parts }
    return Result(
      columns: columns.indices.map { place in
        LoadedColumn(
          name: schema.columns[columns[place]].name, chunks: chunks[place],
          parsers: workers.map { $0.parsers[place] })
      },
      dictionaries: columns.indices.map { place in
        workers.compactMap { $0.dictionaries[place] }.max { $0.entryCount < $1.entryCount }
      },
      categories: columns.indices.map { place in
        CategoryOrder.joined(workers.map { $0.orders[place] })
      },
      rowCount: rowCount, changed: workers.reduce(into: []) { $0.formUnion($1.changed) })
  }

  /// One thread's part of a pass.
  ///
  /// Unchecked: used by one thread while the pass runs, and by the one that started it afterwards.
  private final class Worker: @unchecked Sendable {
    let scratch = ColumnScratch()
    let parsers: [ColumnParser]
    var found: [(task: Int, chunks: [TypedChunk])] = []
    var dictionaries: [StoredFacts.Dictionary?]
    var orders: [CategoryOrder]
    var changed: Set<Int> = []
    private var lastDictionary: [Buffer?]

    init(_ columnCount: Int, purpose: IntegerSet.Purpose, keepsValues: Bool) {
      let context = TypingContext(options: TypingOptions(), delimiter: 0x2C)
      parsers = (0..<columnCount).map { _ in
        ColumnParser(
          context: context, target: .inferred, keepsValues: keepsValues, purpose: purpose,
          slabCapacity: columnCount > 256 ? 4 << 10 : 64 << 10)
      }
      dictionaries = Array(repeating: nil, count: columnCount)
      lastDictionary = Array(repeating: nil, count: columnCount)
      orders = Array(repeating: CategoryOrder(), count: columnCount)
    }

    /// Notes how large an array's dictionary is, where it has one.
    func note(_ place: Int, _ array: ArrowArray, task: Int, keepsOrder: Bool) {
      guard case .indexed(let codes, let entries, let count) = array.view,
        lastDictionary[place] !== array.memory.last || lastDictionary[place] == nil
      else { return }
      lastDictionary[place] = array.memory.last
      if keepsOrder { orders[place].add(entries, count: count, task: task) }
      if let known = dictionaries[place], known.entryCount >= count { return }
      let text = ArrayText(entries: entries, count: count)?.byteCounts ?? (all: 0, long: 0)
      dictionaries[place] = StoredFacts.Dictionary(
        codeBits: (codes.integerMemory?.width ?? 4) * 8, entryCount: count, byteCount: text.all,
        longByteCount: text.long)
    }
  }
}
