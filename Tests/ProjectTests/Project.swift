import Dispatch
import Foundation
import Synchronization

/// The files of the project, as the tidiness tests look at them.
enum Project {
  static let root: URL = {
    var root = URL(filePath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    return root
  }()

  /// Paths below `folder`, from the root, that end in `suffix`; nothing hidden.
  static func files(in folder: String, suffix: String) -> [String] {
    let found = FileManager.default.enumerator(
      at: root.appending(path: folder), includingPropertiesForKeys: nil,
      options: .skipsHiddenFiles)
    let start = root.path.count + (root.path.hasSuffix("/") ? 0 : 1)
    return (found?.compactMap { ($0 as? URL)?.path } ?? [])
      .filter { $0.hasSuffix(suffix) }
      .map { String($0.dropFirst(start)) }
      .sorted()
  }

  static let sources = files(in: "Sources", suffix: ".swift")
  static let tests = files(in: "Tests", suffix: ".swift")
  static let pages =
    ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"] + files(in: "docs", suffix: ".md")

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// All Swift sources and tests, by path, as code alone.
  static let code: [String: SwiftCode] = onAllThreads(sources + tests) { path in
    SwiftCode((try? text(path)) ?? "")
  }

  /// What each source declares.
  static let declarations: [String: [SwiftDeclaration]] = onAllThreads(sources) { path in
    code[path]?.declarations ?? []
  }

  private static func onAllThreads<T: Sendable>(
    _ paths: [String], _ body: @Sendable (String) -> T
  ) -> [String: T] {
    let found = Mutex<[String: T]>([:])
    DispatchQueue.concurrentPerform(iterations: paths.count) { index in
      let value = body(paths[index])
      found.withLock { $0[paths[index]] = value }
    }
    return found.withLock { $0 }
  }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: path).path)
  }

  /// The target that a source belongs to: the second part of its path.
  static func target(of path: String) -> String {
    path.split(separator: "/").dropFirst().first.map(String.init) ?? path
  }

  /// What a Swift file imports, whatever the access level.
  static func imports(of path: String) throws -> [String] {
    try text(path).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
        words[..<place].allSatisfy(modifiers.contains)
      else { return nil }
      return String(words[place + 1])
    }
  }

  private static let modifiers: Set<Substring> = [
    "public", "package", "internal", "fileprivate", "private", "@testable", "@_exported",
  ]

  /// The targets that `import TabularDiet` brings in.
  static func exposed() throws -> [String] {
    ["TabularDiet"]
      + (try text("Sources/TabularDiet/Exports.swift").matches(of: /public import (\w+)/).map {
        String($0.1)
      })
  }

  /// What each target may import, from the table in `docs/architecture.md`: names in backticks in
  /// the first and the last cell of a row.
  static func importTable() throws -> [String: Set<String>] {
    var table: [String: Set<String>] = [:]
    for line in try text("docs/architecture.md").split(separator: "\n")
    where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map(quoted)
      guard let target = cells.first?.first, exists("Sources/\(target)"), let last = cells.last
      else { continue }
      table[target] = Set(last)
    }
    return table
  }

  /// The parts of a text that stand in backticks.
  static func quoted(_ text: some StringProtocol) -> [String] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }
}
