package import Columnar
package import DelimitedText

/// A table of which a profile is there, and nothing else.
package struct ProfileTableSource: Sendable {
  /// The files that were profiled, by name.
  package let paths: [String]
  package let columnNames: [String]
  /// That of the first file.
  package let dialect: CSVDialect?
  package let threads: Int?
  package let anomalies: PartAnomalies

  init(
    paths: [String], columnNames: [String], dialect: CSVDialect?, threads: Int?,
    anomalies: PartAnomalies
  ) {
    (self.paths, self.columnNames, self.dialect) = (paths, columnNames, dialect)
    (self.threads, self.anomalies) = (threads, anomalies)
  }

  /// What was odd about records, as a reader of the files would say it.
  package var notes: [Note] {
    RecordFindings.Kind.allCases.compactMap { kind in
      guard let tally = anomalies.tallies[kind.rawValue] else { return nil }
      return CSVTableSource.note(
        kind, count: tally.count, place: tally.line > 0 ? "line \(tally.line)" : nil,
        file: paths.count > 1 ? tally.file : nil, dialect: dialect ?? CSVDialect())
    }
  }
}
