@testable import ArrowFormat
@testable import Columnar
@testable import ParquetFormat

/// Any bytes as a Parquet file: an error, or a table that can be compared with another.
struct ParquetTarget: FuzzTarget {
  let name = "parquet"
  let byteLimit = 1 << 13

  func check(_ input: FuzzInput) -> String? {
    let bytes = Array(input.rest)
    // Small, so that hostile inputs are refused soon.
    var limit = ParquetGrowthLimit()
    (limit.freeByteCount, limit.limit) = (64 << 10, 8)
    do {
      let reader = try ParquetFileReader(ArrowFileBytes(bytes, name: "test.parquet"), limit: limit)
      for batch in reader.batchRowCounts.indices {
        for column in reader.fields.indices {
          do {
            let array = try reader.array(batch: batch, column: column)
            if array.rowCount != reader.batchRowCounts[batch] {
              return "an array has \(array.rowCount) rows"
            }
            read(array, reader.fields[column])
          } catch {
            if "\(error)".isEmpty { return "an error without words" }
          }
        }
      }
    } catch {
      return "\(error)".isEmpty ? "an error without words" : nil
    }
    return nil
  }

  /// Looks at every value.
  private func read(_ array: ArrowArray, _ field: ArrowField) {
    defer { withExtendedLifetime(array) {} }
    let text = ValueText(type: field.type.logicalType, view: array.view)
    for row in 0..<array.rowCount where !array.isAllNull && !array.nulls.isNull(row) {
      _ = text.text(row: row)
    }
  }
}
