import Foundation
import TestSupport
import Testing

/// What a gate says that cannot look: every format that is asked for tells the error, and nothing that was green stays.
@Suite struct FailedGateTests {
  private static let formats = ["junit", "github", "gitlab", "sarif", "markdown", "json", "html"]

  /// A table, its lock, and files that cannot be held against it.
  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.file("jan.csv", "id,name\n" + (0..<50).map { "\($0),Rome\n" }.joined())
    try folder.file("latin.csv", Data("id,name\n1,M".utf8) + [0xFC] + Data("ller\n".utf8))
    try folder.file("ragged.csv", "id,name\n1,Secret\n2,Secret,Secret\n3,x\n")
    try folder.file("typed.csv", "id,name\n1,Secret\n")
    try folder.file("units.csv", "id,name\n1,5 Secret\n2,6 Müller\n")
    try folder.file("other.csv", "x,y\n1,2\n")
    try folder.file("broken.yaml", "apiVersion: v3.1.0\nkind: DataContract\nschema: 7\n")
    let run = try CommandRun(["lock", "jan.csv"], in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    return folder
  }

  private static let runs: [(words: String, exits: Int32, line: Int?)] = [
    ("check latin.csv", 2, 2), ("check ragged.csv --strict", 1, 3), ("check missing.csv", 2, nil),
    ("check jan.csv --lock missing.yaml", 2, nil), ("check jan.csv --lock broken.yaml", 2, 3),
    ("check other.csv", 2, nil), ("check typed.csv --type name=integer", 2, 2),
    ("diff jan.csv latin.csv", 2, 2), ("verify missing.arrow --against jan.csv", 2, nil),
  ]

  @Test(arguments: runs.map(\.words))
  func everyFormatTellsTheError(words: String) throws {
    let (_, exits, line) = try #require(Self.runs.first { $0.words == words })
    let folder = try Self.folder()
    // What an earlier run found.
    let formats = Self.formats.filter { $0 != "html" || words.hasPrefix("check") }
    for format in formats { try folder.file("out.\(format)", "[]\n") }
    let environment = [
      "GITHUB_STEP_SUMMARY": folder.path("summary"), "GITHUB_OUTPUT": folder.path("outputs"),
    ]
    let run = try CommandRun(
      words.split(separator: " ").map(String.init) + ["--format", "github"]
        + formats.flatMap { ["--report", "\($0)=out.\($0)"] }, in: folder.url,
      environment: environment)
    #expect(run.exitCode == exits, "\(run.errors)")
    #expect(run.errors.hasPrefix("diet: ") && run.errors.split(separator: "\n").count == 1)
    let message = String(run.errors.dropFirst("diet: ".count).dropLast())
    func file(_ format: String) -> URL { folder.url.appending(path: "out.\(format)") }

    #expect(run.output == (try String(contentsOf: file("github"), encoding: .utf8)))
    let annotation = try #require(try GateReader.list("github", file("github")).first)
    #expect(annotation["level"] as? String == "error")
    #expect(annotation["message"] as? String == message)
    #expect(annotation["line"] as? String == line.map { "\($0)" })
    let cases = try GateReader.list("junit", file("junit"))
    #expect((cases.first?["errors"] as? [String])?.count == 1 && cases.count == 1)
    let entry = try #require(try GateReader.list("gitlab", file("gitlab")).first)
    #expect(entry["severity"] as? String == "blocker" && entry["description"] as? String == message)
    let result = try #require(try GateReader.list("sarif", file("sarif")).first)
    #expect(result["level"] as? String == "error" && result["line"] as? Int == line)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: file("json"))) as? [String: Any])
    #expect(json["ok"] as? Bool == false)
    let error = try #require(json["error"] as? [String: Any])
    #expect(error["message"] as? String == message && error["line"] as? Int == line)
    #expect(error["exit_code"] as? Int == Int(exits))
    for format in formats {
      let text = try String(contentsOf: file(format), encoding: .utf8)
      #expect(text.contains(error["code"] as? String ?? "?"), "\(format)")
    }
    let summary = try String(contentsOfFile: folder.path("summary"), encoding: .utf8)
    #expect(summary.contains("Failed: nothing could be checked"))
    let outputs = try String(contentsOfFile: folder.path("outputs"), encoding: .utf8)
    #expect(outputs == "findings=1\nok=false\n")
  }

  /// Errors without a value of the table say where, and what to do.
  @Test(arguments: [
    ("check latin.csv", "line 2"), ("check ragged.csv --strict", "line 3"),
    ("check typed.csv --type name=integer", "column `name`"),
    ("check typed.csv --date-format name=%Y-%m-%d", "%Y-%m-%d"),
    ("check units.csv --number name", "another unit"),
    ("lock latin.csv -o new.yaml", "line 2"),
    ("lock typed.csv -o new.yaml --type name=integer", "--type name=string"),
    ("lock units.csv -o new.yaml --number name", "another unit"),
    ("diff jan.csv latin.csv", "line 2"),
  ])
  func redactedErrorsNameNoValue(words: String, place: String) throws {
    let folder = try Self.folder()
    let isGate = !words.hasPrefix("lock")
    let formats = isGate ? Self.formats.filter { $0 != "html" || words.hasPrefix("check") } : []
    let all = words.split(separator: " ").map(String.init)
    let open = try CommandRun(all, in: folder.url)
    let isNamed = ["Secret", "M\u{FC}ller"].contains(where: open.errors.contains)
    #expect(isNamed || words.contains("--strict"), "\(open.errors)")
    let run = try CommandRun(
      all + ["--redact"] + formats.flatMap { ["--report", "\($0)=out.\($0)"] }, in: folder.url)
    #expect(run.exitCode == open.exitCode && run.exitCode > 0)
    #expect(run.errors.contains(place), "\(run.errors)")
    #expect(!run.errors.contains("part of"))
    let texts = try formats.map {
      try String(contentsOf: folder.url.appending(path: "out.\($0)"), encoding: .utf8)
    }
    for text in texts + [run.errors, run.output] {
      #expect(!text.contains("Secret") && !text.contains("ller"), "\(text)")
    }
  }

  /// A report takes the place of a report, and of nothing that the run reads.
  @Test func inputsStay() throws {
    let folder = try Self.folder()
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "folder"), withIntermediateDirectories: true)
    // Of several kinds: which of them are read is not known.
    for name in ["a.csv", "b.arrow"] { try folder.file("folder/\(name)", "id,name\n1,x\n") }
    let table = try Data(contentsOf: folder.url.appending(path: "jan.csv"))
    let lock = try Data(contentsOf: folder.url.appending(path: "diet.lock.yaml"))
    for words in [
      ["check", "missing.csv", "jan.csv", "--report", "junit=jan.csv"],
      ["check", "missing.csv", "--report", "json=diet.lock.yaml"],
      ["check", "jan.csv", "--report", "table=jan.csv"],
      ["check", "folder", "--report", "junit=folder/a.csv"],
      ["check", "folder", "--report", "json=diet.lock.yaml"],
      ["diff", "missing.csv", "jan.csv", "--report", "markdown=jan.csv"],
    ] {
      #expect(try CommandRun(words, in: folder.url).exitCode == 2, "\(words)")
      #expect(try Data(contentsOf: folder.url.appending(path: "jan.csv")) == table, "\(words)")
      let now = try Data(contentsOf: folder.url.appending(path: "diet.lock.yaml"))
      #expect(now == lock, "\(words)")
      let part = try String(contentsOfFile: folder.path("folder/a.csv"), encoding: .utf8)
      #expect(part == "id,name\n1,x\n", "\(words)")
    }
  }

  /// Services count paths from their own folder.
  @Test func pathsAreOfTheJob() throws {
    let folder = try Self.folder()
    try folder.file("wide.csv", "id,name\n" + (0..<50).map { "\($0 * 1000),Rome\n" }.joined())
    let name = folder.url.lastPathComponent
    for (environment, path) in [
      ([:], "wide.csv"), (["GITHUB_WORKSPACE": folder.url.path + "/"], "wide.csv"),
      (["CI_PROJECT_DIR": folder.url.deletingLastPathComponent().path], "\(name)/wide.csv"),
    ] {
      for format in ["gitlab", "github", "sarif", "junit"] {
        let run = try CommandRun(
          ["check", folder.path("wide.csv"), "--lock", "diet.lock.yaml", "--format", format],
          in: folder.url, environment: environment)
        #expect(run.exitCode == 1, "\(run.errors)")
        #expect(run.output.contains("\"\(path)\"") || run.output.contains("=\(path),"), "\(format)")
        if format != "github" { #expect(!run.output.contains(folder.path("wide.csv"))) }
        // Columns are named in the texts themselves.
        #expect(run.output.contains("`id`: "), "\(format)")
      }
    }
  }
}
