/// How files begin whose columns have types already.
package enum TypedFileSignature: Sendable, CaseIterable {
  case arrow
  case arrowStream
  case parquet

  /// What a sentence calls such a file: `a Parquet file`.
  package var words: String {
    switch self {
    case .arrow: "an Arrow file"
    case .arrowStream: "an Arrow stream"
    case .parquet: "a Parquet file"
    }
  }

  /// The bytes that such a file begins with, and Arrow's and Parquet's files end with.
  package var magic: [UInt8] {
    switch self {
    case .arrow: Array("ARROW1".utf8)
    case .arrowStream: [0xFF, 0xFF, 0xFF, 0xFF]
    case .parquet: Array("PAR1".utf8)
    }
  }

  /// Whether a file that begins with these bytes (eight, if it has so many) is of this kind.
  package func recognizes(_ start: [UInt8]) -> Bool {
    switch self {
    case .arrow:
      // A CSV file may have a column of that name; none has a zero behind it. Version 1 is told what
      // it is by the reader.
      start.starts(with: magic + [0, 0])
        || start.starts(with: Array("FEA1".utf8) + [0])
    // No text begins so, in any encoding.
    case .arrowStream: start.starts(with: magic)
    case .parquet: Self.isParquet(start)
    }
  }

  // A CSV file may have a column of that name; the version or the length that follows in Parquet is a
  // byte that text has not, or a page's header begins with one.
  private static func isParquet(_ start: [UInt8]) -> Bool {
    guard start.count > 4 else { return false }
    // Encrypted; the reader says so.
    if start.starts(with: "PARE".utf8) { return start[4...].contains { $0 < 0x09 } }
    guard start.starts(with: parquet.magic) else { return false }
    return start[4] < 0x20 && start[4] != 0x0A && start[4] != 0x0D && start[4] != 0x09
      || start[4] >= 0x80
  }
}
