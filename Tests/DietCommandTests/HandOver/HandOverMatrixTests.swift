import Columnar
import Engines
import Foundation
import TabularDiet
import TestSupport
import Testing

/// Every table through every lean format into every engine: no value changed, every type kept, and
/// the bytes that the report foretold.
@Suite struct HandOverMatrixTests {
  static let formats = ["arrow", "arrows", "parquet"]
  static let engines = ["pyarrow", "pandas", "polars", "duckdb", "dask"]

  @Test(arguments: HandOverTable.all)
  func nothingChanges(_ table: HandOverTable) throws {
    let folder = try TemporaryFolder()
    var reads: [HandOverComparison.Read] = []
    for format in Self.formats {
      let lean = folder.path("lean.\(format)")
      let apply = try CommandRun(["apply", table.path, "-o", lean])
      try #require(apply.exitCode == 0, "\(apply.errors)")
      reads += Self.engines.map { .init(engine: $0, path: lean) }
    }
    let comparison = try HandOverComparison(table, reads: reads, in: folder)
    for (read, seen) in zip(reads, comparison.seen) {
      #expect(seen.map(\.name) == table.analysis.columns.map(\.name), "\(table), \(read)")
      for column in seen {
        #expect(
          column.differences == 0,
          "\(table), \(read), \(column.name) (\(column.type)): \(column.first ?? [])")
      }
    }
    let frame = try DataFrame(contentsOfCSVFile: table.path)
    for (index, format) in Self.formats.enumerated() {
      let start = index * Self.engines.count
      try areAsForetold(
        Array(comparison.seen[start..<start + Self.engines.count]), of: frame, table.analysis,
        "\(table), \(format)", isParquet: format == "parquet")
    }
  }

  /// Whether types and bytes are those of the report.
  ///
  /// - Parameter seen: By engine.
  private func areAsForetold(
    _ seen: [[HandOverComparison.Column]], of frame: DataFrame, _ analysis: HandOverAnalysis,
    _ place: String, isParquet: Bool, categories: CategoryPolicy = .text
  ) throws {
    for engine in LeanEngines.all {
      let name = engine.name == "arrow" ? "pyarrow" : engine.name
      let seen = seen[try #require(Self.engines.firstIndex(of: name))]
      var foretold = 0
      for (index, column) in seen.enumerated() {
        var handed = HandedColumn(
          frame.profiles[index], layout: frame.columns[index].layout, categories: categories)
        if isParquet { handed.typing = handed.typing.inParquet }
        foretold += engine.bytes(of: handed)
        let type = Self.spelled(engine.typeName(of: handed), by: engine.name)
        #expect(column.type == type, "\(place), \(engine.name), \(column.name)")
        if let bytes = column.bytes, !isParquet {
          let edges = engine.name == "polars" ? Self.shortEdges(frame.columns[index], handed) : 0
          #expect(
            bytes + edges == analysis.columns[index].bytesAs[engine.name],
            "\(place), \(engine.name), \(column.name) (\(column.type))")
        }
      }
      if ["pandas", "polars"].contains(engine.name) {
        let held = seen.reduce(0) { $0 + ($1.bytes ?? 0) }
        #expect(held * 100 <= foretold * 105, "\(place), \(engine.name)")
      }
    }
  }

  /// The same, with other columns as categories.
  @Test(arguments: [CategoryPolicy.all, .none])
  func categoriesAreAsAskedFor(_ categories: CategoryPolicy) throws {
    for table in HandOverTable.all where table.name != "flights" {
      let folder = try TemporaryFolder()
      let options = ["--categories", categories.rawValue]
      var reads: [HandOverComparison.Read] = []
      for format in ["arrow", "parquet"] {
        let lean = folder.path("lean.\(format)")
        let apply = try CommandRun(["apply", table.path, "-o", lean] + options)
        try #require(apply.exitCode == 0, "\(apply.errors)")
        let verify = try CommandRun(["verify", lean, "--against", table.path])
        #expect(verify.exitCode == 0, "\(table): \(verify.output)\(verify.errors)")
        reads += Self.engines.map { .init(engine: $0, path: lean) }
      }
      let comparison = try HandOverComparison(table, reads: reads, in: folder)
      for (read, seen) in zip(reads, comparison.seen) {
        for column in seen {
          #expect(
            column.differences == 0,
            "\(table), \(read), \(column.name) (\(column.type)): \(column.first ?? [])")
        }
      }
      let frame = try DataFrame(contentsOfCSVFile: table.path)
      let analysis = try HandOverAnalysis([table.path] + options)
      for (index, isParquet) in [false, true].enumerated() {
        let start = index * Self.engines.count
        try areAsForetold(
          Array(comparison.seen[start..<start + Self.engines.count]), of: frame, analysis,
          "\(table), \(categories)", isParquet: isParquet, categories: categories)
      }
    }
  }

  /// The same, for one engine each: what it cannot hold comes as something else, and a note says so.
  @Test(arguments: HandOverTable.all.filter { $0.name != "flights" })
  func forOneEngine(_ table: HandOverTable) throws {
    let folder = try TemporaryFolder()
    let frame = try DataFrame(contentsOfCSVFile: table.path)
    let readers = TargetEngine.allCases.map { target in
      [.polars: "polars", .duckdb: "duckdb", .pandas: "pandas"][target] ?? "pyarrow"
    }
    var notes: [String] = []
    for target in TargetEngine.allCases {
      let lean = folder.path("\(target).arrow")
      let apply = try CommandRun(["apply", table.path, "-o", lean, "--for", target.rawValue])
      try #require(apply.exitCode == 0, "\(apply.errors)")
      notes.append(apply.output)
      let verify = try CommandRun(["verify", lean, "--against", table.path])
      #expect(verify.exitCode == 0, "\(table): \(verify.output)\(verify.errors)")
    }
    let comparison = try HandOverComparison(
      table,
      reads: zip(TargetEngine.allCases, readers).map {
        .init(engine: $1, path: folder.path("\($0).arrow"))
      }, in: folder)
    for (index, target) in TargetEngine.allCases.enumerated() {
      for (place, column) in comparison.seen[index].enumerated() {
        let typing = ArrowTyping(
          frame.profiles[place], layout: frame.columns[place].layout, for: target)
        #expect(
          column.differences == 0,
          "\(table), for \(target), \(column.name) (\(column.type)): \(column.first ?? [])")
        if readers[index] == "pyarrow" {
          #expect(column.type == Self.spelled(typing.description, by: "arrow"), "\(column.name)")
        }
        if target == .polars, typing.dictionary != nil {
          #expect(column.type == "Categorical", "\(table), \(column.name)")
        }
        if let note = typing.note?.description {
          let words = notes[index].split(whereSeparator: \.isWhitespace)
          #expect(note.split(separator: " ").allSatisfy(words.contains), "\(column.name): \(note)")
        }
      }
    }
  }

  /// The figures that the README gives.
  @Test func flightsStayLean() throws {
    let analysis = HandOverTable.named("flights").analysis
    #expect(analysis.memory.leanAs["pandas"]! <= 12_900_000)
    // Codes of 32 bits, by which its tables combine.
    #expect(analysis.memory.leanAs["polars"]! <= 16_500_000)
  }

  /// The bytes of text before the first that is longer than 12 bytes: of plain text, polars lets go
  /// of these. 0 where none is long.
  private static func shortEdges(_ column: Column, _ handed: HandedColumn) -> Int {
    guard handed.typing.type == .utf8, handed.typing.dictionary == nil else { return 0 }
    let text = ValueText(column)
    let lengths = (0..<column.count).map { text.text(row: $0)?.count ?? 0 }
    guard let first = lengths.firstIndex(where: { $0 > 12 }) else { return 0 }
    return lengths[..<first].reduce(0, +)
  }

  /// The type as `compare.py` prints it for the engine.
  static func spelled(_ type: String, by engine: String) -> String {
    guard engine == "arrow", type.hasPrefix("dictionary<") else { return type }
    let parts = type.dropFirst("dictionary<".count).dropLast().split(separator: ",", maxSplits: 1)
    return "dictionary<values=\(parts[1].dropFirst()), indices=\(parts[0]), ordered=0>"
  }
}

extension ArrowTyping {
  /// What engines see of it in Parquet: no dictionary but of text, and no seconds.
  fileprivate var inParquet: ArrowTyping {
    var typing = self
    if typing.type != .utf8 { typing.dictionary = nil }
    if typing.type == .time(.second) { typing.type = .time(.millisecond) }
    return typing
  }
}
