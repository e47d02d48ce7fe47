import Columnar
import Wording

/// What was found of a table: a row of a table of findings.
package struct PageFinding {
  /// What it is, stable from version to version.
  package var code: String
  /// Of which kind that is, such as `error`.
  package var kind: String
  package var column: String
  /// Where it is first; `nil` where it is of the table as a whole.
  package var line: Int?
  package var value: String
  package var message: String

  package init(
    code: String, kind: String, column: String = "", line: Int? = nil, value: String = "",
    message: String
  ) {
    (self.code, self.kind, self.column) = (code, kind, column)
    (self.line, self.value, self.message) = (line, value, message)
  }
}

extension PageSection {
  /// As many findings are listed.
  private static let findingLimit = 500

  /// Findings as a table; a sentence where there are none.
  ///
  /// - Parameter none: What is said where nothing was found.
  package static func findings(
    _ heading: String, _ findings: [PageFinding], none: String
  ) -> PageSection {
    guard !findings.isEmpty else { return PageSection(heading, lead: none) }
    let more = findings.count - findingLimit
    let table = PageTable(
      heading,
      [
        .text("finding"), .text("class"), .text("column"), .number("line"), .text("value"),
        .text("what it says"),
      ],
      rows: findings.prefix(findingLimit).map { finding in
        [
          .text(finding.code), .text(finding.kind), .text(finding.column.ellipsized(to: 80)),
          .number(finding.line.map { "\(CountText($0))" } ?? ""),
          .text(finding.value.onOneLine.cut(to: 80)), .text(finding.message),
        ]
      }, rest: more > 0 ? "and \(CountText(more)) more: --format json has all" : nil,
      isStacked: true)
    return PageSection(heading, tables: [table])
  }
}
