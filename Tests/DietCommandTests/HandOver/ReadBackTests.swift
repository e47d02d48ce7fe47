import Foundation
import TestSupport
import Testing

/// What is written is read back: whatever a column holds, in each format and for each engine, the file
/// is verified, and a value of the source that changed is found in its column.
struct ReadBackTests {
  /// Columns of text: a name, values, and what the last becomes: a value that the layout holds, since
  /// one that it does not hold is refused before values are compared.
  private static let text: [(name: String, values: [String], changed: String)] = [
    ("past 2^63", ["18446744073709551615", "9223372036854775808", "0"], "1"),
    (
      "no value but one, past 2^63",
      ["18446744073709551615", "18446744073709551615", "18446744073709551615"],
      "18446744073709551615"
    ),
    ("years", ["0000-01-01", "0001-01-01", "9999-12-31"], "9999-12-30"),
    ("years below 0", ["-0044-03-15", "2020-01-01", "10000-01-01"], "10000-01-02"),
    (
      "moments of such years",
      ["-0044-03-15T00:00:00", "2020-01-01T00:00:00", "10000-01-01T12:00:00"],
      "10000-01-01T12:00:01"
    ),
    ("24:00:00", ["24:00:00", "12:00:00", "00:00:01"], "00:00:02"),
    (
      "leap seconds", ["2016-12-31T23:59:60", "23:59:60", "2016-12-31T23:59:59"],
      "2016-12-31T23:59:58"
    ),
    ("minus zero", ["-0.0", "0.0", "1e5"], "1e6"),
    ("minus zero, whole", ["-0", "0", "15"], "16"),
    ("no number", ["nan", "inf", "1.5"], "1.75"),
    ("many digits", ["0.1234567890123456789", "1.5", "2.5"], "2.6"),
    ("no value", ["", "", ""], ""),
    ("twice", ["1", "5", "3"], "4"),
    ("twice", ["x", "y", "z"], "w"),
    ("a\"b\n;c,\tü€\\ ", ["p", "q", "r"], "s"),
    ("", ["1.25", "2.50", "4.75"], "4.76"),
  ]

  private static let targets: [(form: String, engine: String)] =
    ["arrow", "arrows", "parquet"].flatMap { form in
      ["any", "pandas", "polars", "duckdb", "spark"].map { (form, $0) }
    } + [("csv", "any")]

  private static func csv(_ change: Bool) -> String {
    func quoted(_ field: String) -> String { "\"\(field.replacing("\"", with: "\"\""))\"" }
    let rows = (0..<3).map { row in
      text.map { row == 2 && change ? $0.changed : $0.values[row] }.joined(separator: ",") + "\n"
    }
    return text.map { quoted($0.name) }.joined(separator: ",") + "\n" + rows.joined()
  }

  @Test func ofText() throws {
    let folder = try TemporaryFolder()
    try folder.file("source.csv", Self.csv(false))
    try folder.file("changed.csv", Self.csv(true))
    try Self.holds("source.csv", "changed.csv", folder)
  }

  /// What text cannot say, written by pyarrow; `changed` has another value in the last row.
  private static let script = """
    import pyarrow as pa, pyarrow.feather as feather
    day = 86400
    kinds = {
        'past 2^63': ([2**64 - 1, 0, 2**63], 'uint64', None),
        'days': ([-2**31, 0, 2**31 - 1], 'int32', pa.date32()),
        'whole days': ([-3_000_000 * day * 1000, 0, 5_000_000 * day * 1000], 'int64', pa.date64()),
        'seconds': ([-10**12, 5, 10**12], 'int64', pa.timestamp('s')),
        'with a zone': ([-2**53, 7, 2**53 - 1], 'int64', pa.timestamp('ms', 'Europe/Berlin')),
        'nanoseconds': ([-2**63, 7, 2**63 - 2], 'int64', pa.timestamp('ns')),
        '24:00:00': ([0, 86399, 86400], 'int32', pa.time32('s')),
        'span': ([0, 1, -5], 'int64', pa.duration('ms')),
        'half': ([float('nan'), -0.0, 0.5], 'float16', None),
        'double': ([float('nan'), -0.0, 0.1], 'float64', None),
        'digits': ([-2**63, 1, 2**63 - 2], 'int64', pa.decimal128(19, 0)),
    }
    step = {'whole days': day * 1000, 'half': 1, 'double': 1}
    nothing = ['int8', 'uint64', 'float32', 'string', 'bool', pa.date32(), pa.duration('us'),
               pa.decimal128(9, 2), pa.timestamp('us', 'UTC'), pa.dictionary('int8', 'string')]
    for name, change in (('source', 0), ('changed', 1)):
        columns = {}
        for kind, (values, stored, final) in kinds.items():
            last = values[-1] - change * step.get(kind, 1)
            array = pa.array(values[:-1] + [last], stored)
            columns[kind] = array.cast(final) if final else array
        columns |= {f'no value, {kind}': pa.nulls(3, kind) for kind in nothing}
        feather.write_feather(pa.table(columns), f'{name}.arrow', compression='uncompressed')
    feather.write_feather(pa.table(columns).select([]), 'zero.arrow', compression='uncompressed')
    feather.write_feather(pa.table(columns).slice(0, 0), 'empty.arrow', compression='uncompressed')
    """

  @Test func ofTypes() throws {
    let folder = try TemporaryFolder()
    let run = try CommandRun(python: ["-c", Self.script], in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    try Self.holds("source.arrow", "changed.arrow", folder)
    for (form, engine) in Self.targets {
      for source in ["zero.arrow", "empty.arrow"] {
        let arguments = ["apply", source, "-o", "small.\(form)", "--for", engine, "--verify"]
        let apply = try CommandRun(arguments, in: folder.url)
        // Rows of no fields are no lines.
        let isRefused = source == "zero.arrow" && form == "csv"
        #expect(apply.exitCode == (isRefused ? 2 : 0), "\(arguments): \(apply.errors)")
        if isRefused { #expect(apply.errors.contains("no place for 3 rows"), "\(apply.errors)") }
      }
    }
  }

  private static func holds(
    _ source: String, _ changed: String, _ folder: TemporaryFolder
  ) throws {
    struct Report: Decodable {
      struct Column: Decodable {
        var name: String
        var ok: Bool
      }
      var columns: [Column]
    }
    for (form, engine) in targets {
      let lean = "lean.\(form)"
      let arguments = [
        "apply", source, "-o", lean, "--for", engine, "--verify", "--format", "json",
      ]
      let apply = try CommandRun(arguments, in: folder.url)
      #expect(apply.exitCode == 0, "\(arguments): \(apply.errors)")
      #expect(apply.output.contains("; read back, the same"))
      let same = try CommandRun(["verify", lean, "--against", source], in: folder.url)
      #expect(same.exitCode == 0, "\(form) for \(engine): \(same.errors)\(same.output)")
      let other = try CommandRun(
        ["verify", lean, "--against", changed, "--format", "json"], in: folder.url)
      try #require(
        other.exitCode == 1 && other.errors.isEmpty, "\(form) for \(engine): \(other.errors)")
      let report = try JSONDecoder().decode(Report.self, from: Data(other.output.utf8))
      for column in report.columns {
        let isChanged = !column.name.hasPrefix("no value")
        #expect(column.ok != isChanged, "\(form) for \(engine): \(column.name)")
      }
    }
  }
}
