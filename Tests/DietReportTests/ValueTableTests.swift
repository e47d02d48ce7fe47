import Columnar
import Testing

@testable import DietReport

struct ValueTableTests {
  private static func text(
    _ columns: [(name: String, type: LogicalType)], _ rows: [[String?]], usesColor: Bool = false
  ) -> String {
    var text = ""
    ValueTable(columns, rowCount: rows.count) { rows[$0][$1] }.write(usesColor: usesColor) {
      text += $0
    }
    return text
  }

  @Test func alignment() {
    let text = Self.text(
      [("id", .integer), ("price", .decimal(scale: 2)), ("name", .string), ("ok", .boolean)],
      [
        ["1", "12.30", "日本", "true"], ["-10", nil, "", nil], ["200", "0.05", "two words", "false"],
      ])
    #expect(
      text == """
             id       price  name       ok
        integer  decimal(2)  string     boolean
        ───────  ──────────  ─────────  ───────
              1       12.30  日本       true
            -10        null  ""         null
            200        0.05  two words  false

        """)
  }

  @Test func longAndHarmfulText() {
    let long = String(repeating: "0123456789", count: 9)
    let text = Self.text([("t\n", .string)], [[long], ["a\u{1B}[2J\nb"]])
    #expect(
      text == """
        t␊
        string
        ────────────────────────────────────────
        0123456789012345678…01234567890123456789
        a␛[2J␊b

        """)
  }

  @Test func nothing() {
    #expect(Self.text([], []) == "")
    #expect(Self.text([("a", .null)], []) == "a\nnull\n────\n")
  }

  @Test func colour() {
    let text = Self.text([("a", .integer)], [[nil]], usesColor: true)
    #expect(
      text.split(separator: "\n").last == "   \u{1B}[2mnull\u{1B}[0m", "\(text.debugDescription)")
  }
}
