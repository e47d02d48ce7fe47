import Columnar
package import DelimitedText
package import FileIO
import Typing

/// A pass over a range of a file that looks for nothing but where records begin.
package struct ScanningPass {
  private let input: CSVInput
  private var reading: CSVReadingOptions

  /// A record that is longer than this is not followed: a way that leads nowhere may be one long record.
  private static let recordByteLimit = 16 << 20

  /// - Parameter reading: How the file is read, and its range; all of it where there is none.
  package init(_ input: CSVInput, reading: CSVReadingOptions) {
    self.input = input
    self.reading = reading
    self.reading.digestAlgorithm = nil
    self.reading.knownStart = nil
  }

  /// - Parameter progress: Called with the bytes of each chunk.
  /// - Throws: `ReadingError`.
  package func scan(progress: ((_ byteCount: Int) -> Void)? = nil) throws -> RecordScan {
    var first: CSVChunkReader? = try reader(reading.byteRange)
    let reader = first!
    let byteCount = reader.storedByteCount ?? 0
    let range = (reading.byteRange ?? 0..<byteCount).clamped(to: 0..<byteCount)
    var part = RecordScan.Part(range: range, ways: [])
    if range.lowerBound == 0, reader.canMove {
      part.ways = [try way([], from: reader.firstPlace, reader, progress)]
    }
    for (entries, next) in try reader.ways(into: range) {
      // There is more than one where quotes are a riddle.
      let reader = try first.take() ?? self.reader(reading.byteRange)
      part.ways.append(try way(entries, from: next, reader, progress))
    }
    return RecordScan(
      name: FileRanges.plainName(input.name), byteCount: byteCount,
      dialect: ScannedDialect(reader.table.dialect),
      part: part)
  }

  private func way(
    _ entries: [RecordPlace], from start: RecordPlace, _ reader: CSVChunkReader,
    _ progress: ((Int) -> Void)?
  ) throws -> RecordScan.Way {
    reader.move(to: start)
    let (places, end) = try reader.places(
      everyByteCount: RecordScan.spacing, progress: progress)
    return RecordScan.Way(entries: entries, places: places, end: end)
  }

  private func reader(_ range: Range<Int>?) throws -> CSVChunkReader {
    var reading = self.reading
    reading.byteRange = range ?? 0..<1 << 60
    return try CSVChunkReader(
      inputs: [input], options: reading, recordByteLimit: Self.recordByteLimit)
  }
}
