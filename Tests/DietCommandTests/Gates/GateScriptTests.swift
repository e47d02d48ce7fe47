import Foundation
import TestSupport
import Testing

/// The scripts and templates of `docs/ci` and `.pre-commit-hooks.yaml`, run as their services run them.
@Suite struct GateScriptTests {
  private static let scripts = packageRoot.appending(path: "docs/ci")

  /// A folder with a good and a bad table, the lock, and a `diet` in `tool`.
  private struct Job {
    let folder = try! TemporaryFolder()

    init() throws {
      let rows = (0..<300).map { "\($0 + 1),\($0 % 90)" }
      let files = FileManager.default
      for name in ["data", "tool", "runner"] {
        try files.createDirectory(
          at: folder.url.appending(path: name), withIntermediateDirectories: false)
      }
      try folder.file("data/good.csv", "id,delay\n" + rows.joined(separator: "\n") + "\n")
      try folder.file(
        "data/bad one.csv", "id,delay\n" + rows.joined(separator: "\n") + "\n301,40000\n")
      try folder.file("tool/diet", "#!/bin/sh\nexec '\(CommandRun.executable.path)' \"$@\"\n")
      try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path("tool/diet"))
      let run = try diet(["lock", "data/good.csv"])
      #expect(run.exitCode == 0, "\(run.errors)")
    }

    func diet(_ arguments: [String]) throws -> CommandRun {
      try CommandRun(arguments, in: folder.url)
    }

    /// Runs a script as services do.
    func run(
      _ script: String,
      shell: [String] = ["/bin/bash", "--noprofile", "--norc", "-eo", "pipefail"],
      hasTool: Bool = true, _ environment: [String: String] = [:]
    ) throws -> CommandRun {
      try folder.file("step.sh", script)
      var path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
      if hasTool { path = folder.path("tool") + ":" + path }
      let own = [
        "PATH": path, "GITHUB_STEP_SUMMARY": folder.path("summary.md"),
        "GITHUB_OUTPUT": folder.path("outputs"), "GITHUB_PATH": folder.path("path"),
        "GITHUB_ACTION_PATH": GateScriptTests.scripts.path, "RUNNER_TEMP": folder.path("runner"),
      ]
      return try CommandRun(
        Array(shell.dropFirst()) + ["step.sh"], of: URL(filePath: shell[0]), in: folder.url,
        environment: own.merging(environment) { $1 })
    }

    func text(_ name: String) -> String {
      (try? String(contentsOf: folder.url.appending(path: name), encoding: .utf8)) ?? ""
    }
  }

  /// Runs the steps of the action until one fails; the last one's run.
  private func act(_ job: Job, _ inputs: [String: String]) throws -> CommandRun {
    let action = try GateReader.object("yaml", Self.scripts.appending(path: "action.yml"))
    let declared = try #require(action["inputs"] as? [String: [String: Any]])
    #expect(Set(inputs.keys).isSubset(of: declared.keys))
    let runs = try #require(action["runs"] as? [String: Any])
    #expect(runs["using"] as? String == "composite")
    var last: CommandRun?
    for step in try #require(runs["steps"] as? [[String: Any]]) {
      #expect(step["shell"] as? String == "bash")
      let script = try #require(step["run"] as? String)
      #expect(!script.contains("${{"), "what is given would be run")
      var environment = try #require(step["env"] as? [String: String])
      for (name, value) in environment {
        let input = try #require(value.firstMatch(of: /^\$\{\{ inputs\.(\w+) \}\}$/)?.1)
        let usual = try #require(declared[String(input)])["default"] as? String ?? ""
        environment[name] = inputs[String(input)] ?? usual
      }
      let added = job.text("path").split(separator: "\n").map(String.init)
      if !added.isEmpty {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        environment["PATH"] = (added + [path]).joined(separator: ":")
      }
      let run = try job.run(script, hasTool: false, environment)
      last = run
      if run.exitCode != 0 { break }
    }
    return try #require(last)
  }

  @Test func theActionTellsWhatItFound() throws {
    let job = try Job()
    let good = try act(job, ["files": "data/good.csv", "diet": "tool/diet"])
    #expect(good.exitCode == 0, "\(good.output)\(good.errors)")
    #expect(job.text("outputs") == "findings=0\nok=true\n")
    #expect(job.text("summary.md").contains("Passed"))

    let bad = try act(job, ["files": "data/bad one.csv\n", "diet": "tool/diet"])
    #expect(bad.exitCode == 1, "\(bad.output)\(bad.errors)")
    #expect(
      bad.output.contains("::error file=data/bad one.csv,line=302,title=wider-needed delay::"))
    #expect(job.text("outputs").hasSuffix("ok=false\n"))
    #expect(job.text("summary.md").contains("| **error** | `wider-needed` | `delay` |"))

    let warned = try act(
      job, ["files": "data/bad one.csv", "diet": "tool/diet", "options": "--warn=all"])
    #expect(warned.exitCode == 0, "\(warned.output)\(warned.errors)")
    #expect(warned.output.contains("::warning "))
    #expect(try act(job, ["files": "", "diet": "tool/diet"]).exitCode == 64)
    #expect(try act(job, ["files": "data/none.csv", "diet": "tool/diet"]).exitCode == 2)
  }

  @Test func dietIsInstalledOfAnArchiveThatIsTheOneMeant() throws {
    let job = try Job()
    let packed = try job.run("tar -C tool -czf diet.tar.gz diet && sha256sum diet.tar.gz")
    let digest = String(packed.output.prefix { $0 != " " })
    let inputs = ["files": "data/good.csv", "diet": "diet.tar.gz"]
    let good = try act(job, inputs.merging(["sha256": digest]) { $1 })
    #expect(good.exitCode == 0, "\(good.output)\(good.errors)")
    let other = try act(job, inputs.merging(["sha256": String(repeating: "0", count: 64)]) { $1 })
    #expect(other.exitCode == 1 && !other.output.contains("diet check"), "\(other.output)")
  }

  @Test(arguments: [
    ["/bin/bash", "--noprofile", "--norc", "-eo", "pipefail"], ["/bin/sh", "-e"],
  ])
  func theTemplateMakesReportsOfOneRun(shell: [String]) throws {
    let job = try Job()
    let template = try GateReader.object("yaml", Self.scripts.appending(path: "gitlab-ci.yml"))
    let jobs = try #require(template[".diet-check"] as? [String: Any])
    let script = try #require(jobs["script"] as? [String]).joined(separator: "\n")
    var variables = try #require(jobs["variables"] as? [String: String])
    let artifacts = try #require(jobs["artifacts"] as? [String: Any])
    let reports = try #require(artifacts["reports"] as? [String: String])
    #expect(artifacts["when"] as? String == "always")
    #expect(try job.run(script, shell: shell, variables).exitCode == 64, "no files are named")

    variables["DIET_FILES"] = "data/bad one.csv"
    let bad = try job.run(script, shell: shell, variables)
    #expect(bad.exitCode == 1, "\(bad.output)\(bad.errors)")
    #expect(bad.output.contains("wider-needed"), "the log says it, too")
    let quality = job.folder.url.appending(path: try #require(reports["codequality"]))
    let tests = job.folder.url.appending(path: try #require(reports["junit"]))
    #expect(
      try GateReader.list("gitlab", quality).contains { $0["severity"] as? String == "major" })
    #expect(try GateReader.list("junit", tests).contains { ($0["codes"] as? [String]) != [] })

    (variables["DIET_FILES"], variables["DIET_OPTIONS"]) = (
      "data/good.csv\ndata/bad one.csv", "--warn all --allow growth"
    )
    let both = try job.run(script, shell: shell, variables)
    #expect(both.exitCode == 0, "\(both.output)\(both.errors)")
    #expect(both.output.contains("601 rows"), "lines are files of one table: \(both.output)")
  }

  @Test func theHookHoldsEachFileAgainstItsLock() throws {
    let job = try Job()
    let hooks = try GateReader.list("yaml", packageRoot.appending(path: ".pre-commit-hooks.yaml"))
    let hook = try #require(hooks.first)
    #expect(hooks.count == 1 && hook["id"] as? String == "diet-check")
    #expect(hook["language"] as? String == "script" && hook["require_serial"] as? Bool == true)
    let script = packageRoot.appending(path: try #require(hook["entry"] as? String)).path
    func run(_ words: String) throws -> CommandRun { try job.run("'\(script)' \(words)") }

    let none = try run("data/good.csv")
    #expect(none.exitCode == 0 && none.output.contains("has no lock"), "\(none.output)")
    for name in ["good", "bad one"] {
      #expect(
        try job.diet(["lock", "data/good.csv", "-o", "data/\(name).csv.lock.yaml"]).exitCode == 0)
    }
    #expect(try run("data/good.csv").exitCode == 0)
    let bad = try run("data/good.csv 'data/bad one.csv'")
    #expect(bad.exitCode == 1 && bad.output.contains("wider-needed"), "\(bad.output)")
    #expect(try run("'data/bad one.csv' data/good.csv").exitCode == 1)
    #expect(try run("--warn=all -- 'data/bad one.csv'").exitCode == 0)
    #expect(try run("").exitCode == 0)

    try job.run("rm data/*.lock.yaml && mv diet.lock.yaml data").expectSuccess()
    #expect(try run("'data/bad one.csv'").exitCode == 1, "the lock of the folder")
  }

  @Test(arguments: [
    ("docs/ci/action.yml", ["vendor.github-actions"]),
    ("docs/ci/gitlab-ci.yml", ["vendor.gitlab-ci", "--data-transform", "gitlab-ci"]),
  ])
  func templatesAreAsTheirServicesSay(file: String, schema: [String]) throws {
    let run = try CommandRun(
      python: ["-m", "check_jsonschema", "--builtin-schema"] + schema
        + [packageRoot.appending(path: file).path])
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
  }
}

extension CommandRun {
  fileprivate func expectSuccess() { #expect(exitCode == 0, "\(output)\(errors)") }
}
