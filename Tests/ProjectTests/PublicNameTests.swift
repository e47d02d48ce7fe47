import Foundation
import Testing

/// Names of ours beside those of Swift's own libraries: a type that hides one of theirs changes what
/// a client's code means without a word.
@Suite struct PublicNameTests {
  /// Public types that are declared at the top level of these targets.
  private static func types(in targets: [String]? = nil) throws -> [(name: String, path: String)] {
    let declaration =
      /^(?:@\w+(?:\([^)]*\))? )*public (?:final |indirect )*(?:struct|class|enum|protocol|actor|typealias) (\w+)/
      .anchorsMatchLineEndings()
    return try Project.sources
      .filter { targets?.contains(Project.target(of: $0)) ?? true }
      .flatMap { path in
        try Project.text(path).matches(of: declaration).map { (String($0.1), path) }
      }
  }

  @Test func noneIsSwifts() throws {
    let theirs = Set(
      try Project.text("Tests/ProjectTests/swift-names.txt").split(separator: "\n").map(String.init)
    )
    #expect(theirs.isSuperset(of: ["EncodingError", "Expression", "SortOrder", "Duration"]))
    let ours = try Self.types()
    #expect(ours.count > 80)
    for (name, path) in ours where theirs.contains(name) {
      Issue.record("\(path): `\(name)` hides a type of Swift's or Foundation's")
    }
  }

  /// A test beside Foundation names all of them bare, which does not compile where a name means two
  /// things.
  @Test func allAreNamedBesideFoundation() throws {
    let path = "Tests/MemoryDietTests/BareNames.swift"
    let words = Set(try Project.text(path).matches(of: /\w+/).map { String($0.0) })
    for (name, source) in try Self.types(in: Project.exposed()) where !words.contains(name) {
      Issue.record("\(source): `\(name)` is public, and is not in \(path)")
    }
  }
}
