import Columnar
import Wording

/// What is worth knowing about a table and its columns. A note that several columns share is
/// said once.
struct ReportNotes {
  let sentences: [String]

  init(_ report: AnalysisReport) {
    let sentences = report.notes.map(\.description)
    var order: [String] = []
    var names: [String: [String]] = [:]
    for column in report.columns {
      for note in column.notes.map(\.description) {
        if names[note] == nil { order.append(note) }
        names[note, default: []].append(column.label)
      }
    }
    let obstacles = report.columns.compactMap { column in
      column.obstacles.first.map {
        "\(column.label.ellipsized(to: 24)): \($0.sentence(of: column).onOneLine)"
      }
    }
    self.sentences =
      sentences + obstacles + order.map { "\(Self.list(names[$0]!)): \($0.onOneLine)" }
  }

  /// `a, b, c and 9 more`
  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(3).map { $0.ellipsized(to: 24) }.joined(separator: ", ")
    return names.count > 3 ? "\(shown) and \(CountText(names.count - 3)) more" : shown
  }
}
