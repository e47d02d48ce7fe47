import ArgumentParser
import Columnar
import DietReport
import FileIO
import MemoryDiet
import Options
import Platform
import TabularDiet

struct ApplyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Write the lean table to a file, with a certificate.")

  @OptionGroup var reading: ReadingArguments

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Output file, ending in \(LeanFormats.suffixList).", valueName: "file"))
  var output: String

  @Option(help: "Compression: none or zstd.")
  var compression: String?

  @Option(help: ArgumentHelp("Apply this saved plan.", valueName: "file"))
  var plan: String?

  @Option(help: ArgumentHelp("Save the plan as JSON, for `apply --plan`.", valueName: "file"))
  var savePlan: String?

  @Flag(help: "Treat categories missing from the saved plan as errors when it is applied.")
  var closedCategories = false

  @Flag(help: "Allow values to change, by --float-error or a plan.")
  var allowLossy = false

  @Option(
    name: .customLong("for"),
    help: "Target engine: any, pandas, polars, duckdb or spark.")
  var engine = "any"

  @OptionGroup var lean: OptionArguments<LeanScope>

  @Option(help: "Digest algorithm: xxh3-128 or sha256.")
  var digest = DigestAlgorithm.xxh3.rawValue

  @Flag(help: "Read the written file back and compare every value with the input.")
  var verify = false

  @Option(help: "Output format: table or json.")
  var format = "table"

  func validate() throws {
    guard let output = LeanFormats.format(of: output) else {
      throw ValidationError(
        "--output: '\(self.output)' does not end in \(LeanFormats.suffixList)")
    }
    if let compression {
      try check("compression", compression, in: FileCompression.allCases.map(\.rawValue))
    }
    if let fileCompression, !output.compressions.contains(fileCompression) {
      throw ValidationError("--compression: \(output.suffixes[0]) files are not compressed")
    }
    try check("for", engine, in: TargetEngine.allCases.map(\.rawValue))
    guard engine == "any" || output.hasTypes else {
      throw ValidationError("--for: a CSV file has no types that engines could lack")
    }
    guard lean.options.categories == .text || output.hasTypes else {
      throw ValidationError("--categories: a CSV file has no categories")
    }
    for name in ["keep", "float-error"] where plan != nil && lean.options.gives(name) {
      throw ValidationError(
        "--\(name): the plan says how columns are stored; leave out one of the two")
    }
    for name in ["margin", "min-bits"] where lean.options.gives(name) {
      guard plan == nil else {
        throw ValidationError(
          "--\(name): the plan says how wide columns are; leave out one of the two, or make a plan"
            + " with --\(name)")
      }
      guard output.hasTypes || savePlan != nil else {
        throw ValidationError("--\(name): a CSV file has no types that could be wider")
      }
    }
    guard !closedCategories || (savePlan != nil && plan == nil) else {
      throw ValidationError("--closed-categories: it is for a plan that is made: add --save-plan")
    }
    guard lean.options.layout.floatErrorLimit == nil || allowLossy else {
      throw ValidationError("--float-error: values would change; add --allow-lossy if they may")
    }
    try check("digest", digest, in: DigestAlgorithm.allCases.map(\.rawValue))
    guard !verify || self.output != "-" else {
      throw ValidationError("--verify: what goes to standard output cannot be read back")
    }
    try check("format", format, in: ["table", "json"])
  }

  private var fileCompression: FileCompression? { compression.flatMap(FileCompression.init) }

  func run() throws {
    let start = ContinuousClock.now
    let text = try CommandFailure.wrapping(isStrict: reading.options.refusesBadRecords) {
      () -> String in
      try reading.refuseToOverwriteInput(output, option: "-o")
      let algorithm = DigestAlgorithm(rawValue: digest) ?? .xxh3
      let saved = try plan.map(DietPlan.init(contentsOfFile:))
      let options = try reading.options(with: lean)
      let policy = saved?.policy ?? options.layout(for: engine)
      if !allowLossy { try saved?.refuseLoss(named: plan ?? "") }
      let progress = ProgressLine(paths: reading.paths)
      var request = try options.table(reading.paths, digestAlgorithm: algorithm)
      if let saved { request.typing = saved.typing }
      request.plan = saved
      request.progress = progress?.callback
      let (inputs, typing) = (request.inputs, request.typing)
      let loaded = try request.load(keepsValues: true)
      if let saved {
        try saved.check(names: loaded.columns.map(\.profile.name), file: inputs[0].name)
      }
      let source = loaded.source
      let file = LeanFile(path: output)
      // A file that is written with its plan is the first of those that are written under it.
      let made =
        savePlan == nil || saved != nil
        ? nil
        : DietPlan(
          lastingFor: loaded, policy: policy, typing: typing, closesCategories: closedCategories)
      let plan = saved ?? made
      let table = try LeanTable(
        finishing: loaded, plan: plan, policy: policy, for: file.purpose(options.categories),
        digest: algorithm)
      progress?.finish()
      try reading.report(on: source)
      if let savePlan { try plan?.write(toFile: savePlan) }
      let target = TargetEngine(rawValue: engine) ?? .any
      let written = try file.write(
        table,
        options: LeanFile.Options(
          typing: typing, engine: target, categories: options.categories,
          compression: fileCompression))
      if verify { try file.readBack(against: inputs, reading: request.reading) }
      let summary = ApplySummary(
        inputPath: reading.paths[0], furtherInputPaths: Array(reading.paths.dropFirst()),
        readingOptions: options.words(in: TextScope.sections),
        outputPath: output, rowCount: table.loaded.rowCount,
        columnCount: table.recommendations.count,
        swallowedLineCount: table.loaded.source.csv?.findings.count(of: .swallowed) ?? 0,
        leanByteCount: written.footprint.total, fileByteCount: LeanFile.byteCount(output),
        certificate: written.certificate.sentence(inTypes: file.format.hasTypes)
          + (verify ? "; read back, the same" : ""),
        notes: ReportAssembly.notes(of: table.loaded)
          + table.handOverNotes(for: target, categories: options.categories)
          + (file.format.hasTypes
            ? table.wrappingNotes(for: target, categories: options.categories)
              + table.widthNotes(for: target, categories: options.categories) : []),
        timing: AnalysisReport.Timing(
          wallSeconds: (ContinuousClock.now - start).seconds, threadCount: table.threadCount))
      return format == "json" ? summary.json : summary.table(usesColor: usesColor)
    }
    // The table itself may go to standard output; then the summary must not.
    if output == "-" { writeToStandardError(text) } else { try writeToStandardOutput(text) }
  }

}

extension DietPlan {
  /// Refuses to store values that are not quite those of the file.
  fileprivate func refuseLoss(named path: String) throws {
    guard let column = columns.first(where: { $0.layout.errorLimit != nil }),
      let limit = column.layout.errorLimit
    else { return }
    throw CommandFailure(
      code: 2,
      message:
        "\(path): the plan lets values of \(column.name) change by up to \(limit) of themselves;"
        + " add --allow-lossy if they may")
  }

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
  /// What it says, in a sentence. A CSV file is no copy: `TRUE` is written `true`, and so on.
  fileprivate func sentence(inTypes hasTypes: Bool) -> String {
    let levels: [(Fidelity, String)] = [
      (.text, "equal to the byte"), (.value, "equal in value"), (.rounded, "rounded to binary64"),
      (.error, "rounded to binary32"),
    ]
    var counts = columnCounts
    if !hasTypes, let spelled = counts.removeValue(forKey: .text) {
      counts[.value, default: 0] += spelled
    }
    let parts = levels.compactMap { level, words in
      counts[level].map { "\(CountText($0, "column")) \(words)" }
    }
    return "\(CountText(rowCount, "row")) checked: " + parts.joined(separator: ", ")
  }
}
