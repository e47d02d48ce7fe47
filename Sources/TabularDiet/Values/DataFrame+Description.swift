public import Columnar
import Wording

extension DataFrame: CustomStringConvertible {
  /// The table as a terminal shows it: how large it is, and the first and last rows of as many columns as
  /// 100 characters hold. `print(frame.head(50))` shows more of a few.
  public var description: String {
    let size = "\(CountText(rowCount, "row")) × \(CountText(columns.count, "column"))"
    guard !columns.isEmpty else { return size }
    let isCut = rowCount > Self.shownRowCount
    let half = Self.shownRowCount / 2
    let shown = isCut ? Array(0..<half) + Array(rowCount - half..<rowCount) : Array(0..<rowCount)
    var lines = [String](repeating: "", count: shown.count + 2 + (isCut ? 1 : 0))
    var left = columns.count
    for column in columns {
      let text = ValueText(column)
      var cells = [column.name, column.type.description]
      cells += shown.map { row in
        text.text(row: row).map { String(decoding: $0, as: UTF8.self) } ?? "null"
      }
      if isCut { cells.insert("…", at: 2 + half) }
      cells = cells.map { $0.onOneLine.ellipsized(to: Self.cellWidth) }
      let width = cells.reduce(0) { max($0, $1.displayWidth) }
      guard lines[0].isEmpty || lines[0].displayWidth + 2 + width <= Self.lineWidth else { break }
      let isNumber =
        switch column.type {
        case .integer, .decimal, .float: true
        default: false
        }
      for (place, cell) in cells.enumerated() {
        let aligned = isNumber ? cell.alignedRight(to: width) : cell.padded(to: width)
        lines[place] += (lines[place].isEmpty && left == columns.count ? "" : "  ") + aligned
      }
      left -= 1
    }
    if left > 0 { lines.append("and \(left) more column\(left == 1 ? "" : "s")") }
    return ([size] + lines.map { $0.trimmedAtEnd }).joined(separator: "\n")
  }

  private static var shownRowCount: Int { 10 }
  private static var cellWidth: Int { 28 }
  private static var lineWidth: Int { 100 }
}

extension Column: CustomStringConvertible {
  /// Name, type, layout and the first values: `price: decimal(2), 3 rows: 12.30, null, 4.00`.
  public var description: String {
    let text = ValueText(self)
    let values = (0..<min(count, 10)).map { row in
      text.text(row: row).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
    let rest = count > 10 ? ", …" : ""
    return "\(name): \(type), \(CountText(count, "row")): \(values.joined(separator: ", "))\(rest)"
  }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
