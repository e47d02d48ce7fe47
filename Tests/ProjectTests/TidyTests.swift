import Foundation
import Testing

/// What holds for the project's files beside what they do.
@Suite struct TidyTests {
  @Test func noFileIsLong() throws {
    for path in Project.sources + Project.tests {
      let count = try Project.text(path).split(separator: "\n", omittingEmptySubsequences: false)
        .count
      #expect(count <= 401, "\(path) has \(count - 1) lines: more than 400 want to be two files")
    }
  }

  @Test func noFileIsADrawer() {
    let drawers = ["Utils", "Utilities", "Helpers", "Common", "Misc", "Extensions"]
    for path in Project.sources + Project.tests {
      for part in path.split(separator: "/").map({ $0.replacing(".swift", with: "") })
      where drawers.contains(where: part.hasSuffix) {
        Issue.record("\(path): `\(part)` does not say what is in it")
      }
    }
  }

  @Test func thePythonPackageHasTheSameVersion() throws {
    let version = try Project.text("Sources/Columnar/DietVersion.swift")
      .firstMatch(of: /dietVersion = "(.+)"/)?.1
    let package = try Project.text("Sources/Python/pyproject.toml").firstMatch(
      of: /\nversion = "(.+)"/)
    #expect(version != nil && package?.1 == version)
  }

  @Test func foundationStaysOut() throws {
    let documents: Set = ["TabularDiet", "diet"]
    for path in Project.sources {
      let imports = try Project.imports(of: path)
      #expect(!imports.contains("Foundation"), "\(path): costs start-up time and memory")
      if imports.contains("FoundationEssentials") {
        #expect(
          documents.contains(Project.target(of: path)),
          "\(path): JSON documents are read and written above the library's core")
      }
    }
  }

  @Test func importsFollowTheTable() throws {
    let table = try Project.importTable()
    let targets = Set(Project.sources.map(Project.target(of:)))
    let free: Set = ["Platform", "Dispatch", "Synchronization", "FoundationEssentials"]
    for target in targets {
      #expect(table[target] != nil, "docs/architecture.md does not say what \(target) may import")
    }
    for path in Project.sources {
      let allowed = table[Project.target(of: path)] ?? []
      for name in try Project.imports(of: path) where !allowed.union(free).contains(name) {
        Issue.record("\(path) imports \(name), which docs/architecture.md does not allow")
      }
    }
  }

  @Test func tableAllowsNothingTwoWays() throws {
    let table = try Project.importTable()
    for (target, imports) in table {
      for name in imports {
        #expect(table[name]?.contains(target) != true, "\(target) and \(name) import one another")
      }
    }
  }

  @Test func topLevelHoldsWhatItMay() throws {
    let allowed: Set = [
      "Package.swift", "Package.resolved", "Sources", "Tests", "fixtures", "bench", "docs",
      "README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "Makefile",
    ]
    let found = try FileManager.default.contentsOfDirectory(atPath: Project.root.path)
    for name in found where !name.hasPrefix(".") && !allowed.contains(name) {
      Issue.record("\(name) does not belong at the top level")
    }
  }

  /// Tables and code have the lengths that they need.
  @Test func pagesAreWrapped() throws {
    for page in Project.pages {
      var isCode = false
      for line in try Project.text(page).split(separator: "\n") {
        if line.drop(while: { $0 == " " }).hasPrefix("```") { isCode.toggle() }
        if isCode || line.hasPrefix("|") || line.hasPrefix("    ") { continue }
        #expect(line.count <= 120, "\(page): \(line.count) characters in one line: \(line)")
      }
    }
  }

  @Test func linksLeadSomewhere() throws {
    let link = try Regex(#"\]\(([^)\s]+)\)"#, as: (Substring, Substring).self)
    for page in Project.pages {
      let folder = page.split(separator: "/").dropLast().joined(separator: "/")
      for match in try Project.text(page).matches(of: link) {
        let target = match.output.1.split(separator: "#", omittingEmptySubsequences: false)[0]
        if target.isEmpty || target.contains("://") || target.hasPrefix("mailto:") { continue }
        #expect(
          Project.exists(folder.isEmpty ? String(target) : "\(folder)/\(target)"),
          "\(page) links to \(target), which is not there")
      }
    }
  }

  /// Paths that pages name in backticks: a page that outlives what it describes misleads.
  @Test func namedFilesExist() throws {
    let folders = ["Sources/", "Tests/", "docs/", "fixtures/"]
    for page in Project.pages {
      for quoted in Project.quoted(try Project.text(page)) {
        guard let path = quoted.split(separator: " ").first.map(String.init),
          folders.contains(where: path.hasPrefix), !path.contains(where: "*…<{$".contains)
        else { continue }
        #expect(Project.exists(path), "\(page) names \(path), which is not there")
      }
    }
  }
}
