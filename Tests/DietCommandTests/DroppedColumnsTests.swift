import Foundation
import TestSupport
import Testing

/// Columns that cannot be read are named at once, and the option that is printed, pasted behind the same
/// command, makes it work, whatever the columns are called.
struct DroppedColumnsTests {
  private static let script = """
    import pyarrow as pa, pyarrow.feather as feather, pyarrow.parquet as parquet
    def write(name, columns):
        table = pa.table(columns | {'ok': [1]})
        feather.write_feather(table, name + '.arrow', compression='uncompressed')
        parquet.write_table(table, name + '.parquet')
    several = {'my list': pa.array([[1]]), "it's": pa.array([b'x']), 'a,b': pa.array([{'x': 1}]),
               '"': pa.array([b'x'], pa.large_binary()), 'c,"d': pa.array([b'xy'], pa.binary(2)),
               '$HOME `id`': pa.array([b'x'], pa.binary_view())}
    write('several', several)
    for number, (name, column) in enumerate(several.items()):
        write(f'single{number}', {name: column})
    feather.write_feather(pa.table({
        'id': pa.array([(1, 2, 3)], pa.month_day_nano_interval()), 'ok': [1]}), 'interval.arrow')
    """

  private static let verbs = ["analyze", "apply -o lean.arrow", "cat"]

  @Test func thePrintedOptionWorks() throws {
    let folder = try TemporaryFolder()
    let run = try CommandRun(python: ["-c", Self.script], in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    let files = folder.names
    #expect(files.count == 15)
    for file in files {
      for verb in file.hasPrefix("several") ? Self.verbs : ["apply -o lean.arrow"] {
        func diet(_ options: String) throws -> CommandRun {
          let command = "'\(CommandRun.executable.path)' \(verb) \(file) \(options)"
          return try CommandRun(["-c", command], of: URL(filePath: "/bin/sh"), in: folder.url)
        }
        let refused = try diet("")
        #expect(refused.exitCode == 2)
        let start = try #require(refused.errors.firstRange(of: "`--drop "), "\(refused.errors)")
        let option = refused.errors[start.lowerBound...].dropFirst()
          .prefix { $0 != "\n" }.dropLast()
        let read = try diet(String(option))
        #expect(read.exitCode == 0, "\(verb) \(file) \(option): \(read.errors)")
      }
    }
  }

  /// Records as they were read, without some of their fields.
  @Test func ofText() throws {
    let folder = try TemporaryFolder()
    try folder.file("in.csv", "a b,\"c,d\",e\n1,2,3\n4,5\n7,8,9,10\n\"x\"\"\",,\n")
    let cases = [
      ("e", "csv", "a b,\"c,d\"\n1,2\n4,5\n7,8,10\n\"x\"\"\",\n"),
      ("\"c,d\"", "csv", "a b,e\n1,3\n4\n7,9,10\n\"x\"\"\",\n"),
      ("a b,\"c,d\"", "csv", "e\n3\n\"\"\n9,10\n\"\"\n"),
      ("a b,e", "jsonl", "[\"c,d\"]\n[\"2\"]\n[\"5\"]\n[\"8\",\"10\"]\n[\"\"]\n"),
    ]
    for (names, format, expected) in cases {
      let run = try CommandRun(
        ["cat", "in.csv", "--text", "--drop", names, "--format", format], in: folder.url)
      #expect(run.exitCode == 0 && run.output == expected, "\(names): \(run.output)\(run.errors)")
    }
  }

  /// The order of the arguments does not matter where one of the files alone has a certificate.
  @Test func theLeanFileIsKnown() throws {
    let folder = try TemporaryFolder()
    try folder.file("one.csv", "a\n1\n")
    try folder.file("two.csv", "a\n2\n")
    for lean in ["lean.arrow", "lean.csv"] {
      let apply = try CommandRun(["apply", "one.csv", "two.csv", "-o", lean], in: folder.url)
      #expect(apply.exitCode == 0, "\(apply.errors)")
      for order in [
        [lean, "--against", "one.csv", "two.csv"], ["--against", "one.csv", "two.csv", lean],
        ["--against", "one.csv", "two.csv", "--", lean],
      ] {
        let verify = try CommandRun(["verify"] + order, in: folder.url)
        #expect(verify.exitCode == 0, "\(order): \(verify.errors)\(verify.output)")
      }
    }
    let apply = try CommandRun(["apply", "one.csv", "-o", "lean.arrow"], in: folder.url)
    #expect(apply.exitCode == 0)
    for order in [["one.csv", "--against", "lean.arrow"], ["--against", "one.csv", "lean.arrow"]] {
      let verify = try CommandRun(["verify"] + order, in: folder.url)
      #expect(verify.exitCode == 0, "\(order): \(verify.errors)")
    }
  }
}
