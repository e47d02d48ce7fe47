import Columnar
import Kernels
import MemoryDiet
import Options
import TabularDiet

/// Some columns, in the order in which they are named.
struct Selecting: TableOperation {
  static let name = "select"
  static let changesRows = false
  var columns: [String]

  func table(of tables: OperandTables) throws -> DataFrame {
    let table = try tables.first.selecting(columns)
    return columns.isEmpty ? DataFrame(emptyOf: tables.first.rowCount) : table
  }
}

/// All columns but some.
struct Dropping: TableOperation {
  static let name = "drop"
  static let changesRows = false
  var columns: [String]

  func table(of tables: OperandTables) throws -> DataFrame { try tables.first.dropping(columns) }
}

/// Columns under other names.
struct Renaming: TableOperation {
  static let name = "rename"
  static let changesRows = false
  var names: [String: String]

  func table(of tables: OperandTables) throws -> DataFrame { try tables.first.renaming(names) }
}

/// Columns of expressions: beside those that there are, or alone.
struct Evaluating: TableOperation {
  static let name = "evaluate"
  static let changesRows = false
  var columns: [Named]
  var isBeside: Bool?

  struct Named: Decodable {
    var name: String
    var expression: String
  }

  enum CodingKeys: String, CodingKey {
    case columns
    case isBeside = "beside"
  }

  func table(of tables: OperandTables) throws -> DataFrame {
    var table = tables.first
    // Each sees the columns that there were, and none of the others.
    let values = try columns.map { try table.evaluate($0.expression, named: $0.name) }
    guard isBeside ?? false else { return try DataFrame(values) }
    for column in values { table = try table.assigning(column) }
    return table
  }
}

/// The only column of a second table beside those of the first, under a name.
struct Attaching: TableOperation {
  static let name = "attach"
  static let changesRows = false
  var name: String

  func table(of tables: OperandTables) throws -> DataFrame {
    guard let column = try tables.second.columns.first else {
      throw OptionError("the second table has no column")
    }
    return try tables.first.assigning(column.renamed(name))
  }
}

/// Columns stored as a plan says; without one, as leanly as their values can be.
struct Applying: TableOperation {
  static let name = "apply"
  static let changesRows = false
  var plan: String?
  var givesLeanest: Bool { plan == nil }

  func table(of tables: OperandTables) throws -> DataFrame {
    let table = tables.first
    guard let plan else {
      return tables.isLeanest ? table : try table.leanest(tables.policy)
    }
    do {
      var plan = try DietPlan(json: Array(plan.utf8), path: "plan")
      plan.policy.categories = tables.policy.categories
      // As densely as the plan or the table says, whichever is denser.
      plan.policy.storage = max(plan.policy.storage, tables.policy.storage)
      return try table.applying(plan)
    } catch let error as DocumentError {
      throw OptionError("\(error.description)")
    }
  }
}
