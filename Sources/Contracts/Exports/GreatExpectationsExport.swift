import Columnar
import Wording

/// A suite of Great Expectations, version 1: `ExpectationSuite(**json.load(file))`.
struct GreatExpectationsExport: SchemaExport {
  let name = "great-expectations"

  func text(of contract: TableContract) -> String {
    var expectations = [
      Self.expectation(
        "expect_table_columns_to_match_ordered_list",
        [("column_list", .strings(contract.columns.map(\.name)))])
    ]
    if let least = contract.leastRowCount {
      expectations.append(
        Self.expectation(
          "expect_table_row_count_to_be_between", [("min_value", .integer(least))]))
    }
    for column in contract.exportedColumns {
      func add(_ type: String, _ values: [(key: String, value: JSONText)] = []) {
        expectations.append(
          Self.expectation(
            "expect_column_values_to_\(type)", [("column", .string(column.terms.name))] + values))
      }
      if column.terms.isRequired { add("not_be_null") }
      if column.terms.isUnique { add("be_unique") }
      if let range = column.integers {
        add(
          "be_between", [("min_value", .integer(range.low)), ("max_value", .integer(range.high))])
      }
      if let words = column.words { add("be_in_set", [("value_set", .strings(words))]) }
    }
    return JSONText.object([
      ("name", .string(contract.table)), ("expectations", .array(expectations)),
    ]).document
  }

  private static func expectation(
    _ type: String, _ values: [(key: String, value: JSONText)]
  ) -> JSONText {
    .object([("type", .string(type)), ("kwargs", .object(values))])
  }
}
