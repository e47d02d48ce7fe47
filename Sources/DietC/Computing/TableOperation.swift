import Columnar
import Options
import TabularDiet

/// A table made of one or more, as a program says it in JSON: `{"do": "filter", "where": "a > 1"}`.
///
/// To add one: write it, and a line in `TableOperations.all`.
protocol TableOperation: Decodable, Sendable {
  /// What its `do` says.
  static var name: String { get }
  /// Whether its rows are others than those of the first table, or the same in another order.
  static var changesRows: Bool { get }
  /// Whether its columns are as lean as they can be under the first table's policy.
  var givesLeanest: Bool { get }

  func table(of tables: OperandTables) throws -> DataFrame
}

extension TableOperation {
  static var changesRows: Bool { true }
  var givesLeanest: Bool { false }
}

/// The tables that are computed with: at least one.
struct OperandTables {
  let first: DataFrame
  private let others: [DataFrame]
  /// How the first was to be held.
  let policy: LayoutPolicy
  /// Whether the first is as lean as it can be under that.
  let isLeanest: Bool

  init(
    _ tables: [DataFrame], policy: LayoutPolicy, isLeanest: Bool
  ) throws(OptionError) {
    (self.policy, self.isLeanest) = (policy, isLeanest)
    guard let first = tables.first else { throw OptionError("there is no table to compute with") }
    (self.first, others) = (first, Array(tables.dropFirst()))
  }

  var all: [DataFrame] { [first] + others }

  /// The second of two.
  var second: DataFrame {
    get throws(OptionError) {
      guard others.count == 1 else {
        throw OptionError("two tables are computed with, not \(others.count + 1)")
      }
      return others[0]
    }
  }
}

/// Every operation, and the only place that knows them all.
enum TableOperations {
  static let all: [any TableOperation.Type] = [
    Filtering.self, Slicing.self, Sampling.self, Sorting.self, Selecting.self, Dropping.self,
    Renaming.self, Evaluating.self, Attaching.self, Applying.self, Grouping.self, Distinct.self,
    Counting.self,
    Pivoting.self, Melting.self, Joining.self, Concatenating.self,
  ]

  /// The operation that a JSON object says.
  static func operation(json: String) throws -> any TableOperation {
    let name = try Request<Named>(json: json).value.do
    guard let type = all.first(where: { $0.name == name }) else {
      throw OptionError(invalid: name, expected: all.map { $0.name }).of("do")
    }
    return try decoded(type, json)
  }

  private static func decoded<T: TableOperation>(_ type: T.Type, _ json: String) throws -> T {
    try Request<T>(json: json).value
  }

  private struct Named: Decodable { var `do`: String }
}

/// A JSON object that a program gives.
struct Request<Value: Decodable> {
  let value: Value

  init(json: String) throws {
    do {
      value = try JSONDocument.decode(Array(json.utf8), path: "request", kind: "JSON object")
    } catch let error as DocumentError {
      throw OptionError("\(error.description)")
    }
  }
}
