import Contracts
import Foundation
import TestSupport
import Testing

/// Schemas that `analyze --emit` writes, held against tables by the tools that they are for.
@Suite struct SchemaExportTests {
  /// A table of most types, with one thing changed, or nothing.
  private static func table(_ change: (_ row: Int, _ fields: inout [String]) -> Void = { _, _ in })
    -> String
  {
    var text = "order_id,carrier,delay,price,day,at,ok,\"no \"\"te\"\"\",key\n"
    for row in 0..<400 {
      var fields = [
        "\(row * 7 % 400 + 1)", ["UA", "AA", "B6"][row % 3], row % 11 == 0 ? "" : "\(row % 90)",
        "\(row).\(row % 10)5", "2026-0\(row % 9 + 1)-1\(row % 10)",
        "2026-01-02 03:04:\(10 + row % 50)", row % 2 == 0 ? "true" : "false",
        "\"a, \(row)\"", row < 16 ? "0\(row)" : "\(row)",
      ]
      change(row, &fields)
      text += fields.joined(separator: ",") + "\n"
    }
    return text
  }

  /// What may go wrong, and who does not see it.
  private static let faults: [(name: String, unseen: Set<String>, table: String)] = [
    ("null", [], table { if $0 == 5 { $1[1] = "" } }),
    ("wide", [], table { if $0 == 5 { $1[2] = "40000" } }),
    ("category", [], table { if $0 == 5 { $1[1] = "ZZ" } }),
    // A row alone does not tell.
    ("duplicate", ["json-schema"], table { if $0 == 5 { $1[0] = "1" } }),
    ("text", ["great-expectations"], table { if $0 == 5 { $1[3] = "late" } }),
  ]

  @Test(arguments: SchemaExports.all.map(\.name))
  func toolsFindWhatIsOtherwise(name: String) throws {
    let folder = try TemporaryFolder()
    try folder.file("good.csv", Self.table())
    let emitted = try CommandRun(["analyze", "good.csv", "--emit", name], in: folder.url)
    #expect(emitted.exitCode == 0, "\(emitted.errors)")
    try folder.file("schema", emitted.output)
    let script = packageRoot.appending(path: "Tests/DietCommandTests/Gates/check_schema.py").path
    func holds(_ table: String) throws -> Bool {
      let run = try CommandRun(
        python: [script, name, folder.path("schema"), folder.path(table)], in: folder.url)
      try #require(run.exitCode == 0, "\(run.output)\(run.errors)\n\(emitted.output)")
      return run.output == "true\n"
    }
    #expect(try holds("good.csv"), "\(emitted.output)")
    for fault in Self.faults where !fault.unseen.contains(name) {
      try folder.file("\(fault.name).csv", fault.table)
      #expect(try !holds("\(fault.name).csv"), "\(fault.name)\n\(emitted.output)")
    }
  }

  @Test func namesDifferFromThoseOfLoaders() throws {
    let names = SchemaExports.all.map(\.name)
    #expect(Set(names).count == names.count)
    let run = try CommandRun(["analyze", "--help"])
    for name in names { #expect(run.output.contains(name)) }
  }
}
