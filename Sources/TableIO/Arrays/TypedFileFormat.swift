/// A file format whose columns have types already, told by how its files begin.
///
/// To add one: write its reader, an `ArrayTable`, its format, and a line in `TypedFileFormats.all`.
package protocol TypedFileFormat: Sendable {
  /// What reports call it: `parquet`.
  var name: String { get }
  /// What a sentence calls such a file: `a Parquet file`.
  var words: String { get }

  /// Whether a file that begins with these bytes (eight, if it has so many) is one of the format's.
  func recognizes(_ start: [UInt8]) -> Bool

  func open(_ file: ArrowFileBytes) throws -> any ArrayTable
}

/// Every such format, and the only place that knows them all.
package enum TypedFileFormats {
  package static let all: [any TypedFileFormat] = [
    ArrowFiles(),
    ArrowStreams(),
    ParquetFiles(),
  ]

  /// The format of an input; `nil` for text.
  package static func format(of input: CSVInput) throws -> (any TypedFileFormat)? {
    let start = try input.start(byteCount: 8)
    return all.first { $0.recognizes(start) }
  }
}

private struct ArrowFiles: TypedFileFormat {
  let name = "arrow"
  let words = "an Arrow file"

  func recognizes(_ start: [UInt8]) -> Bool {
    // A CSV file may have a column of that name; none has a zero behind it. Version 1 is told what
    // it is by the reader.
    start.starts(with: ArrowFileReader.magic + [0, 0])
      || start.starts(with: Array("FEA1".utf8) + [0])
  }

  func open(_ file: ArrowFileBytes) throws -> any ArrayTable { try ArrowFileReader(file) }
}

private struct ArrowStreams: TypedFileFormat {
  let name = "arrow-stream"
  let words = "an Arrow stream"

  // No text begins so, in any encoding.
  func recognizes(_ start: [UInt8]) -> Bool { start.starts(with: ArrowMessage.continuation) }

  func open(_ file: ArrowFileBytes) throws -> any ArrayTable { try ArrowFileReader(file) }
}

private struct ParquetFiles: TypedFileFormat {
  let name = "parquet"
  let words = "a Parquet file"

  // A CSV file may have a column of that name; the version or the length that follows in Parquet is a
  // byte that text has not, or a page's header begins with one.
  func recognizes(_ start: [UInt8]) -> Bool {
    guard start.count > 4 else { return false }
    // Encrypted; the reader says so.
    if start.starts(with: "PARE".utf8) { return start[4...].contains { $0 < 0x09 } }
    guard start.starts(with: ParquetFileWriter.magic) else { return false }
    return start[4] < 0x20 && start[4] != 0x0A && start[4] != 0x0D && start[4] != 0x09
      || start[4] >= 0x80
  }

  func open(_ file: ArrowFileBytes) throws -> any ArrayTable { try ParquetFileReader(file) }
}

extension CSVInput {
  /// The first stored bytes.
  func start(byteCount: Int) throws -> [UInt8] {
    let source: any ByteSource
    switch self {
    case .partition(let input, _): return try input.start(byteCount: byteCount)
    case .bytes(let bytes, _): return Array(bytes.prefix(byteCount))
    case .path(let path): source = try FileSource(path: path)
    case .stream(let spool, _): source = SpooledSource(spool)
    }
    var bytes = [UInt8](repeating: 0, count: byteCount)
    let count = try bytes.withUnsafeMutableBytes { try source.readFully(into: $0) }
    return Array(bytes.prefix(count))
  }
}
