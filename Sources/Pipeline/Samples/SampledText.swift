import DelimitedText
import FileIO

/// The records of one place of a file.
struct SampledText {
  let input: CSVInput
  /// The bytes of the file's records.
  let data: Range<Int>
  let dialect: CSVDialect
  /// How many columns the table has.
  let width: Int

  /// So much is read behind a place to find where its last record ends, before it is given up.
  private static let tails = [1 << 14, 1 << 18, 1 << 22]

  /// The records that begin in `place`, behind a header of invented names.
  ///
  /// - Parameter usualShare: The share of records that are as wide as the table, elsewhere.
  /// - Returns: `nil` where it cannot be told where records begin.
  /// - Throws: `ReadingError`.
  func records(
    in place: SamplePlan.Place, usualShare: Double
  ) throws -> (text: [UInt8], byteCount: Int, fittingShare: Double)? {
    guard let text = StoredText(input, encoding: .utf8) else {
      throw ReadingError.changedWhileRead(file: input.name)
    }
    // Of other files it is a guess where the header ends.
    let isStart = place.file == 0 && place.bytes.lowerBound == data.lowerBound
    for tail in Self.tails {
      let end = min(place.bytes.upperBound + tail, data.upperBound)
      let bytes = text.read(at: place.bytes.lowerBound, count: end - place.bytes.lowerBound)
      guard bytes.count == end - place.bytes.lowerBound else {
        throw ReadingError.changedWhileRead(file: input.name)
      }
      let borders = bytes.withUnsafeBufferPointer {
        SampleBorders(
          $0, upTo: place.bytes.count, isAtStart: isStart,
          isAtEnd: end == data.upperBound, dialect: dialect, width: width, usualShare: usualShare)
      }
      if let borders {
        return (header + bytes[borders.bytes], borders.bytes.count, borders.fittingShare)
      }
      if end == data.upperBound { break }
    }
    return nil
  }

  /// Any name that needs no quotes would do.
  static func columnName(_ index: Int) -> String { "c\(index + 1)" }

  private var header: [UInt8] {
    let delimiter = dialect.delimiter == CSVDialect.noDelimiter ? [] : [dialect.delimiter]
    let names = (0..<width).map { Array(Self.columnName($0).utf8) }
    return Array(names.joined(separator: delimiter + dialect.delimiterTail)) + [0x0A]
  }
}
