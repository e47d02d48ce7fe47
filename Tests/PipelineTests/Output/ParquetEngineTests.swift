import Columnar
import Engines
import Foundation
import TestSupport
import Testing

@testable import ArrowFormat
@testable import ParquetFormat

/// What the real pyarrow, polars, pandas and DuckDB see in the Parquet files that we write.
struct ParquetEngineTests {
  @Test(arguments: [0, 1, 65, 1000], [0, 4])
  func everyLayout(_ rowCount: Int, _ nullPeriod: Int) throws {
    let frame = try sampleFrame(rowCount: rowCount, nullPeriod: nullPeriod)
    var options = ParquetWritingOptions()
    // Several row groups, each of several pages.
    (options.groupRowCount, options.pageRowCount) = (512, 200)
    options.compression = nullPeriod == 0 ? .zstd : .none
    options.hints = options.engine.schemaHints
    options.metadata = [ArrowMetadata(key: "diet.certificate", value: "é")]
    let folder = try TemporaryFolder()
    let path = folder.path + "/lean.parquet"
    try ParquetFileWriter(frame, options: options).write(to: path)
    #expect(folder.names == ["lean.parquet"])
    let seen = try SeenByEngines(contentsOfFile: path)
    #expect(seen.metadata["diet.certificate"] == "é")
    let duckdb = try #require(seen.duckdb)
    for (index, column) in frame.columns.enumerated() {
      let field = try ParquetColumn(.whole(column), number: 0, path: "").arrow.field
      let expected = SeenByEngines.texts(column)
      #expect(seen.pyarrow[index].type.hasPrefix(field.pyarrowType), "\(column.name)")
      #expect(
        seen.pyarrow[index].values.elementsEqual(expected, by: SeenByEngines.isSame),
        "\(column.name)")
      #expect(
        seen.polars[index].values.elementsEqual(expected, by: SeenByEngines.isSame),
        "polars: \(column.name)")
      #expect(
        duckdb[index].values.elementsEqual(expected, by: SeenByEngines.isSame),
        "duckdb: \(column.name)")
      // pandas has no null among plain floats: it shows NaN.
      #expect(
        seen.pandas[index].values.elementsEqual(expected) {
          SeenByEngines.isSame($0, $1)
            || (field.type.isFloat && $0 ?? "nan" == "nan" && $1 ?? "nan" == "nan")
        }, "pandas: \(column.name)")
    }
  }
}
