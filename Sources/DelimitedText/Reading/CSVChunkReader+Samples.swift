import FileIO

/// What whoever reads single places of the first input has to know of it.
extension CSVChunkReader {
  /// The bytes of the first input's records, without header and footer; `nil` where its text is stored in another form.
  package var recordBytes: Range<Int>? {
    guard let storedByteCount else { return nil }
    let end = min(finding.tableEnd ?? storedByteCount, storedByteCount)
    return min(dataOffset, end)..<end
  }
}

extension CSVReadingOptions {
  /// How records are read that stand alone behind a header of one record, in a dialect that is known.
  package init(forcing dialect: CSVDialect, like options: CSVReadingOptions) {
    self = options
    (delimiter, delimiterTail) = (dialect.delimiter, dialect.delimiterTail)
    quoting = dialect.quote.map { .enclosed(by: $0) } ?? .none
    escaping = dialect.escape.map { .character($0) } ?? .doubled
    comments = dialect.comment.isEmpty ? .none : .prefix(dialect.comment)
    (spacing, hasHeader, headerRecordCount) = (dialect.spacing, true, 1)
    (skippedLineCount, skippedFooterLineCount, threads) = (0, 0, 1)
    (encoding, digestAlgorithm, byteRange, files) = (.utf8, nil, nil, FileOptions())
  }
}
