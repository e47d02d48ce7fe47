import Columnar
import Kernels
import Options

/// The rows for which a condition is true.
struct Filtering: TableOperation {
  static let name = "filter"
  var `where`: String

  func table(of tables: OperandTables) throws -> DataFrame {
    try tables.first.filtered(where: self.where)
  }
}

/// The rows from one to another, as Python counts them: from the end where a number is below 0.
struct Slicing: TableOperation {
  static let name = "slice"
  var start: Int?
  var end: Int?

  func table(of tables: OperandTables) throws -> DataFrame {
    let count = tables.first.rowCount
    func place(_ row: Int) -> Int {
      row < 0 ? max(0, count + max(row, -count)) : min(row, count)
    }
    let (first, end) = (place(start ?? 0), place(end ?? count))
    return try tables.first.rows(first..<max(first, end))
  }
}

/// So many rows by chance.
struct Sampling: TableOperation {
  static let name = "sample"
  var count: Int
  var seed: UInt64

  func table(of tables: OperandTables) throws -> DataFrame {
    tables.first.sample(max(0, count), seed: seed)
  }
}

/// The rows in the order of columns.
struct Sorting: TableOperation {
  static let name = "sort"
  var keys: [Key]

  struct Key: Decodable {
    var column: String
    var isDescending: Bool?
    var putsNullsFirst: Bool?

    enum CodingKeys: String, CodingKey {
      case column
      case isDescending = "descending"
      case putsNullsFirst = "nulls_first"
    }
  }

  func table(of tables: OperandTables) throws -> DataFrame {
    try tables.first.sorted(
      on: keys.map {
        let order = SortOptions(
          isDescending: $0.isDescending ?? false, putsNullsFirst: $0.putsNullsFirst ?? false)
        return ($0.column, order)
      })
  }
}
