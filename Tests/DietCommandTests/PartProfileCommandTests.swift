import Foundation
import TestSupport
import Testing

/// `diet profile`, `merge` and `plan`, and `apply` of parts.
struct PartProfileCommandTests {
  private static let text =
    "id,word,price\n"
    + (1...400).map { "\($0),\"w\($0 % 5)\n\",\($0 % 9).5\n" }.joined()

  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.file("t.csv", text)
    return folder
  }

  private static func run(
    _ words: String, _ folder: TemporaryFolder, exits code: Int32 = 0
  ) throws -> CommandRun {
    let run = try CommandRun(words.split(separator: " ").map(String.init), in: folder.url)
    #expect(run.exitCode == code, "\(words): \(run.errors)\(run.output)")
    return run
  }

  private static func bytes(_ name: String, _ folder: TemporaryFolder) throws -> Data {
    try Data(contentsOf: folder.url.appendingPathComponent(name))
  }

  @Test func partsAreTheWhole() throws {
    let folder = try Self.folder()
    _ = try Self.run("profile t.csv -o whole.profile", folder)
    let ranges = ["0:1000", "1000:1003", "1003:3000", "3000:"]
    for (number, range) in ranges.enumerated() {
      _ = try Self.run("profile t.csv --byte-range \(range) -o \(number).profile", folder)
    }
    _ = try Self.run("merge 2.profile 0.profile -o some.profile", folder)
    let early = try Self.run("analyze some.profile", folder, exits: 2)
    #expect(early.errors.contains("of t.csv are in no part"), "\(early.errors)")
    _ = try Self.run("merge 3.profile some.profile 1.profile -o all.profile", folder)
    #expect(try Self.bytes("all.profile", folder) == Self.bytes("whole.profile", folder))
    #expect(try Self.bytes("whole.profile", folder).count < 2000)
    let report = try Self.run("analyze all.profile --format json", folder)
    #expect(report.output.contains("\"rows\": 400") || report.output.contains("\"rows\":400"))
    _ = try Self.run("plan all.profile -o parts.json", folder)
    _ = try Self.run("plan t.csv -o table.json", folder)
    #expect(try Self.bytes("parts.json", folder) == Self.bytes("table.json", folder))
    for (number, range) in ranges.enumerated() {
      let name = "part-\(number).arrow"
      _ = try Self.run("apply t.csv --byte-range \(range) --plan parts.json -o \(name)", folder)
      let verified = try Self.run("verify \(name) --against t.csv", folder)
      #expect(verified.output.contains("Every value"), "\(verified.output)")
    }
  }

  @Test(arguments: [
    ("profile t.csv --byte-range 9:3 -o p.profile", 64, "--byte-range"),
    ("profile t.csv t.csv --byte-range 0:3 -o p.profile", 64, "name one"),
    ("profile t.csv -o t.csv", 2, "the input"),
    ("profile t.csv --type id=string -o p.profile", 64, "not for profiles"),
    ("merge t.csv -o all.profile", 2, "no profile"),
    ("merge none.profile -o all.profile", 2, "there is no profile to read"),
    ("apply t.csv --byte-range 0:9 -o p.arrow", 64, "add --plan"),
    ("analyze whole.profile --delimiter ;", 64, "when they were profiled"),
    ("cat whole.profile", 64, "has no rows"),
    ("merge whole.profile whole.profile -o all.profile", 2, "in two parts"),
    ("profile t.csv -o plan.json", 2, "something else in it"),
  ])
  func whatCannotBeIsRefused(_ words: String, _ code: Int32, _ said: String) throws {
    let folder = try Self.folder()
    _ = try Self.run("profile t.csv -o whole.profile", folder)
    _ = try Self.run("plan t.csv -o plan.json", folder)
    let run = try Self.run(words, folder, exits: code)
    #expect(run.errors.contains(said), "\(words): \(run.errors)")
  }
}
