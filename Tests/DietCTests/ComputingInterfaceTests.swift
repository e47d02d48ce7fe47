import CArrowData
import CDiet
import Foundation
import Testing

@testable import DietC

/// What the C interface computes, called as a program in C calls it.
@Suite(.serialized, CountsLiveObjects()) struct ComputingInterfaceTests {
  @Test func tablesAreMadeOfTables() throws {
    let before = diet_live_object_count()
    let table = try read("k,v\na,1.50\nb,2.25\na,\n")
    let kept = try #require(compute([table], #"{"do": "filter", "where": "v > 2"}"#))
    #expect(diet_table_row_count(kept) == 1)
    let groups = try #require(
      compute(
        [table],
        #"{"do": "group", "by": ["k"], "aggregations": [{"name": "t", "kind": "sum", "column": "v"}]}"#
      ))
    // The tables that it was made of need not be there any more.
    diet_table_free(table)
    #expect(
      answer([groups], #"{"ask": "values", "columns": ["t"]}"#)
        == #"[{"type": "decimal", "values": ["1.50", "2.25"]}]"#)
    let both = try #require(
      compute(
        [kept, groups], #"{"do": "join", "on": [{"left": "k", "right": "k"}], "how": "left"}"#))
    #expect(diet_table_column_count(both) == 3)
    var stream = ArrowArrayStream()
    #expect(diet_table_export_stream(both, &stream, nil))
    for table in [kept, groups, both] { diet_table_free(table) }
    stream.release(&stream)
    #expect(diet_live_object_count() == before)
  }

  /// How a table is held is what was asked for, and what is made of it is held so, too.
  @Test func tablesSayTheirPolicy() throws {
    let table = try read("k,v\na,1.50\nb,2.25\n")
    let kept = try #require(compute([table], #"{"do": "filter", "where": "v > 2"}"#))
    for table in [table, kept] { #expect(answer([table], #"{"ask": "policy"}"#) == #""fast""#) }
    // Decimals, which are floats to engines, are none in the report.
    let report = try #require(diet_table_report(kept, nil))
    let text = try #require(diet_report_text(report, "csv", nil))
    #expect(String(cString: text).contains("\nv,decimal,2,"), "\(String(cString: text))")
    diet_text_free(text)
    diet_report_free(report)
    for table in [table, kept] { diet_table_free(table) }
  }

  @Test func answersAreExact() throws {
    let table = try read(
      "n,x,d,s\n9223372036854775807,2.5e200,2024-02-29,\"a\"\"b\"\n9223372036854775807,,,\n")
    for (ask, words) in [
      (#""sum", "column": "n""#, #"{"type": "integer", "values": [18446744073709551614]}"#),
      (#""sum", "column": "x""#, #"{"type": "float", "values": [2.5e+200]}"#),
      (#""max", "column": "d""#, #"{"type": "date", "values": [19782]}"#),
      (#""min", "column": "s""#, #"{"type": "string", "values": ["a\"b"]}"#),
      (#""std", "column": "x""#, #"{"type": "null", "values": [null]}"#),
      (#""texts", "column": "d""#, #"["2024-02-29", "null"]"#),
    ] {
      #expect(answer([table], "{\"ask\": \(ask)}") == words)
    }
    diet_table_free(table)
  }

  /// Nothing that is given ends the process, and every error says what is wrong.
  @Test func hostileRequestsAreErrors() throws {
    let before = diet_live_object_count()
    let table = try read("k,v\na,1\nb,2\n")
    let operations: [(String, String)] = [
      ("", "no JSON object"), ("[]", "no JSON object"), ("{", "no JSON object"),
      ("{}", "lacks \"do\""),
      (#"{"do": 1}"#, "another type"), (#"{"do": "filtr"}"#, "did you mean 'filter'"),
      (#"{"do": "filter"}"#, "lacks \"where\""), (#"{"do": "filter", "where": 1}"#, "another type"),
      (#"{"do": "filter", "where": "w > 1"}"#, "there is no column 'w'"),
      (#"{"do": "filter", "where": "v >"}"#, "missing at the end"),
      (#"{"do": "slice", "start": 1e30}"#, "JSON object"),
      (#"{"do": "sample", "count": 1, "seed": -1}"#, "JSON object"),
      (#"{"do": "sort", "keys": [{}]}"#, "lacks \"column\""),
      (#"{"do": "select", "columns": ["k", "k"]}"#, "two of that name"),
      (#"{"do": "rename", "names": {"k": "v"}}"#, "two of that name"),
      (
        #"{"do": "evaluate", "columns": [{"name": "a", "expression": "k + 1"}]}"#, "there is no '+'"
      ),
      (#"{"do": "attach", "name": "a"}"#, "two tables are computed with"),
      (#"{"do": "apply", "plan": "{}"}"#, "this is no plan"),
      (#"{"do": "group", "by": [], "aggregations": []}"#, "no column is named"),
      (
        #"{"do": "group", "by": ["k"], "aggregations": [{"name": "a", "kind": "sum"}]}"#,
        "none is named"
      ),
      (
        #"{"do": "group", "by": ["k"], "aggregations": [{"name": "a", "kind": "std", "column": "v", "ddof": 7}]}"#,
        "ddof of 0 or 1"
      ),
      (#"{"do": "join", "on": [], "how": "inner"}"#, "two tables are computed with"),
      (
        #"{"do": "pivot", "rows": ["k"], "columns": "w", "values": {"name": "", "kind": "size"}}"#,
        "'w'"
      ),
      (#"{"do": "melt", "keep": ["k"], "variable": "k", "value": "v"}"#, "two of that name"),
      (String(repeating: "[", count: 100_000), "no JSON object"),
    ]
    for (operation, words) in operations {
      #expect(
        message { diet_table_compute([table], 1, operation, nil, $0) != nil }.contains(words),
        "\(operation)")
      #expect(compute([table], operation) == nil)
    }
    let questions: [(String, String)] = [
      ("", "no JSON object"), ("{}", "lacks \"ask\""), (#"{"ask": "summ"}"#, "did you mean 'sum'"),
      (#"{"ask": "sum"}"#, "lacks \"column\""),
      (#"{"ask": "sum", "column": "k"}"#, "no sum of type string"),
      (#"{"ask": "sum", "column": "w"}"#, "there are k, v"),
      (#"{"ask": "quantile", "column": "v"}"#, "a fraction"),
      (#"{"ask": "quantile", "column": "v", "fraction": 2}"#, "from 0 to 1"),
      (#"{"ask": "corr", "column": "v"}"#, "another column"), (#"{"ask": "equal"}"#, "two tables"),
      (#"{"ask": "values", "columns": ["k", "k"]}"#, "two of that name"),
    ]
    for (question, words) in questions {
      #expect(
        message { diet_table_answer([table], 1, question, nil, $0) != nil }.contains(words),
        "\(question)")
    }
    let filter = #"{"do": "filter", "where": "v > 1"}"#
    #expect(
      message { diet_table_compute(nil, 1, filter, nil, $0) != nil }.contains("table 1 is NULL"))
    #expect(
      message { diet_table_compute([table, nil], 2, filter, nil, $0) != nil }.contains(
        "table 2 is NULL"))
    for count in [0, -1, Int64.min] {
      #expect(
        message { diet_table_compute([table], count, filter, nil, $0) != nil }.contains("no table"))
    }
    for path in ["", "-", "/", "/no/such/folder/a.csv", "a.pdf"] {
      #expect(!diet_table_write(table, path, nil, nil, nil), "\(path)")
      #expect(!diet_table_verify(table, path, nil, nil), "\(path)")
    }
    #expect(
      message { diet_table_write(table, "a.csv", "brotli", nil, $0) }.contains(
        "expected none or zstd"))
    diet_table_free(table)
    #expect(diet_live_object_count() == before)
  }

  @Test func whatIsCancelledGivesNothing() throws {
    let table = try read("v\n1\n")
    let cancellation = diet_cancellation_new()
    diet_cancellation_cancel(cancellation)
    let words = message {
      diet_table_compute([table], 1, #"{"do": "filter", "where": "v > 0"}"#, cancellation, $0)
        != nil
    }
    #expect(words.contains("cancelled"))
    #expect(
      diet_table_answer([table], 1, #"{"ask": "sum", "column": "v"}"#, cancellation, nil) == nil)
    diet_cancellation_free(cancellation)
    diet_table_free(table)
  }

  @Test func filesAreHeldAgainstTables() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "diet-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let table = try read("k,v\na,1.50\n,2.25\n\"\",\n")
    let other = try #require(
      compute(
        [table],
        #"{"do": "evaluate", "beside": true, "columns": [{"name": "v", "expression": "v + 1"}]}"#))
    for name in ["t.csv", "t.parquet", "t.arrow", "t.arrows"] {
      let path = folder.appending(path: name).path
      #expect(diet_table_write(table, path, nil, nil, nil), "\(name)")
      #expect(message { diet_table_verify(table, path, nil, $0) } == "", "\(name)")
      #expect(message { diet_table_verify(other, path, nil, $0) }.contains("column `v`"), "\(name)")
    }
    for table in [table, other] { diet_table_free(table) }
  }

  /// What a call says, which fails.
  private func message(_ call: (UnsafeMutablePointer<OpaquePointer?>) -> Bool) -> String {
    var error: OpaquePointer?
    let isMade = call(&error)
    defer { diet_error_free(error) }
    #expect(isMade == (error == nil))
    return error.map { String(cString: diet_error_get_message($0)) } ?? ""
  }

  private func compute(_ tables: [OpaquePointer?], _ operation: String) -> OpaquePointer? {
    diet_table_compute(tables, Int64(tables.count), operation, nil, nil)
  }

  private func answer(_ tables: [OpaquePointer?], _ question: String) -> String? {
    guard let text = diet_table_answer(tables, Int64(tables.count), question, nil, nil) else {
      return nil
    }
    defer { diet_text_free(text) }
    // A line for each key and each of a list of objects.
    return String(cString: text).split(separator: "\n").map { $0.drop { $0 == " " } }
      .joined(separator: " ").replacing("{ ", with: "{").replacing(" }", with: "}")
      .replacing("[ ", with: "[").replacing(" ]", with: "]")
  }

  private func read(_ text: String) throws -> OpaquePointer {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("diet-\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try file.path.withCString { path in
      try withUnsafePointer(to: path) { path in
        try path.withMemoryRebound(to: UnsafePointer<CChar>?.self, capacity: 1) {
          try #require(diet_read_csv($0, 1, nil, nil, nil))
        }
      }
    }
  }
}
