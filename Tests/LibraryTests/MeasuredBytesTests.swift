import Foundation
import MemoryDiet
import TabularDiet
import TestSupport
import Testing

/// Bytes that only making tells are counted where columns were made to be measured.
@Suite struct MeasuredBytesTests {
  /// Notes of few words, sorted names of files, words in a dictionary, and a column that follows from two.
  private static func table(rowCount: Int, seed: UInt64) -> String {
    var random = SeededGenerator(seed: seed)
    let words = (0..<300).map { _ in
      String(
        decoding: (0..<7).map { _ in UInt8.random(in: 97...122, using: &random) }, as: UTF8.self)
    }
    func word() -> String { words.randomElement(using: &random)! }
    let shops = (0..<200).map { _ in "shop of \(word()) and \(word())" }
    var text = "id,note,file,shop,start,minutes,end\n"
    for row in 0..<rowCount {
      let (start, minutes) = (
        Int.random(in: 0...50_000_000, using: &random), Int.random(in: 0...600, using: &random)
      )
      text += "\(row * 3),\(word()) \(word()) \(word()) \(word()),"
      text += "pool/main/\(words[row * 300 / rowCount])/\(row + 100_000).deb,"
      text += "\(shops.randomElement(using: &random)!),\(start),\(minutes),\(start + minutes)\n"
    }
    return text
  }

  private static func reader(
    _ storage: StoragePolicy, chunkByteCount: Int, rowCount: Int
  ) throws -> (TableReader, TemporaryFolder) {
    let folder = try TemporaryFolder()
    let path = try folder.file("t.csv", table(rowCount: rowCount, seed: 3)).path
    var options = ReadingOptions()
    options.layout.storage = storage
    options.text.chunkByteCount = chunkByteCount
    return (try TableReader(path, options: options), folder)
  }

  @Test(arguments: [StoragePolicy.fast, .packed, .smallest])
  func allRowsAreCounted(_ storage: StoragePolicy) throws {
    let (reader, folder) = try Self.reader(storage, chunkByteCount: 1 << 19, rowCount: 20_000)
    defer { _ = folder }
    var profile = try reader.profile()
    #expect(profile.report().memory.isForetold == (storage != .fast))
    try profile.measureKernels()
    let (report, made) = (profile.report(), try reader.read())
    #expect(!report.memory.isForetold)
    for (column, recommendation) in zip(report.columns, made.recommendations) {
      #expect(column.after == recommendation.footprint, "\(column.name)")
      #expect(column.layout == recommendation.layout.description, "\(column.name)")
      #expect(column.reason == recommendation.reason && !column.isForetold, "\(column.name)")
    }
    #expect(report.memory.after == made.frame.footprint.total)
    let text = report.text(as: ReportFormats.table, usesColor: false)
    #expect(
      text.contains("follows    start from `end` and -600 to 0") == (storage == .smallest),
      "\(text)"
    )
    // What is saved for the next files does not depend on what was measured.
    #expect(profile.plan() == (try reader.profile().plan()))
  }

  /// Where the first rows alone are made, what is foretold of all of them is nearer by that.
  @Test(arguments: [StoragePolicy.packed, .smallest])
  func firstRowsTellOfAll(_ storage: StoragePolicy) throws {
    let (reader, folder) = try Self.reader(storage, chunkByteCount: 10_000, rowCount: 60_000)
    defer { _ = folder }
    var profile = try reader.profile()
    let foretold = profile.report().memory.after
    try profile.measureKernels()
    let (report, made) = (profile.report(), try reader.read().frame.footprint.total)
    let memory = report.memory
    let follows = report.columns.filter { $0.reason.hasSuffix(", in the first rows") }.map(\.name)
    #expect(follows == (storage == .smallest ? ["start"] : []))
    #expect(memory.isForetold)
    #expect(abs(memory.after - made) < abs(foretold - made))
    #expect(abs(memory.after - made) < made / 8, "\(memory.after) for \(made)")
  }
}
