import Foundation
import Testing

extension String {
  /// A page without its style sheet, which says nothing of a report, and is long.
  fileprivate var withoutStyle: String {
    guard let start = firstRange(of: "<style>"), let end = firstRange(of: "</style>") else {
      return self
    }
    return String(self[..<start.upperBound] + self[end.lowerBound...])
  }
}

/// A file of expected output in `Golden`, rewritten where `DIET_UPDATE_GOLDEN` is set. A run that
/// rewrites anything fails, so that no one takes it for a test.
func expectGolden(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
  let file = folder.appending(path: name)
  let text = text.withoutStyle
  let expected = try? String(decoding: Data(contentsOf: file), as: UTF8.self)
  guard expected != text else { return }
  guard ProcessInfo.processInfo.environment["DIET_UPDATE_GOLDEN"] != nil else {
    Issue.record(
      "\(name) is not as expected. DIET_UPDATE_GOLDEN=1 rewrites it.\n\(text)",
      sourceLocation: sourceLocation)
    return
  }
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  try Data(text.utf8).write(to: file)
  Issue.record("\(name) was rewritten: read the difference.", sourceLocation: sourceLocation)
}
