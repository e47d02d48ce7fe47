package import FileIO

extension CSVTableSource {
  /// Sentences about what was not as it should be, what was left out, and what reads it otherwise.
  ///
  /// Slow where there is something to say: files are read again to count lines.
  package var notes: [String] {
    options.files.notes + unionNotes + dialectNotesOfParts + surroundingNotes
      + findings.all.map(note) + findings.unmet
  }

  /// The same of all inputs, each said once: of which, where it is not all.
  private var dialectNotesOfParts: [String] {
    guard parts.count > 1 else { return part(0).dialectNotes }
    var order: [String] = []
    var files: [String: [String]] = [:]
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
      return "\(names.prefix(3).joined(separator: ", "))\(more): \(note)"
    }
  }

  private var dialectNotes: [String] {
    var notes: [String] = []
    if dialect.hasHeader {
      notes += headerNotes
    } else if options.hasHeader == nil, options.headerRecordCount == nil, !columnNames.isEmpty {
      notes.append(
        "the first record is read as data, not as names; `--header` reads it as names"
      )
    }
    if columnNames.isEmpty {
      for (option, count) in [
        ("--skip", options.skippedLineCount), ("--skip-footer", options.skippedFooterLineCount),
      ] where count > 0 {
        notes.append("no line of a table is left: `\(option) \(count)` is more than there are")
      }
    }
    if dialect.delimiter == CSVDialect.noDelimiter, options.delimiter == nil {
      notes.append(
        "read as one column of text: no delimiter divides the lines evenly;"
          + " `--delimiter ,` divides them")
    }
    if dialect.quote == nil, options.quoting == .detected,
      dialect.delimiter != CSVDialect.noDelimiter
    {
      let count = options.quotesAsText?.swallowedCount ?? 0
      notes.append(
        "quotes are read as text: only so is every line as wide as the table"
          + (count > 0 ? ", and as quotes they took \(Self.lines(count).0) with them" : "")
          + "; `--quote '\"'` reads them as quotes")
    }
    if options.spacing == nil, dialect.spacing == .initial || dialect.spacing == .trimmed {
      notes.append("spaces beside delimiters are left out; `--spaces keep` reads them as text")
    }
    return notes
  }

  private var surroundingNotes: [String] {
    var notes: [String] = []
    for (index, around) in findings.surroundings {
      let place = inputs.count > 1 ? "\(inputs[index].name): " : ""
      let advice = "`--delimiter \(dialect.delimiterName)` reads all lines"
      if around.preambleLineCount > 0 {
        let (lines, verb) = Self.lines(around.preambleLineCount)
        notes.append(
          "\(place)\(lines) before the table \(verb) left out as a preamble:"
            + " `\(around.preambleText)`; \(advice)")
      }
      if around.footerLineCount > 0 {
        let (lines, verb) = Self.lines(around.footerLineCount)
        notes.append(
          "\(place)\(lines) behind the table \(verb) left out as a footer:"
            + " `\(around.footerText)`; \(advice)")
      }
      if !around.lastText.isEmpty {
        notes.append(
          "\(place)the last record, `\(around.lastText)`, has words where those above have none;"
            + " `--skip-footer 1` leaves it out")
      }
      if !around.nextTableText.isEmpty {
        let above = options.skippedLineCount + around.nextTableLineCount
        notes.append(
          "\(place)another table may begin on line \(above + 1), behind a blank line:"
            + " `\(around.nextTableText)`. Its records are read as this table's;"
            + " `--skip \(above)` reads it alone")
      }
      if !around.hint.isEmpty { notes.append("\(place)\(around.hint)") }
    }
    return notes
  }

  private var headerNotes: [String] {
    var notes: [String] = []
    let form = dialect.headerForm
    if var fields = header {
      if form.lacksFirstName { fields[0] = Array(columnNames[0].utf8) }
      if let note = HeaderNames.note(columnNames, for: fields) { notes.append(note) }
    }
    let count = dialect.headerRecordCount
    if form.hasUnitsBelow {
      notes.append(
        "\(count - 1) record\(count == 2 ? "" : "s") of \(form.hasQuestionsBelow ? "questions and ids" : "units")"
          + " below the names"
          + " \(count == 2 ? "is" : "are") left out; `--header-records 1` reads all as data")
    } else if count > 1 {
      notes.append(
        "the header takes \(count) records, joined with spaces;"
          + " `--header-records 1` reads the others as data")
    }
    if form.mayGoOn, options.headerRecordCount == nil {
      let above =
        options.skippedLineCount + (findings.surroundings.first?.1.preambleLineCount ?? 0)
      notes.append(
        "the second record has words above columns that would have types without it:"
          + " `--header-records 2` joins it to the names,"
          + " `--skip \(above + 1)` reads it as the names")
    }
    if form.lacksFirstName {
      notes.append(
        "the header has a name less than the records have fields: the first column has none and"
          + " is `\(columnNames.first ?? "")`, the names are those of the others")
    }
    if form.hasNumbers, options.hasHeader == nil {
      notes.append(
        "the numbers of the first record are read as names; `--no-header` reads them as data")
    }
    if !form.sign.isEmpty {
      notes.append(
        "`\(String(decoding: form.sign, as: UTF8.self))` before the first name is left out,"
          + " as it begins the lines above")
    }
    return notes
  }

  private func note(_ finding: RecordFindings.Finding) -> String {
    let count = finding.count
    let verb = count == 1 ? "is" : "are"
    let records = "\(count) record\(count == 1 ? "" : "s")"
    let place = self.place(of: finding)
    switch finding.kind {
    case .short: return "\(records) \(verb) short\(place): the missing fields are null"
    case .long:
      return "\(records) \(verb) long\(place): extra fields became columns, empty ones left out"
    case .strayQuote:
      return "\(records) \(count == 1 ? "has" : "have") stray quotes\(place): the quotes are text"
    case .swallowed:
      let (lines, verb) = Self.lines(count)
      return "\(lines) \(verb) read as part of quoted fields\(place), though each is as wide as the"
        + " table: mend the quote that opens there, or `--quote none` reads each line as a record,"
        + " quotes and all"
    case .repeatedHeader where options.dropsRepeatedHeaders:
      return "\(records) that equal\(count == 1 ? "s" : "") the header \(verb) left out\(place)"
    case .repeatedHeader:
      return "\(records) equal\(count == 1 ? "s" : "") the header\(place);"
        + " `--repeated-headers drop` leaves \(count == 1 ? "it" : "them") out"
    case .comment:
      let sign = String(decoding: dialect.comment, as: UTF8.self)
      let (lines, verb) = Self.lines(count)
      return "\(lines) that begin\(count == 1 ? "s" : "") with `\(sign)` \(verb) left out as"
        + " \(count == 1 ? "a comment" : "comments")\(place); `--comment none` reads all lines"
    case .replacedText:
      return
        "\(count) place\(count == 1 ? " that is" : "s that are") not UTF-8 \(verb) read as U+FFFD"
        + "\(place): those bytes are lost"
    case .unmarkedUTF16:
      let name = dialect.encoding.rawValue
      return "the text is read as \(name.uppercased().prefix(6)), as its zeros say and no mark;"
        + " `--encoding \(name)` says so"
    case .joinedLineEnds:
      return "lines end in CR CR LF: that is read as one line end, not as two"
    case .mark:
      let marks = "\(count) byte order mark\(count == 1 ? "" : "s")"
      return "\(marks) within the text \(verb) left out\(place),"
        + " as where files were put together"
    case .endSign:
      return "the end sign 0x1A behind the text is left out\(place)"
    case .zeros:
      return "\(count) zero byte\(count == 1 ? "" : "s") behind the text \(verb) left out\(place)"
    case .rejected:
      let keeps =
        options.badRecords == .collected ? "" : "; `--on-bad-record collect FILE` keeps their text"
      return "\(records) \(verb) left out\(place): short, long, or with stray quotes\(keeps)"
    }
  }

  private func place(of finding: RecordFindings.Finding) -> String {
    let line =
      finding.line
      ?? (try? LineEnds.line(
        ofByteOffset: finding.byteOffset, in: inputs[finding.fileIndex],
        encoding: options.encoding)) ?? nil
    let file = inputs.count > 1 ? " of \(inputs[finding.fileIndex].name)" : ""
    let words = line.map { "line \($0)" } ?? "byte \(finding.byteOffset)"
    return finding.count == 1 ? ", on \(words)\(file)" : ", the first on \(words)\(file)"
  }

  private static func lines(_ count: Int) -> (String, String) {
    count == 1 ? ("1 line", "is") : ("\(count) lines", "are")
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
  /// The delimiter as an option takes it.
  package var delimiterName: String {
    delimiter == Self.noDelimiter ? "none" : Self.optionName([delimiter] + delimiterTail)
  }

  /// An option and its value, which may begin as options do.
  static func option(_ option: String, _ value: [UInt8]) -> String {
    "\(option)\(value.first == UInt8(ascii: "-") ? "=" : " ")\(optionName(value))"
  }

  /// Bytes as a user can type them: `tab`, `';'`, `\x1f`.
  package static func optionName(_ bytes: [UInt8]) -> String {
    if bytes == [0x09] { return "tab" }
    if bytes.allSatisfy({
      $0 < 0x80 && ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || ",.:^~@%+=-_/".utf8.contains($0))
    }) {
      return String(decoding: bytes, as: UTF8.self)
    }
    let text = bytes.map { byte in
      byte > 0x20 && byte < 0x7F || byte == 0x20
        ? String(UnicodeScalar(byte))
        : "\\x" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined()
    return text.contains("'") ? "\"\(text)\"" : "'\(text)'"
  }
}
