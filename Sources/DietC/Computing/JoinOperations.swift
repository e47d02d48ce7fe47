import Columnar
import Kernels
import Options

/// Rows of two tables with equal keys, beside one another.
struct Joining: TableOperation {
  static let name = "join"
  var on: [Key]
  var how: String

  struct Key: Decodable {
    var left: String
    var right: String
  }

  func table(of tables: OperandTables) throws -> DataFrame {
    guard let kind = JoinKind(rawValue: how) else {
      throw OptionError(invalid: how, expected: JoinKind.allCases.map(\.rawValue)).of("how")
    }
    return try tables.first.joined(
      tables.second, on: on.map { (left: $0.left, right: $0.right) }, kind: kind)
  }
}

/// The rows of tables, one after the other.
struct Concatenating: TableOperation {
  static let name = "concat"
  var fillsMissing: Bool?

  enum CodingKeys: String, CodingKey { case fillsMissing = "fill_missing" }

  func table(of tables: OperandTables) throws -> DataFrame {
    try DataFrame(concatenating: tables.all, fillsMissing: fillsMissing ?? false)
  }
}
