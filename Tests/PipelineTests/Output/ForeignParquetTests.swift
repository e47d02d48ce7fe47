import Columnar
import Foundation
import TestSupport
import Testing

@testable import FileIO
@testable import ParquetFormat

/// Parquet files of pyarrow, polars, DuckDB and pandas, with every codec, encoding and version of
/// pages that they offer, as `write_parquet.py` lists them: read exactly, or refused by name.
struct ForeignParquetTests {
  private struct Written: Decodable {
    struct Column: Decodable {
      var name: String
      var values: [String?]?
      /// A word of the message where the column is not read.
      var refused: String?
    }
    var name: String
    /// A word of the message where the file is not read.
    var refused: String?
    var columns: [Column]
  }

  @Test func everyWriter() throws {
    let folder = try TemporaryFolder()
    let json = try TestPython.output([
      testFolder.appending(path: "write_parquet.py").path, folder.path,
    ])
    let files = try JSONDecoder().decode([Written].self, from: json)
    #expect(files.count > 50)
    for file in files {
      let path = "\(folder.path)/\(file.name).parquet"
      do {
        let reader = try ParquetFileReader(path: path)
        #expect(reader.columnNames == file.columns.map(\.name), "\(file.name)")
        for (index, column) in file.columns.enumerated() {
          if let word = column.refused {
            let error = #expect(throws: ReadingError.self, "\(file.name), \(column.name)") {
              _ = try texts(reader, column: index)
            }
            #expect(error?.code == .unsupportedInput && "\(error!)".contains(word), "\(error!)")
            continue
          }
          let values = try texts(reader, column: index)
          guard let expected = column.values else { continue }
          let same = values.elementsEqual(expected, by: SeenByEngines.isSame)
          // Looked for only where there is one.
          var row: String {
            zip(values, expected).enumerated().first { !SeenByEngines.isSame($1.0, $1.1) }
              .map { "\($0)" } ?? "\(values.count)"
          }
          #expect(same, "\(file.name), \(column.name): \(row)")
        }
        #expect(file.refused == nil, "\(file.name)")
      } catch let error as ReadingError {
        guard let word = file.refused else {
          Issue.record("\(file.name): \(error)")
          continue
        }
        #expect(error.code == .unsupportedInput && "\(error)".contains(word), "\(error)")
        #expect(error.column != nil && error.byteOffset != nil, "\(error)")
      }
    }
  }

  /// The values as `array_texts.py` prints them.
  private func texts(_ reader: ParquetFileReader, column: Int) throws -> [String?] {
    let field = reader.fields[column]
    let type = field.logicalType ?? field.type.logicalType
    var texts: [String?] = []
    for batch in reader.batchRowCounts.indices {
      let array = try reader.array(batch: batch, column: column)
      defer { withExtendedLifetime(array) {} }
      let isNumber = type.domain == .integer && type.scale == nil
      let integers = isNumber ? IntegerRows(array.view) : nil
      let text = ValueText(type: type, view: array.view)
      for row in 0..<array.rowCount {
        if array.isAllNull || array.nulls.isNull(row) {
          texts.append(nil)
        } else if let integers {
          let value = integers.value(at: row)
          let factor = Int128(1_000_000_000 / (type.unit ?? .nanosecond).perSecond)
          texts.append(
            integers.isUnsigned ? "\(UInt64(bitPattern: value))" : "\(Int128(value) * factor)")
        } else {
          texts.append(text.text(row: row).map { String(decoding: $0, as: UTF8.self) })
        }
      }
    }
    return texts
  }
}
