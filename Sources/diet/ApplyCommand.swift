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
    help: ArgumentHelp("Output file, ending in \(LeanFormats.suffixList).", valueName: "file"),
    completion: .file())
  var output: String

  @Option(
    help: "Compression: none or zstd.",
    completion: .list(FileCompression.allCases.map(\.rawValue)))
  var compression: String?

  @Option(
    help: ArgumentHelp("Apply this saved plan.", valueName: "file"),
    completion: .file())
  var plan: String?

  @Option(
    help: ArgumentHelp(
      "Only the records that begin within these bytes of the file, under the plan of the whole.",
      valueName: "a:b"),
    transform: ByteRange.init(parsing:))
  var byteRange: ByteRange?

  @Option(help: .scan, completion: .file())
  var scan: String?

  @Option(
    help: .choice(
      "Columns that the plan lacks", PlanMatching.Resolution.allCases.map(\.rawValue)),
    completion: .list(PlanMatching.Resolution.allCases.map(\.rawValue)))
  var newColumns: String?

  @Option(
    help: .choice(
      "Columns that only the plan has", PlanMatching.Resolution.allCases.map(\.rawValue)),
    completion: .list(PlanMatching.Resolution.allCases.map(\.rawValue)))
  var missingColumns: String?

  @Option(
    help: .choice(
      "Columns in another order than the plan's", PlanMatching.Order.allCases.map(\.rawValue)),
    completion: .list(PlanMatching.Order.allCases.map(\.rawValue)))
  var movedColumns: String?

  @Option(
    help: ArgumentHelp("Save the plan as JSON, for `apply --plan`.", valueName: "file"),
    completion: .file())
  var savePlan: String?

  @Flag(help: "Treat categories missing from the saved plan as errors when it is applied.")
  var closedCategories = false

  @Flag(help: "Allow values to change, by --float-error or a plan.")
  var allowLossy = false

  @Option(
    name: .customLong("for"),
    help: .choice("Target engine", TargetEngine.allCases.map(\.rawValue)),
    completion: .list(TargetEngine.allCases.map(\.rawValue)))
  var engine = "any"

  @OptionGroup var lean: OptionArguments<LeanScope>

  @Option(
    help: "Digest algorithm: xxh3-128 or sha256.",
    completion: .list(DigestAlgorithm.allCases.map(\.rawValue)))
  var digest = DigestAlgorithm.xxh3.rawValue

  @Flag(help: "Read the written file back and compare every value with the input.")
  var verify = false

  @Option(help: .formats(OutputFormats.names), completion: .list(OutputFormats.names))
  var format = "table"

  @OptionGroup var lineage: LineageArguments

  @Flag(help: "Name no value of the table in the event of OpenLineage.")
  var redact = false

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
    try validateMatching()
    guard savePlan != "-" else { throw ValidationError("--save-plan: name a file") }
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
    try check("format", format, in: OutputFormats.names)
    guard !redact || lineage.openlineage != nil else {
      throw ValidationError("--redact: it is for the event: add --openlineage")
    }
    guard self.output != "-" || !lineage.takesStandardOutput else {
      throw ValidationError("--openlineage: the table goes to standard output; name a file")
    }
  }

  private func validateMatching() throws {
    if byteRange != nil {
      guard plan != nil else {
        throw ValidationError(
          "--byte-range: parts are stored as the whole table's plan says: add --plan")
      }
      guard reading.paths.count == 1 else {
        throw ValidationError("--byte-range: there are \(reading.paths.count) files; name one")
      }
    }
    guard scan == nil || byteRange != nil else {
      throw ValidationError("--scan: it is for parts: add --byte-range")
    }
    let given = [
      ("new-columns", newColumns, PlanMatching.Resolution.allCases.map(\.rawValue)),
      ("missing-columns", missingColumns, PlanMatching.Resolution.allCases.map(\.rawValue)),
      ("moved-columns", movedColumns, PlanMatching.Order.allCases.map(\.rawValue)),
    ]
    for (name, word, words) in given {
      guard let word else { continue }
      try check(name, word, in: words)
      guard plan != nil else {
        throw ValidationError("--\(name): it is for columns that a plan has otherwise: add --plan")
      }
    }
  }

  private var matching: PlanMatching {
    PlanMatching(
      newColumns: newColumns.flatMap(PlanMatching.Resolution.init) ?? .refuse,
      missingColumns: missingColumns.flatMap(PlanMatching.Resolution.init) ?? .refuse,
      movedColumns: movedColumns.flatMap(PlanMatching.Order.init) ?? .ignore)
  }

  private var fileCompression: FileCompression? { compression.flatMap(FileCompression.init) }

  private func checkFiles() throws {
    var files = try reading.files()
    if let plan { files.read(plan, as: "the plan") }
    if let scan { files.read(scan, as: "the scan") }
    for path in [output] + (LeanFormats.format(of: output)?.companions(of: output) ?? []) {
      try files.write(path, option: "-o")
    }
    try lineage.add(to: &files)
    guard let savePlan else { return }
    // A plan that is replaced by the one of this run is read before.
    if savePlan != plan { try files.write(savePlan, option: "--save-plan") }
    try DietPlan.refuseToReplaceOther(atPath: savePlan)
  }

  func run() throws {
    let start = ContinuousClock.now
    let text = try CommandFailure.wrapping(isStrict: reading.options.refusesBadRecords) {
      () -> String in
      try checkFiles()
      let saved = try plan.map { try DietPlan(contentsOfFile: $0, allowsLoss: allowLossy) }
      let options = try reading.options(with: lean)
      let progress = ProgressLine()
      var reader = try reading.reader(
        options, digest: DigestAlgorithm(rawValue: digest) ?? .xxh3, progress: progress)
      reader.engine = TargetEngine(rawValue: engine) ?? .any
      reader.byteRange = byteRange?.bytes
      reader.fileScan = try scan.map(FileScan.init(contentsOfFile:))
      var preparation = Preparation(plan: saved)
      preparation.matching = matching
      // A file that is written with its plan is the first of those that are written under it.
      preparation.makesPlan = savePlan != nil
      preparation.closesCategories = closedCategories
      let table = try reader.prepare(preparation, for: output)
      progress?.finish()
      try reading.report(on: table.profile.summary.source)
      if let savePlan { try table.profile.appliedPlan?.write(toFile: savePlan) }
      let file = try RunLog.timed("wrote \(output)") {
        try table.write(to: output, compression: fileCompression)
      }
      if verify {
        progress?.expect(reader)
        try file.readBack(against: reader)
        progress?.finish("compared")
      }
      try lineage.write(
        LineageEvent(verb: "apply", of: table.profile, writtenTo: file, isRedacted: redact))
      let summary = ApplySummary(
        of: table.profile, in: file, readingOptions: options.words(in: TextScope.sections),
        isReadBack: verify, wallSeconds: (ContinuousClock.now - start).seconds)
      return summary.text(format: format, usesColor: usesColor)
    }
    // The table itself may go to standard output; then the summary must not.
    if output != "-", !lineage.takesStandardOutput {
      try writeToStandardOutput(text)
    } else if RunLog.level != .quiet {
      writeToStandardError(text)
    }
  }
}
