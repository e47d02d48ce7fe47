import ArrowFormat
import CArrowData
import Columnar
import DietReport
import Engines
import FileIO
import MemoryDiet
import Options
import Platform
import TabularDiet

/// A table that was read or computed, and what was found out about it.
final class ReadTable: Sendable {
  let frame: DataFrame
  /// Of a table that was read; of others it is made when it is asked for.
  private let readReport: AnalysisReport?
  private let threadCount: Int
  private let metadata: [ArrowMetadata]
  /// How it was to be held, whatever its columns came to, and which of them engines get as dictionaries.
  let policy: LayoutPolicy
  /// Whether its columns are as lean as they can be under the policy: so they were made.
  let isLeanest: Bool
  /// The table for each engine that has asked.
  private let tables = Lock<[TargetEngine: ArrowTable]>([:])

  /// The table that `reader` reads, alone: what was needed to find out about its values is gone, and given back.
  ///
  /// - Parameter plan: What columns are to be; found out where there is none.
  static func read(_ reader: TableReader, plan: DietPlan? = nil) throws -> ReadTable {
    let table = try ReadTable(reader, plan: plan)
    HeapTrim.run(afterValues: table.frame.rowCount * table.frame.columns.count)
    return table
  }

  private init(_ reader: TableReader, plan: DietPlan?) throws {
    var preparation = Preparation(plan: plan)
    preparation.countsDistinct = true
    preparation.hashes = false
    try reader.options.rejectsPath.map(reader.checkRejects)
    let table = try reader.prepare(preparation)
    frame = try table.frameWithAnomalies
    var report = try table.profile.counted(frame.columns).programReport()
    report.extras.firstRows = FirstRows(of: frame)
    readReport = report
    threadCount = table.profile.threadCount
    metadata = table.profile.summary.source.metadata
    policy = reader.policy.storing(max(table.profile.heldStorage, frame.storage))
    isLeanest = plan == nil && policy == reader.policy
  }

  /// A table that was made of another.
  ///
  /// - Parameters:
  ///   - changesRows: Whether rows are no longer those of the other, in that order.
  ///   - isLeanest: Whether it was made as lean as it can be under the other's policy.
  init(_ frame: DataFrame, of other: ReadTable, changesRows: Bool, isLeanest: Bool) {
    self.frame = frame
    self.isLeanest = isLeanest
    readReport = nil
    policy = other.policy.storing(max(other.policy.storage, frame.storage))
    threadCount = other.threadCount
    metadata = changesRows ? other.metadata.map(\.withoutRowNumbers) : other.metadata
  }

  /// What a program should know of the table, and of how the values of its columns were read.
  var notes: [Note] { readReport?.programNotes ?? [] }

  /// What each column is, takes and needs.
  func report() throws -> AnalysisReport {
    if let readReport { return readReport }
    var stream = ArrowArrayStream()
    try arrowTable().exportStream(to: &stream)
    var options = ReadingOptions()
    options.layout.storage = policy.storage
    var reader = TableReader(
      try ArrowStreamTable(taking: &stream, name: "the table"), options: options)
    // Decimals are floats to engines.
    reader.keepsTypes = true
    var report = try reader.profile().programReport()
    report.extras.firstRows = FirstRows(of: frame)
    return report
  }

  /// The table in the types that a file for `engine` has.
  func arrowTable(for engine: TargetEngine = .any) throws(OutputError) -> ArrowTable {
    try tables.withLock { tables throws(OutputError) in
      if let known = tables[engine] { return known }
      let made = try ArrowTable(
        frame, for: engine, categories: policy.categories, room: policy.room.read(by: engine),
        metadata: metadata, hints: engine.schemaHints, threadCount: threadCount)
      tables[engine] = made
      return made
    }
  }
}

extension ArrowMetadata {
  /// What pandas is told of a frame, but for labels of its rows that are mere numbers: they were those of other rows.
  fileprivate var withoutRowNumbers: ArrowMetadata {
    guard key == "pandas",
      let start = value.firstRange(of: "\"index_columns\": [{\"kind\": \"range\"")
    else {
      return self
    }
    var isQuoted = false
    var isEscaped = false
    for place in value.indices[start.upperBound...] {
      let letter = value[place]
      if letter == "\"", !isEscaped { isQuoted.toggle() }
      isEscaped = letter == "\\" && !isEscaped
      guard letter == "}", !isQuoted else { continue }
      let rest = value[value.index(after: place)...]
      return ArrowMetadata(
        key: key, value: "\(value[..<start.lowerBound])\"index_columns\": [\(rest)")
    }
    return self
  }
}

extension AnalysisReport {
  /// What a program should know of the table, and of how the values of its columns were read.
  var programNotes: [Note] {
    // How small a table is says nothing of how it was read.
    notes.filter { $0.code != .tableTooSmall }
      + columns.flatMap { column in
        column.notes.filter(\.code.isOfReading).map { $0.of(column.name) }
      }
  }
}

extension TableProfile {
  /// What `diet analyze` says of the table, in the words of programs. Records that are odd are written where
  /// that was asked.
  func programReport() throws -> AnalysisReport {
    try Cancellation.current?.check()
    var report = report()
    report.notes += handOverNotes + widthNotes(isFile: false)
    report.notes = report.notes.map(\.inPrograms)
    for index in report.columns.indices {
      report.columns[index].spellOptionsForPrograms()
    }
    try finishReading()
    return report
  }

  /// What `diet why` says of it, likewise.
  func programObstacles() throws -> ObstacleReport {
    try Cancellation.current?.check()
    var report = try obstacleReport()
    report.notes = report.notes.map(\.inPrograms)
    for index in report.columns.indices {
      report.columns[index].spellOptionsForPrograms()
    }
    try finishReading()
    return report
  }

  private func finishReading() throws {
    if let path = reader.options.rejectsPath { try writeRejectedRecords(to: path) }
    HeapTrim.run(afterValues: rowCount * recommendations.count)
  }
}

extension AnalysisReport.Column {
  fileprivate mutating func spellOptionsForPrograms() {
    notes = notes.map(\.inPrograms)
    obstacles = obstacles.map { narrower in
      var narrower = narrower
      let arguments = narrower.options.flatMap(\.options).arguments
      narrower.options = arguments.isEmpty ? [] : [Sentence(arguments)]
      return narrower
    }
  }
}
