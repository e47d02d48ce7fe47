import Foundation
import TestSupport
import Testing

/// A file of the project that is printed from the catalogue, rewritten where `DIET_UPDATE_GOLDEN` is
/// set. A run that rewrites fails.
func expect(_ text: String, toBe path: String, at place: SourceLocation = #_sourceLocation) {
  let file = packageRoot.appending(path: path)
  if (try? String(contentsOf: file, encoding: .utf8)) == text { return }
  guard ProcessInfo.processInfo.environment["DIET_UPDATE_GOLDEN"] != nil else {
    Issue.record(
      "\(path) is not what the catalogue says. DIET_UPDATE_GOLDEN=1 prints it anew.",
      sourceLocation: place)
    return
  }
  do {
    try text.write(to: file, atomically: true, encoding: .utf8)
    Issue.record("\(path) was printed anew: read the difference.", sourceLocation: place)
  } catch {
    Issue.record(error, sourceLocation: place)
  }
}

extension String {
  /// The text in lines of at most `width` columns, the second and later ones behind `indent`.
  func wrapped(at width: Int, indent: String) -> String {
    var lines: [String] = [""]
    for word in split(separator: " ") {
      let line = lines[lines.count - 1]
      if line.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if line.count + 1 + word.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(indent + word)
      }
    }
    return lines.joined(separator: "\n")
  }
}
