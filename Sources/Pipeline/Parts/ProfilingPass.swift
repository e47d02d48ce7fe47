package import Columnar
package import DelimitedText
import Dispatch
package import FileIO
import Typing

/// One parallel pass over the records of a part, which learns what each column is in every way that the whole
/// table may turn out to be read.
package struct ProfilingPass {
  private let input: CSVInput
  private let reading: CSVReadingOptions
  private let typing: TypingOptions
  private let isBrief: Bool
  private let findsRelations: Bool
  private let progress: (@Sendable (Int) -> Void)?

  /// - Parameters:
  ///   - isBrief: Whether columns are read as what they are in this part alone.
  ///   - findsRelations: Whether it is of interest which columns say the same.
  ///   - progress: Called with the bytes of each chunk, from any thread.
  package init(
    _ input: CSVInput, reading: CSVReadingOptions, typing: TypingOptions, isBrief: Bool = false,
    findsRelations: Bool = true, progress: (@Sendable (_ byteCount: Int) -> Void)? = nil
  ) {
    (self.input, self.reading, self.typing) = (input, reading, typing)
    (self.isBrief, self.findsRelations) = (isBrief, findsRelations)
    self.progress = progress
  }

  /// - Parameter options: How the table is read, as words of a command line.
  /// - Throws: `ReadingError`.
  package func profile(options: [String]) throws -> PartProfile {
    let first = try run(isBrief: isBrief, columns: nil)
    let part = joined(first, options: options)
    guard isBrief else { return part }
    let lacking = Set(part.lackingColumns(typing))
    if lacking.isEmpty { return part }
    // These are not alike within the part.
    let second = try run(isBrief: false, columns: lacking)
    guard second.reader.inputsRead == first.reader.inputsRead else {
      throw ReadingError.changedWhileRead(file: input.name)
    }
    var all = first
    for column in lacking { all.columns[column] = second.columns[column] }
    all.related = first.related.replacing(lacking, with: second.related)
    return joined(all, options: options)
  }

  /// What was learned by reading some columns, or all.
  private struct Result {
    let reader: CSVChunkReader
    let workers: [ProfilingWorker]
    var columns: [ColumnReadings]
    var related: RelatedReadings
  }

  private func run(isBrief: Bool, columns: Set<Int>?) throws -> Result {
    let reader = try CSVChunkReader(inputs: [input], options: reading)
    let threads = reading.threadCount
    let contexts = TypingContexts(options: typing, delimiter: reader.table.commonDelimiter)
    let workers = (0..<threads).map { _ in
      ProfilingWorker(
        reader, contexts, isBrief: isBrief, columns: columns, findsRelations: findsRelations,
        progress: progress)
    }
    let failure = Lock<(ordinal: Int, error: any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: threads) { workers[$0].run(failure) }
    if let failure = failure.withLock({ $0 }) {
      guard let error = failure.error as? ReadingError else { throw failure.error }
      throw StrictReading.explained(
        error, inputs: [input], options: reading, isPart: true,
        looksTyped: TypedFields.looksTyped)
    }
    if let error = try StrictReading.quotesOfWhole(
      reader.table, looksTyped: TypedFields.looksTyped)
    {
      throw error
    }
    let count = max(reader.table.columnCount, workers.map(\.columnCount).max() ?? 0)
    let found = Array(0..<count).parallelMap(threads: workers.count) { column in
      var all = ColumnReadings()
      for worker in workers { all.formUnion(worker.takeReadings(column)) }
      return all
    }
    var related: RelatedReadings?
    for share in workers.compactMap(\.related) {
      if related == nil { related = share } else { related?.formUnion(share) }
    }
    return Result(
      reader: reader, workers: workers, columns: found, related: related ?? RelatedReadings())
  }

  private func joined(_ result: Result, options: [String]) -> PartProfile {
    let (reader, workers) = (result.reader, result.workers)
    let table = reader.table
    let rowCount = workers.reduce(0) { $0 + $1.rowCount }
    var anomalies = PartAnomalies()
    let name = FileRanges.plainName(input.name)
    for finding in table.findings.all {
      var tally = PartAnomalies.Tally()
      (tally.count, tally.file, tally.byteOffset) = (finding.count, name, finding.byteOffset)
      tally.line = table.line(of: finding) ?? 0
      anomalies.note(finding.kind.rawValue, tally)
    }
    for worker in workers {
      anomalies.hasNUL = anomalies.hasNUL || worker.hasNUL
      var blank = PartAnomalies.Tally()
      (blank.count, blank.file) = (worker.blankCount, name)
      anomalies.note("blank", blank)
    }
    let extent = reader.extent
    let file = FileRanges(
      name: name, byteCount: extent.byteCount, dialect: table.dialect,
      part: FileRanges.Part(bytes: extent.read, rowCount: rowCount))
    return PartProfile(
      options: options, header: table.columnNames, rowCount: rowCount, files: [file],
      columns: result.columns, related: result.related, anomalies: anomalies)
  }
}

/// One thread's part of a pass.
///
/// Unchecked: used by one thread while the pass runs, and by the one that started it afterwards.
private final class ProfilingWorker: @unchecked Sendable {
  private let reader: CSVChunkReader
  private let contexts: TypingContexts
  private let isBrief: Bool
  /// Those that are read; `nil` for all.
  private let columns: Set<Int>?
  private let progress: (@Sendable (Int) -> Void)?
  private var parsers: [ReadingsParser?] = []
  /// The rows that came before a column was first seen.
  private var missing: [Int] = []
  private let scratch = ColumnScratch()
  private let relations: ReadingRelationFinder?
  private(set) var rowCount = 0
  private(set) var blankCount = 0
  private(set) var hasNUL = false

  init(
    _ reader: CSVChunkReader, _ contexts: TypingContexts, isBrief: Bool, columns: Set<Int>?,
    findsRelations: Bool, progress: (@Sendable (Int) -> Void)?
  ) {
    (self.reader, self.contexts) = (reader, contexts)
    (self.isBrief, self.columns, self.progress) = (isBrief, columns, progress)
    // What only longer records have is not there in all chunks.
    relations =
      findsRelations ? ReadingRelationFinder(columnCount: reader.table.columnNames.count) : nil
  }

  /// Which columns say the same in this thread's chunks; `nil` where it had none.
  var related: RelatedReadings? { relations?.related }

  var columnCount: Int { parsers.count }

  func run(_ failure: Lock<(ordinal: Int, error: any Error)?>) {
    let raw = RawChunk()
    let scanner = ChunkScanner(table: reader.table)
    do {
      while try reader.next(into: raw) {
        try parse(raw, try scanner.scan(raw))
        progress?(raw.byteCount)
      }
    } catch {
      let ordinal = raw.ordinal
      failure.withLock { first in
        if first == nil || ordinal < first!.ordinal { first = (ordinal, error) }
      }
    }
  }

  private func parse(_ raw: RawChunk, _ chunk: RegularChunk) throws {
    let fields = ChunkFields(chunk, of: raw, table: reader.table)
    while parsers.count < fields.count {
      parsers.append(
        ReadingsParser(
          context: contexts.context(ofColumn: parsers.count, names: reader.table.columnNames),
          slabCapacity: 4 << 10, isBrief: isBrief))
      missing.append(rowCount)
    }
    scratch.mayForgetValues = false
    scratch.expectedRowCount = nil
    scratch.place = ChunkRow(ordinal: raw.ordinal, row: 0)
    let span = raw.byteOffset..<raw.byteOffset + raw.byteCount
    var kept: [(column: Int, readings: [ReadingsParser.KeptReading])] = []
    for column in parsers.indices where columns?.contains(column) ?? true {
      if column & 127 == 127 { try MemoryLimit.check() }
      if column < fields.count {
        let readings = parsers[column]?.parse(
          fields[column], at: span, scratch, keeping: relations?.wanted(column) ?? [])
        if let readings, !readings.isEmpty { kept.append((column, readings)) }
      } else {
        missing[column] += chunk.rows
      }
    }
    if let relations, !relations.isFinished, chunk.rows > 0 {
      relations.add(kept)
      let columns = kept.map(\.column)
      kept = []
      for column in columns { parsers[column]?.forgetValues() }
    }
    rowCount += chunk.rows
    blankCount += chunk.anomalies.blank.count
    hasNUL = hasNUL || chunk.hasNUL
  }

  /// What the thread knows of a column; rows of records that end before it are null.
  func takeReadings(_ column: Int) -> ColumnReadings {
    var readings = ColumnReadings()
    guard column < parsers.count, let parser = parsers[column] else {
      readings.addMissing(rowCount: rowCount)
      return readings
    }
    parsers[column] = nil
    readings.addMissing(rowCount: missing[column])
    readings.formUnion(parser.takeReadings())
    return readings
  }
}
