package import Columnar
package import MemoryDiet
package import TableIO

/// CSV files in one canonical spelling, with the certificate beside them.
package struct CSVLeanFormat: LeanFormat {
  package let name = "csv"
  package let suffixes = [".csv"]
  package let compressions: [FileCompression] = [.none]
  package let hasTypes = false
  package func purpose(_ categories: CategoryPolicy) -> LeanTable.Purpose { .frame }

  private func certificatePath(_ path: String) -> String { path + ".certificate.json" }

  package func companions(of path: String) -> [String] { [certificatePath(path)] }

  package func write(
    _ table: LeanTable, to path: String, options: LeanFile.Options
  ) throws -> LeanFile.Written {
    guard let frame = table.frame, let columns = table.columns else {
      fatalError("a CSV file is made from a frame")
    }
    if columns.isEmpty, frame.rowCount > 0 {
      throw OutputError(
        .notRepresentable, path: path, column: nil,
        "a CSV file of no columns has no place for \(frame.rowCount) rows",
        advice: "write an Arrow or a Parquet file")
    }
    let written = table.written(columns, typing: options.typing)
    try CSVFileWriter(frame).write(to: path)
    try written.certificate.write(toFile: certificatePath(path))
    return written
  }

  package func certificate(at path: String) throws -> Certificate {
    try Certificate(contentsOfFile: certificatePath(path))
  }

  /// Read as what it was written from, the file must give the same columns. Days and times of which
  /// some have no text that means them (years before 0 and past 9999, 24:00:00) are read as text.
  package func differences(
    at path: String, from frame: DataFrame, plan: DietPlan
  ) throws -> [TableDifference] {
    let spelled = Set(frame.profiles.filter(\.hasUncommonTimes).map(\.name))
    let copy = try DataFrame(
      contentsOfCSVFile: path, plan: plan.writtenCanonically(asText: spelled))
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

extension ColumnProfile {
  /// Whether a day is not of the years 0 to 9999, or a time not before midnight: typed files have such
  /// values, and text is not read as them.
  fileprivate var hasUncommonTimes: Bool {
    guard let integers else { return false }
    let day = Int128(86_400 * (type.unit?.perSecond ?? 1))
    // 0000-01-01 and 9999-12-31, in days from 1970.
    let days: ClosedRange<Int128> = -719_528...2_932_896
    switch type {
    case .date: return !days.contains(integers.minimum) || !days.contains(integers.maximum)
    case .time: return integers.minimum < 0 || integers.maximum >= day
    case .timestamp:
      return integers.minimum < days.lowerBound * day
        || integers.maximum >= (days.upperBound + 1) * day
    default: return false
    }
  }
}
