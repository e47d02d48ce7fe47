import ArgumentParser
import Columnar
import DietReport
import Platform
import TabularDiet

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Recompute the certificate and compare every value with the source.")

  @Argument(help: "Lean file written by apply.", completion: .file())
  var lean: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Source files, in the order in which apply read them.", valueName: "file"),
    completion: .file())
  var against: [String]

  @OptionGroup var reading: OptionArguments<TextScope>

  @OptionGroup var memory: MemoryArguments

  @Option(
    help: .formats(VerificationReport.formats), completion: .list(VerificationReport.formats))
  var format = "table"

  @OptionGroup var reports: ReportFiles

  func validate() throws {
    try check("format", format, in: VerificationReport.formats)
    guard !against.isEmpty else { throw ValidationError("--against: name the source") }
    guard lean != nil || against.count > 1 else { throw Self.misplaced(source: against[0]) }
  }

  private static func misplaced(source: String?) -> ValidationError {
    ValidationError(
      "the lean file comes first: `diet verify LEAN --against \(source ?? "SOURCE")`")
  }

  /// The lean file and its sources. Where they were given in another order, the one file that has a
  /// certificate tells.
  private func files() throws -> (lean: String, sources: [String]) {
    // A file that is not there is told by the name that it was to have.
    if let lean, against.count > 1 || access(lean, F_OK) != 0 || LeanFile.hasCertificate(lean) {
      return (lean, against)
    }
    let places = against.indices.filter { LeanFile.hasCertificate(against[$0]) }
    guard places.count == 1 else {
      guard let lean else { throw Self.misplaced(source: nil) }
      return (lean, against)
    }
    var sources = against
    let found = sources.remove(at: places[0])
    return (found, lean.map { [$0] } ?? sources)
  }

  func run() throws {
    let run = GateRun(
      verb: "verify", paths: [lean ?? against[0]], others: against, format: format,
      reports: reports)
    let report = try run.report { isSettled -> VerificationReport in
      let (lean, sources) = try files()
      var used = RunFiles(reading: [])
      for path in [lean] + sources { used.read(path, as: "the input") }
      try reports.add(to: &used)
      isSettled = true
      // Without a certificate there is nothing to verify; a source that is missing, or has no such options,
      // is told before that.
      let certificate = try? LeanFile(contentsOf: lean).certificate
      var source = try TableReader(
        sources, options: reading.options, digest: certificate?.algorithm ?? .xxh3)
      _ = try source.reading()
      let progress = ProgressLine()
      progress?.expect(source)
      source.progress = progress?.callback
      do {
        let report = try LeanFile(contentsOf: lean).verify(against: source)
        progress?.finish("compared")
        return report
      } catch let error as OtherSourceError {
        throw CommandFailure(code: 1, message: error.inCommands)
      }
    }
    try run.tell(report)
    if !report.isVerified { throw ExitCode(1) }
  }
}
