import Wording

/// A column of a table in text: its heading, its cells, and how they are laid out.
struct TextColumn {
  struct Cell {
    var text: String
    var color: Ink.Color

    init(_ text: String, color: Ink.Color = .plain) {
      self.text = text
      self.color = color
    }
  }

  var heading: String
  var isNumeric = false
  /// The spaces between this column and the one before.
  var gap = 2
  /// A word in the middle of the rule below this heading and the next one.
  var ruleLabel: String?
  var cells: [Cell]
  private(set) var width = 0

  init(
    _ heading: String, isNumeric: Bool = false, gap: Int = 2, ruleLabel: String? = nil,
    minimumWidth: Int = 0, cells: [Cell]
  ) {
    self.heading = heading
    self.isNumeric = isNumeric
    self.gap = gap
    self.ruleLabel = ruleLabel
    self.cells = cells
    width = cells.reduce(max(minimumWidth, heading.displayWidth)) { max($0, $1.text.displayWidth) }
  }

  /// Narrows the column towards `width`, by at most `excess`; returns what is still too much.
  mutating func narrow(to width: Int, excess: Int) -> Int {
    let cut = max(0, min(excess, self.width - width))
    self.width -= cut
    return excess - cut
  }

  func aligned(_ text: String) -> String {
    let fitting = text.ellipsized(to: width)
    return isNumeric ? fitting.alignedRight(to: width) : fitting.padded(to: width)
  }
}

/// Columns side by side, under their headings and a rule.
struct TextTable {
  var columns: [TextColumn]

  var width: Int { columns.reduce(-(columns.first?.gap ?? 0)) { $0 + $1.gap + $1.width } }

  /// The lines of the table, without spaces at their ends.
  func text(ink: Ink) -> String {
    var text = line { ink.paint($0.aligned($0.heading), .bold) } + ink.paint(rule, .faint) + "\n"
    for row in 0..<(columns.first?.cells.count ?? 0) {
      text += line { ink.paint($0.aligned($0.cells[row].text), $0.cells[row].color) }
    }
    return text
  }

  private func line(_ cell: (TextColumn) -> String) -> String {
    var line = ""
    for (index, column) in columns.enumerated() {
      if index > 0 { line += String(repeating: " ", count: column.gap) }
      line += cell(column)
    }
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }

  private var rule: String {
    var rule = ""
    var index = 0
    while index < columns.count {
      if index > 0 { rule += String(repeating: " ", count: columns[index].gap) }
      var width = columns[index].width
      guard let label = columns[index].ruleLabel, index + 1 < columns.count else {
        rule += String(repeating: "─", count: width)
        index += 1
        continue
      }
      width += columns[index + 1].gap + columns[index + 1].width
      let left = (width - label.displayWidth - 2) / 2
      let right = width - label.displayWidth - 2 - left
      rule += String(repeating: "─", count: left) + " \(label) "
      rule += String(repeating: "─", count: right)
      index += 2
    }
    return rule
  }
}
