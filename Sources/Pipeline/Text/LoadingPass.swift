import Columnar
import DelimitedText
import Dispatch
import Engines
import FileIO
import Synchronization
import Typing

/// One parallel pass over all records.
struct LoadingPass {
  let reader: CSVChunkReader
  let contexts: TypingContexts
  let keepsValues: Bool
  let purpose: IntegerSet.Purpose
  let targets: [ColumnParser.Target]
  /// What columns past these are read as, by their numbers: those that only longer records have.
  var laterTarget: @Sendable (Int) -> ColumnParser.Target = { _ in .inferred }
  /// Chunks past this number are not read.
  let chunkLimit: Int
  /// Whether values may stay uncounted where there will be too many: another reading makes up for it.
  let mayForgetValues: Bool
  /// Where pandas would cut the file; asked for by reports.
  let blocks: PandasBlocks?
  /// Whether it is of interest which columns say the same; asked for by reports.
  let findsRelations: Bool
  /// Whether it is of interest which values keep columns wide.
  var findsObstacles = false
  /// Where values are kept in few bytes until their columns are made.
  var packing: ValuePacking?
  /// Whether a plan says what columns are.
  var isPlanned = false
  /// Narrower types to be tried beside the targets.
  var trials: [TrialPlan] = []
  let progress: (@Sendable (Int) -> Void)?

  /// What a pass found, column by column.
  struct Result {
    var source: CSVTableSource
    var columns: [LoadedColumn]
    var rowCount: Int
    var anomalies: TableAnomalies
    /// Each chunk's rows as `PandasBitmaps` wants them.
    var pieces: [ChunkPieces]
    /// Which rows of each column pandas reads as missing, chunk by chunk; none where nobody asked.
    var missingRows: [[MissingRows]] = []
    /// Which columns say the same; `nil` where nobody asked.
    var related: RelatedColumns?
    /// Which columns are determined by others; `nil` where nobody asked.
    var determined: DeterminedColumns?
    /// What became of each trial.
    var trials: [TrialResult] = []
  }

  func run() throws -> Result {
    let threads = reader.table.options.threadCount
    let slabCapacity = targets.count > 256 ? 4 << 10 : 64 << 10
    let screen = findsRelations ? DependencyScreen() : nil
    let workers = (0..<threads).map { _ in
      LoadingWorker(self, slabCapacity: slabCapacity, screen)
    }
    let failure = Lock<(ordinal: Int, error: any Error)?>(nil)
    let hasFailed = Atomic<Bool>(false)
    if threads == 1 {
      workers[0].run(failure, hasFailed)
    } else {
      DispatchQueue.concurrentPerform(iterations: threads) { workers[$0].run(failure, hasFailed) }
    }
    if let failure = failure.withLock({ $0 }) { throw failure.error }
    return joined(workers)
  }

  private func joined(_ workers: [LoadingWorker]) -> Result {
    var order: [(worker: Int, index: Int)] = []
    for (worker, state) in workers.enumerated() {
      order += state.chunks.indices.map { (worker, $0) }
    }
    order.sort {
      workers[$0.worker].chunks[$0.index].ordinal < workers[$1.worker].chunks[$1.index].ordinal
    }
    var anomalies = TableAnomalies()
    var rowCount = 0
    var firstRows: [Int: Int] = [:]
    for place in order {
      let chunk = workers[place.worker].chunks[place.index]
      firstRows[chunk.ordinal] = rowCount
      anomalies.add(chunk, firstRow: rowCount)
      rowCount += chunk.rowCount
    }
    let columnCount = max(targets.count, workers.map(\.parserCount).max() ?? 0)
    let names = HeaderNames.extended(reader.table.columnNames, to: columnCount)
    let columns = Array(0..<columnCount).parallelMap(threads: workers.count) { [order] column in
      var (chunks, missingRowCount) = ([TypedChunk](), 0)
      for place in order {
        let chunk = workers[place.worker].chunks[place.index]
        if column >= chunk.columnCount { missingRowCount += chunk.rowCount }
        if keepsValues, let values = chunk.values(column) { chunks.append(values) }
      }
      return LoadedColumn(
        name: names[column], chunks: chunks,
        parsers: workers.compactMap { $0.parser(column) }, missingRowCount: missingRowCount)
    }
    let pieces = order.map { workers[$0.worker].chunks[$0.index].pieces }
    let missingRows =
      blocks == nil
      ? []
      : (0..<columnCount).map { column in
        order.map { workers[$0.worker].chunks[$0.index].missingRows(column) }
      }
    let shares = workers.compactMap(\.related)
    let related = shares.dropFirst().reduce(shares.first) { $0?.joined(with: $1) }
    let determined =
      findsRelations
      ? DeterminedColumns(workers.compactMap(\.dependencies)) { firstRows[$0] ?? 0 } : nil
    let tried = trials.indices.map { index in
      TrialResult(workers.compactMap { $0.trial(index) }, name: names[trials[index].column])
    }
    for worker in workers { worker.clear() }
    return Result(
      source: reader.table, columns: columns, rowCount: rowCount, anomalies: anomalies,
      pieces: pieces, missingRows: missingRows, related: related, determined: determined,
      trials: tried)
  }
}

/// One thread's part of a pass.
///
/// Unchecked: used by one thread while the pass runs, and by the one that started it afterwards.
final class LoadingWorker: @unchecked Sendable {
  struct Chunk {
    var ordinal: Int
    var fileIndex: Int
    var rowCount: Int
    var anomalies: RecordAnomalies
    var hasNUL: Bool
    var pieces: ChunkPieces
    /// The columns that the chunk has.
    var columnCount: Int
    /// Their values, where they are kept: `nil` for columns that are left out.
    var values: [TypedChunk?]
    /// Which of their rows pandas reads as missing, where that is asked for.
    var missingRows: [MissingRows]

    /// The kept values of a column.
    func values(_ column: Int) -> TypedChunk? {
      // A column that only records of other chunks have.
      column < columnCount ? values[column] : TypedChunk(.null, .nulls(rowCount))
    }

    func missingRows(_ column: Int) -> MissingRows {
      column < columnCount ? missingRows[column] : .uniform(isMissing: true)
    }
  }

  private let pass: LoadingPass
  private let slabCapacity: Int
  private(set) var chunks: [Chunk] = []
  /// One for each column, from the first chunk on.
  private var parsers: [ColumnParser] = []
  private let scratch = ColumnScratch()
  private let trials: [ColumnTrial]
  private let relations: RelationFinder?
  private(set) var dependencies: DependencyFinder?

  init(_ pass: LoadingPass, slabCapacity: Int, _ screen: DependencyScreen?) {
    self.pass = pass
    self.slabCapacity = slabCapacity
    let names = pass.reader.table.columnNames
    trials = pass.trials.map {
      ColumnTrial(
        $0, pass.contexts.context(ofColumn: $0.column, names: names), purpose: pass.purpose)
    }
    relations = pass.findsRelations ? RelationFinder() : nil
    dependencies = screen.map {
      DependencyFinder($0, columnCount: pass.reader.table.columnNames.count)
    }
  }

  var parserCount: Int { parsers.count }
  /// Which columns say the same in this thread's chunks.
  var related: RelatedColumns? { relations?.related }

  func trial(_ index: Int) -> ColumnTrial? { index < trials.count ? trials[index] : nil }

  func parser(_ column: Int) -> ColumnParser? {
    column < parsers.count ? parsers[column] : nil
  }

  func clear() {
    chunks = []
    parsers = []
    dependencies = nil
  }

  func run(
    _ failure: Lock<(ordinal: Int, error: any Error)?>,
    _ hasFailed: borrowing Atomic<Bool>
  ) {
    let raw = RawChunk()
    let scanner = ChunkScanner(table: pass.reader.table)
    do {
      while !hasFailed.load(ordering: .relaxed), try pass.reader.next(into: raw) {
        if raw.ordinal >= pass.chunkLimit { return }
        try parse(raw, try scanner.scan(raw))
        pass.progress?(raw.byteCount)
      }
    } catch {
      let ordinal = raw.ordinal
      failure.withLock { first in
        if first == nil || ordinal < first!.ordinal { first = (ordinal, error) }
      }
      hasFailed.store(true, ordering: .relaxed)
    }
  }

  private func parse(_ raw: RawChunk, _ chunk: RegularChunk) throws {
    let table = pass.reader.table
    let fields = ChunkFields(chunk, of: raw, table: table)
    while parsers.count < max(fields.count, pass.targets.count) {
      let isKnown = parsers.count < pass.targets.count
      parsers.append(
        ColumnParser(
          context: pass.contexts.context(
            ofColumn: parsers.count, names: pass.reader.table.columnNames),
          target: isKnown ? pass.targets[parsers.count] : pass.laterTarget(parsers.count),
          keepsValues: pass.keepsValues,
          purpose: pass.purpose, slabCapacity: slabCapacity))
      if pass.findsObstacles { parsers[parsers.count - 1].seekOutermost() }
    }
    let pieces = pass.blocks?.pieces(of: chunk, in: raw, table: table.part(raw.fileIndex))
    scratch.mayForgetValues = pass.mayForgetValues
    if let packing = pass.packing { scratch.sampleByteCount = packing.sampleByteCount }
    scratch.place = ChunkRow(ordinal: raw.ordinal, row: 0)
    // Files of one table are taken to be of one size.
    scratch.expectedRowCount = raw.fileByteCount.map {
      Int(
        Double($0) / Double(max(1, raw.byteCount)) * Double(chunk.rows)
          * Double(table.inputs.count))
    }
    var columns: [(ChunkReport, ColumnChunk?)] = []
    columns.reserveCapacity(fields.count)
    var missingRows: [MissingRows] = []
    for column in 0..<fields.count {
      // What thousands of columns take, the first chunk shows.
      if column & 127 == 127 { try MemoryLimit.check() }
      let slice = fields[column]
      parsers[column].keepsValues =
        pass.keepsValues || relations?.wants(column) == true || dependencies?.wants(column) == true
      do {
        columns.append(try parsers[column].parse(slice, scratch))
      } catch {
        throw misfit(error.row, error.problem, column, slice, raw)
      }
      let report = columns[column].0
      parsers[column].evidence.add(report, at: raw.ordinal..<raw.ordinal + 1)
      if let pieces {
        missingRows.append(MissingRows(report, scratch, pieces: pieces.pieces))
      }
      if pass.findsObstacles { parsers[column].vote(on: slice, report) }
      for trial in trials where trial.plan.column == column { trial.add(slice, scratch) }
    }
    for trial in trials where trial.plan.column >= fields.count {
      trial.addMissing(rowCount: chunk.rows)
    }
    relations?.add(columns)
    dependencies?.add(columns, ordinal: raw.ordinal, rowCount: chunk.rows)
    if !pass.keepsValues || pass.packing != nil {
      for column in columns.indices {
        guard let chunk = columns[column].1.take() else { continue }
        if pass.keepsValues, let packing = pass.packing {
          columns[column].1 = packing.packed(chunk, of: parsers[column])
        }
      }
      for column in columns.indices { parsers[column].forgetValues() }
    }
    let values =
      pass.keepsValues
      ? columns.map { report, values in values.map { TypedChunk(report.kind, $0) } } : []
    chunks.append(
      Chunk(
        ordinal: raw.ordinal, fileIndex: raw.fileIndex, rowCount: chunk.rows,
        anomalies: chunk.anomalies, hasNUL: chunk.hasNUL,
        pieces: pieces ?? ChunkPieces(), columnCount: columns.count, values: values,
        missingRows: missingRows))
  }

  /// The error for a field that does not fit the type that its column must have.
  private func misfit(
    _ row: Int, _ problem: String?, _ column: Int, _ fields: FieldSlice, _ raw: RawChunk
  ) -> ReadingError {
    let table = pass.reader.table
    let position = table.position(ofRow: row, in: raw)
    let names = HeaderNames.extended(table.columnNames, to: column + 1)
    var error = ReadingError(
      .invalidValue, file: raw.fileName, line: position.line, byteOffset: position.byteOffset,
      column: names[column], text: Array(fields[row].bytes),
      problem
        ?? (column < pass.targets.count ? pass.targets[column] : pass.laterTarget(column)).misfit,
      remedy: .misfit(ofColumn: names[column], isPlanned: pass.isPlanned))
    // A problem names units, which stand in the file.
    if problem != nil {
      error.redactedMessage = "the value is no number, or has another unit than those before"
    }
    return error
  }
}

extension ColumnParser.Target {
  /// What is wrong with a value that is not of this target.
  fileprivate var misfit: String {
    switch self {
    case .inferred, .inferredUntold, .versions, .skipped: "the value has no type"
    case .date(let format, _): format.misfit
    case .kind(let kind):
      switch kind {
      case .null: "there is a value in a column of nulls"
      case .decimal(let scale): "the value is no decimal with \(scale) places"
      case .time(let unit): "the value is no time in \(unit.words)"
      case .duration(let unit): "the value is no span of time in \(unit.words)"
      case .timestamp(let unit): "the value is no timestamp in \(unit.words)"
      default: "the value is no \(kind)"
      }
    }
  }
}

extension DateFormat {
  /// What is wrong with a value that is not so written.
  fileprivate var misfit: String {
    let kind =
      switch meaning {
      case .date: "date"
      case .time: "time"
      case .timestamp: "instant"
      }
    return "the value is no \(kind) written \(pattern)"
      + (parts.contains(.zoneName) ? "; of zones by name, UTC, GMT and Z alone are known" : "")
  }
}

extension TimeUnit {
  fileprivate var words: String {
    switch self {
    case .second: "seconds"
    case .millisecond: "milliseconds"
    case .microsecond: "microseconds"
    case .nanosecond: "nanoseconds"
    }
  }
}
