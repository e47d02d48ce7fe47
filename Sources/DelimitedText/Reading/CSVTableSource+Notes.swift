package import Columnar
package import FileIO

extension CSVTableSource {
  /// What was not as it should be, what was left out, and what reads it otherwise.
  ///
  /// Slow where there is something to say: files are read again to count lines.
  package var notes: [Note] {
    options.files.notes + unionNotes + dialectNotesOfParts + surroundingNotes
      + findings.all.map(note) + findings.unmet
  }

  /// The same of all inputs, each said once: of which, where it is not all.
  private var dialectNotesOfParts: [Note] {
    guard parts.count > 1 else { return part(0).dialectNotes }
    var order: [Note] = []
    var files: [Note: [String]] = [:]
    for (input, part) in zip(inputs, parts) where part.columnCount > 0 {
      for note in part.dialectNotes {
        if files[note] == nil { order.append(note) }
        files[note, default: []].append(input.name)
      }
    }
    let all = parts.count { $0.columnCount > 0 }
    return order.map { note in
      let names = files[note]!
      if names.count == all { return note }
      let more = names.count > 3 ? " and \(names.count - 3) more" : ""
      return note.of("\(names.prefix(3).joined(separator: ", "))\(more)")
    }
  }

  private var dialectNotes: [Note] {
    var notes: [Note] = []
    if dialect.hasHeader {
      notes += headerNotes
    } else if options.hasHeader == nil, options.headerRecordCount == nil, !columnNames.isEmpty {
      notes.append(
        Note(
          .firstRecordIsData,
          "the first record is read as data, not as names; \(option: "header") reads it as names"))
    }
    if columnNames.isEmpty {
      for (option, count) in [
        ("skip", options.skippedLineCount), ("skip-footer", options.skippedFooterLineCount),
      ] where count > 0 {
        notes.append(
          Note(
            .nothingLeft,
            "no line of a table is left: \(option: option, "\(count)") is more than there are"))
      }
    }
    if dialect.quote == nil, options.quoting == .detected,
      dialect.delimiter != CSVDialect.noDelimiter
    {
      let count = options.quotesAsText?.swallowedCount ?? 0
      let taken = count > 0 ? ", and as quotes they took \(Self.lines(count).0) with them" : ""
      let isOpen = findings.surroundings.first?.1.hasOpenQuote == true
      let other: Sentence =
        isOpen
        ? ", for one of them is never closed" : "; \(option: "quote", "\"") reads them as quotes"
      notes.append(
        Note(
          .quotesAreText,
          "quotes are read as text: only so is every line as wide as the table\(taken)" + other))
    }
    if options.spacing == nil, dialect.spacing == .initial || dialect.spacing == .trimmed {
      notes.append(
        Note(
          .spacesLeftOut,
          "spaces beside delimiters are left out; \(option: "spaces", "keep") reads them as text"))
    }
    return notes
  }

  private var surroundingNotes: [Note] {
    findings.surroundings.flatMap { index, around in
      let place = inputs.count > 1 ? inputs[index].name : ""
      return notes(on: around).map { $0.of(place) }
    }
  }

  private func notes(on around: FileSurroundings) -> [Note] {
    var notes: [Note] = []
    let allLines = dialect.delimiterOption
    if around.preambleLineCount > 0 {
      let (lines, verb) = Self.lines(around.preambleLineCount)
      notes.append(
        Note(
          .preambleLeftOut,
          """
          \(lines) before the table \(verb) left out as a preamble: `\(around.preambleText)`; \
          \(option: allLines) reads all lines
          """))
      if around.preambleMayBeTable {
        notes.append(
          Note(
            .anotherTable,
            "the lines left out may be a table of their own: cut the file in two to read both"))
      }
    }
    if around.footerLineCount > 0 {
      let (lines, verb) = Self.lines(around.footerLineCount)
      notes.append(
        Note(
          .footerLeftOut,
          """
          \(lines) behind the table \(verb) left out as a footer: `\(around.footerText)`; \
          \(option: allLines) reads all lines
          """))
    }
    if let ending = around.oddEnding { notes.append(Self.note(on: ending)) }
    if !around.nextTableText.isEmpty {
      let above = options.skippedLineCount + around.nextTableLineCount
      notes.append(
        Note(
          .anotherTable,
          """
          another table may begin on line \(above + 1), behind a blank line: \
          `\(around.nextTableText)`. Its records are read as this table's; \
          \(option: "skip", "\(above)") reads it alone
          """))
    }
    if let divider = around.divider {
      notes.append(
        Note(
          .singleColumn,
          """
          read as one column of text: no delimiter divides the lines evenly; \
          \(option: divider) divides some of them
          """))
    }
    if let hint = around.hint { notes.append(Note(.otherReading, hint)) }
    return notes
  }

  private static func note(on ending: OddEnding) -> Note {
    let remedy: Sentence = "\(option: "skip-footer", "\(ending.lineCount)")"
    switch ending.kind {
    case .words:
      return Note(
        .wordsInLastRecord,
        """
        the last record, `\(ending.text)`, has words where those above have none; \
        \(remedy) leaves it out
        """)
    case .total:
      return Note(
        .wordsInLastRecord,
        """
        the last record, `\(ending.text)`, is the sum of those above, and read as a row; \
        \(remedy) leaves it out
        """)
    case .rule:
      return Note(
        .wordsInLastRecord,
        """
        `\(ending.text)` near the end is read as a record; \(remedy) leaves out it and what \
        stands below
        """)
    case .empty:
      let records = ending.lineCount == 1 ? "record is" : "\(ending.lineCount) records are"
      return Note(
        .emptyRecordsAtEnd,
        "the last \(records) empty, and read as rows of nulls; \(remedy) leaves them out")
    }
  }

  /// The rejected records as CSV: where each was, what is wrong with it, and its text.
  package func writeRejects(to path: String) throws(OutputError) {
    let file = try AtomicFile(path: path)
    var output = BlockOutput(file)
    output.block.append(contentsOf: Self.rejectsHeader.utf8)
    for reject in findings.rejects {
      let fields = [
        Array(inputs[reject.fileIndex].name.utf8),
        Array((reject.line.map(String.init) ?? "").utf8), Array(String(reject.byteOffset).utf8),
        Array(reject.reason.utf8), reject.text,
      ]
      for (index, field) in fields.enumerated() {
        if index > 0 { output.block.append(UInt8(ascii: ",")) }
        field.withUnsafeBufferPointer { output.block.append(csvField: $0, forcesQuotes: false) }
      }
      output.block.append(UInt8(ascii: "\n"))
      try output.flushIfFull()
    }
    try output.flush()
    try file.commit()
  }

  /// What a file of rejects begins with.
  package static let rejectsHeader = "file,line,byte,reason,record\n"
}

extension CSVDialect {
  /// The delimiter as an option takes it: `tab`, `;`, `\x1f`.
  package var delimiterValue: String {
    delimiter == Self.noDelimiter ? "none" : Self.optionValue([delimiter] + delimiterTail)
  }

  /// The option that divides lines as this does.
  package var delimiterOption: Sentence.Option {
    Sentence.Option("delimiter", .text(delimiterValue))
  }

  /// Bytes as an option takes them: `tab`, `;`, `\x1f`.
  package static func optionValue(_ bytes: [UInt8]) -> String {
    if bytes == [0x09] { return "tab" }
    return bytes.map { byte in
      byte >= 0x20 && byte < 0x7F
        ? String(UnicodeScalar(byte))
        : "\\x" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined()
  }
}
