import Foundation
import TestSupport
import Testing

/// A lean file held against what it was not made from: the source that changed, one of two.
@Suite struct OtherSourceTests {
  private static let rows = (1...200).map { "\($0),\(2 * $0 + 1000),w\($0 % 5)" }
  private static func csv(_ rows: [String]) -> String {
    "n,x,w\n" + rows.joined(separator: "\n") + "\n"
  }

  /// Plans are told by nobody who verifies: none was made.
  @Test(arguments: ["lean.arrow", "lean.parquet", "lean.csv"])
  func aSourceThatChangedIsTold(_ output: String) throws {
    let folder = try TemporaryFolder()
    try folder.file("a.csv", Self.csv(Self.rows))
    let apply = try CommandRun(["apply", "a.csv", "-o", output], in: folder.url)
    #expect(apply.exitCode == 0, "\(apply.errors)")
    for (cell, shown) in [("5,9999,w0", ", where this is `1010`: `9999`"), ("5,abc,w0", ": `abc`")]
    {
      try folder.file("a.csv", Self.csv(Self.rows.map { $0.hasPrefix("5,") ? cell : $0 }))
      let run = try CommandRun(["verify", output, "--against", "a.csv"], in: folder.url)
      #expect(run.exitCode == 1)
      #expect(run.errors.hasPrefix("diet: a.csv, line 6, "), "\(run.errors)")
      #expect(
        run.errors.contains(
          "the source is not the one that \(output) was made from\(shown); if that has changed since, put it"
            + " on a diet again: `diet apply a.csv -o \(output)`"), "\(run.errors)")
      #expect(!run.errors.contains("plan"))
    }
    try folder.file("a.csv", Self.csv(Array(Self.rows.dropLast())))
    let short = try CommandRun(["verify", output, "--against", "a.csv"], in: folder.url)
    #expect(short.exitCode == 1)
    #expect(
      short.output.hasPrefix(
        "\(output) · 200 rows × 3 columns\nIt differs from a.csv.\n\ndiffers    the source has 199 rows"
      ),
      "\(short.output)\(short.errors)")
  }

  @Test func oneOfTwoSourcesIsTold() throws {
    let folder = try TemporaryFolder()
    try folder.file("a.csv", Self.csv(Self.rows))
    try folder.file("b 2.csv", Self.csv(Self.rows))
    _ = try CommandRun(["apply", "a.csv", "b 2.csv", "-o", "lean.arrow"], in: folder.url)
    let run = try CommandRun(["verify", "lean.arrow", "--against", "a.csv"], in: folder.url)
    #expect(run.exitCode == 1)
    #expect(
      run.errors
        == "diet: lean.arrow: it was made from 2 sources, of 400 rows together, and 1 is given:"
        + " `diet verify lean.arrow --against a.csv 'b 2.csv'`\n")
  }

  /// Columns that only longer records have are read again as the others are.
  @Test func longRecordsAreReadAgain() throws {
    let folder = try TemporaryFolder()
    try folder.file("a.csv", "a,a\n1,2\n3,4\n5,6,7,x\n")
    let apply = try CommandRun(["apply", "a.csv", "-o", "lean.arrow", "--verify"], in: folder.url)
    #expect(apply.exitCode == 0, "\(apply.errors)")
    #expect(apply.output.contains("renamed: column 2, `a`, is `a_2`"), "\(apply.output)")
    let analyze = try CommandRun(["analyze", "a.csv"], in: folder.url)
    #expect(analyze.exitCode == 0, "\(analyze.errors)")
    let verify = try CommandRun(["verify", "lean.arrow", "--against", "a.csv"], in: folder.url)
    #expect(verify.exitCode == 0, "\(verify.output)\(verify.errors)")
    let unknown = try CommandRun(["analyze", "a.csv", "--columns", "column_9"], in: folder.url)
    #expect(
      unknown.errors.contains("column `column_9`: there is no such column"), "\(unknown.errors)")
  }
}
