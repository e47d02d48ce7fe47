import ArrowFormat
package import Columnar
package import FileIO
package import MemoryDiet
import ParquetFormat
import Pipeline

/// Parquet files, with the certificate in the footer.
package struct ParquetLeanFormat: LeanFormat {
  package let name = "parquet"
  package let suffixes = [".parquet"]
  package let compressions: [FileCompression] = [.zstd, .none]
  package let hasTypes = true

  package func purpose(_ categories: CategoryPolicy) -> LeanTable.Purpose {
    .writing(needsWhole: ParquetFileWriter.needsWhole)
  }

  package func write(
    _ table: LeanTable, to path: String, options: LeanFile.Options
  ) throws -> LeanFile.Written {
    guard let columns = table.columns else { fatalError("the table has its values") }
    var writing = ParquetWritingOptions()
    writing.threadCount = table.threadCount
    writing.metadata = table.loaded.source.metadata
    writing.engine = options.engine
    writing.categories = options.categories
    writing.compression = options.compression ?? compressions[0]
    var written: LeanFile.Written?
    try table.reportingMisfits {
      try ParquetFileWriter(columns, rowCount: table.loaded.rowCount, options: writing)
        .write(to: path) { columns in
          let result = table.written(columns, typing: options.typing)
          written = result
          let json = try result.certificate.json()
          return [ArrowMetadata(key: LeanFile.certificateKey, value: json)]
        }
    }
    guard let written else { fatalError("the writer asks for the certificate") }
    return written
  }

  package func certificate(at path: String) throws -> Certificate {
    try certificate(
      inMetadata: try ParquetFileReader(path: path).metadata(LeanFile.certificateKey), path: path)
  }

  package func differences(
    at path: String, from frame: DataFrame, plan: DietPlan
  ) throws -> [TableDifference] {
    try ArrayComparison(try ParquetFileReader(path: path), with: frame).differences
  }
}
