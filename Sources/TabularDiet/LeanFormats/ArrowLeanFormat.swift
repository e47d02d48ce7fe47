package import ArrowFormat
package import Columnar
import Engines
package import FileIO
package import MemoryDiet
import Pipeline

/// Arrow IPC, files and streams, with the certificate beside the schema: in a file's footer, in the
/// first message of a stream.
package struct ArrowLeanFormat: LeanFormat {
  private let framing: ArrowWritingOptions.Framing

  package init(_ framing: ArrowWritingOptions.Framing) { self.framing = framing }

  package var name: String { framing == .file ? "arrow" : "arrow-stream" }
  package var suffixes: [String] { framing == .file ? [".arrow", ".feather"] : [".arrows"] }
  package let compressions: [FileCompression] = [.none, .zstd]
  package let hasTypes = true

  package func purpose(_ categories: CategoryPolicy) -> PreparedTable.Purpose {
    .writing { ArrowFileWriter.needsWhole($0, categories) }
  }

  /// Columns are made while they are written. Their digests stand before them in the file, and are
  /// known after them: so the certificate is written at first without.
  package func write(
    _ table: PreparedTable, to path: String, compression: FileCompression?
  ) throws -> PreparedTable.Written {
    let (profile, reader) = (table.profile, table.profile.reader)
    func metadata(_ certificate: Certificate) throws -> [ArrowMetadata] {
      [ArrowMetadata(key: LeanFile.certificateKey, value: try certificate.json())]
    }
    var writing = ArrowWritingOptions()
    writing.threadCount = profile.threadCount
    writing.framing = framing
    writing.compression = compression ?? compressions[0]
    writing.engine = reader.engine
    writing.hints = reader.engine.schemaHints
    writing.categories = reader.options.categories
    let unknown = hexadecimal(
      [UInt8](repeating: 0, count: table.digestAlgorithm.byteCount))
    writing.metadata = profile.summary.source.metadata
    writing.fileMetadata = try metadata(
      table.certificate(table.columns.map { _ in unknown }))
    var written: PreparedTable.Written?
    try table.reportingMisfits {
      try ArrowFileWriter(table.columns, rowCount: profile.rowCount, options: writing)
        .write(to: path) { columns in
          let result = table.written(columns)
          written = result
          return try metadata(result.certificate)
        }
    }
    guard let written else { fatalError("the writer asks for the certificate") }
    return written
  }

  package func certificate(at path: String) throws -> Certificate {
    try certificate(
      inMetadata: try ArrowFileReader(path: path).metadata(LeanFile.certificateKey), path: path)
  }

  package func differences(
    at path: String, from frame: DataFrame, plan: DietPlan
  ) throws -> [TableDifference] {
    try ArrayComparison(try ArrowFileReader(path: path), with: frame).differences
  }
}
