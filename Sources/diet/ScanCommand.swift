import ArgumentParser
import Columnar
import TabularDiet

struct ScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Find where the records of a file begin, so that its parts can be read from there.",
    discussion: """
      A part of a file does not say whether it begins within quotes. Without a scan, `diet profile` and \
      `diet apply` with --byte-range read all that stands before the part; with --scan they do not. Ranges may be \
      scanned each by itself; `diet merge` puts them together.
      """)

  @OptionGroup var reading: ReadingArguments

  @Option(
    help: ArgumentHelp("Only these bytes of the file.", valueName: "a:b"),
    transform: ByteRange.init(parsing:))
  var byteRange: ByteRange?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Output file.", valueName: "file"),
    completion: .file())
  var output: String

  func validate() throws {
    guard reading.paths.count == 1 else {
      throw ValidationError("there are \(reading.paths.count) files; name one")
    }
  }

  func run() throws {
    try CommandFailure.wrapping(isStrict: reading.options.refusesBadRecords) {
      var files = try reading.files()
      try files.write(output, option: "-o")
      try FileScan.refuseToReplaceOther(atPath: output)
      var reader = try reading.reader()
      reader.byteRange = byteRange?.bytes
      let progress = ProgressLine()
      progress?.expect(reader)
      reader.progress = progress?.callback
      let scan = try reader.scan()
      progress?.finish()
      if let end = scan.unknownEnd {
        RunLog.note(
          "parts are read from byte \(end) on: behind it, it is not known where records begin, since a"
            + " quote is closed far away or nowhere, or the file has more in it than a table")
      }
      try scan.write(toFile: output)
    }
  }
}
