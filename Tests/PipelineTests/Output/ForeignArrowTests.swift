import Columnar
import Engines
import Foundation
import MemoryDiet
import TestSupport
import Testing

@testable import ArrowFormat
@testable import FileIO
@testable import Pipeline

/// Files and streams of pyarrow, polars, pandas and DuckDB, with every type that a column of ours can
/// be: read as what the engines say stands in them.
struct ForeignArrowTests {
  private struct File: Decodable {
    struct Column: Decodable {
      var name: String
      var values: [String?]
    }
    var name: String
    var columns: [Column]
  }

  @Test func everyFile() throws {
    let folder = try TemporaryFolder()
    let files = try JSONDecoder().decode(
      [File].self, from: try TestPython.output([Self.script("write_arrow.py"), folder.path]))
    #expect(files.count > 40)
    for file in files {
      for threads in [1, 3] {
        let frame = try leanFrame(
          try ArrowFileReader(path: "\(folder.path)/\(file.name)"),
          only: Set(file.columns.map(\.name)), threads: threads)
        #expect(frame.columns.map(\.name) == file.columns.map(\.name), "\(file.name)")
        for (column, expected) in zip(frame.columns, file.columns) {
          let differing = zip(SeenByEngines.texts(column), expected.values).enumerated().first {
            !SeenByEngines.isSame($0.element.0, $0.element.1)
          }
          #expect(
            column.count == expected.values.count && differing == nil,
            """
            \(file.name), \(expected.name), row \(differing?.offset ?? -1): \
            \(differing?.element.0 ?? "null") is not \(differing?.element.1 ?? "null")
            """)
        }
      }
    }
    try refusals(folder)
  }

  /// Types that cannot go on a diet are refused where they are asked for, by name.
  private func refusals(_ folder: TemporaryFolder) throws {
    let names = [
      "list": "list", "struct": "struct", "views": "binary_view", "binary": "binary",
      "list of categories": "list",
      "decimal256": "decimal256(40, 1)", "map": "map", "run ends": "run_end_encoded",
      "interval": "interval", "fixed list": "fixed_size_list", "large list": "large_list",
      "list view": "list_view", "dense union": "union", "sparse union": "union",
      "large binary": "large_binary", "fixed binary": "fixed_size_binary",
      "coded uuid": "arrow.uuid",
    ]
    for compression in ["None", "zstd"] {
      let reader = try ArrowFileReader(path: "\(folder.path)/nested \(compression).arrows")
      for (column, type) in names {
        do {
          _ = try leanFrame(reader, only: [column], threads: 1)
          Issue.record("\(column) was read")
        } catch let error as ReadingError {
          #expect(error.code == .unsupportedInput)
          #expect(error.column == column)
          #expect(error.byteOffset != nil || type.contains("list") || type == "run_end_encoded")
          #expect("\(error)".contains(type), "\(error)")
          #expect("\(error.sentence)".contains("`--drop "), "\(error)")
        }
      }
    }
  }

  /// Every layout, as a file and as a stream, plain and compressed, into the reader and back onto the
  /// diet: the same columns.
  @Test(arguments: [0, 1, 65, 1000], [0, 3])
  func ownFilesGoOnADietAgain(_ rowCount: Int, _ nullPeriod: Int) throws {
    let frame = try sampleFrame(rowCount: rowCount, nullPeriod: nullPeriod)
    for framing in [ArrowWritingOptions.Framing.file, .stream] {
      for compression in FileCompression.allCases {
        var options = ArrowWritingOptions()
        (options.framing, options.compression) = (framing, compression)
        options.batchRowCount = 512
        let folder = try TemporaryFolder()
        try ArrowFileWriter(frame, options: options).write(to: folder.path + "/lean")
        let again = try leanFrame(try ArrowFileReader(path: folder.path + "/lean"), threads: 2)
        for (column, copy) in zip(frame.columns, again.columns) {
          #expect(column.nullCount == copy.nullCount)
          let texts = zip(SeenByEngines.texts(column), SeenByEngines.texts(copy))
          // Decimals went out as binary64 where these hold them.
          #expect(
            texts.allSatisfy { SeenByEngines.isSame($0, $1) || isSameNumber($0, $1) },
            "\(column.name)")
        }
      }
    }
  }

  /// What a column takes in other engines as they read it from an Arrow file: the formulas, and what
  /// the engines hold.
  @Test func bytesBefore() throws {
    struct Measured: Decodable {
      var name: String
      var bytes: [String: Int]
    }
    let folder = try TemporaryFolder()
    let path = folder.path + "/wide.arrow"
    let measured = try JSONDecoder().decode(
      [Measured].self, from: try TestPython.output([Self.script("measure_arrow.py"), path]))
    #expect(measured.count > 50)
    let reader = try ArrowFileReader(path: path)
    let options = ArrayTableLoader.Options(keepsValues: false, countsDistinct: true)
    let profiles = try ArrayTableLoader([reader], format: "arrow", options: options).load()
      .columns.map(\.profile)
    for (profile, column) in zip(profiles, measured) {
      #expect(profile.name == column.name)
      for engine in Baselines.all {
        let (formula, held) = (engine.bytes(of: profile), column.bytes[engine.name] ?? 0)
        // polars lets go of short text before the first and behind the last long one.
        let slack = engine.name == "polars" && profile.type == .string ? 100 : 0
        #expect(
          (held...held + slack).contains(formula),
          "\(column.name) in \(engine.name): \(formula), not \(held)")
      }
    }
  }

  private static func script(_ name: String) -> String { testFolder.appending(path: name).path }
}

/// The table as `diet` has it.
func leanFrame(
  _ table: any ArrayTable, only: Set<String>? = nil, threads: Int
) throws -> DataFrame {
  var options = ArrayTableLoader.Options(keepsValues: true, countsDistinct: threads == 1)
  (options.only, options.threads) = (only, threads)
  var loaded = try ArrayTableLoader([table], format: "arrow", options: options).load()
  let rowCount = loaded.rowCount
  let typed = loaded.takeColumns()
  let columns = try typed.map { column in
    let recommendation = Recommendation(for: column.profile)
    let encoded = try column.encode(layout: recommendation.layout)
    #expect(encoded.footprint == recommendation.footprint, "\(column.profile.name)")
    return encoded
  }
  return DataFrame(columns: columns, profiles: typed.map(\.profile), rowCount: rowCount)
}

private func isSameNumber(_ a: String?, _ b: String?) -> Bool {
  guard let a = a.flatMap(Double.init), let b = b.flatMap(Double.init) else { return a == b }
  return a == b
}
