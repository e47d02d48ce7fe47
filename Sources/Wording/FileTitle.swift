/// A file's name at the head of a report, or of code.
package struct FileTitle {
  /// The name without its directories, on one line.
  package let name: String

  package init(_ path: String) {
    name =
      path == "-"
      ? "standard input" : (path.split(separator: "/").last.map(String.init) ?? path).onOneLine
  }
}
