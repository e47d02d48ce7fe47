import Columnar
import Foundation
import Testing

@testable import DietReport

/// The JSON of `analyze` has the keys that were promised, with the types that were promised.
@Suite struct JSONContractTests {
  enum Kind: Sendable {
    case integer, number, text, flag, list, object
    /// `null` is allowed beside the kind.
    indirect case optional(Kind)
    /// A number, a text or `null`.
    case value
  }

  private static let top: [(String, Kind)] = [
    ("schema_version", .integer), ("input", .object), ("memory", .object), ("columns", .list),
    ("timing", .object), ("notes", .list), ("note_codes", .list),
  ]
  private static let input: [(String, Kind)] = [
    ("path", .text), ("bytes", .integer), ("rows", .integer), ("columns", .integer),
    ("dialect", .object),
  ]
  private static let dialect: [(String, Kind)] = [
    ("delimiter", .text), ("quote", .optional(.text)), ("header", .flag), ("encoding", .text),
    ("line_ending", .text),
  ]
  private static let memory: [(String, Kind)] = [
    ("baseline", .text), ("before", .integer), ("after", .integer), ("peak", .integer),
    ("as", .object), ("lean_as", .object), ("policies", .object), ("after_exact", .flag),
    ("policies_exact", .object),
    ("policies_time", .object),
  ]
  private static let column: [(String, Kind)] = [
    ("name", .text), ("logical_type", .text), ("nulls", .integer),
    ("distinct", .optional(.integer)), ("distinct_exact", .flag), ("min", .value), ("max", .value),
    ("before_type", .text), ("layout", .text), ("bytes", .object), ("bytes_as", .object),
    ("fidelity", .text),
    ("headroom", .optional(.number)), ("reason", .text), ("notes", .list), ("note_codes", .list),
    ("speedups", .list),
  ]
  private static let narrower: [(String, Kind)] = [
    ("logical_type", .text), ("layout", .text), ("bytes", .integer), ("values", .integer),
    ("kinds", .list), ("options", .list),
  ]
  private static let obstacle: [(String, Kind)] = [
    ("kind", .text), ("count", .integer), ("first", .list),
  ]
  private static let bytes: [(String, Kind)] =
    [
      "before", "after", "values", "validity", "offsets", "dictionary", "padding",
    ].map { ($0, .integer) } + [("exact", .flag)]
  private static let speedup: [(String, Kind)] = [
    ("kernel", .text), ("ratio", .number), ("low", .number), ("high", .number), ("path", .text),
  ]
  private static let timing: [(String, Kind)] = [("wall_seconds", .number), ("threads", .integer)]

  @Test(arguments: ExampleReports.all.map(\.name))
  func examples(name: String) throws { try check(ExampleReports.named(name), "\(name)") }

  @Test func randomReports() throws {
    for seed in FormatLawTests.seeds {
      var random = SeededGenerator(seed: seed)
      try check(.random(using: &random), "seed \(seed)")
    }
  }

  @Test func aWrongTypeIsNoticed() {
    #expect(!matches("1", .integer))
    #expect(!matches(NSNumber(value: true), .integer))
    #expect(!matches(NSNumber(value: 1), .flag))
    #expect(!matches(NSNull(), .text))
  }

  private func check(_ report: AnalysisReport, _ comment: Comment) throws {
    let text = report.text(format: "json", usesColor: true)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], comment)
    let asked: [(String, Kind)] = report.budget == nil ? [] : [("budget", .object)]
    expect(object, has: Self.top + asked, comment)
    if let budget = report.budget {
      try check(try #require(object["budget"] as? [String: Any]), budget, comment)
    }
    #expect(object["schema_version"] as? Int == 1, comment)

    let input = try #require(object["input"] as? [String: Any])
    let hasFiles = report.input.files.count > 1
    expect(input, has: Self.input + (hasFiles ? [("files", .list)] : []), comment)
    expect(try #require(input["dialect"] as? [String: Any]), has: Self.dialect, comment)

    let memory = try #require(object["memory"] as? [String: Any])
    expect(memory, has: Self.memory, comment)
    let engines = report.memory.engines.map { ($0.name, Kind.integer) }
    expect(try #require(memory["as"] as? [String: Any]), has: engines, comment)
    let receivers = report.memory.handedOver.map { ($0.name, Kind.integer) }
    expect(try #require(memory["lean_as"] as? [String: Any]), has: receivers, comment)
    expect(try #require(object["timing"] as? [String: Any]), has: Self.timing, comment)

    let columns = try #require(object["columns"] as? [[String: Any]])
    #expect(columns.count == report.columns.count, comment)
    for (column, expected) in zip(columns, report.columns) {
      try check(column, expected, comment)
    }
    let sum = columns.compactMap { ($0["bytes"] as? [String: Any])?["after"] as? Int }
    #expect(memory["after"] as? Int == sum.reduce(0, +), comment)
    for engine in report.memory.handedOver {
      let sum = columns.compactMap { ($0["bytes_as"] as? [String: Any])?[engine.name] as? Int }
      #expect(engine.byteCount == sum.reduce(0, +), comment)
    }
  }

  private func check(
    _ object: [String: Any], _ budget: AnalysisReport.Budget, _ comment: Comment
  ) throws {
    let bytes: [(String, Kind)] = [("resident", .integer), ("peak_estimate", .integer)]
    expect(
      object,
      has: [
        ("bytes", .integer), ("long_records", .integer), ("engines", .object), ("pandas", .object),
      ], comment)
    let engines = try #require(object["engines"] as? [String: [String: Any]], comment)
    #expect(Set(engines.keys) == Set(budget.engines.map(\.name)), comment)
    for engine in engines.values {
      expect(engine, has: bytes + [("fits", .flag), ("refuses", .flag), ("exact", .flag)], comment)
    }
    let pandas = try #require(object["pandas"] as? [String: Any], comment)
    let lossy: [(String, Kind)] =
      budget.lossyTotal == nil
      ? [] : [("lossy_resident", .integer), ("lossy_peak_estimate", .integer)]
    expect(
      pandas,
      has: [
        ("outcome", .text), ("changes", .list), ("keep", .list), ("larger", .list),
        ("lossy", .list),
      ] + bytes + lossy, comment)
    let types: [(String, Kind)] = [
      ("column", .text), ("from", .text), ("to", .text), ("saves", .integer),
    ]
    for change in try #require(pandas["changes"] as? [[String: Any]], comment) {
      expect(change, has: types + bytes + [("saves_peak_estimate", .integer)], comment)
    }
    for column in try #require(pandas["larger"] as? [[String: Any]], comment) {
      expect(
        column,
        has: [
          ("column", .text), ("text_type", .text), ("text_resident", .integer),
          ("file_type", .text),
          ("file_resident", .integer),
        ], comment)
    }
    for change in try #require(pandas["lossy"] as? [[String: Any]], comment) {
      expect(change, has: types + [("greatest_error", .number)], comment)
    }
  }

  private func check(
    _ column: [String: Any], _ expected: AnalysisReport.Column, _ comment: Comment
  ) throws {
    var keys = Self.column
    if expected.logicalType.scale != nil { keys.append(("scale", .integer)) }
    if expected.logicalType.unit != nil { keys.append(("unit", .text)) }
    if expected.logicalType.zone != nil { keys.append(("zone", .text)) }
    if !expected.obstacles.isEmpty { keys.append(("obstacles", .list)) }
    expect(column, has: keys, comment)
    for narrower in column["obstacles"] as? [[String: Any]] ?? [] {
      var keys = Self.narrower
      if narrower["logical_type"] as? String == "decimal" { keys.append(("scale", .integer)) }
      expect(narrower, has: keys, comment)
      for kind in try #require(narrower["kinds"] as? [[String: Any]]) {
        expect(kind, has: Self.obstacle, comment)
      }
    }
    let name = try #require(column["name"] as? String)
    #expect(name.unicodeScalars.elementsEqual(expected.name.unicodeScalars), comment)

    let bytes = try #require(column["bytes"] as? [String: Any])
    expect(bytes, has: Self.bytes, comment)
    let receivers = expected.handedOver.map { ($0.name, Kind.integer) }
    expect(try #require(column["bytes_as"] as? [String: Any]), has: receivers, comment)
    let parts = ["values", "validity", "offsets", "dictionary", "padding"]
    let sum = parts.compactMap { bytes[$0] as? Int }.reduce(0, +)
    #expect(bytes["after"] as? Int == sum, comment)

    var isPastSlowdowns = false
    for speedup in try #require(column["speedups"] as? [[String: Any]]) {
      expect(speedup, has: Self.speedup, comment)
      let ratio = try #require(speedup["ratio"] as? Double)
      if ratio >= 1 { isPastSlowdowns = true }
      #expect(ratio >= 1 || !isPastSlowdowns, "a slowdown comes after a speed-up: \(comment)")
    }
    switch expected.maximum {
    case .integer(let value): #expect("\(column["max"] ?? "")" == "\(value)", comment)
    case .float(let value) where value.isFinite: #expect(column["max"] as? Double == value, comment)
    case .float(let value): #expect(column["max"] as? String == (value > 0 ? "inf" : "-inf"))
    case .text(let value):
      let text = try #require(column["max"] as? String)
      #expect(text.unicodeScalars.elementsEqual(value.unicodeScalars), comment)
    case .null: #expect(column["max"] is NSNull, comment)
    }
  }

  /// Exactly these keys, each of its kind.
  private func expect(_ object: [String: Any], has keys: [(String, Kind)], _ comment: Comment) {
    #expect(Set(object.keys) == Set(keys.map(\.0)), comment)
    for (key, kind) in keys {
      #expect(object[key].map { matches($0, kind) } == true, "\(key): \(comment)")
    }
  }

  private func matches(_ value: Any, _ kind: Kind) -> Bool {
    // What C type the number had: `c` stands for a truth value, `d` for a double.
    let number = (value as? NSNumber).map { String(cString: $0.objCType) }
    return switch kind {
    case .integer: number != nil && number != "c" && number != "d"
    case .number: number != nil && number != "c"
    case .flag: number == "c"
    case .text: value is String
    case .list: value is [Any]
    case .object: value is [String: Any]
    case .optional(let kind): value is NSNull || matches(value, kind)
    case .value: value is NSNull || value is String || number != nil && number != "c"
    }
  }
}
