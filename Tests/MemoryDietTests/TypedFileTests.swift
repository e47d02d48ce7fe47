import Foundation
import TabularDiet
import Testing

/// The library's doors to files that have types: what is written is read again as it was.
@Suite struct TypedFileTests {
  private static let text =
    "id,price,when,word,gap\n1,2.50,2024-01-31,a,\n2,-3.75,1969-12-31,b,7\n300,0.10,,\"\",-1\n"

  @Test(arguments: ["arrow", "arrows", "parquet"], FileCompression.allCases)
  func comesBack(_ suffix: String, _ compression: FileCompression) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("diet-typed-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = folder.appendingPathComponent("table.csv")
    try Data(Self.text.utf8).write(to: source)
    let frame = try DataFrame(contentsOfCSVFile: source.path)
    let path = folder.appendingPathComponent("table.\(suffix)").path
    let isParquet = suffix == "parquet"
    if isParquet {
      try frame.write(toParquetFile: path, compression: compression)
    } else {
      try frame.write(toArrowFile: path, compression: compression)
    }
    let columns: Set = ["id", "when", "gap"]
    for only in [nil, columns] {
      func read(_ paths: [String]) throws -> DataFrame {
        isParquet
          ? try DataFrame(contentsOfParquetFiles: paths, columns: only)
          : try DataFrame(contentsOfArrowFiles: paths, columns: only)
      }
      let again = try read([path])
      #expect(again.columns.count == only?.count ?? frame.columns.count)
      for column in again.columns where columns.contains(column.name) {
        let original = try #require(frame[column.name])
        #expect(column.type == original.type)
        #expect(column.digest == original.digest, "\(column.name)")
      }
      #expect(try read([path, path]).rowCount == 6)
    }
  }
}
