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

  /// - Parameter isBrief: Whether columns are read as what they are in this part alone.
  package init(
    _ input: CSVInput, reading: CSVReadingOptions, typing: TypingOptions, isBrief: Bool = false
  ) {
    (self.input, self.reading, self.typing) = (input, reading, typing)
    self.isBrief = isBrief
  }

  /// - Parameter options: How the table is read, as words of a command line.
  /// - Throws: `ReadingError`.
  package func profile(options: [String]) throws -> PartProfile {
    let (reader, columns, part) = try run(options, isBrief: isBrief, columns: nil)
    guard isBrief else { return part(columns) }
    let lacking = part(columns).lackingColumns(typing)
    if lacking.isEmpty { return part(columns) }
    // These are not alike within the part.
    let (again, others, _) = try run(options, isBrief: false, columns: Set(lacking))
    guard again.inputsRead == reader.inputsRead else {
      throw ReadingError.changedWhileRead(file: input.name)
    }
    return part(columns.indices.map { lacking.contains($0) ? others[$0] : columns[$0] })
  }

  /// Reads some columns, or all; returns what was learned of them, and what makes a profile of that.
  private func run(
    _ options: [String], isBrief: Bool, columns: Set<Int>?
  ) throws -> (CSVChunkReader, [ColumnReadings], ([ColumnReadings]) -> PartProfile) {
    let reader = try CSVChunkReader(inputs: [input], options: reading)
    let threads = reading.threadCount
    let contexts = TypingContexts(options: typing, delimiter: reader.table.commonDelimiter)
    let workers = (0..<threads).map { _ in
      ProfilingWorker(reader, contexts, isBrief: isBrief, columns: columns)
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
    return (reader, found, { joined(workers, reader, $0, options: options) })
  }

  private func joined(
    _ workers: [ProfilingWorker], _ reader: CSVChunkReader, _ columns: [ColumnReadings],
    options: [String]
  ) -> PartProfile {
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
      columns: columns, anomalies: anomalies)
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
  private var parsers: [ReadingsParser?] = []
  /// The rows that came before a column was first seen.
  private var missing: [Int] = []
  private let scratch = ColumnScratch()
  private(set) var rowCount = 0
  private(set) var blankCount = 0
  private(set) var hasNUL = false

  init(
    _ reader: CSVChunkReader, _ contexts: TypingContexts, isBrief: Bool, columns: Set<Int>?
  ) {
    (self.reader, self.contexts) = (reader, contexts)
    (self.isBrief, self.columns) = (isBrief, columns)
  }

  var columnCount: Int { parsers.count }

  func run(_ failure: Lock<(ordinal: Int, error: any Error)?>) {
    let raw = RawChunk()
    let scanner = ChunkScanner(table: reader.table)
    do {
      while try reader.next(into: raw) { try parse(raw, try scanner.scan(raw)) }
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
    for column in parsers.indices where columns?.contains(column) ?? true {
      if column & 127 == 127 { try MemoryLimit.check() }
      if column < fields.count {
        parsers[column]?.parse(fields[column], at: span, scratch)
      } else {
        missing[column] += chunk.rows
      }
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
