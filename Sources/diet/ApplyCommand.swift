import ArgumentParser
import Columnar
import DietReport
import Glibc
import MemoryDiet
import TableIO
import TabularDiet

struct ApplyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Write the lean table, with its certificate.")

  @OptionGroup var reading: ReadingArguments

  @Option(
    name: .shortAndLong, help: ArgumentHelp("A file ending in .arrow or .csv.", valueName: "file"))
  var output: String

  @Option(help: ArgumentHelp("Read and store columns as this plan says.", valueName: "file"))
  var plan: String?

  @Option(help: ArgumentHelp("Save the plan as JSON, to apply it again.", valueName: "file"))
  var savePlan: String?

  @Option(help: ArgumentHelp("Only these columns.", valueName: "a,b"))
  var columns: String?

  @Flag(help: "Allow integers without a sign.")
  var unsigned = false

  @Option(help: "How the summary is printed: table or json.")
  var format = "table"

  func validate() throws {
    guard LeanFile.Form(path: output) != nil else {
      throw ValidationError("--output: '\(output)' does not end in .arrow or .csv")
    }
    guard ["table", "json"].contains(format) else {
      throw ValidationError("--format: '\(format)' is neither table nor json")
    }
  }

  func run() throws {
    let start = ContinuousClock.now
    let text = try CommandFailure.wrapping(isStrict: reading.dialect.refusesBadRecords) {
      () -> String in
      try refuseToOverwriteInput()
      let saved = try plan.map(DietPlan.init(contentsOfFile:))
      let policy = saved?.policy ?? LayoutPolicy(allowsUnsigned: unsigned)
      let typing = try saved?.typing ?? reading.typingOptions()
      let progress = ProgressLine(paths: reading.paths)
      let inputs = try reading.inputs(computesDigest: true)
      let loader = TableLoader(
        inputs: inputs, reading: try reading.readingOptions(computesDigest: true), typing: typing,
        keepsValues: true, countsDistinct: false,
        targets: try targets(saved),
        only: AnalyzeCommand.columnSet(columns), progress: progress?.callback)
      let loaded = try loader.load()
      if let saved {
        try saved.check(names: loaded.columns.map(\.profile.name), file: inputs[0].name)
      }
      let source = loaded.source
      let file = LeanFile(path: output)
      let table = try LeanTable(
        finishing: loaded, plan: saved, policy: policy, for: file.purpose)
      progress?.finish()
      try reading.report(on: source)
      if let savePlan {
        let profiles = table.recommendations.map(\.profile)
        try (saved ?? DietPlan(for: profiles, policy: policy, typing: typing))
          .write(toFile: savePlan)
      }
      let written = try file.write(table, typing: typing)
      let summary = ApplySummary(
        inputPath: inputs[0].path, outputPath: output, rowCount: table.loaded.rowCount,
        columnCount: table.recommendations.count, leanByteCount: written.footprint.total,
        fileByteCount: LeanFile.byteCount(output), certificate: written.certificate.sentence,
        notes: ReportAssembly.notes(of: table.loaded),
        timing: AnalysisReport.Timing(
          wallSeconds: (ContinuousClock.now - start).seconds, threadCount: table.threadCount))
      return format == "json" ? summary.json : summary.table(usesColor: usesColor)
    }
    // The table itself may go to standard output; then the summary must not.
    if output == "-" { writeToStandardError(text) } else { try writeToStandardOutput(text) }
  }

  /// The plan's types, and above them those that the user names.
  private func targets(_ saved: DietPlan?) throws -> [String: ColumnTarget] {
    let planned = saved.map(ColumnTarget.targets) ?? [:]
    return planned.merging(try reading.targets()) { _, named in named }
  }

  /// Output never replaces what is being read, whatever names it goes by.
  private func refuseToOverwriteInput() throws {
    var target = stat()
    guard stat(output, &target) == 0 else { return }
    for path in reading.paths {
      var source = stat()
      guard stat(path, &source) == 0, source.st_ino == target.st_ino, source.st_dev == target.st_dev
      else { continue }
      throw CommandFailure(
        code: 2, message: "\(output): that is the input; name another file with -o")
    }
  }
}

extension DietPlan {
  /// Refuses a file whose columns are not the plan's.
  func check(names: [String], file: String) throws {
    let planned = columns.map(\.name)
    let missing = planned.filter { !names.contains($0) }
    let extra = names.filter { !planned.contains($0) }
    guard !missing.isEmpty || !extra.isEmpty else { return }
    var parts: [String] = []
    if !missing.isEmpty { parts.append("lacks \(missing.joined(separator: ", "))") }
    if !extra.isEmpty { parts.append("also has \(extra.joined(separator: ", "))") }
    throw CommandFailure(
      code: 2,
      message:
        "\(file): the table \(parts.joined(separator: " and ")): the plan is for other columns;"
        + " make a new one with `diet analyze --save-plan`")
  }
}

extension Certificate {
  /// What it says, in a sentence.
  fileprivate var sentence: String {
    let levels: [(Fidelity, String)] = [
      (.text, "equal to the byte"), (.value, "equal in value"), (.rounded, "rounded to binary64"),
    ]
    let counts = columnCounts
    let parts = levels.compactMap { level, words in
      counts[level].map { "\(CountText($0, "column")) \(words)" }
    }
    return "\(CountText(rowCount, "row")) checked: " + parts.joined(separator: ", ")
  }
}
