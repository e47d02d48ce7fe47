package import Columnar
import FileIO

/// What was odd about records, in words.
extension CSVTableSource {
  func note(_ finding: RecordFindings.Finding) -> Note {
    Self.note(
      finding.kind, count: finding.count,
      place: line(of: finding).map { "line \($0)" } ?? "byte \(finding.byteOffset)",
      file: inputs.count > 1 ? inputs[finding.fileIndex].name : nil, dialect: dialect,
      options: options)
  }

  /// - Parameters:
  ///   - place: Where the first is; `nil` where that is not known.
  ///   - file: The file that it is in, of several.
  package static func note(
    _ kind: RecordFindings.Kind, count: Int, place: String?, file: String?, dialect: CSVDialect,
    options: CSVReadingOptions = CSVReadingOptions()
  ) -> Note {
    let verb = count == 1 ? "is" : "are"
    let records = "\(count) record\(count == 1 ? "" : "s")"
    let place =
      place.map {
        (count == 1 ? ", on " : ", the first on ") + $0 + (file.map { " of \($0)" } ?? "")
      } ?? ""
    switch kind {
    case .short:
      return Note(.shortRecords, "\(records) \(verb) short\(place): the missing fields are null")
    case .long:
      return Note(
        .longRecords,
        "\(records) \(verb) long\(place): extra fields became columns, empty ones left out")
    case .strayQuote:
      return Note(
        .strayQuotes,
        "\(records) \(count == 1 ? "has" : "have") stray quotes\(place): the quotes are text")
    case .swallowed:
      let (lines, verb) = lines(count)
      return Note(
        .linesInQuotes,
        """
        \(lines) \(verb) read as part of quoted fields\(place), though each is as wide as the table: \
        mend the quote that opens there, or \(option: "quote", "none") reads each line as a record, \
        quotes and all
        """)
    case .repeatedHeader:
      return repeatedHeaderNote(
        count, records, verb, place, isDropped: options.dropsRepeatedHeaders)
    case .comment:
      let sign = String(decoding: dialect.comment, as: UTF8.self)
      let (lines, verb) = lines(count)
      return Note(
        .commentsLeftOut,
        """
        \(lines) that begin\(count == 1 ? "s" : "") with `\(sign)` \(verb) left out as \
        \(count == 1 ? "a comment" : "comments")\(place); \(option: "comment", "none") reads all lines
        """)
    case .replacedText, .unmarkedUTF16, .joinedLineEnds, .mark, .endSign, .zeros:
      return noteOnText(kind, count, verb, place, dialect)
    case .rejected:
      let said: Sentence = "\(records) \(verb) left out\(place): short, long, or with stray quotes"
      let kept: Sentence = "; \(option: "on-bad-record", "collect=FILE") keeps their text"
      return Note(.recordsLeftOut, options.badRecords == .collected ? said : said + kept)
    }
  }

  /// What the text holds beside its records.
  private static func noteOnText(
    _ kind: RecordFindings.Kind, _ count: Int, _ verb: String, _ place: String,
    _ dialect: CSVDialect
  ) -> Note {
    switch kind {
    case .replacedText:
      let places = "\(count) place\(count == 1 ? " that is" : "s that are")"
      return Note(
        .textReplaced,
        "\(places) not UTF-8 \(verb) read as U+FFFD\(place): those bytes are lost")
    case .unmarkedUTF16:
      let name = dialect.encoding.rawValue
      return Note(
        .utf16WithoutMark,
        """
        the text is read as \(name.uppercased().prefix(6)), as its zeros say and no mark; \
        \(option: "encoding", name) says so
        """)
    case .joinedLineEnds:
      return Note(
        .lineEndsJoined, "lines end in CR CR LF: that is read as one line end, not as two")
    case .mark:
      let marks = "\(count) byte order mark\(count == 1 ? "" : "s")"
      return Note(
        .marksLeftOut,
        "\(marks) within the text \(verb) left out\(place), as where files were put together")
    case .endSign:
      return Note(.endSignLeftOut, "the end sign 0x1A behind the text is left out\(place)")
    default:
      let bytes = "\(count) zero byte\(count == 1 ? "" : "s")"
      return Note(.zeroBytesLeftOut, "\(bytes) behind the text \(verb) left out\(place)")
    }
  }

  private static func repeatedHeaderNote(
    _ count: Int, _ records: String, _ verb: String, _ place: String, isDropped: Bool
  ) -> Note {
    let equal = count == 1 ? "equals" : "equal"
    if isDropped {
      return Note(
        .repeatedHeadersLeftOut, "\(records) that \(equal) the header \(verb) left out\(place)")
    }
    return Note(
      .repeatedHeaders,
      """
      \(records) \(equal) the header\(place); \(option: "repeated-headers", "drop") leaves \
      \(count == 1 ? "it" : "them") out
      """)
  }

  /// The physical line, from 1, of what was found first; `nil` where it cannot be told. Reads the file once
  /// more up to there where lines were not counted.
  package func line(of finding: RecordFindings.Finding) -> Int? {
    finding.line
      ?? (try? LineEnds.line(
        ofByteOffset: finding.byteOffset, in: inputs[finding.fileIndex],
        encoding: options.encoding)) ?? nil
  }

  static func lines(_ count: Int) -> (String, String) {
    count == 1 ? ("1 line", "is") : ("\(count) lines", "are")
  }
}
