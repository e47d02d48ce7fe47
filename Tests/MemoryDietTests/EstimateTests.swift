import DietReport
import Foundation
import TabularDiet
import Testing

/// What estimates say of small examples, and what they refuse.
@Suite struct EstimateTests {
  /// Runs `body` with a folder that goes away.
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "diet-estimate-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private func write(_ text: String, _ name: String, _ folder: URL) throws -> String {
    let path = folder.appending(path: name).path
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    return path
  }

  private static let sampling = {
    var sampling = Sampling()
    sampling.leastFileByteCount = 0
    (sampling.count, sampling.byteCount) = (16, 1 << 10)
    return sampling
  }()

  private static func rows(_ range: Range<Int>) -> String {
    range.map { "\($0),w\($0 % 3),\"a\nb, \($0 % 10)\",\n" }.joined()
  }

  private static let head = "id,word,lines,nothing\n"

  @Test func typesAreThoseOfTheSamples() throws {
    try withFolder { folder in
      let path = try write(Self.head + Self.rows(0..<20_000), "t.csv", folder)
      let estimate = try #require(try TableReader(path).estimate(Self.sampling))
      #expect(estimate.rows.holds(20_000) && estimate.rows.high < 22_000)
      #expect(estimate.samples.count == 18 && estimate.samples.droppedCount == 0)
      #expect(estimate.samples.byteCount < estimate.byteCount / 10)
      let columns = estimate.columns
      #expect(columns.map(\.name) == ["id", "word", "lines", "nothing"])
      #expect(columns.map(\.logicalType) == [.integer, .string, .string, .null])
      #expect(columns[0].layout == "sequence" && columns[0].highLayout != "sequence")
      #expect(columns[1].layout == "dictionary<uint8>" || columns[1].layout == "fixed2")
      #expect(columns[2].distinct?.low == 10)
      #expect(columns[3].doubts.contains(.noValue))
      #expect(columns[0].worstAfter > 5 * 20_000)
    }
  }

  @Test func theSameForAnyNumberOfThreads() throws {
    try withFolder { folder in
      let path = try write(Self.head + Self.rows(0..<20_000), "t.csv", folder)
      let estimates = try [1, 2, 5].map { threads in
        var options = ReadingOptions()
        options.text.threads = threads
        var estimate = try #require(try TableReader(path, options: options).estimate(Self.sampling))
        estimate.timing = estimate.timing.unknown
        return estimate
      }
      #expect(estimates[0] == estimates[1] && estimates[1] == estimates[2])
    }
  }

  @Test func ofSmallFilesThereIsNone() throws {
    try withFolder { folder in
      for rows in [0, 1, 300] {
        let path = try write(Self.head + Self.rows(0..<rows), "t.csv", folder)
        #expect(try TableReader(path).estimate(Self.sampling) == nil, "\(rows) rows")
      }
      let path = try write("", "empty.csv", folder)
      #expect(try TableReader(path).estimate(Self.sampling) == nil)
    }
  }

  @Test func severalFilesAreOneTable() throws {
    try withFolder { folder in
      let paths = try (0..<5).map { file in
        try write(
          Self.head + Self.rows(file * 4000..<(file + 1) * 4000), "\(file).csv", folder)
      }
      let estimate = try #require(
        try TableReader(paths, options: ReadingOptions(), digest: nil).estimate(Self.sampling))
      #expect(estimate.rows.holds(20_000) && estimate.files.count == 5)
      let other = try write("id,other,lines,nothing\n" + Self.rows(0..<20_000), "x.csv", folder)
      let error = #expect(throws: ReadingError.self) {
        try TableReader([paths[0], other], options: ReadingOptions(), digest: nil)
          .estimate(Self.sampling)
      }
      #expect(error?.code == .headerMismatch)
    }
  }

  @Test func columnsCanBeChosen() throws {
    try withFolder { folder in
      let path = try write(Self.head + Self.rows(0..<20_000), "t.csv", folder)
      var options = ReadingOptions()
      options.columns = ["id", "word"]
      options.drop = ["word"]
      let estimate = try #require(
        try TableReader(path, options: options).estimate(Self.sampling))
      #expect(estimate.columns.map(\.name) == ["id"])
      options.columns = ["nobody"]
      #expect(throws: ReadingError.self) {
        try TableReader(path, options: options).estimate(Self.sampling)
      }
    }
  }

  /// A number that no field has shows that options reach the samples.
  @Test func optionsReachTheSamples() throws {
    try withFolder { folder in
      let text = "a;b\n" + (0..<20_000).map { "\($0 % 50),5;-\n" }.joined()
      let path = try write(text, "t.csv", folder)
      var options = ReadingOptions()
      options.typing.nullTokens = ["-"]
      let estimate = try #require(
        try TableReader(path, options: options).estimate(Self.sampling))
      #expect(estimate.columns.map(\.name) == ["a", "b"])
      #expect(estimate.columns[1].logicalType == .null)
    }
  }

  @Test func whatCannotBeSampledIsRefused() throws {
    try withFolder { folder in
      let path = try write(Self.head + Self.rows(0..<20_000), "t.csv", folder)
      let arrow = folder.appending(path: "t.arrow").path
      try DataFrame(contentsOfCSVFile: path).write(toArrowFile: arrow)
      let typed = #expect(throws: OptionError.self) {
        try TableReader(arrow).estimate(Self.sampling)
      }
      #expect(typed?.description.contains("samples of text") == true)
      var options = ReadingOptions()
      options.types = ["id": .string]
      let named = #expect(throws: OptionError.self) {
        try TableReader(path, options: options).estimate(Self.sampling)
      }
      #expect(named?.description.contains("an estimate is not made with it") == true)
      var reader = try TableReader(path)
      reader.byteRange = 0..<1000
      #expect(throws: OptionError.self) { try reader.estimate(Self.sampling) }
      let wide = Data("\u{FEFF}a,b\n1,2\n".data(using: .utf16LittleEndian)!)
      try wide.write(to: folder.appending(path: "w.csv"))
      let error = #expect(throws: ReadingError.self) {
        try TableReader(folder.appending(path: "w.csv").path).estimate(Self.sampling)
      }
      #expect(error?.message.contains("single places") == true)
    }
  }
}

extension AnalysisReport.Timing {
  /// The same of every run.
  fileprivate var unknown: AnalysisReport.Timing {
    var timing = self
    (timing.wallSeconds, timing.threadCount) = (0, 1)
    return timing
  }
}
