/// A file's name at the head of a report.
struct FileTitle {
  /// The name without its directories, on one line.
  let name: String

  init(_ path: String) {
    name =
      path == "-"
      ? "standard input" : (path.split(separator: "/").last.map(String.init) ?? path).onOneLine
  }

  /// The name and the facts, on one line of a report: a long name gives way.
  func text(facts: String, width: Int = reportWidth) -> String {
    name.ellipsized(to: width - facts.displayWidth) + facts
  }
}
