import ArrowFormat
import Columnar
import DietReport
import FileIO
import MemoryDiet
import Options
import Pipeline
import Platform
import TabularDiet
import Typing

/// A table that was read, and what was found out about it.
final class ReadTable: Sendable {
  let frame: DataFrame
  let report: AnalysisReport
  private let threadCount: Int
  private let categories: CategoryPolicy
  private let room: IntegerRoom
  private let metadata: [ArrowMetadata]
  /// The table for each engine that has asked.
  private let tables = Lock<[TargetEngine: ArrowTable]>([:])

  /// - Parameter analysis: Of a table whose values were kept.
  init(_ analysis: Analysis) {
    guard let frame = analysis.table.frame else { fatalError("the values of a table are kept") }
    self.frame = frame
    report = analysis.report
    threadCount = analysis.table.threadCount
    categories = analysis.categories
    room = analysis.room
    metadata = analysis.table.loaded.source.metadata
  }

  /// The table in the types that a file for `engine` has.
  func arrowTable(for engine: TargetEngine = .any) throws(OutputError) -> ArrowTable {
    try tables.withLock { tables throws(OutputError) in
      if let known = tables[engine] { return known }
      let made = try ArrowTable(
        frame, for: engine, categories: categories, room: room.read(by: engine),
        metadata: metadata, threadCount: threadCount)
      tables[engine] = made
      return made
    }
  }
}

/// What `diet analyze` says of a table.
struct Analysis {
  let table: LeanTable
  let categories: CategoryPolicy
  let room: IntegerRoom
  let report: AnalysisReport
  /// What `diet why` says of it.
  let obstacles: ObstacleReport

  /// Of files.
  init(
    paths: [String], _ options: ReadingOptions, keepsValues: Bool, obstacles: ObstacleSearch = .none
  ) throws {
    try self.init(options) {
      var reading = try options.table(paths)
      reading.obstacles = obstacles
      return try reading.load(keepsValues: keepsValues, countsDistinct: true)
    }
    if let path = options.rejectsPath {
      try table.loaded.source.csv?.saveRejects(to: path)
    }
  }

  /// Of a table that another library has.
  init(
    _ other: ArrowStreamTable, _ options: ReadingOptions, keepsValues: Bool,
    obstacles: ObstacleSearch = .none
  ) throws {
    try self.init(options) {
      try options.load(
        other, keepsValues: keepsValues, countsDistinct: true, obstacles: obstacles)
    }
  }

  private init(_ options: ReadingOptions, _ load: () throws -> LoadedTable) throws {
    let start = ContinuousClock.now
    (categories, room) = (options.categories, options.layout.room)
    table = try LeanTable(finishing: try load(), plan: nil, policy: options.layout)
    try Cancellation.current?.check()
    let time = (ContinuousClock.now - start).components
    let assembly = ReportAssembly(
      table: table, baseline: Baselines.standard, categories: categories,
      wallSeconds: Double(time.seconds) + Double(time.attoseconds) / 1e18,
      threadCount: table.threadCount)
    var report = assembly.report
    report.notes += table.handOverNotes(for: .any, categories: categories)
    report.notes += table.widthNotes(categories: categories, isFile: false)
    report.notes = report.notes.map(\.inPrograms)
    for index in report.columns.indices {
      let notes = report.columns[index].notes
      report.columns[index].notes = notes.map(\.inPrograms)
      report.columns[index].obstacles = report.columns[index].obstacles.map { narrower in
        var narrower = narrower
        narrower.options = narrower.options.map { Sentence($0.inPrograms) }
        return narrower
      }
    }
    self.report = report
    obstacles = ObstacleReport(
      input: report.input, columns: report.columns,
      notes: ReportAssembly.notes(of: table.loaded).map(\.inPrograms),
      timing: report.timing)
    // The heap keeps what a long read took of it, for the next; a process that goes on to other
    // things would never see it again.
    if table.loaded.rowCount * table.recommendations.count >= Self.manyValues { HeapTrim.run() }
  }

  private static let manyValues = 1 << 20
}
