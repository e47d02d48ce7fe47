import Contracts
import DietReport
import TabularDiet
import TestSupport
import Testing
import Wording

/// Locks as documents: what is written is what is read, and what is damaged is told with its line.
@Suite struct LockDocumentTests {
  private static let table = MadeTable(month: 3, seed: 1)

  @Test(arguments: [false, true]) func aLockIsReadAsItWasWritten(isRedacted: Bool) throws {
    let lock = try Self.table.lock(isRedacted: isRedacted)
    for path in ["a.yaml", "a.json"] {
      let text = try ContractFile.text(of: lock, path: path)
      let read = try ContractReader.contract(text, path: path)
      #expect(try ContractFile.text(of: read, path: path) == text)
      #expect(read.columns.map(\.name) == lock.columns.map(\.name))
      #expect(read.columns.map(\.type) == lock.columns.map(\.type))
      #expect(read.columns.map(\.validValues) == lock.columns.map(\.validValues))
      #expect(read.columns.map(\.isUnique) == lock.columns.map(\.isUnique))
      #expect(read.facts?.columns.map(\.minimum) == lock.facts?.columns.map(\.minimum))
      #expect(read.facts?.dialect == lock.facts?.dialect && read.isRedacted == isRedacted)
      #expect(try Self.table.codes(read).isEmpty)
    }
  }

  @Test func aLockDoesNotDependOnThreadsOrParts() throws {
    let text = try ContractFile.text(of: Self.table.lock(), path: "a.yaml")
    for threads in [1, 2, 5] {
      let again = try Self.table.reader(threads: threads).lock(name: "orders")
      #expect(try ContractFile.text(of: again, path: "a.yaml") == text)
    }
  }

  /// Text of all kinds through YAML and back.
  @Test func textIsKept() throws {
    var random = SeededGenerator(seed: 5)
    let pieces = [
      "a", "no", "NULL", "1", "-", "~", ":", ": ", " #", "'", "\"", "\\", "\n", "\t", "é", "日本",
      "🙂",
      "\u{1}", "\u{85}", "\u{2028}", "[", "]", "{", "}", ",", "&", "*", "!", "|", ">", "%", "@",
      "`", " ",
      "2026-01-02", "12:30:00", "0x1F", "1e3", ".inf", "---", "...", "x\u{FEFF}", "\u{7F}",
    ]
    for round in 0..<400 {
      let count = Int.random(in: 0...4, using: &random)
      let text = (0..<count).map { _ in pieces.randomElement(using: &random)! }.joined()
      let document = try YAMLDocument.text(
        of: .object([
          ("kind", .string("DataContract")), ("apiVersion", .string("v3.1.0")),
          ("id", .string(text)),
          (
            "schema",
            .array([.object([("properties", .array([.object([("name", .string(text))])]))])])
          ),
        ]))
      let contract = try ContractReader.contract(document, path: "a.yaml")
      #expect(
        contract.columns[0].name == text && contract.id == text, "round \(round): \(document)")
    }
  }

  struct Damage: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var before: String
    var after: String
    var words: String

    init(_ before: String, _ after: String, _ words: String) {
      (self.before, self.after, self.words) = (before, after, words)
      testDescription = after
    }
  }

  @Test(arguments: [
    Damage("format: i16", "format: i17", "one of i8, i16"),
    Damage("required: true", "required: perhaps", "true or false"),
    Damage("version: 1\n", "version: 2\n", "this diet reads version 1"),
    Damage("apiVersion: v3.1.0", "apiVersion: v2.2.2", "versions 3 are read"),
    Damage("type: integer", "type: intger", "a type such as integer"),
    Damage("logicalType: integer", "logicalType: string", "its lock says integer"),
    Damage("logicalType: integer", "logicalType: number8", "string, date"),
    Damage("columns: 9", "columns: 12", "cut short"),
    Damage("metric: rowCount", "metric:", "metric` is missing"),
    Damage("mustBeGreaterOrEqualTo: 300", "mustBeGreaterOrEqualTo: many", "a number"),
    Damage("kind: DataContract", "kind: Recipe", "no data contract"),
    Damage("- name: year", "- name: id", "comes twice"),
    Damage("nulls: 0", "nulls: -4", "a whole number"),
    Damage("rows: 600", "rows: [", "no YAML"),
  ])
  func damageIsToldWithItsLine(_ damage: Damage) throws {
    let text = try ContractFile.text(of: Self.table.lock(), path: "a.yaml")
    let range = try #require(text.range(of: damage.before), "\(text)")
    let damaged = text.replacingCharacters(in: range, with: damage.after)
    let error = #expect(throws: ContractError.self) {
      try ContractReader.contract(damaged, path: "a.yaml")
    }
    let line = text[..<range.lowerBound].count(where: \.isNewline) + 1
    #expect(error.map { "\($0)".contains(damage.words) } == true, "\(error.map { "\($0)" } ?? "")")
    // YAML tells some lines later what it waited for.
    if damage.words != "no YAML" {
      let found = error?.line ?? 0
      #expect((line - 3...line + 1).contains(found), "line \(line): \(error.map { "\($0)" } ?? "")")
    }
  }

  @Test func aLockThatWasCutShortIsNone() throws {
    let text = try ContractFile.text(of: Self.table.lock(), path: "a.yaml")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for count in 3..<lines.count - 1 {
      let cut = lines.prefix(count).joined(separator: "\n")
      #expect(throws: ContractError.self, "\(count) lines") {
        try ContractReader.contract(cut, path: "a.yaml")
      }
    }
  }

  @Test func noValueIsInWhatIsRedacted() throws {
    var table = Self.table
    table.header.append("secret")
    for row in table.rows.indices { table.rows[row].append("hush\(row % 3)") }
    let lock = try table.lock(isRedacted: true)
    var texts = [
      try ContractFile.text(of: lock, path: "a.yaml"),
      try ContractFile.text(of: lock, path: "a.json"),
    ]
    var changed = table
    changed.set("secret", row: 5, "leaked")
    changed.set("lot", row: 6, "987654321")
    changed.set("city", row: 7, "Atlantis")
    changed.set("day", row: 8, "not-a-day")
    changed.set("year", row: 9, "3333")
    let checked = try changed.reader().check(lock)
    #expect(!checked.holds)
    let report = CheckReport(checked, lock, contractPath: "a.yaml").redacted()
    for format in CheckReport.formats {
      texts.append(report.text(format: format, usesColor: false))
    }
    for value in ["hush", "leaked", "987654321", "Atlantis", "not-a-day", "3333", "Rome", "S3"] {
      for text in texts { #expect(!text.contains(value), "\(value): \(text)") }
    }
    // What is new is found all the same.
    #expect(checked.findings.contains { $0.code == .newCategory && $0.column == "secret" })
  }
}
