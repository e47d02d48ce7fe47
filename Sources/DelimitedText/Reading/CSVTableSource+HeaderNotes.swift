import Columnar
import FileIO

extension CSVTableSource {
  /// How the names were read, and what else they may be.
  var headerNotes: [Note] {
    var notes: [Note] = []
    let form = dialect.headerForm
    if var fields = header {
      if form.lacksFirstName { fields[0] = Array(columnNames[0].utf8) }
      if let note = HeaderNames.note(columnNames, for: fields) { notes.append(note) }
    }
    let count = dialect.headerRecordCount
    if form.hasUnitsBelow {
      let (records, verb) = count == 2 ? ("record", "is") : ("records", "are")
      let what = form.hasQuestionsBelow ? "questions and ids" : "units"
      notes.append(
        Note(
          .recordsBelowNamesLeftOut,
          """
          \(count - 1) \(records) of \(what) below the names \(verb) left out; \
          \(option: "header-records", "1") reads all as data
          """))
    } else if count > 1 {
      notes.append(
        Note(
          .headerOfSeveralRecords,
          """
          the header takes \(count) records, joined with spaces; \
          \(option: "header-records", "1") reads the others as data
          """))
    }
    if form.possibleRecordCount > count, options.headerRecordCount == nil {
      notes.append(mayGoOnNote(to: form.possibleRecordCount))
    }
    if form.lacksFirstName {
      notes.append(
        Note(
          .firstNameMissing,
          """
          the header has a name less than the records have fields: the first column has none and is \
          `\(columnNames.first ?? "")`, the names are those of the others
          """))
    }
    notes += doubtNotes
    if !form.sign.isEmpty {
      notes.append(
        Note(
          .signLeftOut,
          """
          `\(String(decoding: form.sign, as: UTF8.self))` before the first name is left out, as it \
          begins the lines above
          """))
    }
    return notes
  }

  /// - Parameter last: the record, from 1, that may be the last of the header.
  private func mayGoOnNote(to last: Int) -> Note {
    let above = options.skippedLineCount + (findings.surroundings.first?.1.preambleLineCount ?? 0)
    let skip: Sentence = "\(option: "skip", "\(above + last - 1)")"
    if last == 2 {
      return Note(
        .headerMayGoOn,
        """
        the second record has words above columns that would have types without it: \
        \(option: "header-records", "2") joins it to the names, \(skip) reads it as the names
        """)
    }
    return Note(
      .headerMayGoOn,
      """
      columns would have types without records 2 to \(last), which have words: \
      \(skip) reads the last of these as the names
      """)
  }

  /// Names that may be values.
  private var doubtNotes: [Note] {
    let form = dialect.headerForm
    var notes: [Note] = []
    if form.hasNumbers, options.hasHeader == nil {
      notes.append(
        Note(
          .numbersAreNames,
          """
          the numbers of the first record are read as names; \(no: "header") reads them as data
          """))
    }
    if !form.doubtfulName.isEmpty, options.hasHeader == nil, options.headerRecordCount == nil {
      notes.append(
        Note(
          .firstRecordMayBeData,
          """
          the first record is read as names, though `\(ReadingError.printable(form.doubtfulName))` \
          may be a value like those below; \(no: "header") reads it as data
          """))
    }
    return notes
  }
}
