import Foundation
import TabularDiet
import Testing

/// The whole way by public calls: profile, plan, table, file, verification, dialect, reports.
@Suite struct TableReaderTests {
  private static let sales = """
    day,shop,price,pieces
    2024-01-02,Rome,12.30,1
    2024-01-02,Oslo,9.95,3
    2024-01-03,Rome,4.00,
    2024-01-04,Rome,4.10,2

    """

  /// A folder with `sales.csv` in it, for as long as `body` runs.
  private func withFolder<R>(_ text: String = sales, _ body: (String) throws -> R) throws -> R {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "diet-reader-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try text.write(toFile: "\(folder)/sales.csv", atomically: true, encoding: .utf8)
    return try body(folder)
  }

  @Test func aProfileKnowsWhatATableHas() throws {
    try withFolder { folder in
      let reader = try TableReader("\(folder)/sales.csv")
      let profile = try reader.profile()
      let lean = try reader.read()
      #expect(profile.rowCount == 4)
      #expect(profile.columnProfiles.map(\.type) == lean.frame.columns.map(\.type))
      #expect(profile.recommendations.map(\.layout) == lean.frame.columns.map(\.layout))
      #expect(
        profile.recommendations.map(\.footprint) == lean.frame.columns.map(\.footprint))
      #expect(profile.plan() == lean.plan)
      #expect(profile.anomalies.short.count == 0 && profile.notes.isEmpty)
      #expect(profile.duration > .zero)
    }
  }

  @Test func reportsAreValues() throws {
    try withFolder { folder in
      var profile = try TableReader("\(folder)/sales.csv").profile()
      try profile.measureKernels()
      let report = profile.report(baseline: try #require(Baselines.named("polars")))
      #expect(report.memory.baseline == "polars" && report.input.rowCount == 4)
      #expect(report.columns.map(\.name) == ["day", "shop", "price", "pieces"])
      #expect(report.columns[2].logicalType == .decimal(scale: 2))
      for format in ReportFormats.all {
        #expect(report.text(as: format).contains("price"), "\(format.name)")
      }
      let json = try JSONSerialization.jsonObject(with: Data(report.json.utf8))
      #expect((json as? [String: Any])?["schema_version"] as? Int == 1)
      let encoded = try JSONSerialization.jsonObject(with: JSONEncoder().encode(report))
      #expect(encoded as? NSDictionary == json as? NSDictionary)
    }
  }

  @Test(arguments: [".arrow", ".arrows", ".parquet", ".csv"])
  func whatIsWrittenIsVerified(suffix: String) throws {
    try withFolder { folder in
      let reader = try TableReader("\(folder)/sales.csv")
      let plan = try reader.profile().plan()
      let lean = try reader.read(plan: plan)
      let kept = try lean.write(to: "\(folder)/kept\(suffix)")
      // Columns that are made while they are written are the same.
      let made = try reader.write(to: "\(folder)/made\(suffix)", plan: plan)
      #expect(made.certificate == kept.certificate && made.certificate == lean.certificate)
      #expect(made.footprint == lean.frame.footprint)
      #expect(
        FileManager.default.contents(atPath: made.path)
          == FileManager.default.contents(atPath: kept.path))
      #expect(made.byteCount == FileManager.default.contents(atPath: made.path)?.count)
      let opened = try LeanFile(contentsOf: made.path)
      #expect(opened.certificate == made.certificate && opened.footprint == nil)
      let report = try opened.verify(against: reader)
      #expect(report.isVerified && report.rowCount == 4 && report.columns.count == 4)
      try made.readBack(against: reader)

      try Self.sales.replacing("9.95", with: "9.96")
        .write(toFile: "\(folder)/sales.csv", atomically: true, encoding: .utf8)
      let changed = try opened.verify(against: reader)
      #expect(!changed.isVerified && !changed.differences.isEmpty)
      #expect(changed.columns[2].firstDifference?.expected == "9.96")
      #expect(changed.columns[2].firstDifference?.row == 2)
      try Self.sales.replacing("9.95", with: "cheap")
        .write(toFile: "\(folder)/sales.csv", atomically: true, encoding: .utf8)
      #expect(throws: OtherSourceError.self) { try opened.verify(against: reader) }
    }
  }

  @Test func filesWithTypesAreReadTheSameWay() throws {
    try withFolder { folder in
      let lean = try TableReader("\(folder)/sales.csv").read()
      _ = try lean.write(to: "\(folder)/sales.parquet")
      let reader = try TableReader("\(folder)/sales.parquet")
      // Engines get decimals as floats.
      let types: [LogicalType] = [.date, .string, .float, .integer]
      #expect(try reader.profile().columnProfiles.map(\.type) == types)
      let frame = try reader.read().frame
      #expect(frame.columns.map(\.type) == types && frame["pieces"]?.footprint.values == 4)
      let copy = try reader.write(to: "\(folder)/copy.arrow")
      #expect(try copy.verify(against: reader).isVerified)
      // There is no dialect, and options for text are refused.
      #expect(throws: ReadingError.self) { try reader.sniff() }
      var options = ReadingOptions()
      options.text.delimiter = UInt8(ascii: ";")
      let told = try TableReader("\(folder)/sales.parquet", options: options)
      #expect(throws: OptionError.self) { try told.profile() }
    }
  }

  @Test func aPlanIsForItsColumns() throws {
    try withFolder { folder in
      let plan = try TableReader("\(folder)/sales.csv").profile().plan()
      try "day,shop,price,pieces,till\n2024-02-01,Rome,1.50,1,2\n"
        .write(toFile: "\(folder)/february.csv", atomically: true, encoding: .utf8)
      let february = try TableReader("\(folder)/february.csv")
      #expect {
        try february.read(plan: plan)
      } throws: { error in
        (error as? ReadingError)?.code == .invalidValue
          && "\(error)".contains("the table also has till: the plan is for other columns")
      }
      try "day,shop,price,pieces\n2024-02-01,Paris,free,1\n"
        .write(toFile: "\(folder)/february.csv", atomically: true, encoding: .utf8)
      #expect(throws: ReadingError.self) { try february.write(to: "\(folder)/b.arrow", plan: plan) }
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/b.arrow"))
    }
  }

  @Test func categoriesMayBeClosed() throws {
    let words = (0..<400).map { "\($0),\(["north side", "south side"][$0 % 2])" }
    try withFolder("id,place\n" + words.joined(separator: "\n") + "\n") { folder in
      let profile = try TableReader("\(folder)/sales.csv").profile()
      #expect(profile.plan()["place"]?.categories?.isOpen == true)
      let closed = profile.plan(closesCategories: true)
      #expect(closed["place"]?.categories?.isOpen == false)
      #expect(closed["place"]?.categories?.words == ["north side", "south side"])
      try "id,place\n1,east side\n"
        .write(toFile: "\(folder)/sales.csv", atomically: true, encoding: .utf8)
      #expect(throws: ReadingError.self) {
        try TableReader("\(folder)/sales.csv").read(plan: closed)
      }
    }
  }

  @Test func lossIsRefusedWhereThatIsAsked() throws {
    let floats = (1..<200).map { "\(1.0 / Double($0))" }
    try withFolder("x\n" + floats.joined(separator: "\n") + "\n") { folder in
      var options = ReadingOptions()
      options.layout.floatErrorLimit = 1e-6
      let plan = try TableReader("\(folder)/sales.csv", options: options).profile().plan()
      try plan.write(toFile: "\(folder)/plan.json")
      #expect(try DietPlan(contentsOfFile: "\(folder)/plan.json") == plan)
      #expect(throws: DocumentError.self) {
        try DietPlan(contentsOfFile: "\(folder)/plan.json", allowsLoss: false)
      }
    }
  }

  @Test func optionsSayHowATableIsRead() throws {
    try withFolder("zip;price;note\n00501;1,5;-\n10001;2,25;x\n") { folder in
      var options = ReadingOptions()
      options.text.delimiter = UInt8(ascii: ";")
      options.typing.decimalSeparator = UInt8(ascii: ",")
      options.types = ["note": .string]
      #expect(options.types == ["note": .string])
      options.drop = ["zip"]
      let frame = try TableReader("\(folder)/sales.csv", options: options).read().frame
      #expect(frame.columns.map(\.name) == ["price", "note"])
      #expect(frame["price"]?.type == .decimal(scale: 2))
      options.columns = ["zip"]
      options.drop = []
      options.typing.readsZeroPaddedNumbers = true
      let zip = try TableReader("\(folder)/sales.csv", options: options)
      #expect(throws: ReadingError.self) {
        options.columns = ["zap"]
        return try TableReader("\(folder)/sales.csv", options: options).profile()
      }
      #expect(try zip.read().frame["zip"]?.type == .integer)
      // The same as JSON has only what is not usual.
      let json = try JSONEncoder().encode(zip.options)
      #expect(try JSONDecoder().decode(ReadingOptions.self, from: json).columns == ["zip"])
      options.text.hasHeader = false
      options.text.headerRecordCount = 2
      #expect(throws: OptionError.self) { try TableReader([folder], options: options) }
    }
  }

  @Test func theDialectIsAValue() throws {
    try withFolder("a;b\n1;x\n2;y\n") { folder in
      let report = try TableReader("\(folder)/sales.csv").sniff()
      #expect(report.dialect.delimiter == ";" && report.columns == ["a", "b"])
      #expect(report.options.contains("--delimiter ';'"))
      #expect(report.confidence > 0.5 && report.json.contains("\"delimiter\""))
    }
  }

  @Test func obstaclesAreFound() throws {
    let lines = (0..<300).map { $0 == 7 ? "n/k" : "\($0)" }
    try withFolder("x,y\n" + lines.map { "\($0),1" }.joined(separator: "\n") + "\n") { folder in
      var profiling = ProfilingOptions()
      profiling.obstacles = .all
      let profile = try TableReader("\(folder)/sales.csv").profile(profiling)
      let report = try profile.obstacleReport(columns: ["x"])
      let obstacle = try #require(report.columns[0].obstacles.first?.obstacles.first)
      #expect(obstacle.count == 1 && obstacle.first[0].text == "n/k" && obstacle.first[0].line == 9)
      #expect(throws: ReadingError.self) { try profile.obstacleReport(columns: ["z"]) }
    }
  }

  @Test func oddRecordsAreToldAndKept() throws {
    try withFolder("a,b\n1,2\n3\n4,5,6\n") { folder in
      let profile = try TableReader("\(folder)/sales.csv").profile()
      #expect(profile.anomalies.short.count == 1 && profile.anomalies.long.count == 1)
      #expect(profile.notes.count == 2)
      var options = ReadingOptions()
      options.text.badRecords = .collected
      let lean = try TableReader("\(folder)/sales.csv", options: options).read()
      #expect(lean.frame.rowCount == 1)
      try lean.writeRejectedRecords(to: "\(folder)/rejects.csv")
      let rejects = try String(contentsOfFile: "\(folder)/rejects.csv", encoding: .utf8)
      #expect(rejects.contains("4,5,6"))
      options.text.badRecords = .refused
      let strict = try TableReader("\(folder)/sales.csv", options: options)
      #expect(throws: ReadingError.self) { try strict.profile() }
    }
  }

  /// Each call is one pass, and reads the file as it is then.
  @Test func aCallIsAPass() throws {
    try withFolder { folder in
      let count = Bytes()
      var reader = try TableReader("\(folder)/sales.csv")
      reader.progress = { count.add($0) }
      let size = Self.sales.utf8.count - "day,shop,price,pieces\n".utf8.count
      _ = try reader.profile()
      #expect((size...size + 30).contains(count.value), "\(count.value)")
      let once = count.value
      _ = try reader.read()
      #expect(count.value == 2 * once)
      #expect(try reader.head(1).rowCount == 1)
      #expect(try reader.head(-1).rowCount == 0 && reader.head(99).rowCount == 4)
      #expect(throws: ReadingError.self) { try TableReader("\(folder)/none.csv") }
    }
  }

  private final class Bytes: @unchecked Sendable {
    private let lock = NSLock()
    private var sum = 0

    func add(_ count: Int) { lock.withLock { sum += count } }
    var value: Int { lock.withLock { sum } }
  }
}
