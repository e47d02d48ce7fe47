/// What a gate tells of records that are odd, or of lines that are left out, where there were none such before. Raw
/// values are codes of notes.
package enum RecordOddity: String, Sendable, CaseIterable {
  case preambleLeftOut, footerLeftOut, recordsBelowNamesLeftOut, shortRecords, longRecords,
    strayQuotes, linesInQuotes
  case repeatedHeaders, zeroBytes, spacesLeftOut, emptyRecordsAtEnd, streamWithoutEnd,
    wordsInLastRecord

  var words: String {
    switch self {
    case .preambleLeftOut: "lines stand above the table, which not every reader leaves out"
    case .footerLeftOut: "lines stand behind the table, which not every reader leaves out"
    case .recordsBelowNamesLeftOut: "records below the names are no data"
    case .shortRecords: "records have fewer fields than there are columns"
    case .longRecords: "records have more fields than there are columns"
    case .strayQuotes: "quotes stand where CSV has none"
    case .linesInQuotes: "a quote is not closed, it seems: whole records are within quotes"
    case .repeatedHeaders: "the header comes again among the records"
    case .zeroBytes: "zero bytes occur"
    case .spacesLeftOut: "spaces stand beside delimiters, which not every reader leaves out"
    case .emptyRecordsAtEnd: "the last records have nothing but delimiters"
    case .streamWithoutEnd: "the compressed stream has no end"
    case .wordsInLastRecord: "the last record has words where others have none: it may be a total"
    }
  }
}
