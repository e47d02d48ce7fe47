import Foundation
import TestSupport
import Testing

/// Contracts in the languages of other tools, and what these say of the same tables.
@Suite struct ImportedContractTests {
  struct Package: Sendable {
    var fields: String
    var table: String
    var codes: [String] = []
    /// What stands in the schema beside fields, and in the resource beside the schema.
    var schema = ""
    var resource = ""
    /// Where the tool itself is known to say otherwise.
    var isDifferentThere = false
  }

  private static let packages = [
    Package(fields: #"{"name":"a","type":"integer"}"#, table: "a\n1\n2\n"),
    Package(fields: #"{"name":"a","type":"integer"}"#, table: "a\n1\nx\n", codes: ["type-changed"]),
    Package(fields: #"{"name":"zip","type":"string"}"#, table: "zip\n007\n123\n"),
    Package(fields: #"{"name":"a","type":"number"}"#, table: "a\n1\n2.5\n"),
    Package(fields: #"{"name":"d","type":"date"}"#, table: "d\n2026-01-05\n"),
    Package(fields: #"{"name":"d","type":"date"}"#, table: "d\nsoon\n", codes: ["type-changed"]),
    Package(fields: #"{"name":"t","type":"datetime"}"#, table: "t\n2026-01-05T10:00:00Z\n"),
    Package(fields: #"{"name":"y","type":"year"}"#, table: "y\n2026\n"),
    Package(
      fields: #"{"name":"a","type":"integer","constraints":{"required":true}}"#,
      table: "a,b\n1,x\n,y\n", codes: ["nulls-found"], schema: #""fieldsMatch":"subset","#,
      isDifferentThere: true),
    Package(
      fields: #"{"name":"a","type":"integer","constraints":{"unique":true}}"#, table: "a\n1\n1\n",
      codes: ["duplicates-found"]),
    Package(
      fields: #"{"name":"a","type":"integer","constraints":{"minimum":2,"maximum":"8"}}"#,
      table: "a\n2\n9\n", codes: ["out-of-range"]),
    Package(
      fields: #"{"name":"d","type":"date","constraints":{"minimum":"2026-01-02"}}"#,
      table: "d\n2026-01-01\n", codes: ["out-of-range"]),
    Package(
      fields: #"{"name":"s","constraints":{"maxLength":3,"enum":["abc","äöü"]}}"#,
      table: "s\nabc\näöü\n"),
    Package(
      fields: #"{"name":"s","constraints":{"maxLength":2}}"#, table: "s\nabc\n",
      codes: ["length-not-allowed"]),
    Package(
      fields: #"{"name":"s","constraints":{"enum":["a"]}}"#, table: "s\na\nb\n",
      codes: ["value-not-allowed"]),
    Package(fields: #"{"name":"a","type":"integer"}"#, table: "b\n1\n", codes: ["column-renamed"]),
    Package(
      fields: #"{"name":"a","type":"integer"}"#, table: "a,b\n1,2\n", codes: ["column-added"]),
    Package(
      fields: #"{"name":"a","type":"integer"},{"name":"b"}"#, table: "b,a\nx,2\n",
      codes: ["column-moved"]),
    Package(
      fields: #"{"name":"a","type":"integer"},{"name":"b","type":"integer"}"#,
      table: "a,b\n1,1\n1,2\n", codes: ["duplicates-found"], schema: #""primaryKey":"a","#),
    Package(
      fields: #"{"name":"a","type":"integer"}"#, table: "a;b\n1;x\n-;y\n",
      schema: #""missingValues":["","-"],"fieldsMatch":"subset","#,
      resource: #""dialect":{"delimiter":";"},"#, isDifferentThere: true),
    Package(
      fields: #"{"name":"a","type":"number","decimalChar":",","groupChar":"."},{"name":"b"}"#,
      table: "a;b\n\"1.234,5\";x\n\"7,25\";y\n", resource: #""dialect":{"delimiter":";"},"#),
    Package(
      fields:
        #"{"name":"a","type":"boolean","trueValues":["ja"],"falseValues":["nee"]},{"name":"b"}"#,
      table: "a,b\nja,x\nnee,y\n"),
  ]

  @Test func packagesSayTheSameToTheirOwnTool() throws {
    let folder = try TemporaryFolder()
    var paths: [String] = []
    for (index, one) in Self.packages.enumerated() {
      try folder.file("t\(index).csv", one.table)
      try folder.file(
        "p\(index).json",
        """
        {"name":"p\(index)","resources":[{"name":"t\(index)","type":"table","path":"t\(index).csv",
        "format":"csv","encoding":"utf-8",\(one.resource)"schema":{\(one.schema)"fields":[\(one.fields)]}}]}
        """)
      paths.append(folder.path("p\(index).json"))
      let run = try CommandRun(
        ["check", "t\(index).csv", "--lock", "p\(index).json", "--format", "json"], in: folder.url)
      #expect(Self.codes(run) == one.codes, "\(one): \(run.errors)\(run.output)")
      #expect(run.exitCode == (one.codes.isEmpty ? 0 : 1), "\(one)")
    }
    let script = packageRoot.appending(path: "Tests/DietCommandTests/Gates/check_packages.py").path
    let told = try TestPython.output([script] + paths)
    let verdicts = String(decoding: told, as: UTF8.self).split(separator: "\n")
    #expect(verdicts.count == Self.packages.count)
    for (one, verdict) in zip(Self.packages, verdicts) where !one.isDifferentThere {
      #expect((verdict == "true") == one.codes.isEmpty, "\(one)")
    }
  }

  private static func codes(_ run: CommandRun) -> [String]? {
    let document = try? JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    let findings = document?["findings"] as? [[String: Any]]
    return findings?.filter { $0["level"] as? String == "deny" }.compactMap {
      $0["code"] as? String
    }
  }

  private static let dbt = """
    version: 2
    models:
      - name: orders
        config:
          contract: {enforced: true}
        columns:
          - name: id
            data_type: bigint
            constraints: [{type: primary_key}]
          - name: state
            data_type: varchar(8)
            tests:
              - not_null
              - accepted_values:
                  arguments:
                    values: [open, closed]
          - name: amount
            data_type: numeric(10, 2)
            data_tests:
              - dbt_utils.accepted_range: {min_value: 0}
              - not_null: {config: {where: "state = 'open'"}}
    sources:
      - name: shop
        tables:
          - name: raw
            columns: [{name: id}]
    """

  @Test(arguments: [
    ("id,state,amount\n1,open,1.25\n2,closed,2.50\n", []),
    ("amount,state,id\n1.25,open,1\n2.50,closed,2\n", []),
    ("id,state,amount\n1,open,1.25\n1,closed,2.50\n", ["duplicates-found"]),
    ("id,state,amount\n1,open,1.255\n2,closed,2.50\n", ["finer-unit"]),
    ("id,state,amount\n1,open,1.25\n2,lost,2.50\n", ["value-not-allowed"]),
    ("id,state,amount\n1,open,1.25\n2,,2.50\n", ["nulls-found"]),
    ("id,state,amount,new\n1,open,1.25,x\n2,open,2.50,y\n", ["column-added"]),
  ]) func propertiesOfDBTAreChecked(_ table: String, _ codes: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.file("schema.yml", Self.dbt)
    try folder.file("orders.csv", table)
    let words = ["check", "orders.csv", "--lock", "schema.yml", "--format", "json"]
    let run = try CommandRun(words + ["--table", "orders"], in: folder.url)
    #expect(Self.codes(run) == codes, "\(run.errors)\(run.output)")
    #expect(run.output.contains("test dbt_utils.accepted_range"))
    #expect(run.output.contains("test not_null with `where`"))
    let several = try CommandRun(words, in: folder.url)
    #expect(several.exitCode == 2)
    #expect(several.errors.contains("2 tables, orders, raw"), "\(several.errors)")
  }

  /// A month that is not as the lock remembers a column is a finding, and no error.
  @Test(arguments: [
    ("id,zip\n1,007\n2,x\n", ["column-removed"]),
    ("id,zip,n\n1,007,1\n2,008,x\n", ["type-changed"]),
    ("id,zip,n\n1,007,5\n2,008,6\n", []),
  ]) func whatALockRemembersIsHeldWhereItCanBe(_ table: String, _ codes: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.file("jan.csv", "id,zip,n\n1,007,3\n2,008,4\n")
    try folder.file("feb.csv", table)
    let lock = ["lock", "jan.csv", "--type", "n=integer", "--type", "zip=string"]
    #expect(try CommandRun(lock, in: folder.url).exitCode == 0)
    let run = try CommandRun(["check", "feb.csv", "--format", "json"], in: folder.url)
    #expect(Self.codes(run) == codes, "\(run.errors)\(run.output)")
    let lean = [
      "apply", "jan.csv", "-o", "jan.arrow", "--type", "n=integer", "--type", "zip=string",
    ]
    #expect(try CommandRun(lean, in: folder.url).exitCode == 0)
    let arrow = try CommandRun(["check", "jan.arrow"], in: folder.url)
    #expect(arrow.exitCode == 0, "\(arrow.errors)\(arrow.output)")
  }
}
