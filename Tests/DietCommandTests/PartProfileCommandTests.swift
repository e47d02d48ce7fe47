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

  /// Ranges are scanned one without the others; then each part is read without what stands before it.
  @Test func partsBeginWhereAScanSays() throws {
    let folder = try Self.folder()
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("scans"), withIntermediateDirectories: true)
    let ranges = ["0:1000", "1000:1003", "1003:3000", "3000:"]
    for (number, range) in ranges.enumerated() {
      _ = try Self.run("scan t.csv --byte-range \(range) -o scans/\(number).scan", folder)
    }
    _ = try Self.run("merge scans -o all.scan", folder)
    #expect(try Self.bytes("all.scan", folder).count < 200)
    _ = try Self.run("plan t.csv -o plan.json", folder)
    for (number, range) in ranges.enumerated() {
      for (scan, name) in [("", "plain"), (" --scan all.scan", "scanned")] {
        let part = "t.csv --byte-range \(range)\(scan)"
        _ = try Self.run("profile \(part) -o \(name)-\(number).profile", folder)
        _ = try Self.run("apply \(part) --plan plan.json -o \(name)-\(number).parquet", folder)
      }
      for suffix in ["profile", "parquet"] {
        let plain = try Self.bytes("plain-\(number).\(suffix)", folder)
        #expect(
          try Self.bytes("scanned-\(number).\(suffix)", folder) == plain, "\(range), \(suffix)")
      }
    }
    try folder.file("open.csv", "a,b\n1,x\n2,\"y\n3,z\n")
    let open = try Self.run("scan open.csv --quote \" -o open.scan", folder)
    #expect(open.errors.contains("parts are read from byte"), "\(open.errors)")
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
    ("scan t.csv -o plan.json", 2, "something else in it"),
    ("scan t.csv t.csv -o t.scan", 64, "name one"),
    ("profile t.csv --scan whole.scan -o p.profile", 64, "add --byte-range"),
    ("profile t.csv --byte-range 9:99 --scan plan.json -o p.profile", 2, "this is no scan"),
    ("profile u.csv --byte-range 9:99 --scan whole.scan -o p.profile", 2, "scan it again"),
    ("merge whole.scan whole.profile -o all.scan", 2, "this is no scan"),
    ("merge whole.scan whole.scan -o all.scan", 2, "in two parts"),
  ])
  func whatCannotBeIsRefused(_ words: String, _ code: Int32, _ said: String) throws {
    let folder = try Self.folder()
    _ = try Self.run("profile t.csv -o whole.profile", folder)
    _ = try Self.run("plan t.csv -o plan.json", folder)
    _ = try Self.run("scan t.csv -o whole.scan", folder)
    try folder.file("u.csv", Self.text + "1,w,2.5\n")
    let run = try Self.run(words, folder, exits: code)
    #expect(run.errors.contains(said), "\(words): \(run.errors)")
  }

  /// What only longer records have is read as the plan says in every part, those too that have none of them.
  @Test func longRecordsArePlanned() throws {
    let folder = try TemporaryFolder()
    let parts = [
      ["1,a", "2,b,17", "3,c,NA", "4,d,05/02/2024"], ["5,e", "6,f"],
      ["7,g,foo", "8,h,13/02/2024", "9,i,true", "10,j"],
    ]
    for (number, part) in parts.enumerated() {
      try folder.file("\(number).csv", "id,v\n" + part.map { $0 + "\n" }.joined())
    }
    _ = try Self.run("analyze 0.csv 1.csv 2.csv --save-plan plan.json", folder)
    for (number, part) in parts.enumerated() {
      _ = try Self.run("apply \(number).csv --plan plan.json -o \(number).parquet", folder)
      let rows = try Self.run("cat \(number).parquet", folder).output.split(separator: "\n")
      let expected = part.map { $0.filter { $0 == "," }.count == 1 ? $0 + "," : $0 }
      #expect(rows.dropFirst().map(String.init) == expected)
    }
    // Numbers beside words, which were once taken for ranks of one another.
    try folder.file("k1.csv", "id,v\n1,a\n" + (1...9).map { "\($0),b,17\n" }.joined())
    try folder.file("k2.csv", "id,v\n3,d\n" + (1...9).map { "\($0),c,some words\n" }.joined())
    _ = try Self.run("analyze k1.csv k2.csv --save-plan k.json", folder)
    _ = try Self.run("apply k1.csv --plan k.json -o k.parquet", folder)
    #expect(try Self.run("cat k.parquet", folder).output.contains("9,b,17"))
  }

  /// A part takes quotes as the table does, wherever it is cut.
  @Test func quotesAreThoseOfTheTable() throws {
    let folder = try TemporaryFolder()
    let text =
      "a,b\n\"open,2\n\"a\",3\n" + String(repeating: "x,4\n", count: 10) + "\"l\nm\",7\nx,4\n"
    try folder.file("q.csv", text)
    _ = try Self.run("plan q.csv -o plan.json", folder)
    _ = try Self.run("apply q.csv --plan plan.json -o whole.parquet", folder)
    let whole = try Self.run("cat whole.parquet", folder).output
    for cut in [1, 5, 20, 40, 59, 60, 61, 62, 66] {
      var parts = ""
      for (number, range) in ["0:\(cut)", "\(cut):"].enumerated() {
        _ = try Self.run(
          "apply q.csv --byte-range \(range) --plan plan.json -o \(number).parquet", folder)
        let rows = try Self.run("cat \(number).parquet", folder).output
        parts +=
          number == 0 ? rows : rows.split(separator: "\n").dropFirst().map { $0 + "\n" }.joined()
      }
      #expect(parts == whole, "cut at \(cut)")
    }
  }

  /// A command line has room for some thousands of names: folders and patterns stand for any number.
  @Test func foldersOfProfilesAreMerged() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("profiles/more"), withIntermediateDirectories: true)
    let names = (0..<70).map { $0 < 40 ? "profiles/\($0)" : "profiles/more/\($0)" }
    for (number, name) in names.enumerated() {
      try folder.file("\(number).csv", "id,word\n\(number),w\(number % 7)\n")
      _ = try Self.run("profile \(number).csv -o \(name).profile", folder)
    }
    try folder.file("profiles/notes.txt", "none of them")
    let every = names.map { "\($0).profile" }.joined(separator: " ")
    _ = try Self.run("merge \(every) -o named.profile", folder)
    let whole = try Self.bytes("named.profile", folder)
    for paths in [
      "profiles", "profiles/**/*.profile", "profiles/?.profile profiles/??.profile profiles/more",
    ] {
      _ = try Self.run("merge \(paths) -o some.profile", folder)
      #expect(try Self.bytes("some.profile", folder) == whole, "\(paths)")
    }
    let none = try Self.run("merge profiles/x*.profile -o x.profile", folder, exits: 2)
    #expect(none.errors.contains("no file matches this pattern"), "\(none.errors)")
    let own = try Self.run("merge profiles -o profiles/3.profile", folder, exits: 2)
    #expect(own.errors.contains("that is one of the parts"), "\(own.errors)")
    // What is wrong with one of many is said of that one.
    let damaged = try Self.bytes("profiles/more/66.profile", folder).dropLast(2)
    try damaged.write(to: folder.url.appendingPathComponent("profiles/more/66.profile"))
    let run = try Self.run("merge profiles -o x.profile", folder, exits: 2)
    #expect(run.errors.contains("66.profile"), "\(run.errors)")
    #expect(run.errors.contains("the profile is damaged"), "\(run.errors)")
    _ = try Self.run("profile 2.csv -o profiles/more/66.profile", folder)
    let twice = try Self.run("merge profiles -o x.profile", folder, exits: 2)
    #expect(twice.errors.contains("of 2.csv are in two parts"), "\(twice.errors)")
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("empty"), withIntermediateDirectories: true)
    let empty = try Self.run("merge empty -o x.profile", folder, exits: 2)
    #expect(empty.errors.contains("ends in .profile"), "\(empty.errors)")
  }

  @Test func oddPartsAreToldApart() throws {
    let folder = try Self.folder()
    try folder.file("other.csv", "id,name\n1,a\n")
    try folder.file("nothing.csv", "")
    for name in ["t", "other", "nothing"] {
      _ = try Self.run("profile \(name).csv -o \(name).profile", folder)
    }
    // An empty file is a part of every table.
    _ = try Self.run("merge nothing.profile t.profile -o a.profile", folder)
    _ = try Self.run("merge t.profile nothing.profile -o b.profile", folder)
    #expect(try Self.bytes("a.profile", folder) == Self.bytes("b.profile", folder))
    _ = try Self.run("profile nothing.csv t.csv -o c.profile", folder)
    #expect(try Self.bytes("a.profile", folder) == Self.bytes("c.profile", folder))
    let unlike = try Self.run("merge t.profile other.profile -o d.profile", folder, exits: 2)
    #expect(
      unlike.errors.contains("t.csv has a column `word`, which other.csv has not"),
      "\(unlike.errors)")
    let own = try Self.run("merge t.profile nothing.profile -o t.profile", folder, exits: 2)
    #expect(own.errors.contains("that is one of the parts"), "\(own.errors)")
    let twice = try Self.run("profile t.csv ./t.csv -o d.profile", folder, exits: 2)
    #expect(twice.errors.contains("are one file; name it once"), "\(twice.errors)")
    _ = try Self.run("profile ./t.csv -o e.profile", folder)
    #expect(try Self.bytes("e.profile", folder) == Self.bytes("t.profile", folder))
    try folder.file("empty.profile", "")
    let empty = try Self.run("plan empty.profile -o p.json", folder, exits: 2)
    #expect(empty.errors.contains("the profile is empty"), "\(empty.errors)")
  }

  /// A bit that has changed is seen.
  @Test func damageIsSeen() throws {
    let folder = try Self.folder()
    _ = try Self.run("profile t.csv -o t.profile", folder)
    let whole = try Self.bytes("t.profile", folder)
    var random = SeededGenerator(seed: 9)
    for _ in 0..<20 {
      var bytes = whole
      let place = Int.random(in: 9..<bytes.count, using: &random)
      bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      try folder.file("bad.profile", bytes)
      let merged = try CommandRun(["merge", "bad.profile", "-o", "again.profile"], in: folder.url)
      #expect(merged.exitCode == 2, "byte \(place): \(merged.errors)")
    }
  }

  /// Many are put together on all threads; what is wrong is said as of few.
  @Test func manyPartsAreTheWhole() throws {
    let folder = try Self.folder()
    _ = try Self.run("profile t.csv -o whole.profile", folder)
    let length = Self.text.utf8.count / 80 + 1
    let names = (0..<80).map { "\($0).profile" }
    for (number, name) in names.enumerated() {
      let range = "\(number * length):\((number + 1) * length)"
      _ = try Self.run("profile t.csv --byte-range \(range) -o \(name)", folder)
    }
    _ = try Self.run("merge \(names.reversed().joined(separator: " ")) -o all.profile", folder)
    #expect(try Self.bytes("all.profile", folder) == Self.bytes("whole.profile", folder))
    let twice = try Self.run(
      "merge \((names + ["7.profile"]).joined(separator: " ")) -o all.profile", folder, exits: 2)
    #expect(twice.errors.contains("7.profile: bytes"), "\(twice.errors)")
  }
}
