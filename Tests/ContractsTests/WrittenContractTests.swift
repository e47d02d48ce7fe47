import Contracts
import FileIO
import Foundation
import Options
import TabularDiet
import Testing

/// Contracts as companies write them.
@Suite struct WrittenContractTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String { properties + table }
    var properties: String
    var table: String
    var codes: [FindingCode] = []
    var unchecked: [String] = []
    var quality = ""

    init(
      _ properties: String, _ table: String, _ codes: [FindingCode] = [], unchecked: [String] = [],
      quality: String = ""
    ) {
      (self.properties, self.table, self.codes) = (properties, table, codes)
      (self.unchecked, self.quality) = (unchecked, quality)
    }
  }

  private static func text(_ one: Case) -> String {
    """
    apiVersion: v3.1.0
    kind: DataContract
    id: x
    version: 1.0.0
    status: active
    schema:
    - name: t
    \(one.quality.isEmpty ? "" : "  quality: [\(one.quality)]\n")  properties:
    \(one.properties.split(separator: "\n").map { "  \($0)\n" }.joined())
    """
  }

  private static func among(_ type: String, _ words: String) -> String {
    "- {name: a, logicalType: \(type), quality: [{metric: invalidValues, arguments: {validValues: \(words)}, mustBe: 0}]}\n- name: b"
  }

  static let cases: [Case] = [
    // Text is what stands in the file.
    Case(among("string", #"["1.0", "2.50"]"#), "a,b\n1.0,x\n2.50,y\n"),
    Case(among("string", #"["TRUE", "FALSE"]"#), "a,b\nTRUE,x\nFALSE,y\n"),
    Case(among("string", #"["05.01.2024"]"#), "a,b\n05.01.2024,x\n"),
    Case(among("string", #"["1,5"]"#), "a;b\n1,5;x\n"),
    Case(among("string", #"["+1", "2"]"#), "a,b\n+1,x\n2,y\n"),
    Case(among("string", #"["1"]"#), "a,b\n1,x\n1.0,y\n", [.valueNotAllowed]),
    Case("- {name: a, logicalType: string, unique: true}\n- name: b", "a,b\n1.0,x\n1.00,y\n"),
    Case("- {name: a, logicalType: string, required: true}\n- name: b", "a,b\nNA,1\n5,2\n"),
    Case(
      "- {name: p, logicalType: string, logicalTypeOptions: {minLength: 5, maxLength: 5}}\n- name: b",
      "p,b\n12345,1\n99999,2\n1234,3\n", [.lengthNotAllowed]),
    // Numbers are compared as such.
    Case(among("number", "[1.5, 2.5]"), "a,b\n1.50,x\n2.50,y\n"),
    Case(among("number", #"["1.50"]"#), "a,b\n1.5,x\n"),
    Case(among("integer", "[1, 2]"), "a,b\n1,x\n3,y\n", [.valueNotAllowed]),
    Case("- {name: a, logicalType: number}\n- name: b", "a,b\n1.1,x\n1.10,y\n"),
    Case("- {name: a, logicalType: boolean}\n- name: b", "a,b\ntrue,x\nTRUE,y\n"),
    // Keys of several columns.
    Case(
      "- {name: a, primaryKey: true, primaryKeyPosition: 1}\n- {name: b, primaryKey: true}",
      "a,b\n1,1\n1,2\n2,1\n"),
    Case(
      "- {name: a, primaryKey: true, primaryKeyPosition: 1}\n- {name: b, primaryKey: true}",
      "a,b\n1,1\n1,2\n2,1\n1,2\n", [.duplicatesFound]),
    Case(
      "- {name: a}\n- {name: b}", "a,b\n1,1\n1,1\n", [.duplicatesFound],
      quality: "{metric: duplicateValues, arguments: {properties: [a, t.b]}, mustBe: 0}"),
    // Days as the contract spells them.
    Case(
      "- {name: d, logicalType: date, logicalTypeOptions: {format: MM/dd/yyyy}}\n- name: b",
      "d,b\n01/02/2024,1\n03/04/2024,2\n"),
    Case(
      "- {name: d, logicalType: date, logicalTypeOptions: {format: yyyyMMdd}}\n- name: b",
      "d,b\n20240101,1\n"),
    Case(
      "- {name: d, logicalType: time, logicalTypeOptions: {format: 'HH:mm'}}\n- name: b",
      "d,b\n09:30,1\n", unchecked: ["format HH:mm"]),
    Case("- {name: a, physicalName: A_ID, logicalType: integer}", "A_ID,b\n1,x\n"),
    Case("- {name: a, physicalType: 'decimal(6,2)'}", "a,b\n1.234,x\n", [.finerUnit]),
    Case(
      "- name: a", "a\n1\n2\n3\n", [.ruleBroken],
      quality: "{metric: rowCount, mustBeGreaterThan: 1, mustBeLessThan: 2}"),
    Case(
      "- name: a", "a\n1\n", unchecked: ["quality rowCount"],
      quality: "{metric: rowCount, mustBeGreaterThan: 5, severity: warning}"),
    Case("- {name: a, unique: true}\n- name: b", "a,b\n,1\n,2\n"),
    Case(
      "- {name: a, logicalType: integer, required: true, unique: true}\n- name: s",
      "a,s\n1,a\n,b\nx,c\n1,d\n", [.typeChanged, .nullsFound, .duplicatesFound]),
    Case(
      "- {name: a, logicalType: integer, somethingElse: 3}", "a\n1\n", unchecked: ["somethingElse"]),
  ]

  @Test(arguments: cases) func whatItSaysIsChecked(_ one: Case) throws {
    let contract = try ContractReader.contract(Self.text(one), path: "c.yaml")
    let reader = TableReader(
      inputs: [.bytes(Array(one.table.utf8), name: "t.csv")],
      options: try ReadingOptions().adding(readingOf: contract))
    let checked = try reader.check(contract)
    #expect(
      checked.findings.filter { $0.level == .deny }.map(\.code) == one.codes, "\(checked.findings)")
    #expect(
      checked.unchecked.filter { !$0.term.hasPrefix("column") }.map(\.term) == one.unchecked,
      "\(checked.unchecked)")
  }

  @Test(arguments: [
    ("- {name: a, requird: true}", "required"),
    ("- {name: a, logicaltype: integer}", "logicalType"),
    ("- {name: a, unqiue: true}", "unique"),
    ("- {name: a, logicalType: integer, logicalTypeOptions: {minumum: 3}}", "minimum"),
    ("- {name: a, quality: [{metric: nullValues, mustBeGreatherThan: 1}]}", "mustBeGreaterThan"),
    ("- {name: a, quality: [{metric: nulValues, mustBe: 1}]}", "nullValues"),
    ("- {name: a, quality: [{metric: nullValues, mustBe: 1, unit: fraction}]}", "percent"),
    ("- {name: a, quality: [{metric: nullValues, mustBeBetween: [5, 1]}]}", "smaller"),
  ]) func aMisspeltKeyIsAnErrorWithItsLine(_ properties: String, _ word: String) throws {
    let text = Self.text(Case(properties, ""))
    let error = #expect(throws: ContractError.self) {
      try ContractReader.contract("\u{FEFF}" + text, path: "c.yaml")
    }
    #expect(error?.line == 9, "\(String(describing: error))")
    #expect("\(try #require(error))".contains(word), "\(String(describing: error))")
  }

  /// Bounds of a hand hold though the table had the same, and exclusive ones, too.
  @Test(arguments: [
    ("minimum: 1", "-3", true), ("minimum: 1", "4", false), ("maximum: 9", "10", true),
    ("exclusiveMinimum: 1", "4", true), ("exclusiveMaximum: 10", "4", false),
  ]) func boundsOfAHandAreRules(_ bound: String, _ value: String, _ fails: Bool) throws {
    let table = "n,qty\n" + (0..<40).map { "\($0),\($0 % 9 + 1)\n" }.joined()
    let lock = try TableReader(inputs: [.bytes(Array(table.utf8), name: "t.csv")]).lock(name: "t")
    var text = try ContractFile.text(of: lock, path: "a.yaml")
    let place = try #require(text.range(of: "name: qty\n"))
    let options = try #require(text[place.upperBound...].range(of: "logicalTypeOptions:\n"))
    let indent = text[options.upperBound...].prefix { $0 == " " }
    text.insert(contentsOf: "\(indent)\(bound)\n", at: options.upperBound)
    let contract = try ContractReader.contract(text, path: "a.yaml")
    let checked = try TableReader(
      inputs: [.bytes(Array((table + "41,\(value)\n").utf8), name: "t.csv")]).check(contract)
    #expect(checked.findings.contains { $0.code == .outOfRange } == fails, "\(text)")
  }
}
