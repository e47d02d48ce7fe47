import TestSupport
import Testing

/// What `--quiet` leaves out: the notes of printed reports, and those on standard error. Results and documents stay.
struct QuietTests {
  private static func run(_ words: String, _ folder: TemporaryFolder) throws -> CommandRun {
    try CommandRun(words.split(separator: " ").map(String.init), in: folder.url)
  }

  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.file("in.csv", "id;word\n" + (1...40).map { "\($0);w\($0 % 3)\n" }.joined())
    return folder
  }

  @Test(arguments: [
    "analyze in.csv --no-measure", "apply in.csv -o out.arrow", "apply in.csv -o out.parquet",
  ])
  func `Reports have no notes`(_ command: String) throws {
    let folder = try Self.folder()
    let usual = try Self.run(command, folder)
    let quiet = try Self.run(command + " --quiet", folder)
    #expect(usual.exitCode == 0 && quiet.exitCode == 0 && quiet.errors.isEmpty)
    #expect(usual.output.contains("\nnote  "), "\(usual.output)")
    #expect(!quiet.output.contains("\nnote  "), "\(quiet.output)")
    // All else is there.
    let labels = { (text: String) in text.split(separator: "\n").map { $0.prefix { $0 != " " } } }
    #expect(
      labels(quiet.output).filter { !$0.isEmpty }
        == labels(usual.output).filter { !$0.isEmpty && $0 != "note" })
  }

  @Test func `Documents keep them`() throws {
    let folder = try Self.folder()
    let report = try Self.run("analyze in.csv --no-measure --quiet --format json", folder)
    #expect(report.output.contains("arithmeticWraps"), "\(report.output)")
  }
}
