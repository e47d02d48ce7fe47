import Foundation
import TestSupport
import Testing

/// `diet bench` as users run it. Times are never looked at: where a ratio matters, the baseline is
/// made so that no machine could be mistaken.
@Suite struct BenchCommandTests {
  /// 3,000 rows, a text, two whole numbers and a float that stays as wide as it is.
  private static func table(largest: Int = 100) -> String {
    "city,age,price,x\n"
      + (0..<3000).map { row in
        "\(["Oslo", "Rome", "Lima"][row % 3]),\(row % 90),\(row % largest)\(row % 7),\(Double(row) / 7)"
      }.joined(separator: "\n") + "\n"
  }

  private func bench(
    _ folder: TemporaryFolder, _ arguments: [String] = []
  ) throws -> CommandRun {
    try CommandRun(["bench", "in.csv"] + arguments, in: folder.url)
  }

  /// A folder with a table, and the baseline that its benchmark prints.
  private func folder() throws -> (TemporaryFolder, [String: Any]) {
    let folder = try TemporaryFolder()
    try folder.file("in.csv", Self.table())
    let run = try bench(folder, ["--format", "json"])
    #expect(run.exitCode == 0, "\(run.errors)")
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    return (folder, json)
  }

  /// Writes a baseline whose results were changed.
  private func write(
    _ json: [String: Any], to folder: TemporaryFolder,
    changing change: (inout [String: Any]) -> Void
  ) throws {
    var json = json
    json["results"] = try #require(json["results"] as? [[String: Any]]).map { result in
      var result = result
      change(&result)
      return result
    }
    try folder.file("old.json", try JSONSerialization.data(withJSONObject: json))
  }

  @Test func measuresWhatThePlanChanges() throws {
    let (_, json) = try folder()
    let results = try #require(json["results"] as? [[String: Any]])
    let columns = Set(results.compactMap { $0["column"] as? String })
    #expect(columns.isSuperset(of: ["city", "age", "price"]))
    #expect(!columns.contains("x"), "a float that stays float64 has nothing to compare")
    let kernels = Set(results.compactMap { $0["kernel"] as? String })
    #expect(kernels.isSuperset(of: ["sum", "min_max", "equality_count", "group_sum", "filter"]))
    let ratios = results.compactMap { $0["ratio"] as? Double }
    let firstFaster = ratios.firstIndex { $0 >= 1 } ?? ratios.endIndex
    #expect(ratios[firstFaster...].allSatisfy { $0 >= 1 }, "slowdowns come first")
  }

  @Test func choosesColumnsAndKernels() throws {
    let (folder, _) = try folder()
    let run = try bench(
      folder, ["--column", "age", "--kernel", "sum", "--kernel", "sort", "--format", "csv"])
    let lines = run.output.split(separator: "\n").dropFirst()
    #expect(
      Set(lines.map { $0.split(separator: ",").prefix(2).joined(separator: ":") })
        == ["age:sum", "age:sort"], "\(run.output)")
    let none = try bench(folder, ["--column", "x", "--rows", "100"])
    #expect(none.exitCode == 0)
    #expect(none.output.contains("nothing to compare"), "\(none.output)")
    let missing = try bench(folder, ["--column", "nope"])
    #expect(missing.exitCode == 2)
    #expect(missing.errors.contains("nope"), "\(missing.errors)")
    let first = try bench(folder, ["--rows", "1000", "--kernel", "sum", "--format", "json"])
    #expect(first.output.contains("\"measured_rows\": 960"), "\(first.output)")
  }

  @Test func theSameRunIsNoRegression() throws {
    let (folder, json) = try folder()
    try write(json, to: folder) { _ in }
    let run = try bench(folder, ["--baseline", "old.json", "--max-regression", "99%"])
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    #expect(run.output.contains("no regression"), "\(run.output)")
  }

  @Test func moreBytesEndWithOne() throws {
    let (folder, json) = try folder()
    try write(json, to: folder) { result in
      guard result["column"] as? String == "age", result["kernel"] as? String == "sum" else {
        return
      }
      result["bytes_lean"] = (result["bytes_lean"] as? Int ?? 0) - 1
    }
    for format in ["table", "markdown"] {
      let run = try bench(
        folder, ["--baseline", "old.json", "--max-regression", "99%", "--format", format])
      #expect(run.exitCode == 1, "\(run.output)\(run.errors)")
      #expect(run.output.contains("age: sum reads"), "\(run.output)")
      #expect(run.output.contains("1 regression"), "\(run.output)")
    }
  }

  @Test func ratiosOutsideEndWithOneAndNoiseDoesNot() throws {
    let (folder, json) = try folder()
    // No machine is a million times as fast as itself.
    func scale(_ result: inout [String: Any], _ keys: [String]) {
      for key in keys { result[key] = (result[key] as? Double ?? 1) * 1e6 }
    }
    try write(json, to: folder) { scale(&$0, ["ratio", "low", "high"]) }
    let slower = try bench(folder, ["--baseline", "old.json", "--kernel", "sum"])
    #expect(slower.exitCode == 1, "\(slower.output)\(slower.errors)")
    #expect(slower.output.contains("age: sum"), "\(slower.output)")
    try write(json, to: folder) {
      scale(&$0, ["ratio", "high"])
      $0["low"] = 1e-6
    }
    let noisy = try bench(folder, ["--baseline", "old.json", "--kernel", "sum"])
    #expect(noisy.exitCode == 0, "\(noisy.output)\(noisy.errors)")
    #expect(noisy.output.contains("too noisy"), "\(noisy.output)")
  }

  @Test func aColumnThatIsNoLongerLeanIsARegression() throws {
    let (folder, json) = try folder()
    try write(json, to: folder) { _ in }
    let spoilt = Self.table().replacing("Rome,1,", with: "Rome,9123456789012345678,")
    try folder.file("in.csv", spoilt)
    let run = try bench(folder, ["--baseline", "old.json", "--max-regression", "99%"])
    #expect(run.exitCode == 1, "\(run.output)\(run.errors)")
    #expect(run.output.contains("age: "), "\(run.output)")
  }

  /// What became of columns, whatever the times.
  @Test(arguments: [
    ("Rome,1,", "Rome,late,", ["age: integer → string, line 3 `late`"]),
    ("Rome,1,", "Rome,300,", ["age: int8 → ", "`300` is beyond int8"]),
    ("Rome,1,", "Rome,1.5,", ["age: integer → decimal(1), line 3 `1.5`"]),
    ("city,age", "town,age", ["city: is gone", "is `town` its new", "town: is new"]),
    ("price,x", "price,x,y", ["y: is new"]),
  ])
  func otherColumnsAreNamed(_ old: String, _ new: String, _ said: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.file("in.csv", Self.table())
    let first = try bench(folder, ["--kernel", "sum", "--save-baseline", "old.json"])
    #expect(first.exitCode == 0, "\(first.errors)")
    try folder.file("in.csv", Self.table().replacing(old, with: new, maxReplacements: 1))
    let run = try bench(
      folder, ["--kernel", "sum", "--baseline", "old.json", "--max-regression", "99%"])
    #expect(run.exitCode == 1, "\(run.output)\(run.errors)")
    for words in said { #expect(run.output.contains(words), "\(run.output)") }
    let speed = try bench(
      folder,
      ["--kernel", "sum", "--baseline", "old.json", "--gate", "speed", "--max-regression", "99%"])
    #expect(speed.exitCode == 0, "\(speed.output)\(speed.errors)")
    #expect(speed.output.contains("passed"), "\(speed.output)")
  }

  @Test func fewerRowsAreNoRegression() throws {
    let folder = try TemporaryFolder()
    try folder.file("in.csv", Self.table())
    _ = try bench(folder, ["--kernel", "sum", "--save-baseline", "old.json"])
    let lines = Self.table().split(separator: "\n").prefix(2001)
    try folder.file("in.csv", lines.joined(separator: "\n") + "\n")
    let run = try bench(
      folder, ["--kernel", "sum", "--baseline", "old.json", "--max-regression", "99%"])
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
  }

  @Test func oneMoreCategoryOfNoWidthIsNoRegression() throws {
    let folder = try TemporaryFolder()
    try folder.file("in.csv", Self.table())
    _ = try bench(folder, ["--kernel", "all", "--column", "city", "--save-baseline", "old.json"])
    try folder.file(
      "in.csv", Self.table().replacing("Rome,1,", with: "Bern,1,", maxReplacements: 1))
    let run = try bench(
      folder,
      [
        "--kernel", "all", "--column", "city", "--baseline", "old.json", "--gate", "bytes",
        "--max-regression", "50%",
      ])
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
  }

  /// A gate that compares nothing would let anything through.
  @Test func gatesWithNothingToCompareAreRefused() throws {
    let folder = try TemporaryFolder()
    try folder.file("in.csv", Self.table())
    _ = try bench(folder, ["--kernel", "sum", "--save-baseline", "old.json"])
    let saved = try JSONSerialization.jsonObject(
      with: Data(contentsOf: folder.url.appendingPathComponent("old.json")))
    for (key, gate, exitCode) in [
      ("columns", "types", 2), ("results", "speed", 2), ("columns", "bytes", 0),
      ("columns", "all", 0),
    ] as [(String, String, Int32)] {
      var json = try #require(saved as? [String: Any])
      json[key] = [Any]()
      try JSONSerialization.data(withJSONObject: json).write(
        to: folder.url.appendingPathComponent("less.json"))
      let run = try bench(
        folder,
        [
          "--kernel", "sum", "--baseline", "less.json", "--gate", gate, "--max-regression", "99%",
        ])
      #expect(run.exitCode == exitCode, "\(key) \(gate): \(run.output)\(run.errors)")
      #expect(run.errors.contains("has no") == (exitCode == 2), "\(run.errors)")
    }
  }

  /// Numbers that no run gives are refused, whatever would become of them.
  @Test(arguments: [
    "\"rows\": 0", "\"rows\": -64", "\"ns_per_row\": -1", "\"reference_ns\": 0", "\"runs\": [0]",
  ])
  func freeTimesThatNoRunGivesAreRefused(_ member: String) throws {
    let folder = try TemporaryFolder()
    try folder.file("in.csv", Self.table())
    _ = try bench(folder, ["--kernel", "sum", "--save-baseline", "old.json"])
    let path = folder.path("old.json")
    var text = try String(contentsOfFile: path, encoding: .utf8)
    let good = #""free": {"ns_per_row": 0.5, "reference_ns": 150.0, "rows": 64, "runs": null}"#
    text.replace(/"free": (null|\{[^}]*\})/, with: good)
    let key = member.prefix { $0 != ":" }
    let old = try #require(good.matches(of: try Regex("\(key): [^,}]*")).first).0
    try folder.file("bad.json", text.replacing(good, with: good.replacing(old, with: member)))
    let run = try bench(folder, ["--kernel", "sum", "--baseline", "bad.json"])
    #expect(run.exitCode == 2 && run.errors.contains("none that a run could give"), "\(run.errors)")
  }

  @Test(arguments: ["input", "columns"]) func sizesBeyondAllTablesAreRefused(_ key: String) throws {
    let folder = try TemporaryFolder()
    try folder.file("in.csv", Self.table())
    _ = try bench(folder, ["--kernel", "sum", "--save-baseline", "old.json"])
    let text = try String(contentsOfFile: folder.path("old.json"), encoding: .utf8)
    let huge =
      key == "input"
      ? text.replacing(
        #""rows": 3000, "measured"#, with: #""rows": 9223372036854775807, "measured"#)
      : text.replacing(
        /"bytes": \{"values": \d+/, with: #""bytes": {"values": 9223372036854775807"#)
    #expect(huge != text)
    try folder.file("bad.json", huge)
    let run = try bench(folder, ["--kernel", "sum", "--baseline", "bad.json"])
    #expect(run.exitCode == 2 && run.errors.contains("make the baseline again"), "\(run.errors)")
  }

  @Test func whatIsNoBaselineStays() throws {
    let folder = try TemporaryFolder()
    try folder.file("in.csv", Self.table())
    try folder.file("notes.txt", "my notes\n")
    let refused = try bench(folder, ["--kernel", "sum", "--save-baseline", "notes.txt"])
    #expect(refused.exitCode == 2, "\(refused.errors)")
    #expect(try String(contentsOfFile: folder.path("notes.txt"), encoding: .utf8) == "my notes\n")
    // Nor does a baseline take a run that has regressed against it; other formats say what has.
    _ = try bench(folder, ["--kernel", "sum", "--save-baseline", "old.json"])
    let saved = try Data(contentsOf: folder.url.appendingPathComponent("old.json"))
    try folder.file(
      "in.csv", Self.table().replacing("Rome,1,", with: "Rome,late,", maxReplacements: 1))
    let regressed = try bench(
      folder,
      [
        "--kernel", "sum", "--baseline", "old.json", "--save-baseline", "old.json", "--format",
        "csv",
      ])
    #expect(regressed.exitCode == 1)
    #expect(
      regressed.errors.contains("age: integer → string, line 3 `late`"), "\(regressed.errors)")
    #expect(try Data(contentsOf: folder.url.appendingPathComponent("old.json")) == saved)
  }

  @Test func runsOfATableAreSavedTogether() throws {
    let folder = try TemporaryFolder()
    try folder.file("in.csv", Self.table())
    func runs() throws -> [Int] {
      let run = try bench(folder, ["--kernel", "sum", "--save-baseline", "old.json"])
      #expect(run.exitCode == 0, "\(run.errors)")
      let json = try JSONSerialization.jsonObject(
        with: Data(contentsOf: folder.url.appendingPathComponent("old.json")))
      let results = try #require((json as? [String: Any])?["results"] as? [[String: Any]])
      return results.map { ($0["run_ratios"] as? [Double])?.count ?? 1 }
    }
    #expect(Set(try runs()) == [1])
    #expect(Set(try runs()) == [2])
    #expect(Set(try runs()) == [3])
    // Of another table nothing is kept.
    try folder.file("in.csv", Self.table(largest: 5000))
    #expect(Set(try runs()) == [1])
    let gate = try bench(folder, ["--baseline", "old.json", "--gate", "size"])
    #expect(
      gate.exitCode == 64 && gate.errors.contains("speed"), "\(gate.errors)")
  }

  @Test func standardInputIsMeasuredToo() throws {
    let run = try CommandRun(
      ["bench", "-", "--kernel", "sum", "--format", "csv"], input: Data(Self.table().utf8))
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.output.contains("age,sum,int64,int8"), "\(run.output)")
  }

  @Test func emptyTablesHaveNothingToCompare() throws {
    let folder = try TemporaryFolder()
    for text in ["", "a,b\n", "a,b\n,\n"] {
      try folder.file("in.csv", text)
      let run = try bench(folder)
      #expect(run.exitCode == 0, "\(text): \(run.errors)")
      #expect(run.output.contains("nothing to compare"), "\(run.output)")
    }
  }
}
