import ArgumentParser
import Columnar
import Contracts
import DietReport
import Platform
import TabularDiet

struct LockCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lock",
    abstract: "Write what a table is, as a data contract that `check` holds later files against.",
    discussion: """
      The lock is a contract of the Open Data Contract Standard 3.1, in YAML, or in JSON where the \
      name ends in .json. What a table shows by chance is no part of it: see docs/contracts.md.
      """)

  @OptionGroup var reading: ReadingArguments

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Output file; - is standard output.", valueName: "file"),
    completion: .file())
  var output = "diet.lock.yaml"

  @Option(
    help: ArgumentHelp(
      "What the lock calls the table (default: the file's name).", valueName: "name"))
  var name: String?

  @Option(help: .headroom)
  var headroom: String?

  @Flag(help: "Leave out every value of the table: ranges, and categories but for digests.")
  var redact = false

  func validate() throws { _ = try CheckPolicy(headroom: headroom) }

  func run() throws {
    try CommandFailure.wrapping(
      isStrict: reading.options.refusesBadRecords, isRedacted: redact
    ) {
      var files = try reading.files()
      if output != "-" {
        try files.write(output, option: "-o")
        try ContractFile.refuseToReplaceOther(atPath: output)
      }
      let progress = ProgressLine()
      var reader = try reading.reader(digest: .xxh3, progress: progress)
      let notes = Lock<[String]>([])
      reader.profiled = { [redact] profile in
        let sentences = TypeNotes(profile, isRedacted: redact).sentences
        notes.withLock { $0 = sentences }
      }
      let lock = try reader.lock(
        name: name, policy: CheckPolicy(headroom: headroom), isRedacted: redact)
      progress?.finish()
      for note in notes.withLock({ $0 }) { RunLog.note(note) }
      if output == "-" {
        try writeToStandardOutput(ContractFile.text(of: lock, path: output))
      } else {
        try ContractFile.write(lock, to: output)
        try writeToStandardOutput(LockSummary(lock, path: output).text)
      }
    }
  }
}

extension CheckPolicy {
  /// The usual policy, with the share of a range that is to be free.
  init(headroom: String?) throws {
    self.init()
    guard let headroom else { return }
    let digits = headroom.hasSuffix("%") ? String(headroom.dropLast()) : headroom
    guard let number = Double(digits.filter { $0 != " " }), number >= 0 else {
      throw ValidationError("--headroom: '\(headroom)' is no share such as 10%")
    }
    let share = headroom.hasSuffix("%") || number >= 1 ? number / 100 : number
    guard share < 1 else {
      throw ValidationError(
        "--headroom: '\(headroom)' is more than there is; name a share such as 10%")
    }
    self.headroom = share
  }
}

extension ArgumentHelp {
  static var headroom: ArgumentHelp {
    ArgumentHelp(
      "Share of a number's range that is to be free (default: 10%).", valueName: "percent")
  }
}
