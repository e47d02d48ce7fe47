package import DelimitedText
package import FileIO

// Readers that tell a header from data by the syntaxes of values.

extension CSVChunkReader {
  /// - Throws: `ReadingError`
  package convenience init(
    inputs: [CSVInput], options: CSVReadingOptions = CSVReadingOptions(),
    recordByteLimit: Int = CSVChunkReader.recordByteLimit
  ) throws {
    try self.init(
      inputs: inputs, options: options, looksTyped: TypedFields.looksTyped,
      recordByteLimit: recordByteLimit)
  }

  package convenience init(
    paths: [String], options: CSVReadingOptions = CSVReadingOptions()
  ) throws {
    try self.init(inputs: paths.map(CSVInput.path), options: options)
  }
}

extension SniffedFile {
  /// - Throws: `ReadingError`
  package init(_ input: CSVInput, options: CSVReadingOptions) throws {
    try self.init(input, options: options, looksTyped: TypedFields.looksTyped)
  }
}

extension RecordText {
  /// - Throws: `ReadingError`
  package init(
    _ inputs: [CSVInput], options: CSVReadingOptions, as spelling: Spelling.Type,
    drop: Set<String> = [], recordLimit: Int = .max
  ) throws {
    try self.init(
      inputs, options: options, as: spelling, drop: drop, recordLimit: recordLimit,
      looksTyped: TypedFields.looksTyped)
  }
}
