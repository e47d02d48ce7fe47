import Columnar
import Kernels
import MemoryDiet
import Options
import TabularDiet
import Wording

/// What is asked of tables and answered in JSON, as a program asks it: `{"ask": "sum", "column": "a"}`.
///
/// To add one: write it, and a line in `TableQuestions.all`.
protocol TableQuestion: Decodable, Sendable {
  /// What its `ask` may say.
  static var names: [String] { get }

  func answer(of tables: OperandTables) throws -> JSONText
}

/// Every question, and the only place that knows them all.
enum TableQuestions {
  static let all: [any TableQuestion.Type] = [
    Reducing.self, Listing.self, Describing.self, Showing.self, Writing.self, Planning.self,
    Comparing.self, Holding.self,
  ]

  /// The question that a JSON object asks.
  static func question(json: String) throws -> any TableQuestion {
    let name = try Request<Named>(json: json).value.ask
    guard let type = all.first(where: { $0.names.contains(name) }) else {
      throw OptionError(invalid: name, expected: all.flatMap { $0.names }).of("ask")
    }
    return try decoded(type, json)
  }

  private static func decoded<T: TableQuestion>(_ type: T.Type, _ json: String) throws -> T {
    try Request<T>(json: json).value
  }

  private struct Named: Decodable { var ask: String }
}

/// The values of columns.
struct Listing: TableQuestion {
  static let names = ["values"]
  var columns: [String]?

  func answer(of tables: OperandTables) throws -> JSONText {
    let table = tables.first
    guard let columns else { return .array(table.columns.map(\.values)) }
    // One column is read as the table holds it.
    let listed =
      columns.count == 1 ? [try table.column(columns[0])] : try table.selecting(columns).columns
    return .array(listed.map(\.values))
  }
}

/// What columns mean, how they are stored, and their bytes.
struct Describing: TableQuestion {
  static let names = ["schema"]

  func answer(of tables: OperandTables) -> JSONText {
    .array(
      tables.first.columns.map {
        .object([
          ("name", .string($0.name)), ("type", .string($0.type.description)),
          ("layout", .string($0.layout.description)), ("nulls", .integer($0.nullCount)),
          ("bytes", .integer($0.footprint.total)),
        ])
      })
  }
}

/// The first and last rows as text.
struct Showing: TableQuestion {
  static let names = ["text"]

  func answer(of tables: OperandTables) -> JSONText { .string(tables.first.description) }
}

/// The values of a column as they are written out.
struct Writing: TableQuestion {
  static let names = ["texts"]
  var column: String

  func answer(of tables: OperandTables) throws -> JSONText {
    let column = try tables.first.column(column)
    let text = ValueText(column)
    return .strings(
      (0..<column.count).map { row in
        text.text(row: row).map { String(decoding: $0, as: UTF8.self) } ?? "null"
      })
  }
}

/// How the table is to be stored, for tables like it.
struct Planning: TableQuestion {
  static let names = ["plan"]
  var closesCategories: Bool?

  enum CodingKeys: String, CodingKey { case closesCategories = "closed_categories" }

  func answer(of tables: OperandTables) throws -> JSONText {
    let plan = DietPlan(
      for: tables.first, policy: LayoutPolicy().storing(tables.policy.storage),
      closesCategories: closesCategories ?? false)
    return .string(String(decoding: try plan.json(), as: UTF8.self))
  }
}

/// Whether two tables have the same names, types and values, in the same order.
struct Comparing: TableQuestion {
  static let names = ["equal"]

  func answer(of tables: OperandTables) throws -> JSONText {
    let (left, right) = (tables.first, try tables.second)
    let differing = zip(left.columns, right.columns).first { $0 != $1 }.map { $0.0.name }
    return .object([
      ("equal", .bool(left == right)),
      ("rows", .array([left, right].map { .integer($0.rowCount) })),
      ("column", .optional(differing)),
    ])
  }
}

/// How densely the table is to be held.
struct Holding: TableQuestion {
  static let names = ["policy"]

  func answer(of tables: OperandTables) -> JSONText { .string(tables.policy.storage.rawValue) }
}
