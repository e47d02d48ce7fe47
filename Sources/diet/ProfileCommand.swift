import ArgumentParser
import Columnar
import Options
import TabularDiet

struct ProfileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile",
    abstract: "Write what is known of a part of a table, to be merged with that of other parts.",
    discussion: """
      A profile has some kilobytes, and the words of dictionaries. `diet merge` puts those of all \
      parts together, `diet analyze` and `diet plan` read the result as they read the whole table.
      """)

  @OptionGroup var reading: ReadingArguments

  @Option(
    help: ArgumentHelp(
      "Only the records that begin within these bytes of the file.", valueName: "a:b"),
    transform: ByteRange.init(parsing:))
  var byteRange: ByteRange?

  @Option(help: .scan, completion: .file())
  var scan: String?

  @Flag(
    help: ArgumentHelp(
      "Read columns as what they are in this part alone: takes a fraction of the time, and is enough where all parts are alike."
    ))
  var brief = false

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Output file.", valueName: "file"),
    completion: .file())
  var output: String

  func validate() throws {
    guard byteRange == nil || reading.paths.count == 1 else {
      throw ValidationError("--byte-range: there are \(reading.paths.count) files; name one")
    }
    guard scan == nil || byteRange != nil else {
      throw ValidationError("--scan: it is for parts: add --byte-range")
    }
  }

  func run() throws {
    try CommandFailure.wrapping(isStrict: reading.options.refusesBadRecords) {
      var files = try reading.files()
      if let scan { files.read(scan, as: "the scan") }
      try files.write(output, option: "-o")
      try MergeableProfile.refuseToReplaceOther(atPath: output)
      let progress = ProgressLine()
      var reader = try reading.reader()
      reader.byteRange = byteRange?.bytes
      reader.fileScan = try scan.map(FileScan.init(contentsOfFile:))
      progress?.expect(reader)
      reader.progress = progress?.callback
      let profile = try reader.mergeableProfile(isBrief: brief)
      progress?.finish()
      for note in profile.notes { RunLog.note(note) }
      try profile.write(toFile: output)
    }
  }
}

extension ArgumentHelp {
  /// Of `--scan`.
  static let scan = ArgumentHelp(
    "Where records begin, as `diet scan` has found: what stands before the part is not read.",
    valueName: "file")
}

/// `a:b`: bytes from a up to b, which is not among them; `a:` up to the end.
struct ByteRange {
  let bytes: Range<Int>

  /// - Throws: `ValidationError` for what is no range.
  init(parsing argument: String) throws {
    let ends = argument.split(separator: ":", omittingEmptySubsequences: false)
    guard ends.count == 2, let start = ends[0].isEmpty ? 0 : Int(ends[0]),
      let end = ends[1].isEmpty ? Int.max : Int(ends[1]), start >= 0
    else {
      throw ValidationError(
        "a range of bytes is written as two whole numbers, 0:1000000 or 1000000: for all that follows"
      )
    }
    guard start <= end else { throw ValidationError("the range ends before it begins") }
    bytes = start..<end
  }
}
