import Contracts
import TabularDiet
import Testing

/// Contracts that others wrote: what they say is checked, or told as not checked.
@Suite struct ForeignContractTests {
  private static let table = MadeTable(month: 3, seed: 1)

  private static func contract(_ properties: String, quality: String = "") -> String {
    """
    apiVersion: v3.0.2
    kind: DataContract
    id: orders
    version: 1.0.0
    status: active
    schema:
      - name: orders
        properties:
    \(properties.split(separator: "\n").map { "      \($0)\n" }.joined())
    \(quality)
    """
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var properties: String
    var codes: [FindingCode]
    var unchecked: [String]

    init(_ properties: String, _ codes: [FindingCode] = [], unchecked: [String] = []) {
      (testDescription, self.properties) = (properties, properties)
      (self.codes, self.unchecked) = (codes, unchecked)
    }
  }

  @Test(arguments: [
    Case("- {name: id, logicalType: integer, required: true, unique: true}"),
    Case("- {name: id, logicalType: integer, primaryKey: true}"),
    Case("- {name: id, logicalType: string}"),
    Case("- {name: shop, logicalType: integer}", [.typeChanged]),
    Case("- {name: note, required: true}", [.nullsFound]),
    Case("- {name: shop, unique: true}", [.duplicatesFound]),
    Case("- {name: gone, logicalType: string}", [.columnRemoved]),
    Case("- {name: lot, logicalType: integer, logicalTypeOptions: {format: i16}}"),
    Case("- {name: lot, logicalType: integer, logicalTypeOptions: {format: u8}}", [.widerNeeded]),
    Case("- {name: lot, logicalType: integer, logicalTypeOptions: {minimum: 300}}", [.outOfRange]),
    Case("- {name: lot, logicalType: integer, logicalTypeOptions: {maximum: 20000}}"),
    Case(
      "- {name: pieces, logicalType: integer, logicalTypeOptions: {exclusiveMaximum: 90}}",
      [.outOfRange]),
    Case(
      "- {name: price, logicalType: number, logicalTypeOptions: {maximum: 50.5}}", [.outOfRange]),
    Case("- {name: price, logicalType: number, logicalTypeOptions: {maximum: 100}}"),
    Case(
      "- {name: day, logicalType: date, logicalTypeOptions: {minimum: '2026-03-10'}}", [.outOfRange]
    ),
    Case("- {name: city, logicalType: string, logicalTypeOptions: {minLength: 4, maxLength: 4}}"),
    Case(
      "- {name: city, logicalType: string, logicalTypeOptions: {maxLength: 3}}", [.lengthNotAllowed]
    ),
    Case(
      "- {name: city, logicalType: string, logicalTypeOptions: {pattern: '^[A-Z]'}}",
      unchecked: ["pattern"]),
    Case(
      "- {name: city, quality: [{metric: invalidValues, arguments: {validValues: [Rome, Oslo, Bonn, Lyon, Kyiv]}, mustBe: 0}]}"
    ),
    Case(
      "- {name: city, quality: [{metric: invalidValues, arguments: {validValues: [Rome]}, mustBe: 0}]}",
      [.valueNotAllowed]),
    Case(
      "- {name: pieces, quality: [{metric: invalidValues, arguments: {validValues: ['1', '2']}, mustBe: 0}]}",
      [.valueNotAllowed]),
    Case(
      "- {name: note, quality: [{metric: nullValues, mustBeLessThan: 5, unit: percent}]}",
      [.ruleBroken]),
    Case("- {name: note, quality: [{metric: nullValues, mustBeLessThan: 90, unit: percent}]}"),
    Case("- {name: id, quality: [{metric: duplicateValues, mustBe: 0}]}"),
    Case("- {name: shop, quality: [{metric: duplicateValues, mustBeLessThan: 10}]}", [.ruleBroken]),
    Case(
      "- {name: shop, quality: [{type: sql, query: 'SELECT 1', mustBe: 1}]}",
      unchecked: ["quality of type sql"]),
  ])
  func whatItSaysIsChecked(_ one: Case) throws {
    let contract = try ContractReader.contract(Self.contract(one.properties), path: "c.yaml")
    let checked = try Self.table.reader().check(contract)
    #expect(checked.findings.map(\.code) == one.codes)
    #expect(checked.unchecked.filter { $0.column != nil }.map(\.term) == one.unchecked)
    #expect(checked.holds == one.codes.isEmpty)
  }

  @Test func rowsAreCounted() throws {
    let text = Self.contract(
      "- {name: id}", quality: "    quality: [{metric: rowCount, mustBeBetween: [1, 10]}]")
    let checked = try Self.table.reader().check(ContractReader.contract(text, path: "c.yaml"))
    #expect(checked.findings.map(\.code) == [.ruleBroken])
  }

  @Test func oneOfSeveralTablesIsNamed() throws {
    let text = """
      apiVersion: v3.1.0
      kind: DataContract
      id: x
      version: 1.0.0
      status: draft
      schema:
      - {name: a, properties: [{name: id}]}
      - {name: b, properties: [{name: other}]}
      """
    #expect(throws: ContractError.self) { try ContractReader.contract(text, path: "c.yaml") }
    #expect(
      try ContractReader.contract(text, path: "c.yaml", table: "b").columns[0].name == "other")
    #expect(throws: ContractError.self) {
      try ContractReader.contract(text, path: "c.yaml", table: "z")
    }
  }
}
