import ArgumentParser
import Columnar
import DelimitedText
import DietReport
import MemoryDiet
import TabularDiet

extension ReadingArguments {
  /// What loaders need to know of a table that was analysed.
  func loaderTable(
    of table: LeanTable, typing: TypingOptions, categories: CategoryPolicy
  ) throws -> LoaderTable {
    guard let source = table.loaded.source.csv else {
      throw ValidationError(
        "--emit: engines read \(paths[0]) as it is, its columns have types; `diet apply` writes the"
          + " lean one")
    }
    let odd: Set<RecordFindings.Kind> = [.short, .long, .strayQuote, .rejected, .repeatedHeader]
    var loaders = LoaderTable(
      // A path alone has no keys: they are those of the folders that were named.
      files: source.inputs.contains { !$0.keys.isEmpty } ? paths : source.inputs.map(\.path),
      dialect: AnalysisReport.Dialect(
        source.dialect, source.findings.surroundings.first?.1 ?? FileSurroundings()),
      typing: typing, recommendations: table.recommendations, categories: categories,
      rowCount: table.loaded.rowCount,
      hasOddRecords: source.findings.all.contains { odd.contains($0.kind) },
      readingOptions: optionWords,
      textObstacles: textObstacles(of: source))
    loaders.swiftReadingOptions = try dialect.swiftOptions()
    return loaders
  }

  /// What engines do not read of how the text is stored.
  private func textObstacles(of source: CSVTableSource) -> [String] {
    let kinds = Set(source.findings.all.map(\.kind))
    var obstacles: [String] = []
    if let packing = source.inputs.lazy.compactMap(\.packing).first {
      obstacles.append("the file is \(packing)")
    }
    if source.options.files.unionsByName {
      obstacles.append("columns of several files are put together by name")
    }
    if source.inputs.contains(where: { !$0.keys.isEmpty }) {
      obstacles.append("names of folders make columns")
    }
    if source.options.files.fileNameColumn != nil {
      obstacles.append("a column has the files' names")
    }
    if source.options.skippedFooterLineCount > 0 {
      obstacles.append("there are lines behind the table")
    }
    if kinds.contains(.joinedLineEnds) { obstacles.append("lines end in CR CR LF") }
    if kinds.contains(.mark) { obstacles.append("there are byte order marks within the text") }
    if !kinds.isDisjoint(with: [.endSign, .zeros]) {
      obstacles.append("there are bytes behind the text")
    }
    return obstacles
  }

  /// The options that were given, as a shell takes them.
  var optionWords: [String] {
    var words = dialect.optionWords
    for token in nullToken { words += ["--null-token", token] }
    for type in types { words += ["--type", type] }
    for format in dateFormat { words += ["--date-format", format] }
    for pair in boolean { words += ["--boolean", pair] }
    for kind in zeroPadded where kind != "text" { words += ["--zero-padded", kind] }
    for sign in decimal { words += ["--decimal", sign] }
    for sign in thousands { words += ["--thousands", sign] }
    for names in number { words += ["--number", names] }
    if exact { words.append("--exact") }
    for names in drop { words += ["--drop", names] }
    return words
  }
}

extension DialectArguments {
  /// The options that were given, as a shell takes them.
  var optionWords: [String] {
    var words: [String] = []
    func add(_ option: String, _ value: String?) { if let value { words += [option, value] } }
    add("--delimiter", delimiter)
    add("--quote", quote)
    add("--escape", escape)
    add("--comment", comment)
    add("--spaces", spaces)
    if let header { words.append(header ? "--header" : "--no-header") }
    add("--header-records", headerRecords.map(String.init))
    add("--encoding", encoding)
    if invalidUtf8 != "error" { add("--invalid-utf8", invalidUtf8) }
    if skip != 0 { add("--skip", "\(skip)") }
    if skipFooter != 0 { add("--skip-footer", "\(skipFooter)") }
    if repeatedHeaders != "keep" { words += ["--repeated-headers", repeatedHeaders] }
    if strict { words.append("--strict") }
    // `collect=FILE` is two words as users write it.
    if let onBadRecord {
      words.append("--on-bad-record")
      words += onBadRecord.split(separator: "=", maxSplits: 1).map(String.init)
    }
    if engine != "automatic" { words += ["--engine", engine] }
    add("--max-expansion", maxExpansion.map(String.init))
    if unionByName { words.append("--union-by-name") }
    if let hive { words.append(hive ? "--hive" : "--no-hive") }
    add("--file-name-column", fileNameColumn)
    return words
  }

  /// The same as statements about `CSVReadingOptions`.
  fileprivate func swiftOptions() throws -> [String] {
    let options = try readingOptions()
    var lines: [String] = []
    if let delimiter = options.delimiter { lines.append("delimiter = \(delimiter)") }
    if !options.delimiterTail.isEmpty { lines.append("delimiterTail = \(options.delimiterTail)") }
    switch options.quoting {
    case .detected: break
    case .none: lines.append("quoting = .none")
    case .enclosed(let quote): lines.append("quoting = .enclosed(by: \(quote))")
    }
    switch options.escaping {
    case .detected: break
    case .doubled: lines.append("escaping = .doubled")
    case .character(let escape): lines.append("escaping = .character(\(escape))")
    }
    switch options.comments {
    case .detected: break
    case .none: lines.append("comments = .none")
    case .prefix(let prefix): lines.append("comments = .prefix(\(prefix))")
    }
    if let spacing = options.spacing { lines.append("spacing = .\(spacing)") }
    if let count = options.headerRecordCount { lines.append("headerRecordCount = \(count)") }
    if let header = options.hasHeader { lines.append("hasHeader = \(header)") }
    if let encoding = options.encoding {
      lines.append("encoding = TextEncoding(rawValue: \"\(encoding.rawValue)\")")
    }
    if options.invalidUTF8 != .error { lines.append("invalidUTF8 = .\(options.invalidUTF8)") }
    if options.skippedLineCount != 0 {
      lines.append("skippedLineCount = \(options.skippedLineCount)")
    }
    if options.skippedFooterLineCount != 0 {
      lines.append("skippedFooterLineCount = \(options.skippedFooterLineCount)")
    }
    if options.dropsRepeatedHeaders { lines.append("dropsRepeatedHeaders = true") }
    switch options.badRecords {
    case .kept: break
    case .refused: lines.append("badRecords = .refused")
    // What is collected is left out of the table too.
    case .skipped, .collected: lines.append("badRecords = .skipped")
    }
    if options.engine != .automatic { lines.append("engine = .\(options.engine)") }
    if let maxExpansion { lines.append("maximumExpansion = \(maxExpansion)") }
    if options.files.unionsByName { lines.append("files.unionsByName = true") }
    if let hive { lines.append("files.readsHiveKeys = \(hive)") }
    if let name = fileNameColumn {
      lines.append("files.fileNameColumn = \(name.debugDescription)")
    }
    return lines
  }
}
