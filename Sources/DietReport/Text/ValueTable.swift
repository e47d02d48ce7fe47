package import Columnar
import Wording

/// The values of a table for the eye: aligned under the names and types of their columns.
///
/// Numbers stand on the right, all else on the left. Long values lose their middle, characters that
/// would move the cursor are shown as pictures. A null is `null`, an empty string `""`.
package struct ValueTable {
  /// Wider values are shortened.
  private static let maximumWidth = 40
  private static let gap = "  "

  private struct Heading {
    var name: String
    var type: String
    var isNumeric: Bool
    var width: Int
  }

  private let headings: [Heading]
  private let rowCount: Int
  private let cell: (_ row: Int, _ column: Int) -> String?

  /// - Parameter cell: a value's text, `nil` for a null; it is asked twice for each.
  package init(
    _ columns: [(name: String, type: LogicalType)], rowCount: Int,
    cell: @escaping (_ row: Int, _ column: Int) -> String?
  ) {
    self.rowCount = rowCount
    self.cell = cell
    headings = columns.enumerated().map { index, column in
      let name = column.name.onOneLine
      let type = column.type.description
      var width = max(name.displayWidth, type.displayWidth)
      for row in 0..<rowCount where width < Self.maximumWidth {
        width = max(width, Self.shown(cell(row, index)).displayWidth)
      }
      return Heading(
        name: name, type: type, isNumeric: column.type.isNumeric,
        width: min(width, Self.maximumWidth))
    }
  }

  /// Hands `body` the table line by line: the cells of a large one are never all in memory.
  package func write(usesColor: Bool, _ body: (String) throws -> Void) rethrows {
    if headings.isEmpty { return }
    let ink = Ink(usesColor: usesColor)
    try body(line(headings.map { ($0.name, .bold) }, ink))
    try body(line(headings.map { ($0.type, .faint) }, ink))
    let rule = headings.map { String(repeating: "─", count: $0.width) }
    try body(ink.paint(rule.joined(separator: Self.gap), .faint) + "\n")
    for row in 0..<rowCount {
      let cells = headings.indices.map { column -> (String, Ink.Color) in
        let text = cell(row, column)
        return (Self.shown(text), text == nil ? .faint : .plain)
      }
      try body(line(cells, ink))
    }
  }

  private static func shown(_ text: String?) -> String {
    guard let text else { return "null" }
    return text.isEmpty ? "\"\"" : text.onOneLine
  }

  private func line(_ cells: [(text: String, color: Ink.Color)], _ ink: Ink) -> String {
    var line = ""
    for (heading, cell) in zip(headings, cells) {
      let text = cell.text.ellipsized(to: heading.width)
      let space = String(repeating: " ", count: max(0, heading.width - text.displayWidth))
      let painted = ink.paint(text, cell.color)
      if !line.isEmpty { line += Self.gap }
      line += heading.isNumeric ? space + painted : painted + space
    }
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }
}

extension LogicalType {
  fileprivate var isNumeric: Bool {
    switch self {
    case .integer, .decimal, .float: true
    case .null, .boolean, .date, .time, .duration, .timestamp, .uuid, .ipv4, .string: false
    }
  }
}
