package import Columnar
import DelimitedText

extension TableAnomalies {
  mutating func add(_ chunk: LoadingWorker.Chunk, firstRow: Int) {
    short.add(chunk.anomalies.short, firstRow: firstRow)
    long.add(chunk.anomalies.long, firstRow: firstRow)
    blank.add(chunk.anomalies.blank, firstRow: firstRow)
    irregular.add(chunk.anomalies.reference, firstRow: firstRow)
    hasNUL = hasNUL || chunk.hasNUL
  }
}

extension TableAnomalies.Tally {
  mutating func add(_ tally: RecordAnomalies.Tally, firstRow row: Int) {
    count += tally.count
    if firstRow == nil, let first = tally.firstRow { firstRow = row + first }
  }
}

extension TableAnomalies {
  /// With what the table's records were found to be beside, and with files and lines.
  ///
  /// Slow where there is something to say: files are read again up to there.
  package func located(in source: TableSource) -> TableAnomalies {
    guard let table = source.csv else { return self }
    var located = self
    for finding in table.findings.all {
      guard let kind = Self.property(of: finding.kind) else { continue }
      if located[keyPath: kind].firstRow == nil { located[keyPath: kind].count = finding.count }
      located[keyPath: kind].firstFile = table.inputs[finding.fileIndex].name
      located[keyPath: kind].firstLine = table.line(of: finding)
    }
    return located
  }

  private static func property(
    of kind: RecordFindings.Kind
  ) -> WritableKeyPath<TableAnomalies, Tally>? {
    switch kind {
    case .short: \.short
    case .long: \.long
    case .strayQuote: \.irregular
    case .swallowed: \.swallowed
    case .repeatedHeader: \.repeatedHeaders
    case .rejected: \.rejected
    case .comment, .replacedText, .unmarkedUTF16, .joinedLineEnds, .mark, .endSign, .zeros: nil
    }
  }
}
