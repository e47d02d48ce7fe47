import Columnar

@testable import DietReport

extension AnalysisReport {
  /// A report that no analysis would make: hostile names, extreme numbers, any shape.
  static func random(using random: inout SeededGenerator) -> AnalysisReport {
    let rows = Int.random(in: 0...(.random(using: &random) ? 3 : 1 << 40), using: &random)
    let isWide = Int.random(in: 0..<20, using: &random) == 0
    let count = Int.random(in: 0...(isWide ? 200 : 12), using: &random)
    let receivers = Bool.random(using: &random) ? ["pandas", "polars", "duckdb", "arrow"] : []
    let columns = (0..<count).map { _ in
      Column.random(rows: rows, receivers: receivers, using: &random)
    }
    let engines = ["pandas", "pandas-nullable", "polars", "arrow"].map {
      EngineBytes(name: $0, byteCount: .random(in: 0...(1 << 42), using: &random))
    }
    let files = Int.random(in: 0...4, using: &random)
    var report = AnalysisReport(
      input: Input(
        path: .random(using: &random),
        files: (0..<files).map { _ in .random(using: &random) },
        byteCount: .random(in: 0...(1 << 45), using: &random), rowCount: rows, columnCount: count,
        dialect: Dialect(delimiter: ";", quote: nil)),
      memory: Memory(
        baseline: engines.randomElement(using: &random)!.name, engines: engines, columns: columns,
        peak: .random(in: 0...(1 << 36), using: &random)),
      columns: columns,
      timing: Timing(wallSeconds: .random(in: 0...1e4, using: &random), threadCount: 2),
      notes: (0..<Int.random(in: 0...2, using: &random)).map { _ in
        Note(NoteCode.allCases.randomElement(using: &random)!, Sentence(.random(using: &random)))
      },
      readingOptions: (0..<Int.random(in: 0...2, using: &random)).map { _ in
        .random(using: &random)
      })
    if Bool.random(using: &random) { report.budget = .random(columns, using: &random) }
    return report
  }
}

extension AnalysisReport.Budget {
  static func random(
    _ columns: [AnalysisReport.Column], using random: inout SeededGenerator
  ) -> Self {
    func bytes(using random: inout SeededGenerator) -> AnalysisReport.LoadedBytes {
      let held = Int.random(in: 0...(1 << 40), using: &random)
      return .init(held: held, peak: held + .random(in: 0...(1 << 40), using: &random))
    }
    func side(using random: inout SeededGenerator) -> Choice.Side {
      .init(type: .random(using: &random), bytes: bytes(using: &random))
    }
    return Self(
      byteCount: .random(in: 1...(1 << 43), using: &random),
      engines: ["pandas", "polars", "duckdb", "dask", "lean"].map {
        ($0, bytes(using: &random))
      },
      longRecordCount: .random(using: &random) ? 0 : .random(in: 0...3, using: &random),
      refusing: ["pandas", "polars"],
      choices: columns.map {
        .init(
          column: $0.name, text: side(using: &random), plain: side(using: &random),
          lean: side(using: &random),
          lossy: side(using: &random), lossyError: .random(in: 0...1, using: &random))
      }, constant: 4)
  }
}

extension AnalysisReport.Column {
  static func random(
    rows: Int, receivers: [String], using random: inout SeededGenerator
  ) -> Self {
    let types: [LogicalType] =
      LogicalType.plainTypes + [
        .decimal(scale: 18), .time(unit: .millisecond), .timestamp(unit: .nanosecond, zone: nil),
        .timestamp(unit: .second, zone: "UTC"), .duration(unit: .microsecond),
      ]
    var after = Footprint()
    for part in [\Footprint.values, \.validity, \.offsets, \.dictionary, \.padding] {
      after[keyPath: part] = .random(
        in: 0...(.random(using: &random) ? 99 : 1 << 38), using: &random)
    }
    let values: [ReportValue] = [
      .null, .float(.random(in: -1e300...1e300, using: &random)), .float(-.infinity),
      .integer(Int128(UInt64.random(in: 0 ... .max, using: &random))),
      .integer(Int128(Int64.random(in: .min ... .max, using: &random))),
      .text(.random(using: &random)),
    ]
    let speedups = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      AnalysisReport.Speedup(
        kernel: ["sum", "group count", "a kernel with quite a long name"]
          .randomElement(using: &random)!,
        ratio: .random(in: 0...(.random(using: &random) ? 2 : 1e6), using: &random),
        low: .random(in: 0...1, using: &random), high: .random(in: 1...1e7, using: &random),
        path: .random(using: &random) ? .direct : .decoded)
    }
    var column = AnalysisReport.Column(
      name: .random(using: &random), logicalType: types.randomElement(using: &random)!,
      nullCount: .random(in: 0...rows, using: &random),
      distinctCount: .random(using: &random) ? nil : .random(in: 0...rows, using: &random),
      isDistinctExact: .random(using: &random), minimum: values.randomElement(using: &random)!,
      maximum: values.randomElement(using: &random)!, beforeType: "float64",
      layout: ["int8", "dictionary<uint16>", "base+uint32", "run-end<uint32, dictionary<uint16>>"]
        .randomElement(using: &random)!,
      before: .random(in: 0...(1 << 40), using: &random), after: after,
      handedOver: receivers.map {
        .init(name: $0, byteCount: .random(in: 0...(1 << 40), using: &random))
      },
      fidelity: Fidelity.allCases.randomElement(using: &random)!,
      headroom: .random(using: &random) ? nil : .random(in: 0...1, using: &random),
      reason: .random(using: &random),
      notes: (0..<Int.random(in: 0...2, using: &random)).map { _ in
        Note(NoteCode.allCases.randomElement(using: &random)!, Sentence(.random(using: &random)))
      },
      speedups: speedups)
    column.obstacles = (0..<Int.random(in: 0...1, using: &random)).map { _ in
      .random(rows: rows, using: &random)
    }
    return column
  }
}

extension String {
  /// Up to thirty pieces (now and then hundreds) that break what is careless with text.
  static func random(using random: inout SeededGenerator) -> String {
    let pieces = [
      "a", "B", "name_of_a_column", " ", "\n", "\r", "\r\n", "\t", "|", "\\", "`", "\"", "'", ",",
      ";", "*", "<", "&", "\u{0}", "\u{1B}[31m", "\u{7F}", "\u{9B}", "é", "e\u{301}", "\u{301}",
      "漢", "字", "ﾊ", "한", "\u{1112}\u{1161}", "🙂", "👨‍👩‍👧‍👦", "🇩🇪", "🇩", "❤️", "\u{200B}",
      "\u{202E}", "\u{2028}", "$", "{", "%", "-", ".csv", "/", "\u{E000}", "\u{10FFFF}",
    ]
    let limit = Int.random(in: 0..<30, using: &random) == 0 ? 600 : 30
    let count = Int.random(in: 0...limit, using: &random)
    return (0..<count).map { _ in pieces.randomElement(using: &random)! }.joined()
  }
}

extension NarrowerType {
  static func random(rows: Int, using random: inout SeededGenerator) -> Self {
    let values = (0..<Int.random(in: 1...5, using: &random)).map { _ in
      Value(
        file: .random(using: &random) ? nil : .random(using: &random),
        line: .random(in: 1...(1 << 40), using: &random), text: .random(using: &random))
    }
    return NarrowerType(
      logicalType: .decimal(scale: 2), layout: "int16",
      byteCount: .random(in: 0...(1 << 40), using: &random), rowCount: rows,
      obstacles: [
        Obstacle(kind: "word", count: .random(in: 5...(1 << 30), using: &random), first: values)
      ], options: .random(using: &random) ? [] : ["--null-token -"])
  }
}
