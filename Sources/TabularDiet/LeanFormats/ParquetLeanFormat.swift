import ArrowFormat
package import Columnar
import Engines
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

  package func purpose(_ categories: CategoryPolicy) -> PreparedTable.Purpose {
    .writing(needsWhole: ParquetFileWriter.needsWhole)
  }

  package func write(
    _ table: PreparedTable, to path: String, compression: FileCompression?
  ) throws -> PreparedTable.Written {
    let (profile, reader) = (table.profile, table.profile.reader)
    var writing = ParquetWritingOptions()
    writing.threadCount = profile.threadCount
    writing.metadata = profile.summary.source.metadata
    writing.engine = reader.engine
    writing.hints = reader.engine.schemaHints
    writing.categories = reader.options.categories
    writing.compression = compression ?? compressions[0]
    var written: PreparedTable.Written?
    try table.reportingMisfits {
      try ParquetFileWriter(table.columns, rowCount: profile.rowCount, options: writing)
        .write(to: path) { columns in
          let result = table.written(columns)
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
