import Columnar
import Contracts
import DelimitedText

extension TableProfile {
  /// What other tools have to know of the text to read the very files.
  func textSpelling(_ dialect: CSVDialect) -> TextSpelling {
    var spelling = TextSpelling()
    spelling.escape = dialect.escape.map { String(decoding: [$0], as: UTF8.self) }
    if !dialect.comment.isEmpty {
      spelling.comment = String(decoding: dialect.comment, as: UTF8.self)
    }
    spelling.skipsInitialSpace = dialect.spacing != .kept
    spelling.trimsFields = dialect.spacing == .trimmed
    if dialect.hasHeader { spelling.headerRecordCount = dialect.headerRecordCount }
    guard let source = summary.source.csv else { return spelling }
    let around = source.findings.surroundings.first { $0.fileIndex == 0 }?.1 ?? FileSurroundings()
    spelling.linesAbove = around.linesAbove
    spelling.hasBlankLines = summary.anomalies.blank.count > 0 && source.dropsBlankLines
    spelling.hasMadeNames = dialect.hasHeader && source.hasMadeNames
    if around.footerLineCount + source.options.skippedFooterLineCount > 0 {
      spelling.oddities.append("lines stand behind the table")
    }
    let odd: Set<RecordFindings.Kind> = [.short, .long, .strayQuote, .rejected, .repeatedHeader]
    if source.findings.all.contains(where: { odd.contains($0.kind) }) {
      spelling.oddities.append("some records are short, long or oddly quoted")
    }
    if !reader.options.drop.isEmpty || reader.options.columns != nil {
      spelling.oddities.append("the files have other columns, too")
    }
    if source.options.files.unionsByName || source.options.files.fileNameColumn != nil
      || source.inputs.contains(where: { !$0.keys.isEmpty })
    {
      spelling.oddities.append("columns are made of several files or of their paths")
    }
    return spelling
  }

  /// How a column's numbers are spelled.
  func numberSpelling(of profile: ColumnProfile, _ dialect: CSVDialect) -> NumberSpelling {
    var spelling = NumberSpelling()
    if let floats = profile.floats {
      spelling.hasNaN = floats.nanCount > 0
      spelling.hasInfinity = floats.minimum == -.infinity || floats.maximum == .infinity
    }
    let hasFraction: Bool
    switch profile.type {
    case .integer: hasFraction = false
    case .decimal, .float: hasFraction = true
    default: return spelling
    }
    func text(_ byte: UInt8) -> String { String(decoding: [byte], as: UTF8.self) }
    let options = typing.options(for: profile.name)
    spelling.groupMark = options.thousandsSeparator.map(text)
    let comma = UInt8(ascii: ",")
    if let affix = profile.affix {
      spelling.hasUnits = !affix.unit.isEmpty
      if affix.decimalSeparator == comma { spelling.decimalMark = "," }
    } else if options.decimalSeparator == comma {
      spelling.decimalMark = ","
    } else if options.decimalSeparator == nil, hasFraction,
      options.thousandsSeparator == UInt8(ascii: ".")
        || dialect.delimiterText == ";" && profile.source.shapes.contains(.text)
    {
      // Nobody said so; values that are numbers, and text to every engine, have commas there.
      spelling.decimalMark = ","
    }
    return spelling
  }
}

extension CSVTableSource {
  /// Whether some column's name is not the field of the header as it stands there.
  fileprivate var hasMadeNames: Bool {
    guard let header else { return false }
    let form = dialect.headerForm
    return dialect.headerRecordCount > 1 || form.lacksFirstName || !form.sign.isEmpty
      || header.map { String(decoding: $0, as: UTF8.self) } != columnNames
  }
}
