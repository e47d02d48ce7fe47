import FileIO
import TabularDiet
import TestSupport
import Testing

/// A part does not take lines with it that are records of the whole: it is refused, and says how all parts are read.
@Suite struct QuotesOfPartsTests {
  private static func rows(_ count: Int) -> String {
    (0..<count).map { "p\($0),text \($0),\($0 % 9)\n" }.joined()
  }

  /// Behind the first megabyte, which says how a text is written.
  private static let start = "p,d,n\n" + rows(90_000)

  @Test(
    arguments: [
      ("closed", "p1,\"open,1\n" + rows(20) + "p2,close\",2\n" + rows(1000)),
      ("never closed", "p1,\"open,1\n" + rows(1000)),
    ])
  func aPartIsRefused(_ name: String, _ end: String) throws {
    let folder = try TemporaryFolder()
    let text = Self.start + end
    try folder.file("t.csv", text)
    let path = folder.path("t.csv")
    let plan = try TableReader(path).profile().plan()
    let rowCount = text.split(separator: "\n").count - 1
    #expect(try TableReader(path).read(plan: plan).frame.rowCount == rowCount)
    for ranges in [[0..<1_000_000, 1_000_000..<text.utf8.count], [0..<text.utf8.count]] {
      var part = try TableReader(path)
      part.byteRange = ranges.last
      let faults = [
        #expect(throws: ReadingError.self) { _ = try part.mergeableProfile() },
        #expect(throws: ReadingError.self) { _ = try part.read(plan: plan) },
      ]
      for fault in faults {
        #expect(fault?.code == .irregularQuote, "\(name): \(String(describing: fault))")
        let remedy = fault?.remedy.map { "\($0)" } ?? ""
        #expect(remedy.contains("quote") && remedy.contains("none"), "\(name): \(remedy)")
      }
      var options = ReadingOptions()
      options.text.quoting = .none
      var found = 0
      var whole: MergeableProfile?
      for range in ranges {
        var part = try TableReader(path, options: options)
        part.byteRange = range
        found += try part.read(plan: plan).frame.rowCount
        var profile = try part.mergeableProfile()
        if let whole { try profile.formUnion(whole) }
        whole = profile
      }
      #expect(found == rowCount, "\(name)")
      #expect(try whole?.profile().rowCount == rowCount, "\(name)")
    }
  }
}
