import Columnar

/// What is worth knowing about a table and its columns. A note that several columns share is
/// said once.
struct ReportNotes {
  let sentences: [String]

  init(_ report: AnalysisReport) {
    var sentences = report.notes.map(\.description)
    let memory = report.memory
    let padding = report.columns.reduce(0) { $0 + $1.after.padding }
    if memory.after > memory.before, memory.after - padding <= memory.before, padding > 0 {
      sentences.append(
        "The table is too small to save anything: each buffer is rounded up to 64 bytes.")
    }
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
