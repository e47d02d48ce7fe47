package import ArrowFormat
package import Columnar
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

  package func purpose(_ categories: CategoryPolicy) -> LeanTable.Purpose {
    .writing { ArrowFileWriter.needsWhole($0, categories) }
  }

  /// Columns are made while they are written. Their digests stand before them in the file, and are
  /// known after them: so the certificate is written at first without.
  package func write(
    _ table: LeanTable, to path: String, options: LeanFile.Options
  ) throws -> LeanFile.Written {
    guard let columns = table.columns else { fatalError("the table has its values") }
    func metadata(_ certificate: Certificate) throws -> [ArrowMetadata] {
      [ArrowMetadata(key: LeanFile.certificateKey, value: try certificate.json())]
    }
    var writing = ArrowWritingOptions()
    writing.threadCount = table.threadCount
    writing.framing = framing
    writing.compression = options.compression ?? compressions[0]
    writing.engine = options.engine
    writing.categories = options.categories
    let unknown = hexadecimal(
      [UInt8](repeating: 0, count: table.digestAlgorithm.byteCount))
    writing.metadata = table.loaded.source.metadata
    writing.fileMetadata = try metadata(
      table.certificate(columns.map { _ in unknown }, typing: options.typing))
    var written: LeanFile.Written?
    try table.reportingMisfits {
      try ArrowFileWriter(columns, rowCount: table.loaded.rowCount, options: writing)
        .write(to: path) { columns in
          let result = table.written(columns, typing: options.typing)
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
