package import FileIO

extension CSVTableSource {
  /// What the start of an input tells of the table in it.
  package init(_ start: CSVFileStart, inputs: [CSVInput], options: CSVReadingOptions) {
    var dialect = start.dialect
    // What may be a record is none of the comments that nobody named.
    if options.comments == .detected, !dialect.comment.isEmpty, !start.finding.hasWideComments {
      dialect.commentExemptWidth = start.fields.count
    }
    if options.guessesSurroundings, options.quoting == .detected, start.fields.count > 1,
      dialect.escape == nil, dialect.spacing == .kept
    {
      dialect.quoteMendWidth = dialect.quote.map { _ in start.fields.count }
    }
    self.init(
      inputs: inputs, options: options, dialect: dialect,
      columnNames: dialect.hasHeader
        ? HeaderNames.unique(start.fields) : HeaderNames.numbered(start.fields.count),
      header: dialect.hasHeader && !start.fields.isEmpty ? start.fields : nil)
    headerText = start.headerText
  }

  /// The table with what paths say of all rows, and with the columns of all inputs, where these are
  /// not to be the first one's.
  ///
  /// - Parameter parts: The table as each input has it, where each has its own columns.
  /// - Throws: `ReadingError`
  func uniting(_ parts: [CSVTableSource]?) throws -> CSVTableSource {
    guard
      parts != nil || options.files.fileNameColumn != nil
        || inputs.contains(where: { !$0.keys.isEmpty })
    else { return self }
    let united = try UnitedColumns(
      inputs, fields: parts.map { $0.map(\.columnNames) } ?? inputs.map { _ in columnNames },
      fileNameColumn: options.files.fileNameColumn)
    var table = self
    table.columnNames = united.names
    table.united = united
    table.parts = (parts ?? [self]).map { part in
      var part = part
      part.findings = findings
      return part
    }
    return table
  }

  /// Where a byte of a chunk stands in its file.
  package func position(ofByte offset: Int, in raw: RawChunk) -> InputPosition {
    let byteOffset = raw.byteOffset + offset
    guard let firstLine = raw.firstLine else {
      let line = try? LineEnds.line(
        ofByteOffset: byteOffset, in: inputs[raw.fileIndex], encoding: options.encoding)
      return InputPosition(line: line ?? nil, byteOffset: byteOffset)
    }
    let before = UnsafeBufferPointer(rebasing: raw.bytes.prefix(offset))
    return InputPosition(line: firstLine + LineEnds.count(in: before), byteOffset: byteOffset)
  }

  /// The error for a name that no column has.
  package func unknownColumn(_ name: String) -> ReadingError {
    .unknownColumn(name, among: columnNames, file: inputs.first?.name)
  }
}
