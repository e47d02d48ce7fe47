import Columnar

@testable import DietReport

/// Reports made by hand, each with something of its own to show.
enum ExampleReports {
  static let all: [(name: String, report: AnalysisReport)] = [
    ("flights", flights), ("measured", measured), ("tiny", tiny), ("header-only", headerOnly),
    ("empty", empty), ("hostile", hostile), ("wide", wide), ("budget", budget),
    ("missed", missed),
  ]

  static func named(_ name: String) -> AnalysisReport { all.first { $0.name == name }!.report }

  /// The flights of 2013, not measured.
  static var flights: AnalysisReport {
    let rows = 336_776
    var columns: [AnalysisReport.Column] = []
    func add(
      _ name: String, _ type: LogicalType, nulls: Int = 0, _ distinct: Int, _ minimum: ReportValue,
      _ maximum: ReportValue, _ layout: String, width: Int, before: Int? = nil,
      dictionary: Int = 0, headroom: Double? = nil, reason: String, notes: [Note] = []
    ) {
      var after = Footprint()
      after.values = width * rows
      after.validity = nulls > 0 ? (rows + 7) / 8 : 0
      after.dictionary = dictionary
      after.padding = (64 - after.total % 64) % 64
      columns.append(
        AnalysisReport.Column(
          name: name, logicalType: type, nullCount: nulls, distinctCount: distinct,
          minimum: minimum, maximum: maximum,
          beforeType: type == .integer ? (nulls > 0 ? "float64" : "int64") : "str",
          layout: layout, before: before ?? 8 * rows, after: after,
          handedOver: [
            .init(name: "pandas", byteCount: (width + (nulls > 0 ? 1 : 0)) * rows + dictionary),
            .init(name: "polars", byteCount: after.values + after.validity + 4 * dictionary),
            .init(name: "duckdb", byteCount: after.values * 2),
            .init(name: "arrow", byteCount: after.total - after.padding),
          ], headroom: headroom, reason: reason, notes: notes))
    }
    add(
      "year", .integer, 1, .integer(2013), .integer(2013), "constant", width: 0,
      reason: "every row is 2013")
    for (name, count, low, high, nulls) in [
      ("month", 12, 1, 12, 0), ("day", 31, 1, 31, 0), ("dep_time", 1318, 1, 2400, 8255),
      ("sched_dep_time", 1021, 106, 2359, 0), ("dep_delay", 527, -43, 1301, 8255),
      ("arr_time", 1411, 1, 2400, 8713), ("sched_arr_time", 1163, 1, 2359, 0),
      ("arr_delay", 577, -86, 1272, 9430),
    ] {
      add(
        name, .integer, nulls: nulls, count, .integer(Int128(low)), .integer(Int128(high)),
        high < 128 ? "int8" : "int16", width: high < 128 ? 1 : 2, headroom: 0.9,
        reason: "\(low) to \(high) fits int\(high < 128 ? 8 : 16)")
    }
    add(
      "carrier", .string, 16, .text("9E"), .text("YV"), "dictionary<uint8>", width: 1,
      before: 3_367_760, dictionary: 100, reason: "16 values stand for 336,776")
    add(
      "flight", .integer, 3844, .integer(1), .integer(8500), "int16", width: 2, headroom: 0.87,
      reason: "1 to 8500 fits int16")
    add(
      "tailnum", .string, nulls: 2512, 4043, .text("D942DN"), .text("N9EAMQ"),
      "dictionary<uint16>", width: 2, before: 4_742_117, dictionary: 40_000,
      reason: "4,043 values stand for 334,264",
      notes: [Note(.keptAsText, "NA was read as null by pandas, and is text here.")])
    add(
      "origin", .string, 3, .text("EWR"), .text("LGA"), "dictionary<uint8>", width: 1,
      before: 3_704_536, dictionary: 25, reason: "3 values stand for 336,776")
    add(
      "dest", .string, 105, .text("ABQ"), .text("XNA"), "dictionary<uint8>", width: 1,
      before: 3_704_536, dictionary: 739, reason: "105 values stand for 336,776")
    add(
      "air_time", .integer, nulls: 9430, 509, .integer(20), .integer(695), "int16", width: 2,
      headroom: 0.98, reason: "20 to 695 fits int16")
    add(
      "distance", .integer, 214, .integer(17), .integer(4983), "dictionary<uint8>", width: 1,
      dictionary: 428, reason: "214 values stand for 336,776")
    add(
      "hour", .integer, 20, .integer(1), .integer(23), "int8", width: 1, headroom: 0.91,
      reason: "1 to 23 fits int8",
      notes: [Note(.keptAsText, "hour * 60 would overflow int8: 1,380 of 127.")])
    add(
      "minute", .integer, 60, .integer(0), .integer(59), "int8", width: 1, headroom: 0.77,
      reason: "0 to 59 fits int8")
    add(
      "time_hour", .timestamp(unit: .second, zone: "UTC"), 6936, .text("2013-01-01T10:00:00Z"),
      .text("2014-01-01T04:00:00Z"), "dictionary<uint16>", width: 2, before: 9_429_728,
      dictionary: 27_744, reason: "6,936 values stand for 336,776")
    return AnalysisReport(
      input: .init(
        path: "data/flights.csv.zst", byteCount: 31_053_850, rowCount: rows, columnCount: 19,
        dialect: .init()),
      memory: .init(
        baseline: "pandas",
        engines: [
          .init(name: "pandas", byteCount: 62_665_767),
          .init(name: "pandas-nullable", byteCount: 67_380_631),
          .init(name: "polars", byteCount: 71_649_094),
          .init(name: "arrow", byteCount: 50_715_256),
        ], columns: columns, peak: 41_287_680),
      columns: columns, timing: .init(wallSeconds: 0.1342, threadCount: 2))
  }

  /// The same with speed-ups, slowdowns, estimates and inexact floats.
  static var measured: AnalysisReport {
    var report = flights
    var random = SeededGenerator(seed: 7)
    for index in report.columns.indices where report.columns[index].layout != "constant" {
      let kernels =
        report.columns[index].logicalType == .integer
        ? ["sum", "min/max", "compare"] : ["equality", "group count"]
      report.columns[index].speedups = kernels.map { kernel in
        let ratio = Double.random(in: 0.93...7.2, using: &random)
        let path: AnalysisReport.Speedup.Path = kernel == "compare" ? .decoded : .direct
        return .init(
          kernel: kernel, ratio: ratio, low: ratio * 0.94, high: ratio * 1.05, path: path)
      }
    }
    report.columns[14].speedups[0] = .init(
      kernel: "compare", ratio: 0.871, low: 0.812, high: 0.934, path: .decoded)
    report.memory.policies = [
      .init(policy: .fast, byteCount: 9_752_192),
      .init(policy: .packed, byteCount: 5_864_320, isForetold: true),
      .init(policy: .smallest, byteCount: 5_100_000, isForetold: true),
    ]
    report.memory.policyTimes = [
      .init(kernel: "sum", shares: [1.31, 0.92, 2.04]), .init(kernel: "equality", shares: [0.98]),
    ]
    report.columns[3].fidelity = .value
    report.columns[4].fidelity = .rounded
    report.columns[11].distinctCount = 4_598_211
    report.columns[11].isDistinctExact = false
    report.notes = [
      Note(
        .shortRecords, "3 records are short, the first on line 17: their missing fields are null."),
      Note(
        .columnFollowsAnother,
        "arr_delay = dep_delay in 12 % of the rows only, although both are called delays by the file."
      ),
    ]
    report.readingOptions = ["--null-token", "n. a.", "--delimiter", "\t"]
    return report
  }

  /// The flights in 40 MB, which they fit into with changes.
  static var budget: AnalysisReport {
    var report = flights
    report.budget = madeBudget(of: report, byteCount: 40_000_000)
    return report
  }

  /// Names of any kind in 20 bytes, which nothing fits into.
  static var missed: AnalysisReport {
    var report = hostile
    report.budget = madeBudget(of: report, byteCount: 20)
    return report
  }

  private static func madeBudget(of report: AnalysisReport, byteCount: Int) -> AnalysisReport.Budget
  {
    let held = report.columns.reduce(0) { $0 + $1.before }
    return AnalysisReport.Budget(
      byteCount: byteCount,
      engines: [
        ("pandas", .init(held: held, peak: 149_904_152)),
        ("polars", .init(held: 71_649_094, peak: 172_000_000)),
        ("duckdb", .init(held: 39_400_000, peak: 110_500_000)),
        ("dask", .init(held: held, peak: 153_000_000)),
        ("lean", .init(held: report.memory.after, peak: 23_900_000)),
      ],
      choices: report.columns.map { column in
        func side(_ type: String, _ held: Int) -> AnalysisReport.Budget.Choice.Side {
          .init(
            type: type, bytes: .init(held: held, peak: type == "str" ? held * 13 / 10 : 2 * held))
        }
        let lean = column.handedOver.first?.byteCount ?? column.after.total
        return .init(
          column: column.name, plain: side(column.beforeType, column.before),
          lean: side(column.logicalType == .string ? "category" : "int16", lean),
          lossy: lean > 8 ? side("float32", lean / 2) : nil, lossyError: 5.96e-8)
      }, constant: 4_000_000)
  }

  /// Three rows: smaller than the padding of the buffers.
  static var tiny: AnalysisReport {
    var bytes = Footprint()
    bytes.values = 3
    bytes.padding = 61
    let columns = [
      AnalysisReport.Column(
        name: "id", logicalType: .integer, nullCount: 0, distinctCount: 3, minimum: .integer(1),
        maximum: .integer(3), beforeType: "int64", layout: "int8", before: 24, after: bytes,
        headroom: 0.98, reason: "1 to 3 fits int8"),
      AnalysisReport.Column(
        name: "price", logicalType: .decimal(scale: 2), nullCount: 1, distinctCount: 2,
        minimum: .text("0.50"), maximum: .text("1.25"), beforeType: "float64", layout: "int8",
        before: 24, after: bytes, fidelity: .value, headroom: 0.02, reason: "50 to 125 fits int8"),
    ]
    return AnalysisReport(
      input: .init(
        path: "-", byteCount: 38, rowCount: 3, columnCount: 2,
        dialect: .init(delimiter: "\t", quote: nil, encoding: "windows-1252", lineEnding: "crlf")),
      memory: .init(
        baseline: "pandas", engines: [.init(name: "pandas", byteCount: 48)], columns: columns,
        peak: 9_000_000),
      columns: columns, timing: .init(wallSeconds: 0.001, threadCount: 1))
  }

  static var headerOnly: AnalysisReport {
    let columns = ["id", "name"].map {
      AnalysisReport.Column(
        name: $0, logicalType: .null, nullCount: 0, distinctCount: 0, beforeType: "object",
        layout: "all null", before: 0, after: Footprint(), reason: "there are no rows")
    }
    return AnalysisReport(
      input: .init(path: "names.csv", byteCount: 8, rowCount: 0, columnCount: 2, dialect: .init()),
      memory: .init(
        baseline: "pandas", engines: [.init(name: "pandas", byteCount: 0)], columns: columns,
        peak: 9_000_000),
      columns: columns, timing: .init(wallSeconds: 0.002, threadCount: 2))
  }

  static var empty: AnalysisReport {
    AnalysisReport(
      input: .init(path: "empty.csv", byteCount: 0, rowCount: 0, columnCount: 0, dialect: .init()),
      memory: .init(
        baseline: "pandas", engines: [.init(name: "pandas", byteCount: 0)], columns: [],
        peak: 9_000_000),
      columns: [], timing: .init(wallSeconds: 0.002, threadCount: 2))
  }

  /// Names that try to break a report.
  static var hostile: AnalysisReport {
    let names = [
      "two\nlines", "a|b", "back\\slash|pipe", "`code`", "\"quoted\", with comma", "<b>bold</b>",
      "\u{1B}[31mred", "注文の合計金額（税込み）、送料を含む、手数料を含む", "👨‍👩‍👧‍👦 family 🇩🇪",
      "e\u{301}e\u{301}e\u{301}", "\u{202E}abc", "", " ", "nul\0nul", "\"\u{301}accent", "*star*",
      String(repeating: "long_", count: 300), "cr\r\nlf", "\u{2028}", "=1+1", "__init__", "#1 @you",
    ]
    var bytes = Footprint()
    bytes.values = 8_000
    bytes.offsets = 4_004
    bytes.padding = 52
    let values: [ReportValue] = [
      .float(.infinity), .float(-.infinity), .float(-0.0), .float(.leastNonzeroMagnitude),
      .float(1e300),
      .integer(Int128(UInt64.max)), .integer(Int128(Int64.min)), .text("\"quoted\"\u{0}\n"), .null,
    ]
    let columns = names.enumerated().map { index, name in
      AnalysisReport.Column(
        name: name, logicalType: index == 2 ? .uuid : .string, nullCount: index * 45,
        distinctCount: index == 3 ? nil : index, minimum: values[index % values.count],
        maximum: values[(index + 1) % values.count], beforeType: "str", layout: "utf8",
        before: 20_000 + 31 * index, after: bytes, fidelity: index == 5 ? .rounded : .text,
        reason: "text | of \(name)",
        notes: index % 4 == 0 ? [Note(.keptAsText, "A note about \(name), no more.")] : [],
        speedups: [
          .init(kernel: "equality", ratio: 0.5 + Double(index), low: 0.4, high: 30, path: .direct)
        ])
    }
    return AnalysisReport(
      input: .init(
        path: "/tmp/it's | a \u{1B}[2J \"file\" 注文.csv", files: ["a\nb.csv", "注文.csv"],
        byteCount: 999_950, rowCount: 1_000, columnCount: names.count,
        dialect: .init(delimiter: "|", quote: "'")),
      memory: .init(
        baseline: "pandas-nullable",
        engines: [.init(name: "pandas-nullable", byteCount: 500_000)], columns: columns,
        peak: 1_000_000_000),
      columns: columns, timing: .init(wallSeconds: 123.4, threadCount: 64),
      notes: [
        Note(
          .keptAsText, Sentence("A \u{1B}[31mnote\u{1B}[0m " + String(repeating: "w", count: 200)))
      ])
  }

  /// 5,000 columns of one kind, from many files.
  static var wide: AnalysisReport {
    let columns = (0..<5_000).map { index in
      var bytes = Footprint()
      bytes.values = 1_000_000
      return AnalysisReport.Column(
        name: "gene_\(index)", logicalType: .float, nullCount: 0, distinctCount: 1_000 + index,
        minimum: .float(0), maximum: .float(Double(index) / 8), beforeType: "float64",
        layout: "float32", before: 2_000_000 + index, after: bytes,
        reason: "every value is exact in binary32",
        notes: [Note(.keptAsText, "Half of the values are zero.")])
    }
    return AnalysisReport(
      input: .init(
        path: "genes/part-00.csv", files: (0..<12).map { "genes/part-\($0).csv" },
        byteCount: 25_000_000_000, rowCount: 250_000, columnCount: 5_000, dialect: .init()),
      memory: .init(
        baseline: "pandas", engines: [.init(name: "pandas", byteCount: 10_012_497_500)],
        columns: columns, peak: 250_000_000),
      columns: columns, timing: .init(wallSeconds: 61.44, threadCount: 2))
  }
}
