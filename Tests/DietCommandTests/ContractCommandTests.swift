import Foundation
import TestSupport
import Testing

/// `diet lock`, `check`, `diff` and `history`, as they are typed.
struct ContractCommandTests {
  private static func table(_ month: Int, rows: Int = 200, extra: (Int) -> String = { "\($0)" })
    -> String
  {
    "id,shop,pieces\n"
      + (0..<rows).map { "\(month * 3000 + $0),\(["Rome", "Oslo"][$0 % 2]),\(extra($0 % 50))\n" }
      .joined()
  }

  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.file("jan.csv", table(1))
    try folder.file("feb.csv", table(2))
    try folder.file("wide.csv", table(2) { $0 == 7 ? "300" : "\($0)" })
    return folder
  }

  @discardableResult
  private static func run(
    _ words: String, _ folder: TemporaryFolder, input: String? = nil, exits code: Int32 = 0
  ) throws -> CommandRun {
    let run = try CommandRun(
      words.split(separator: " ").map(String.init), in: folder.url,
      input: input.map { Data($0.utf8) })
    #expect(run.exitCode == code, "\(words): \(run.errors)\(run.output)")
    return run
  }

  @Test func aLockHoldsAndFails() throws {
    let folder = try Self.folder()
    let locked = try Self.run("lock jan.csv", folder)
    #expect(locked.output.contains("diet check FILES --lock diet.lock.yaml"))
    try Self.run("check jan.csv", folder)
    try Self.run("check feb.csv --threads 3", folder)
    try Self.run("check -", folder, input: Self.table(2))
    let failed = try Self.run("check wide.csv", folder, exits: 1)
    #expect(failed.output.contains("wider-needed `pieces` (widening)"), "\(failed.output)")
    #expect(failed.output.onOneLine.contains("first line 9 `300`"), "\(failed.output)")
    try Self.run("check wide.csv --allow widening", folder)
    try Self.run("check wide.csv --allow wider-needed --deny widening", folder)
    try Self.run("check wide.csv --warn all", folder)
    let wrong = try Self.run("check wide.csv --deny widenin", folder, exits: 64)
    #expect(wrong.errors.contains("widening"), "\(wrong.errors)")
    let json = try Self.run("check wide.csv --format json", folder, exits: 1)
    let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect(document?["ok"] as? Bool == false)
    #expect((document?["findings"] as? [[String: Any]])?.first?["line"] as? Int == 9)
  }

  @Test func otherFormatsAreHeldAgainstTheSameLock() throws {
    let folder = try Self.folder()
    try Self.run("lock jan.csv -o lock.json", folder)
    for name in ["feb.arrow", "feb.parquet"] {
      try Self.run("apply feb.csv -o \(name)", folder)
      try Self.run("check \(name) --lock lock.json", folder)
    }
    try Self.run("apply wide.csv -o wide.parquet", folder)
    let failed = try Self.run("check wide.parquet --lock lock.json", folder, exits: 1)
    #expect(failed.output.onOneLine.contains("first row 8 `300`"), "\(failed.output)")
    try Self.run("profile feb.csv -o feb.profile", folder)
    try Self.run("check feb.profile --lock lock.json", folder)
    try Self.run("profile wide.csv -o wide.profile", folder)
    try Self.run("check wide.profile --lock lock.json", folder, exits: 1)
  }

  @Test func whatIsMeantIsAccepted() throws {
    let folder = try Self.folder()
    try Self.run("lock jan.csv", folder)
    let accepted = try Self.run("check wide.csv --accept", folder)
    #expect(accepted.output.contains("The lock was written anew"), "\(accepted.output)")
    #expect(accepted.output.contains("1 finding"))
    try Self.run("check wide.csv", folder)
    // Only a lock is replaced.
    try folder.file("notes.yaml", "a: 1\n")
    try Self.run("lock jan.csv -o notes.yaml", folder, exits: 2)
    try Self.run("lock jan.csv -o jan.csv", folder, exits: 2)
    try Self.run("check jan.csv --lock notes.yaml", folder, exits: 2)
  }

  /// What somebody wrote into a lock stays when it is changed, and is not locked away by a new one.
  @Test func whatAHandWroteStays() throws {
    let folder = try Self.folder()
    try Self.run("lock jan.csv", folder)
    let path = folder.url.appendingPathComponent("diet.lock.yaml")
    func edit(_ before: String, _ after: String) throws {
      var text = try String(contentsOf: path, encoding: .utf8)
      let range = try #require(text.range(of: before), "\(text)")
      text.replaceSubrange(range, with: after)
      try text.write(to: path, atomically: true, encoding: .utf8)
    }
    try edit("status: active\n", "status: active\nteam: {name: sales}\n")
    try edit(
      "  - name: shop\n",
      "  - name: shop\n    description: which shop\n    classification: internal\n")
    try edit(
      "  - name: pieces\n",
      "  - name: pieces\n    quality:\n    - {mustBe: 0, metric: nullValues, description: no gaps}\n"
        + "    - {type: sql, query: SELECT 1, mustBe: 1}\n")
    let again = try Self.run("lock feb.csv", folder, exits: 2)
    #expect(again.errors.contains("--accept"), "\(again.errors)")
    let untouched = try String(contentsOf: path, encoding: .utf8)
    let held = try Self.run("check feb.csv --accept", folder)
    #expect(!held.output.contains("written anew"), "\(held.output)")
    #expect(try String(contentsOf: path, encoding: .utf8) == untouched)
    // A category more: the list grows, and stays one.
    let more = Self.table(2).replacing("1,Oslo,", with: "1,Bern,", maxReplacements: 1)
    try folder.file("more.csv", more)
    try Self.run("check more.csv", folder, exits: 1)
    try Self.run("check more.csv --accept", folder)
    try Self.run("check more.csv", folder)
    let text = try String(contentsOf: path, encoding: .utf8)
    for words in ["sales", "which shop", "internal", "SELECT 1", "nullValues", "no gaps", "Bern"] {
      #expect(text.split(separator: words).count == 2, "\(words): \(text)")
    }
    try folder.file("typo.csv", more.replacing("2,Rome,", with: "2,Roma,", maxReplacements: 1))
    let typo = try Self.run("check typo.csv", folder, exits: 1)
    #expect(typo.output.contains("Roma"), "\(typo.output)")
    // A rule of a hand stays broken.
    try folder.file("gap.csv", Self.table(2) { $0 == 3 ? "" : "\($0)" })
    try Self.run("check gap.csv --accept", folder, exits: 1)
    try Self.run("check gap.csv", folder, exits: 1)
  }

  /// What a column had and has is a value, too, be it in what is expected.
  @Test(arguments: ["table", "json", "markdown", "junit", "github", "gitlab", "sarif", "html"])
  func findingsWithoutValues(format: String) throws {
    let folder = try TemporaryFolder()
    func table(_ words: (Int) -> String) -> String {
      "n,word,amount\n" + (0..<40).map { "\($0),\(words($0)),\($0 % 7 + 7131).25\n" }.joined()
    }
    try folder.file("a.csv", table { _ in "Vienna" })
    try folder.file(
      "b.csv", table { $0 == 9 ? "Zagreb" : "Vienna" }.replacing("713", with: "-913"))
    try Self.run("lock a.csv", folder)
    let open = try Self.run("check b.csv --format \(format)", folder, exits: 1)
    let closed = try Self.run("check b.csv --redact --format \(format)", folder, exits: 1)
    for word in ["Vienna", "Zagreb", "7131", "9137"] {
      #expect(open.output.contains(word) || format == "junit" || word == "9137", "\(open.output)")
      #expect(!closed.output.contains(word), "\(word): \(closed.output)")
    }
  }

  @Test func contractsOfOthersAreNotReplaced() throws {
    let folder = try Self.folder()
    let contract = """
      apiVersion: v3.1.0
      kind: DataContract
      id: x
      version: 1.0.0
      status: active
      schema:
      - {name: jan, properties: [{name: id}]}
      """
    try folder.file("diet.lock.yaml", contract)
    try Self.run("lock jan.csv", folder, exits: 2)
    try Self.run("check jan.csv --accept", folder, exits: 64)
    let path = folder.url.appendingPathComponent("diet.lock.yaml")
    #expect(try String(contentsOf: path, encoding: .utf8) == contract)
    try folder.file("other.csv", "a,b\n1,2\n3,4\n")
    try Self.run("lock other.csv -o other.yaml", folder)
    try Self.run("lock jan.csv -o other.yaml", folder, exits: 2)
  }

  /// Files that the program wrote itself hold what the text held.
  @Test func ownFilesPassTheLockOfTheirText() throws {
    let folder = try TemporaryFolder()
    try folder.file(
      "p.csv", "n,price\n" + (0..<50).map { "\($0),\($0).\($0 % 90 + 10)\n" }.joined())
    try Self.run("lock p.csv", folder)
    for name in ["p.arrow", "p.parquet"] {
      for engine in ["", " --for pandas", " --for polars", " --for duckdb"] {
        try Self.run("apply p.csv -o \(name)\(engine)", folder)
        try Self.run("check \(name)", folder)
      }
    }
  }

  @Test func whatTheStartShowsEndsACheck() throws {
    let folder = try Self.folder()
    try Self.run("lock jan.csv", folder)
    try folder.file("other.csv", "id,store\n" + (0..<99).map { "\($0),x\n" }.joined())
    let failed = try Self.run("check other.csv --fail-fast", folder, exits: 1)
    #expect(failed.output.contains("column-removed `pieces`"), "\(failed.output)")
    try Self.run("check feb.csv --fail-fast", folder)
    let last = try Self.run("check wide.csv --fail-fast", folder, exits: 1)
    #expect(last.output.contains("wider-needed") && !last.output.contains("line 9"))
  }

  @Test func tablesAreCompared() throws {
    let folder = try Self.folder()
    let same = try Self.run("diff jan.csv jan.csv", folder)
    #expect(same.output.contains("They are the same."))
    let differs = try Self.run("diff jan.csv wide.csv", folder, exits: 1)
    #expect(differs.output.contains("0 to 300") && differs.output.contains("3000 to 3199"))
    try Self.run("lock jan.csv -o a.yaml", folder)
    try Self.run("profile jan.csv -o a.profile", folder)
    try Self.run("plan jan.csv -o a.plan.json", folder)
    for name in ["a.yaml", "a.profile"] {
      let run = try CommandRun(["diff", "jan.csv", name, "--format", "json"], in: folder.url)
      let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
      let kinds = (document?["differences"] as? [[String: Any]] ?? []).compactMap {
        $0["kind"] as? String
      }
      // A lock names the categories that it knows, and no others.
      #expect(Set(kinds).isSubset(of: ["relation", "categories", "dialect"]), "\(name): \(kinds)")
    }
    let plan = try Self.run("diff a.plan.json jan.csv --redact", folder, exits: 1)
    #expect(plan.output.contains("layout") && !plan.output.contains("nulls"))
    try Self.run("diff jan.csv missing.csv", folder, exits: 2)
  }

  /// What is text for want of a word is said when it is locked.
  @Test(arguments: [false, true])
  func locksSayWhatWouldBeNumbers(isRedacted: Bool) throws {
    let folder = try TemporaryFolder()
    let rows = (0..<50).map { "\($0);1.\(100 + $0),56\n" }.joined()
    try folder.file("a.csv", "n;amt\n" + rows)
    let more = isRedacted ? " --redact" : ""
    let run = try Self.run("lock a.csv\(more)", folder)
    #expect(
      run.errors == "diet: note: amt: would be numbers if points separate thousands and a comma"
        + " decimals: `--decimal amt=, --thousands amt=.`\n")
    let told = try CommandRun(
      ["lock", "a.csv", "--decimal", "amt=,", "--thousands", "amt=."], in: folder.url)
    #expect(told.exitCode == 0 && told.errors == "")
    try folder.file(
      "wide.csv",
      (0..<9).map { "c\($0)" }.joined(separator: ";") + "\n"
        + (0..<50).map { row in
          (0..<9).map { "1.\(100 + row + $0),56" }.joined(separator: ";") + "\n"
        }.joined())
    let wide = try Self.run("lock wide.csv -o wide.yaml\(more)", folder)
    #expect(wide.errors.split(separator: "\n").count == 6, "\(wide.errors)")
    #expect(wide.errors.contains("and 4 more columns: diet analyze tells all"))
  }

  /// Nobody is told to write a lock over data.
  @Test func adviceNamesNoTable() throws {
    let folder = try Self.folder()
    let table = try Self.run("check jan.csv --lock jan.csv", folder, exits: 2)
    #expect(table.errors.contains("`diet lock FILES -o LOCK` writes one"), "\(table.errors)")
    try folder.file("x.yaml", "a: 1\n")
    let document = try Self.run("check jan.csv --lock x.yaml", folder, exits: 2)
    #expect(document.errors.contains("`diet lock FILES -o x.yaml` writes one"))
  }

  @Test func theMonthIsNamed() throws {
    let folder = try TemporaryFolder()
    for month in 1...8 { try folder.file("sales-2026-0\(month).csv", Self.table(month)) }
    let told = try Self.run("history .", folder)
    #expect(told.output.contains("2026-11  `id`"), "\(told.output)")
    #expect(!told.output.contains("pieces"))
    try Self.run("lock sales-2026-08.csv -o lock.yaml", folder)
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("past"), withIntermediateDirectories: true)
    for month in 1...7 {
      try FileManager.default.moveItem(
        at: folder.url.appendingPathComponent("sales-2026-0\(month).csv"),
        to: folder.url.appendingPathComponent("past/sales-2026-0\(month).csv"))
    }
    let words = "check sales-2026-08.csv --lock lock.yaml --history past"
    let warned = try Self.run(words, folder)
    #expect(warned.output.contains("will-outgrow `id` (growth)"), "\(warned.output)")
    try Self.run("\(words) --deny will-outgrow", folder, exits: 1)
  }
}

extension String {
  /// Lines of a report as the sentence that they are.
  fileprivate var onOneLine: String {
    split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
