public import DietReport
import FileIO
import MemoryDiet
import Pipeline
import Typing

extension ReportAssembly {
  /// What each column would be but for some values, as reports say it; empty where that was not asked.
  ///
  /// The files are read again up to the last of these values, to count lines.
  var narrowerTypes: [[NarrowerType]] {
    let rows = table.narrower.joined().flatMap { $0.obstacles.flatMap { $0.first.map(\.row) } }
    guard !rows.isEmpty else { return [] }
    // A file that has changed since has no lines to be told.
    let places = (try? table.summary.source.find(Set(rows))) ?? [:]
    return table.narrower.map { $0.map { NarrowerType($0, at: places) } }
  }
}

extension TableProfile {
  /// What `diet why` says: which values keep columns wide, where they were looked for. The files are read once
  /// more as far as the last of these values, to tell its line.
  ///
  /// - Parameter names: The columns to speak of; none for all.
  /// - Throws: `ReadingError` where there is no such column.
  public func obstacleReport(columns names: [String] = []) throws -> ObstacleReport {
    let report = report()
    let known = report.columns.map(\.name)
    if let missing = names.first(where: { !known.contains($0) }) {
      throw ReadingError.unknownColumn(
        missing, among: known, file: report.input.path,
        "there is no such column, and no such file")
    }
    let columns = report.columns.filter { names.isEmpty || names.contains($0.name) }
    let own = columns.flatMap { column in
      column.notes.filter(\.code.isOfReading).map { $0.of(column.name) }
    }
    return ObstacleReport(
      input: report.input, columns: columns, notes: notes + own,
      timing: report.timing)
  }
}

extension NarrowerType {
  fileprivate init(_ narrower: NarrowerLayout, at places: [ChunkRow: FoundRow]) {
    let profile = narrower.recommendation.profile
    self.init(
      logicalType: profile.type, layout: narrower.recommendation.layout.description,
      byteCount: narrower.recommendation.footprint.total, rowCount: profile.rowCount,
      obstacles: narrower.obstacles.map { obstacle in
        Obstacle(
          kind: obstacle.kind.rawValue, count: obstacle.count,
          first: obstacle.first.map { value in
            let place = places[value.row]
            return Value(
              file: place?.file, line: place?.line, row: place?.row,
              text: String(decoding: value.text, as: UTF8.self))
          })
      },
      options: narrower.nullTokens.map {
        "\(mention: Sentence.Option("null-token", .ofColumn(profile.name, $0)))"
      })
  }
}
