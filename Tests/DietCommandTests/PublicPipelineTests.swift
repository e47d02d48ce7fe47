import Foundation
import TestSupport
import Testing

/// What the pages show is code for clients: all of it compiles by public names alone.
@Suite struct PublicPipelineTests {
  @Test(arguments: ["README.md", "Sources/TabularDiet/TabularDiet.docc/A-table-on-a-diet.md"])
  func pagesShowPublicCode(page: String) throws {
    let text = try String(contentsOf: packageRoot.appending(path: page), encoding: .utf8)
    let snippets = text.components(separatedBy: "```swift\n").dropFirst().map {
      $0.components(separatedBy: "```")[0].replacingOccurrences(
        of: "import TabularDiet\n", with: "")
    }
    #expect(snippets.count >= 2)
    let folder = try TemporaryFolder()
    let code = "import TabularDiet\nfunc page(folder: String, file: String) throws {\n"
    // Later snippets of a page use what earlier ones made, or make it anew.
    var uses = page == "README.md" ? snippets.map { "do {\n\($0)}\n" } : snippets
    uses.append("}\n")
    try folder.file("Page.swift", code + uses.joined())
    let run = try ClientCode.typecheck(folder)
    #expect(run.exitCode == 0, "\(run.errors)")
  }

  /// What is the package's own is not there.
  @Test func clientsSeeNoMore() throws {
    let folder = try TemporaryFolder()
    try folder.file(
      "Page.swift", "import TabularDiet\nlet made = Preparation()\n")
    let run = try ClientCode.typecheck(folder)
    #expect(run.exitCode != 0 && run.errors.contains("Preparation"))
  }
}
