import ArgumentParser
import Columnar
import DietReport
import FileIO
import KernelBench
import MemoryDiet
import Platform
import TabularDiet

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure kernel speed on lean columns and on their wide form.",
    discussion: """
      Both sides run diet's own kernels, on one thread, on the same rows. With --baseline, the exit \
      code is 1 if a column is gone, new, of another type or wider, if a kernel reads more bytes, or \
      if its speed-up has certainly fallen.
      """)

  @OptionGroup var reading: ReadingArguments

  @OptionGroup var storage: OptionArguments<StorageScope>

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Kernel to run, such as sum, or all. May be repeated.", valueName: "name"))
  var kernel: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Column to measure. May be repeated.", valueName: "name"))
  var column: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Measure at most this many rows.", valueName: "n"))
  var rows = 1_000_000

  @Option(help: .formats(BenchmarkReport.formats), completion: .list(BenchmarkReport.formats))
  var format = "table"

  @Option(
    help: ArgumentHelp("Earlier output of --format json to compare with.", valueName: "file"),
    completion: .file())
  var baseline: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Largest allowed fall of a speed-up (default: 10%).", valueName: "percent"))
  var maxRegression: String?

  @Option(
    help: ArgumentHelp(
      "What must not regress: types (and columns), bytes, speed, or all.", valueName: "what"),
    completion: .list(BenchmarkReport.Gate.allCases.map(\.rawValue)))
  var gate: String?

  @Option(
    help: ArgumentHelp(
      "Also save this run as JSON, as a baseline, with the runs of the same table that are there.",
      valueName: "file"),
    completion: .file())
  var saveBaseline: String?

  func validate() throws {
    try check("format", format, in: BenchmarkReport.formats)
    guard rows >= BenchmarkLimits.fewestRows else {
      throw ValidationError(
        "--rows: \(rows) is below \(BenchmarkLimits.fewestRows), the fewest that are measured")
    }
    do {
      _ = try KernelBenchmark.Choice(naming: Set(kernel))
    } catch {
      throw ValidationError(error.inCommands)
    }
    guard saveBaseline != "-" else {
      throw ValidationError("--save-baseline: name a file; --format json prints the same")
    }
    _ = try maximumRegression()
    try check("gate", gate ?? "all", in: BenchmarkReport.Gate.allCases.map(\.rawValue))
    guard gate == nil || baseline != nil else {
      throw ValidationError("--gate: there is nothing to compare with; add --baseline")
    }
    guard maxRegression == nil || baseline != nil else {
      throw ValidationError("--max-regression: there is nothing to compare with; add --baseline")
    }
  }

  func run() throws {
    var isRegressed = false
    let run = GateRun(
      verb: "bench", paths: reading.paths, format: format,
      isStrict: reading.options.refusesBadRecords)
    let text = try run.report { _ -> String in
      // A baseline that cannot be read is found before the file, which may be large, is.
      let baseline = try baseline.map { try BenchmarkBaseline(contentsOfFile: $0) }
      // The same name for both carries a baseline on.
      var files = try reading.files()
      if let saveBaseline { try files.write(saveBaseline, option: "--save-baseline") }
      // So is a file that cannot be written.
      let output = try saveBaseline.map { try AtomicFile(path: $0) }
      // What is there and no baseline is somebody's.
      let earlier = try saveBaseline.flatMap { path in
        try fileHasBytes(path) ? BenchmarkBaseline(contentsOfFile: path) : nil
      }
      var report = try report(against: baseline)
      report.command = ["diet"] + CommandLine.arguments.dropFirst()
      isRegressed = report.comparison?.hasRegression ?? false
      if isRegressed, !["table", "markdown", "json"].contains(format) {
        for sentence in report.regressions {
          writeToStandardError("diet: regressed: \(sentence)\n")
        }
      }
      if isRegressed, saveBaseline != nil, saveBaseline == self.baseline {
        RunLog.note(
          "the baseline stays as it is, for this run has regressed; another name for"
            + " --save-baseline accepts it")
      } else if let output, let saveBaseline {
        // Runs of one table are put together: processes differ more than runs within one do.
        let saved = (isRegressed ? nil : earlier).map(report.merged) ?? report
        if let earlier, !isRegressed, !report.isOfTable(of: earlier) {
          RunLog.note(
            "the runs in \(saveBaseline) are of another table or machine: this one replaces"
              + " them")
        }
        var json = saved.text(format: "json", usesColor: false)
        try json.withUTF8 { try output.write(UnsafeRawBufferPointer($0), at: 0) }
        try output.commit()
      }
      GitHubStep.tell(report.gate, format: format)
      return BenchmarkFormats.named(format)?.text(of: report, usesColor: usesColor) ?? ""
    }
    try writeToStandardOutput(text)
    if isRegressed { throw ExitCode(1) }
  }

  private func fileHasBytes(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_size > 0
  }

  private func report(against baseline: BenchmarkBaseline?) throws -> BenchmarkReport {
    let progress = ProgressLine()
    var options = try reading.options(with: storage)
    options.columns = column.isEmpty ? nil : column
    var profiling = ProfilingOptions()
    profiling.obstacles = .none
    let profile = try reading.reader(options, progress: progress).profile(profiling)
    progress?.finish()
    try reading.report(on: profile.summary.source)
    return try RunLog.timed("measured kernels") {
      try profile.benchmark(
        kernels: Set(kernel), rowLimit: rows, against: baseline,
        maximumRegression: try maximumRegression(),
        gate: gate.flatMap(BenchmarkReport.Gate.init) ?? .all, again: measuredAgain)
    }
  }

  /// These kernels of the same files, as a process of its own measures them; `nil` for what can be read
  /// only once.
  private func measuredAgain(_ kernels: Set<String>) throws -> BenchmarkBaseline? {
    guard reading.paths.allSatisfy({ OwnProcess.canRead($0) }) else { return nil }
    let own = OwnProcess.arguments(
      without: [
        "--baseline", "--max-regression", "--gate", "--save-baseline", "--kernel", "--format",
      ])
    let more = ["--no-config", "--format", "json"] + kernels.sorted().flatMap { ["--kernel", $0] }
    return try OwnProcess.output(of: own + more).map {
      try BenchmarkBaseline(json: $0, path: "the second measurement")
    }
  }

  /// The share that `10%` says.
  private func maximumRegression() throws -> Double {
    guard let text = maxRegression else { return 0.1 }
    guard text.hasSuffix("%"), let percent = Double(text.dropLast()), (0..<100).contains(percent)
    else {
      throw ValidationError("--max-regression: '\(text)' is no percentage below 100, as in 10%")
    }
    return percent / 100
  }
}
