package import Foundation

/// The parts of a source that a page shows: those between lines `// Mark: name` and `// Mark: end`.
package struct MarkedSource {
  /// In their order, without the indentation that all lines share.
  package let parts: [String]

  /// - Parameters:
  ///   - file: The source.
  ///   - mark: The word that begins a mark, such as `Tutorial`.
  package init(_ file: URL, mark: String) throws {
    let source = try String(contentsOf: file, encoding: .utf8)
    var parts: [String] = []
    var open: [Substring]?
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      let bare = line.drop { $0 == " " }
      if bare == "// \(mark): end" {
        parts.append(Self.dedented(open ?? []))
        open = nil
      } else if bare.hasPrefix("// \(mark): ") {
        open = []
      } else {
        open?.append(line)
      }
    }
    self.parts = parts
  }

  /// The parts that a page does not show as a block of Swift.
  package func missing(in page: URL) throws -> [String] {
    let page = try String(contentsOf: page, encoding: .utf8)
    return parts.filter { !page.contains("```swift\n\($0)\n```\n") }
  }

  private static func dedented(_ lines: [Substring]) -> String {
    let indentation = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
    return lines.map { $0.dropFirst(indentation) }.joined(separator: "\n")
  }
}
