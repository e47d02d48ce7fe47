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

  package init(_ input: CSVInput, reading: CSVReadingOptions, typing: TypingOptions) {
    (self.input, self.reading, self.typing) = (input, reading, typing)
  }

  /// - Parameter options: How the table is read, as words of a command line.
  /// - Throws: `ReadingError`.
  package func profile(options: [String]) throws -> PartProfile {
    let reader = try CSVChunkReader(inputs: [input], options: reading)
    let threads = reading.threadCount
    let contexts = TypingContexts(options: typing, delimiter: reader.table.commonDelimiter)
    let workers = (0..<threads).map { _ in ProfilingWorker(reader, contexts) }
    let failure = Lock<(ordinal: Int, error: any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: threads) { workers[$0].run(failure) }
    if let failure = failure.withLock({ $0 }) { throw failure.error }
    return joined(workers, reader, options: options)
  }

  /// `./a//b.csv` is `a/b.csv`: one file is not to be there twice for how it was named.
  private static func plainName(_ name: String) -> String {
    let parts = name.split(separator: "/", omittingEmptySubsequences: true).filter { $0 != "." }
    return (name.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }

  private func joined(
    _ workers: [ProfilingWorker], _ reader: CSVChunkReader, options: [String]
  ) -> PartProfile {
    let table = reader.table
    let columnCount = max(table.columnCount, workers.map(\.columnCount).max() ?? 0)
    let rowCount = workers.reduce(0) { $0 + $1.rowCount }
    let columns = Array(0..<columnCount).parallelMap(threads: workers.count) { column in
      var all = ColumnReadings()
      for worker in workers { all.formUnion(worker.takeReadings(column)) }
      return all
    }
    var anomalies = PartAnomalies()
    let name = Self.plainName(input.name)
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
  private var parsers: [ReadingsParser?] = []
  /// The rows that came before a column was first seen.
  private var missing: [Int] = []
  private let scratch = ColumnScratch()
  private(set) var rowCount = 0
  private(set) var blankCount = 0
  private(set) var hasNUL = false

  init(_ reader: CSVChunkReader, _ contexts: TypingContexts) {
    (self.reader, self.contexts) = (reader, contexts)
  }

  var columnCount: Int { parsers.count }

  func run(_ failure: Lock<(ordinal: Int, error: any Error)?>) {
    let raw = RawChunk()
    let scanner = ChunkScanner(table: reader.table)
    do {
      while try reader.next(into: raw) { parse(raw, try scanner.scan(raw)) }
    } catch {
      let ordinal = raw.ordinal
      failure.withLock { first in
        if first == nil || ordinal < first!.ordinal { first = (ordinal, error) }
      }
    }
  }

  private func parse(_ raw: RawChunk, _ chunk: RegularChunk) {
    let fields = ChunkFields(chunk, of: raw, table: reader.table)
    while parsers.count < fields.count {
      parsers.append(
        ReadingsParser(
          context: contexts.context(ofColumn: parsers.count, names: reader.table.columnNames),
          slabCapacity: 4 << 10))
      missing.append(rowCount)
    }
    scratch.mayForgetValues = false
    scratch.expectedRowCount = nil
    scratch.place = ChunkRow(ordinal: raw.ordinal, row: 0)
    let span = raw.byteOffset..<raw.byteOffset + raw.byteCount
    for column in parsers.indices {
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
