import Columnar

@testable import DietReport

/// A benchmark whose every figure is made up.
enum ExampleBenchmark {
  static let machine = BenchmarkReport.Machine(
    processor: "Example CPU @ 3.00GHz", architecture: "x86_64", processorCount: 8, load: 0.42,
    readBandwidth: 12.5e9, version: "1.2.3")

  static func result(
    _ column: String, _ kernel: String, _ layouts: (String, String),
    _ nanoseconds: (Double, Double),
    between: (Double, Double), _ path: AnalysisReport.Speedup.Path = .direct,
    bytes: (Int, Int), rows: Int = 1000, instructions: (Int, Int)? = nil
  ) -> BenchmarkReport.Result {
    BenchmarkReport.Result(
      column: column, kernel: kernel, wide: layouts.0, lean: layouts.1,
      wideNanosecondsPerRow: nanoseconds.0, leanNanosecondsPerRow: nanoseconds.1,
      ratio: nanoseconds.0 / nanoseconds.1, low: between.0, high: between.1, path: path,
      wideByteCount: bytes.0, leanByteCount: bytes.1, rowCount: rows,
      wideInstructionCount: instructions?.0, leanInstructionCount: instructions?.1)
  }

  static let results = [
    result(
      "carrier, distance", "group_sum", ("utf8, int64", "dictionary<int8>, int16"), (12.5, 2.5),
      between: (4.8, 5.1), bytes: (14_000, 3_000)),
    result(
      "month", "sum", ("int64", "int8"), (0.5, 0.0625), between: (7.5, 8.25), bytes: (8000, 1000),
      instructions: (2000, 300)),
    result(
      "distance", "sum", ("int64", "dictionary<int8>"), (0.5, 1.6), between: (0.29, 0.33),
      bytes: (8000, 2700)),
    result(
      "note | with *marks*, and a name that is very long indeed", "equality_count",
      ("utf8", "constant"), (14, 0.00001), between: (1_300_000, 1_500_000), .decoded,
      bytes: (150_000, 0)),
  ]

  static let full: BenchmarkReport = {
    var report = measured
    report.columns = [
      column("month", "int8", values: 1000), column("note", "utf8", values: 150_000),
    ]
    return report
  }()

  static func column(
    _ name: String, type: String = "integer", _ layout: String, values: Int, validity: Int = 0,
    dictionary: Int = 0
  ) -> BenchmarkReport.Column {
    BenchmarkReport.Column(
      name: name, type: type, layout: layout,
      bytes: BenchmarkReport.Column.Bytes(
        values: values, validity: validity, offsets: 0, dictionary: dictionary), reason: "made up")
  }

  private static let measured = BenchmarkReport(
    path: "data/flights.csv", rowCount: 336_776, measuredRowCount: 1000, machine: machine,
    results: results,
    comparison: BenchmarkReport.Comparison(
      baselinePath: "ci/old.json", baselineRowCount: 336_776, maximumRegression: 0.1,
      findings: [
        finding(results[0], .slower, ratio: 9.5), finding(results[1], .same, ratio: 8),
        finding(results[2], .noisy, ratio: 0.4), finding(results[3], .new, ratio: nil),
        BenchmarkReport.Finding(
          column: "tailnum", kernel: "equality_count", verdict: .moreBytes,
          before: .init(layout: "dictionary<int16>", speedup: nil, bytesPerRow: 2),
          now: .init(layout: "utf8", speedup: nil, bytesPerRow: 10)),
        BenchmarkReport.Finding(
          column: "day", kernel: "sum", verdict: .moreInstructions,
          before: .init(
            layout: "int8", speedup: nil, bytesPerRow: 1, instructionsPerRow: 0.25),
          now: .init(layout: "int8", speedup: nil, bytesPerRow: 1, instructionsPerRow: 3)),
        BenchmarkReport.Finding(
          column: "price", kernel: "sum", verdict: .decoded,
          before: .init(layout: "int16", speedup: nil, bytesPerRow: 2),
          now: .init(layout: "dictionary<int16>", speedup: nil, bytesPerRow: 2)),
      ],
      changes: [
        BenchmarkReport.Change(
          column: "dep_delay", verdict: .typeChanged, says: "integer → string, line 812 `late`")
      ]),
    notes: [
      Note(
        .measurementsMissing,
        "2 of the baseline's measurements cannot be made any more (a: sum; b: sum)")
    ])

  static let plain = BenchmarkReport(
    path: "-", rowCount: 5, measuredRowCount: 5,
    machine: BenchmarkReport.Machine(
      processor: "", architecture: "aarch64", processorCount: 1, readBandwidth: 9e9,
      version: "1.2.3"),
    results: [])

  private static func finding(
    _ result: BenchmarkReport.Result, _ verdict: BenchmarkReport.Verdict, ratio: Double?
  ) -> BenchmarkReport.Finding {
    func figures(_ speedup: AnalysisReport.Speedup) -> BenchmarkReport.Figures {
      BenchmarkReport.Figures(
        layout: result.lean, speedup: speedup,
        bytesPerRow: result.bytesPerRow(result.leanByteCount))
    }
    let before = ratio.map {
      AnalysisReport.Speedup(
        kernel: result.kernel, ratio: $0, low: $0 * 0.9, high: $0 * 1.1, path: .direct)
    }
    return BenchmarkReport.Finding(
      column: result.column, kernel: result.kernel, verdict: verdict, before: before.map(figures),
      now: figures(result.speedup))
  }
}
