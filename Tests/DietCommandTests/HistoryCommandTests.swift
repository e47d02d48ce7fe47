import Foundation
import TestSupport
import Testing

/// `diet history` and `check --history` of folders in which there is more than tables.
@Suite struct HistoryCommandTests {
  private static let strays = [
    "README.md": "# Months\n\nA table a month, with commas.\n", "make.py": "import os\nprint(1)\n",
    "page.html": "<html><body>a</body></html>\n", "settings.yaml": "a: 1\nb: 2\n",
    "notes.csv": "author,text\nAnn,none\n", "sales-2026-09.csv": "id,shop\n",
    "empty.csv": "",
  ]

  /// Eight months in the folder `past`, and the last of them beside it.
  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "past"), withIntermediateDirectories: true)
    for month in 1...8 {
      let rows = (0..<200).map { "\(month * 3000 + $0),\(["Rome", "Oslo"][$0 % 2])\n" }
      try folder.file("past/sales-2026-0\(month).csv", "id,shop\n" + rows.joined())
    }
    return folder
  }

  private static func run(_ words: String, _ folder: TemporaryFolder) throws -> CommandRun {
    try CommandRun(words.split(separator: " ").map(String.init), in: folder.url)
  }

  @Test(arguments: strays.keys.sorted())
  func straysSilenceNoForecast(name: String) throws {
    let folder = try Self.folder()
    let told = try Self.run("history past", folder)
    #expect(told.output.contains("2026-11  `id`") && told.errors.isEmpty, "\(told.output)")
    try folder.file("past/\(name)", Self.strays[name] ?? "")
    let again = try Self.run("history past", folder)
    #expect(again.exitCode == 0 && again.output == told.output, "\(again.output)")
    #expect(again.errors.hasPrefix("diet: note: left out of the history: past/\(name) ("))
    #expect(again.errors.split(separator: "\n").count == 1)

    try Self.run("lock past/sales-2026-08.csv -o lock.yaml", folder).expectSuccess()
    let checked = try Self.run(
      "check past/sales-2026-08.csv --lock lock.yaml --history past", folder)
    #expect(checked.output.contains("will-outgrow `id`"), "\(checked.output)\(checked.errors)")
    #expect(checked.errors.contains("past/\(name)"))
  }

  @Test func allStraysAreOneLine() throws {
    let folder = try Self.folder()
    for (name, text) in Self.strays { try folder.file("past/\(name)", text) }
    let told = try Self.run("history past", folder)
    #expect(told.output.contains("2026-11  `id`"), "\(told.output)")
    #expect(told.errors.split(separator: "\n").count == 1 && told.errors.contains("and 2 more"))
    #expect(try Self.run("history past --quiet", folder).errors.isEmpty)
  }

  @Test func patternsAreOfMonths() throws {
    let folder = try Self.folder()
    for (name, text) in Self.strays { try folder.file("past/\(name)", text) }
    let told = try Self.run("history past/sales-2026-0[1-8].csv", folder)
    #expect(told.output.contains("2026-11  `id`") && told.errors.isEmpty, "\(told.errors)")
    try Self.run("lock past/sales-2026-08.csv -o lock.yaml", folder).expectSuccess()
    let checked = try Self.run(
      "check past/sales-2026-08.csv --lock lock.yaml --history past/sales-*.csv", folder)
    #expect(checked.output.contains("will-outgrow `id`"), "\(checked.output)")
    let none = try Self.run("history past/*.parquet", folder)
    #expect(none.exitCode == 2 && none.errors.contains("no file matches this pattern"))
  }

  @Test func whatIsNamedIsATableOfIt() throws {
    let folder = try Self.folder()
    for (name, text) in Self.strays { try folder.file("past/\(name)", text) }
    for name in ["README.md", "settings.yaml", "notes.csv"] {
      let run = try Self.run("history past past/\(name)", folder)
      #expect(run.exitCode == 2 && run.errors.contains("past/\(name): it has no column"))
    }
    #expect(try Self.run("history past past/none.csv", folder).exitCode == 2)
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "other"), withIntermediateDirectories: true)
    try folder.file("other/x.csv", "id,shop\n")
    let none = try Self.run("history other", folder)
    #expect(none.exitCode == 2 && none.errors.contains("there is no table with rows"))
  }
}

extension CommandRun {
  fileprivate func expectSuccess() { #expect(exitCode == 0, "\(errors)") }
}
