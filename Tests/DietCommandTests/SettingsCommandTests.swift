import Foundation
import TestSupport
import Testing

/// What a run takes from files and variables, and what it says of them.
@Suite struct SettingsCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.file("in.csv", Data("a;b\n1;2,5\n".utf8))
  }

  /// Runs the command in the folder, with a user's file where one is given.
  private func run(
    _ arguments: [String], in place: String? = nil, environment: [String: String] = [:]
  ) throws -> CommandRun {
    var all = ["DIET_NO_CONFIG": "", "HOME": folder.path("home"), "XDG_CONFIG_HOME": ""]
    all.merge(environment) { _, own in own }
    return try CommandRun(
      arguments, in: place.map { folder.url.appending(path: $0) } ?? folder.url, environment: all)
  }

  private func write(_ text: String, to name: String = "diet.toml") throws {
    let file = folder.url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  @Test func showsWhereValuesComeFrom() throws {
    try write(
      """
      delimiter = ";"
      decimal = ","
      threads = 2

      [analyze]
      format = "json"
      measure = false
      """)
    try write("threads = 4\n[analyze]\nquiet = true\n", to: "home/.config/diet/config.toml")
    let environment = ["DIET_MAX_MEMORY": "1GB", "DIET_FORMAT": "table"]
    let run = try run(["config", "show"], environment: environment)
    #expect(run.errors == "")
    #expect(
      run.output == """
        settings

        files      diet.toml
                   ~/.config/diet/config.toml

        option      verb     value    from                             shadowed by
        ──────────  ───────  ───────  ───────────────────────────────  ─────────────────
        format      all      "table"  DIET_FORMAT
        max-memory  all      "1GB"    DIET_MAX_MEMORY
        format      analyze  "json"   diet.toml, line 6                DIET_FORMAT
        measure     analyze  false    diet.toml, line 7
        delimiter   all      ";"      diet.toml, line 1
        decimal     all      ","      diet.toml, line 2
        threads     all      2        diet.toml, line 3
        quiet       analyze  true     ~/.config/diet/…ig.toml, line 3
        threads     all      4        ~/.config/diet/…ig.toml, line 1  diet.toml, line 3

        """)

    let json = try shown(["config", "show", "analyze", "--format", "json"], environment)
    #expect(
      json.contains(
        #"{"option": "threads", "verb": "analyze", "value": "2", "from": "diet.toml, line 3", "shadowed_by": null}"#
      ))
    #expect(
      json.contains(
        #"{"option": "skip", "verb": "analyze", "value": "0", "from": "default", "shadowed_by": null}"#
      ))
    // No setting is shown that the verb has not.
    #expect(!(try shown(["config", "show", "merge"], environment)).contains("threads"))
  }

  private func shown(_ arguments: [String], _ environment: [String: String]) throws -> String {
    try run(arguments, environment: environment).output
  }

  // MARK: - Which file

  @Test func settingsReachTheRun() throws {
    try write("delimiter = \";\"\ndecimal = \",\"\n[cat]\nformat = \"jsonl\"\n")
    #expect(try run(["cat", "in.csv"]).output == "{\"a\":1,\"b\":2.5}\n")
    #expect(try run(["cat", "in.csv", "--format", "csv"]).output == "a,b\n1,2.5\n")
    #expect(try run(["cat", "in.csv", "--no-config"]).output == "a,b\n1,2.5\n")
    let left = try run(["cat", "in.csv"], environment: ["DIET_NO_CONFIG": "1"])
    #expect(left.output == "a,b\n1,2.5\n")
    let other = try run(["cat", "in.csv"], environment: ["DIET_FORMAT": "csv"])
    #expect(other.output == "a,b\n1,2.5\n")
  }

  @Test func foldersAboveAreAskedInARepository() throws {
    try write("[cat]\nformat = \"jsonl\"\n")
    try write("a\n1\n", to: "sub/deep/x.csv")
    #expect(try run(["cat", "x.csv"], in: "sub/deep").output == "a\n1\n")
    try write("", to: "sub/.git/HEAD")
    #expect(try run(["cat", "x.csv"], in: "sub/deep").output == "a\n1\n")
    try write("", to: ".git/HEAD")
    #expect(try run(["cat", "x.csv"], in: "sub/deep").output == "a\n1\n")
    try FileManager.default.removeItem(at: folder.url.appending(path: "sub/.git"))
    #expect(try run(["cat", "x.csv"], in: "sub/deep").output == "{\"a\":1}\n")
  }

  /// A path leads from the file that it stands in.
  @Test func pathsLeadFromTheFile() throws {
    try write("a\n1\n", to: "sub/x.csv")
    #expect(try run(["plan", "in.csv", "-o", "plan.json"]).exitCode == 0)
    try write("[apply]\nplan = \"plan.json\"\n")
    try write("", to: ".git/HEAD")
    #expect(try run(["apply", "in.csv", "-o", "a.arrow"]).exitCode == 0)
    #expect(try run(["apply", "../in.csv", "-o", "b.arrow"], in: "sub").exitCode == 0)
    #expect(try run(["apply", "x.csv", "-o", "c.arrow"], in: "sub").errors.contains("plan"))
  }

  @Test func theUsersFileIsWhereTheSystemSays() throws {
    try write("[cat]\nformat = \"jsonl\"\n", to: "settings/diet/config.toml")
    let run = try run(
      ["cat", "in.csv", "--delimiter", ";", "--decimal", ","],
      environment: ["XDG_CONFIG_HOME": folder.path("settings")])
    #expect(run.output == "{\"a\":1,\"b\":2.5}\n")
  }

  @Test func helpIsThereWhateverSettingsSay() throws {
    try write("threads = ")
    #expect(try run(["cat", "--help"]).exitCode == 0)
    #expect(try run(["--version"]).exitCode == 0)
    #expect(try run(["cat", "in.csv"]).exitCode == 64)
  }

  /// A second process measures as the first does.
  @Test func whatTheCommandLineSaysHoldsAgainstFlags() throws {
    try write("quiet = true\n[analyze]\nmeasure = false\n")
    let run = try run(["analyze", "in.csv", "--verbose"])
    #expect(run.exitCode == 0 && run.errors.contains("of memory at its peak"), "\(run.errors)")
    #expect(!run.errors.contains("measured"))
  }

  // MARK: - Errors

  /// A file of settings, and all that is said of it.
  static let wrongFiles: [(String, String)] = [
    ("delimeter = \";\"", "line 1: there is no option 'delimeter'; did you mean 'delimiter'?"),
    (
      "# x\nnull_token = \"-\"",
      "line 2: there is no option 'null_token'; did you mean 'null-token'?"
    ),
    (
      "[analyse]\nformat = \"json\"",
      "line 1: there is no verb 'analyse', nor an option; did you mean 'analyze'?"
    ),
    ("[cat]\nhaed = 3", "line 2: `diet cat` has no option 'haed'; did you mean 'head'?"),
    (
      "[verify]\nagainst = \"in.csv\"",
      "line 2: 'against' is for the command line, and cannot be set"
    ),
    (
      "[analyze]\nsave-plan = \"x.json\"",
      "line 2: 'save-plan' is for the command line, and cannot be set"
    ),
    (
      "on-bad-record = \"collect=x\"",
      "line 1: on-bad-record = \"collect=x\": a file that is written is named on the command line"
    ),
    ("threads = \"four\"", "line 1: threads = \"four\": expected a whole number"),
    ("\nthreads = 0", "line 2: threads = 0: 0 is not between 1 and 1024"),
    ("strict = \"yes\"", "line 1: strict = \"yes\": expected true or false"),
    ("delimiter = 3", "line 1: delimiter = 3: expected text in quotes"),
    (
      "engine = true", "line 1: engine = true: expected \"automatic\", \"libcsv\""
    ),
    (
      "null-token = [\"-\", 3]",
      "line 1: null-token = [\"-\", 3]: expected text in quotes, a list of texts, or a table of them by column"
    ),
    (
      "date-format = 2020-01-01",
      "line 1: date-format = a date: expected text in quotes, a list of texts, or a table of them by column"
    ),
    ("columns = 3", "line 1: columns = 3: expected names in quotes, or a list of them"),
    ("[cat]\nhead = true", "line 2: head = true: expected text in quotes or a number"),
    ("[cat]\nhead = -1", "line 2: head = -1: -1 is below 0"),
    (
      "[cat]\ntext = true\nformat = \"table\"",
      "--text is printed as csv or jsonl, not as a table; --text is from diet.toml, line 2"
    ),
    (
      "strict = true\non-bad-record = \"skip\"",
      "--strict and --on-bad-record contradict each other; --strict is from diet.toml, line 1,"
        + " --on-bad-record is from diet.toml, line 2"
    ),
    (
      "drop = [\"z\"]",
      "in.csv, column `z`: there is no such column; the columns are a, b; `drop` is set in diet.toml, line 1"
    ),
    (
      "a = [\n1,\n",
      "line 2: this is no TOML: Error while parsing array: encountered end-of-file"
    ),
  ]

  @Test(arguments: wrongFiles.indices) func refused(_ index: Int) throws {
    let (text, message) = Self.wrongFiles[index]
    try write(text)
    let run = try run(["cat", "in.csv"])
    let place = message.hasPrefix("line") ? "diet.toml, " : ""
    #expect(run.errors == "diet: \(place)\(message)\n")
    #expect(run.exitCode == (message.hasPrefix("in.csv") ? 2 : 64))
  }

  static let wrongVariables: [(String, String, String)] = [
    ("DIET_THREADS", "four", "DIET_THREADS=four: expected a whole number"),
    ("DIET_STRICT", "maybe", "DIET_STRICT=maybe: expected true or false"),
    ("DIET_MARGIN", "2x", ""),
    ("DIET_FORMAT", "xml", "DIET_FORMAT=xml: invalid value 'xml' (expected csv, jsonl or table)"),
    ("DIET_ENGINE", "x", "DIET_ENGINE=x: invalid value 'x' (expected automatic or libcsv)"),
  ]

  @Test(arguments: wrongVariables.indices) func refusedVariable(_ index: Int) throws {
    let (variable, text, message) = Self.wrongVariables[index]
    let run = try run(["cat", "in.csv"], environment: [variable: text])
    #expect(run.errors.contains(message) || message.isEmpty, "\(run.errors)")
    #expect(run.exitCode == (message.isEmpty ? 0 : 64))
  }

  @Test func aVariableOfNoOptionIsNoted() throws {
    let run = try run(["cat", "in.csv"], environment: ["DIET_TREADS": "4", "DIET_RECORD": "1"])
    #expect(
      run.errors
        == "diet: note: DIET_TREADS is the variable of no option; did you mean DIET_THREADS?\n")
    #expect(run.exitCode == 0)
  }

  /// What a run alone can be given is told, as it is in files.
  @Test(arguments: ["ACCEPT": "1", "REPORT": "junit=x.xml", "OUTPUT": "x", "SAVE_PLAN": "x"])
  func variablesOfEachRunAreRefused(name: String, value: String) throws {
    let run = try run(["check", "in.csv"], environment: ["DIET_\(name)": value])
    #expect(run.exitCode == 64)
    let option = name.lowercased().replacing("_", with: "-")
    #expect(
      run.errors
        == "diet: DIET_\(name): --\(option) is for the command line, and cannot be set\n")
    // What templates for CI are given is theirs.
    let free = try self.run(
      ["sniff", "in.csv"], environment: ["DIET_FILES": "x", "DIET_OPTIONS": "y"])
    #expect(free.exitCode == 0 && free.errors == "")
  }

  /// Of two places that speak of the same class, what is nearer to the command line holds; of one place, what is
  /// stricter.
  @Test func levelsOfTheNearestPlaceHold() throws {
    try write("id\n" + (0..<100).map { "\($0)\n" }.joined(), to: "jan.csv")
    try write("id\n" + (0..<100).map { "\($0 * 9)\n" }.joined(), to: "feb.csv")
    #expect(try run(["lock", "jan.csv"]).exitCode == 0)
    func exits(
      _ words: String, _ environment: [String: String] = [:], in file: String = ""
    ) throws -> Int32 {
      try write(file)
      let own = words.split(separator: " ").map(String.init)
      return try run(["check", "feb.csv"] + own, environment: environment).exitCode
    }
    #expect(try exits("") == 1)
    let denies = "[check]\ndeny = [\"widening\"]\n"
    let warns = "[check]\nwarn = [\"widening\"]\n"
    #expect(try exits("", in: warns) == 0)
    #expect(try exits("--warn widening", in: denies) == 0)
    #expect(try exits("--allow all", in: denies) == 0)
    #expect(try exits("--warn widening", ["DIET_DENY": "widening"]) == 0)
    #expect(try exits("", ["DIET_DENY": "widening"], in: warns) == 1)
    #expect(try exits("", ["DIET_ALLOW": "widening"], in: denies) == 0)
    #expect(try exits("--deny widening", ["DIET_ALLOW": "widening"], in: warns) == 1)
    #expect(try exits("", in: "allow = [\"widening\"]\n" + denies) == 1)
    #expect(try exits("", in: "deny = [\"widening\"]\n" + warns) == 0)
    #expect(try exits("--warn widening --deny widening") == 1)
    #expect(try exits("", in: denies + "warn = [\"widening\"]\n") == 1)
    // A code says more than its class, wherever it stands.
    #expect(try exits("--warn widening", in: "[check]\ndeny = [\"wider-needed\"]\n") == 1)
  }
}
