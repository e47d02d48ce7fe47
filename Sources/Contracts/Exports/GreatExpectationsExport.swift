import Columnar
import Wording

/// A suite of Great Expectations, version 1: `ExpectationSuite(**json.load(file))`.
struct GreatExpectationsExport: SchemaExport {
  let name = "great-expectations"
  let isOfFrame = true

  func text(of contract: TableContract, loadingCode: String?) -> String {
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
            "expect_column_\(type)", [("column", .string(column.terms.name))] + values))
      }
      if column.isRequiredInFrames { add("values_to_not_be_null") }
      if column.terms.isUnique { add("values_to_be_unique") }
      if let range = column.integers {
        add(
          "values_to_be_between",
          [("min_value", .integer(range.low)), ("max_value", .integer(range.high))])
      }
      if column.needsCharacters { add("value_lengths_to_be_between", [("min_value", .integer(1))]) }
      if let words = column.words { add("values_to_be_in_set", [("value_set", .strings(words))]) }
    }
    var members: [(key: String, value: JSONText)] = [("name", .string(contract.table))]
    if let loadingCode {
      // JSON has no comments; of a suite these are the notes.
      let lines = loadingCode.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      members.append(("notes", .strings(FrameReading.sentences + [""] + lines.map(String.init))))
    }
    return JSONText.object(members + [("expectations", .array(expectations))]).document
  }

  private static func expectation(
    _ type: String, _ values: [(key: String, value: JSONText)]
  ) -> JSONText {
    .object([("type", .string(type)), ("kwargs", .object(values))])
  }
}
