package import ArrowFormat

/// Parquet files.
package struct ParquetFiles: TypedFileFormat {
  package let name = "parquet"
  package let words = "a Parquet file"

  package init() {}

  // A CSV file may have a column of that name; the version or the length that follows in Parquet is a
  // byte that text has not, or a page's header begins with one.
  package func recognizes(_ start: [UInt8], name: String) -> Bool {
    guard start.count > 4 else { return false }
    // Encrypted; the reader says so.
    if start.starts(with: "PARE".utf8) {
      return start[4..<min(8, start.count)].contains { $0 < 0x09 }
    }
    guard start.starts(with: ParquetFileWriter.magic) else { return false }
    return start[4] < 0x20 && start[4] != 0x0A && start[4] != 0x0D && start[4] != 0x09
      || start[4] >= 0x80
  }

  package func open(_ file: ArrowFileBytes) throws -> any ArrayTable { try ParquetFileReader(file) }
}
