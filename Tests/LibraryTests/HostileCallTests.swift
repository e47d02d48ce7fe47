import Foundation
import TestSupport
import Testing

/// No public call ends the process, whatever it is given. The calls are in `Tests/HostileCalls`, a
/// program that makes each in a process of its own.
@Suite struct HostileCallTests {
  private static let program = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appending(path: "HostileCalls")

  @Test func noCallEndsTheProcess() throws {
    let run = try ChildProcess(Self.program, [])
    let lines = run.output.split(separator: "\n")
    #expect(lines.last?.hasSuffix(" 0 faults") == true, "\(run.output)\(run.errors)")
  }

  /// What needs no call: values without a rule of their own, made of their parts, and names that the
  /// protocol of another library asks for.
  private static let harmless: Set = [
    "encode", "==", "<", "formUnion", "json", "text", "table", "init(from", "appendLiteral",
    "appendInterpolation", "withUnsafeBytes", "next", "makeIterator", "bytes", "typeName",
  ]
  private static let plain: Set = [
    "KernelMeasurement", "CSVDialect", "CSVReadingOptions", "FileOptions", "ReadingOptions",
    "NullWordTallies", "Tally", "SourceFacts", "ProfilingOptions", "StringInterpolation", "File",
    "Sequence", "Dictionary", "Sentence", "ElementPass", "ColumnElement", "ColumnValue",
    "Certificate", "ReportFormat", "ExpressionValue", "Baseline", "GroupCounts", "ColumnExpression",
    "Condition",
    "BenchmarkReport", "TableAnomalies",
  ]

  /// Each function and initializer of `docs/public-api.md` has a hostile call.
  @Test func everyEntryIsCalled() throws {
    let called = Set(
      try ChildProcess(Self.program, ["--list"]).output.split(separator: "\n").map(String.init))
    var root = URL(filePath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    let page = try String(
      contentsOf: root.appending(path: "docs/public-api.md"), encoding: .utf8)
    var owner = ""
    var missing: Set<String> = []
    var count = 0
    for line in page.split(separator: "\n") {
      if line.hasPrefix("## ") { owner = "" }
      if let found = line.firstMatch(
        of: /^(?:final )?(?:struct|class|enum|extension|protocol) (?:\w+\.)*(\w+)/)
      {
        owner = String(found.1)
      }
      guard
        let found = line.firstMatch(
          of: /^  .*?(?:func (\w+|[-+*\/%&|^~!<>=]+)|(subscript|init)\??)[<(]/),
        !line.contains("init(from decoder"), !Self.plain.contains(owner)
      else { continue }
      let name = String(found.1 ?? found.2 ?? "")
      if Self.harmless.contains(name) || name.hasPrefix("_") { continue }
      count += 1
      // What is made by an initializer alone is called where it is used.
      if !called.contains("\(owner).\(name)") { missing.insert("\(owner).\(name)") }
    }
    #expect(count > 150 && missing.isEmpty, "\(count) entries; not called: \(missing.sorted())")
  }
}
