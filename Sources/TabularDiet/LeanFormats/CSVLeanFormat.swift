package import Columnar
import DelimitedText
package import FileIO
package import MemoryDiet

/// CSV files in one canonical spelling, with the certificate beside them.
package struct CSVLeanFormat: LeanFormat {
  package let name = "csv"
  package let suffixes = [".csv"]
  package let compressions: [FileCompression] = [.none]
  package let hasTypes = false
  package func purpose(_ categories: CategoryPolicy) -> PreparedTable.Purpose { .frame }

  private func certificatePath(_ path: String) -> String { path + ".certificate.json" }

  package func companions(of path: String) -> [String] { [certificatePath(path)] }

  package func write(
    _ table: PreparedTable, to path: String, compression: FileCompression?
  ) throws -> PreparedTable.Written {
    let frame = try table.frame
    if table.columns.isEmpty, frame.rowCount > 0 {
      throw OutputError(
        .notRepresentable, path: path, column: nil,
        "a CSV file of no columns has no place for \(frame.rowCount) rows",
        remedy: "write an Arrow or a Parquet file")
    }
    let written = table.written(table.columns)
    try CSVFileWriter(frame).write(to: path)
    try written.certificate.write(toFile: certificatePath(path))
    return written
  }

  package func certificate(at path: String) throws -> Certificate {
    // A table that is not there is told before its certificate.
    _ = try FileSource(path: path)
    return try Certificate(contentsOfFile: certificatePath(path))
  }

  /// Read as what it was written from, the file must give the same columns. Days and times are held
  /// against it as text: what typed files have of them (years before 0 and past 9999, 24:00:00) is
  /// not always read as such.
  package func differences(
    at path: String, from frame: DataFrame, plan: DietPlan
  ) throws -> [TableDifference] {
    let spelled = Set(frame.profiles.filter(\.type.isTime).map(\.name))
    // Names may look like values, with no row below to tell.
    var options = CSVReadingOptions()
    options.hasHeader = true
    let copy = try DataFrame(
      contentsOfCSVFile: path, plan: plan.writtenCanonically(asText: spelled), options: options)
    var differences: [TableDifference] = []
    if copy.rowCount != frame.rowCount {
      differences.append(
        TableDifference(file: "\(copy.rowCount) rows", table: "\(frame.rowCount) rows"))
    }
    for column in frame.columns {
      if spelled.contains(column.name) {
        let difference = Self.difference(copy[column.name], column)
        if copy[column.name] == nil || difference.row != nil { differences.append(difference) }
      } else if copy[column.name]?.digest != column.digest {
        differences.append(Self.difference(copy[column.name], column))
      }
    }
    return differences
  }

  /// The first cell that differs, where there is one.
  private static func difference(_ copy: Column?, _ column: Column) -> TableDifference {
    var difference = TableDifference(column: column.name)
    guard let copy else { return difference }
    let (inFile, inTable) = (ValueText(copy), ValueText(column))
    for row in 0..<min(copy.count, column.count) {
      let (file, table) = (inFile.text(row: row), inTable.text(row: row))
      if file == table { continue }
      difference.row = row
      difference.file = file.map { String(decoding: $0, as: UTF8.self) }
      difference.table = table.map { String(decoding: $0, as: UTF8.self) }
      break
    }
    return difference
  }
}

extension DietPlan {
  /// The plan for a file that we wrote: dates in ISO 8601, numbers with a point.
  fileprivate func writtenCanonically(asText spelled: Set<String>) -> DietPlan {
    var plan = self
    plan.typing = TypingOptions()
    for index in plan.columns.indices {
      plan.columns[index].dateFormat = nil
      guard spelled.contains(plan.columns[index].name) else { continue }
      plan.columns[index].type = .string
      plan.columns[index].layout = Layout(encoding: "utf8")
    }
    return plan
  }
}

extension LogicalType {
  fileprivate var isTime: Bool { self == .date || unit != nil }
}
