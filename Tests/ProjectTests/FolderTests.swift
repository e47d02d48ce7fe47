import Testing

/// The folders of a target are layers: what one declares another may use, but not both ways round, and
/// not in a circle of more.
///
/// What counts are types, functions and constants at the top level; members are found through these.
@Suite struct FolderTests {
  private struct Use: Hashable {
    let target: String
    let from: String
    let to: String
  }

  private static func folder(of path: String) -> String {
    let parts = path.split(separator: "/")
    return parts.count > 3 ? String(parts[2]) : "the root"
  }

  /// The names by which the folders of a target use one another.
  private static func uses(in target: String) -> [Use: Set<String>] {
    let paths = Project.sources.filter { Project.target(of: $0) == target }
    var homes: [String: Set<String>] = [:]
    for path in paths {
      for declaration in Project.declarations[path] ?? []
      where declaration.scope == .file && declaration.keyword != "extension"
        && !declaration.modifiers.contains(where: ["private", "fileprivate"].contains)
      {
        homes[declaration.name, default: []].insert(folder(of: path))
      }
    }
    var uses: [Use: Set<String>] = [:]
    for path in paths {
      let own = folder(of: path)
      for name in (Project.code[path]?.names ?? [:]).keys {
        guard let home = homes[name], home.count == 1, let other = home.first, other != own else {
          continue
        }
        uses[Use(target: target, from: own, to: other), default: []].insert(name)
      }
    }
    return uses
  }

  /// The uses that are left when folders that use nothing more are taken away, again and again.
  private static func circular(_ uses: [Use: Set<String>]) -> [Use: Set<String>] {
    var left = uses
    while true {
      let using = Set(left.keys.map(\.from))
      let next = left.filter { using.contains($0.key.to) }
      if next.count == left.count { return left }
      left = next
    }
  }

  @Test func noTwoFoldersNeedEachOther() {
    for target in Set(Project.sources.map(Project.target(of:))) {
      let uses = Self.uses(in: target)
      let circular = Self.circular(uses)
      for (use, names) in circular {
        Issue.record(
          "\(target): \(use.from) uses \(names.sorted().joined(separator: ", ")) of \(use.to), which leads back"
        )
      }
    }
  }

  @Test func aCircleIsFound() {
    func use(_ from: String, _ to: String) -> Use { Use(target: "T", from: from, to: to) }
    let chain = [use("a", "b"): ["X"], use("b", "c"): ["Y"], use("a", "c"): ["Y"]] as [Use: Set]
    #expect(Self.circular(chain).isEmpty)
    let circle = chain.merging([use("c", "a"): ["Z"]]) { first, _ in first }
    #expect(Set(Self.circular(circle).keys) == Set(circle.keys))
    #expect(Self.uses(in: "Kernels").values.contains { $0.contains("ColumnRows") })
  }
}
