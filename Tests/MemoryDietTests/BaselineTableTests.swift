import Columnar
import DelimitedText
import Engines
import Foundation
import Pipeline
import Testing

/// Whole tables in other engines, as measured (`docs/before-bytes.md`, section 7).
struct BaselineTableTests {
  @Test func flightsTakeWhatWasMeasured() throws {
    let text = try decoded(fixture("flights.csv.zst").path)
    for threads in [1, 2, 3] {
      let table = try load(text, threads: threads)
      #expect(totals(table) == [62_665_767, 67_380_631, 71_649_094, 50_715_256])
    }
    // pandas reads what is compressed with one thread, in blocks of 32,768 rows.
    let compressed = try TableLoader(
      inputs: [.path(fixture("flights.csv.zst").path)], reading: CSVReadingOptions(),
      typing: TypingOptions(), keepsValues: false, countsDistinct: true
    ).load()
    #expect(totals(compressed) == [62_665_764, 67_380_628, 71_649_094, 50_715_256])
  }

  @Test func flightsHaveTheTypesOfTheEngines() throws {
    let table = try load(try decoded(fixture("flights.csv.zst").path))
    let names = table.columns.map { column in
      [column.profile.name] + Baselines.all.map { $0.typeName(of: column.profile) }
    }
    #expect(names.first { $0[0] == "year" } == ["year", "int64", "Int64", "Int64", "int64"])
    #expect(
      names.first { $0[0] == "dep_delay" } == ["dep_delay", "float64", "Int64", "Int64", "int64"])
    #expect(names.first { $0[0] == "carrier" } == ["carrier", "str", "string", "String", "string"])
  }

  /// Random tables of all kinds of fields: facts do not depend on chunks and threads.
  @Test func factsDoNotDependOnChunksAndThreads() throws {
    for seed in 1...40 as ClosedRange<UInt64> {
      var random = SeededGenerator(seed: seed)
      let text = Self.randomTable(&random)
      let whole = try load(text)
      for chunkByteCount in [64, 300, 4096, 1 << 20] {
        for threads in [1, 2, 3] {
          let table = try load(text, chunkByteCount: chunkByteCount, threads: threads)
          for (column, expected) in zip(table.columns, whole.columns) {
            #expect(
              column.profile.source == expected.profile.source,
              "seed \(seed), chunks of \(chunkByteCount), \(threads) threads, \(column.profile.name)"
            )
          }
          #expect(totals(table) == totals(whole), "seed \(seed)")
        }
      }
    }
  }

  private static func randomTable(_ random: inout SeededGenerator) -> [UInt8] {
    let cases = BaselineTests.cases
    let columns = (0..<6).map { column in
      // One kind, or two mixed.
      (0...column % 2).flatMap { _ in cases.randomElement(using: &random)!.fields }
    }
    let shortRecords = Bool.random(using: &random)
    var text = "a,b,c,d,e,f\n"
    for _ in 0..<Int.random(in: 1...300, using: &random) {
      var record = columns.map { $0.randomElement(using: &random)! }
      if shortRecords, Int.random(in: 0..<10, using: &random) == 0 {
        record.removeLast(Int.random(in: 1...4, using: &random))
      }
      // A blank line would be no record.
      text += record.joined(separator: ",") + "\n"
    }
    return Array(text.utf8)
  }

  /// The user's null words are nothing to engines that were not told of them.
  @Test func wordsOfTheUserAreValuesElsewhere() throws {
    var typing = TypingOptions()
    typing.nullTokens = ["-", "-999"]
    let table = try load("a,b\n1,5\n-,-999\n3,\n", typing: typing)
    let (a, b) = (table.columns[0].profile, table.columns[1].profile)
    #expect(Baselines.all.map { $0.typeName(of: a) } == ["str", "string", "String", "string"])
    #expect(Baselines.all.map { $0.bytes(of: a) } == [27, 27, 48, 19])
    #expect(Baselines.all.map { $0.typeName(of: b) } == ["float64", "Int64", "Int64", "int64"])
  }

  @Test func tablesWithoutRowsTakeNothing() throws {
    let table = try load("a,b\n")
    #expect(table.columns.count == 2)
    #expect(totals(table) == [0, 0, 0, 0])
  }

  /// Blocks of one thread: 2^20 / 4 columns, of which the largest power of two below is 131,072.
  @Test func blocksWithoutMissingFieldsHaveNoBitmap() throws {
    var text = "a,b,c,d\n"
    for row in 0..<300_000 { text += row == 140_000 ? ",1,2,3\n" : "x,1,2,3\n" }
    for chunkByteCount in [4096, 1 << 20] {
      let table = try load(Array(text.utf8), chunkByteCount: chunkByteCount, threads: 2)
      #expect(table.columns[0].profile.source.pandasBitmapByteCount == 131_072 / 8)
    }
  }
}
