/// A reading of the file that was not taken.
package struct OtherReading: Hashable, Sendable {
  /// The option that takes it.
  package let option: String
  /// What it would make of the file.
  package let outcome: String
  /// How sure it is that this is not what is meant: from 0, as likely as what was taken, to 1.
  package let certainty: Double

  init(_ option: String, _ outcome: String, _ certainty: Double) {
    self.option = option
    self.outcome = outcome
    self.certainty = certainty
  }

  /// Where the delimiter leaves room: the one that explains the file next best.
  init?(behind best: DialectCandidate, of all: [DialectCandidate], certainty: Double) {
    let others = all.filter {
      $0.dialect.delimiterText != best.dialect.delimiterText && $0.width > 1
    }
    guard let next = others.max(by: { $0.score < $1.score }), next.score > 0 else { return nil }
    self.init(
      next.dialect.delimiterOption.shellWords, next.reason(against: best),
      min(certainty, 0.99))
  }

  /// Of the header, where the caller has not told it: it is proven by names on top of types alone.
  ///
  /// - Parameter above: how many lines stand above it.
  init?(
    _ header: HeaderEvidence, recordCount: Int, taken hasHeader: Bool, above: Int,
    _ options: CSVReadingOptions
  ) {
    guard options.hasHeader == nil, options.headerRecordCount == nil else { return nil }
    if !hasHeader {
      self.init("--header", "the first record would be names", 0.97)
    } else if recordCount == 1 {
      self.init("--no-header", "the only record would be one of data", 0.6)
    } else if header.hasNumbersAsNames {
      self.init("--no-header", "the numbers of the first record would be data", 0.9)
    } else if header.mayUnitsBeNames {
      self.init(
        "--skip \(above + 1)", "the record of units would be the names, and stand below a title",
        0.6)
    } else if header.possibleRecordCount == 2 {
      self.init(
        "--header-records 2", "the second record would be names, too, and columns have types", 0.5)
    } else if header.possibleRecordCount > 2 {
      let last = header.possibleRecordCount
      self.init(
        "--skip \(above + last - 1)", "record \(last) would be the names, and columns have types",
        0.5)
    } else if !header.doubtfulName.isEmpty {
      self.init("--no-header", "the first record would be data, as it looks", 0.6)
    } else if !header.hasNamesOverTypes {
      self.init("--no-header", "the first record would be data", 0.8)
    } else {
      return nil
    }
  }

  /// Of a table below.
  init?(below surroundings: FileSurroundings, _ options: CSVReadingOptions) {
    guard !surroundings.nextTableText.isEmpty else { return nil }
    self.init(
      "--skip \(options.skippedLineCount + surroundings.nextTableLineCount)",
      "the table behind the blank line", 0.5)
  }

  /// Of what stands above the table.
  init?(above surroundings: FileSurroundings, _ dialect: CSVDialect) {
    let count = surroundings.preambleLineCount
    guard count > 0 else { return nil }
    self.init(
      dialect.delimiterOption.shellWords,
      count == 1
        ? "the line above the table would be a record"
        : "the \(count) lines above the table would be records", 0.97)
  }

  /// Of quotes that were taken for text.
  init?(quotesOf dialect: CSVDialect, _ options: CSVReadingOptions) {
    guard dialect.quote == nil, options.quoting == .detected,
      dialect.delimiter != CSVDialect.noDelimiter
    else { return nil }
    self.init("--quote '\"'", "quotes would enclose fields, and lines within them be one", 0.95)
  }
}
