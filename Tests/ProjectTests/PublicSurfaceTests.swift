import Foundation
import Testing

/// What is public is public on purpose: listed, and explained.
@Suite struct PublicSurfaceTests {
  /// How many declarations have no comment yet. The number only falls.
  private static let silentCount = 47

  @Test func theListIsTheSources() throws {
    let page = try PublicSurface.page()
    let path = "docs/public-api.md"
    let kept = Project.exists(path) ? try Project.text(path) : ""
    if kept == page { return }
    if ProcessInfo.processInfo.environment["DIET_UPDATE_GOLDEN"] != nil {
      try page.write(
        to: Project.root.appending(path: path), atomically: true, encoding: .utf8)
    }
    let (old, new) = (Set(kept.split(separator: "\n")), Set(page.split(separator: "\n")))
    let changes =
      old.subtracting(new).map { "- \($0)" }.sorted()
      + new.subtracting(old).map { "+ \($0)" }.sorted()
    Issue.record(
      """
      \(path) does not list what is public; DIET_UPDATE_GOLDEN=1 writes it:
      \(changes.prefix(20).joined(separator: "\n"))
      """)
  }

  /// What the protocol of another library asks for explains itself.
  private static let witnesses: Set = ["description", "==", "<", "hash", "encode"]

  @Test func everythingIsExplained() throws {
    let silent = try Project.exposed().flatMap(PublicSurface.entries(of:)).filter { entry in
      !entry.isDocumented && !Self.witnesses.contains(entry.declaration.name)
        && !entry.declaration.name.hasPrefix("_")
        && !["init(from decoder", "Literal value", "rawValue"].contains(
          where: entry.signature.contains)
    }
    let places = silent.map { "\($0.path):\($0.declaration.line + 1): \($0.signature)" }
    #expect(
      silent.count == Self.silentCount,
      """
      \(silent.count) public declarations have no comment, not \(Self.silentCount): explain what is new, \
      and lower the number
      \(places.joined(separator: "\n"))
      """)
  }
}
