import Columnar
import DelimitedText
import Engines
public import Options
import Pipeline

extension TableProfile {
  /// The engines and languages that `loadingCode(for:)` writes code for: `pandas`, `polars`, `duckdb`, ….
  public static var loaders: [String] { Loaders.all.map(\.name) }

  /// Code that reads the table straight into the lean types of an engine.
  ///
  /// - Parameter name: One of `loaders`.
  /// - Throws: `OptionError` where there is none of that name, or the table has types, which engines read as they
  ///   are.
  public func loadingCode(for name: String) throws(OptionError) -> String {
    guard let loader = Loaders.named(name) else {
      throw OptionError(invalid: name, expected: Self.loaders).of("emit")
    }
    return loader.text(for: try loaderTable())
  }

  /// What loaders need to know of the table.
  private func loaderTable() throws(OptionError) -> LoaderTable {
    guard let source = summary.source.csv else {
      throw OptionError(
        reader.known != nil
          ? "a profile does not say all that a loader has to know; name the files that it was made of"
          : "engines read \(reader.paths[0]) as it is, its columns have types; `diet apply` writes the lean one"
      ).of("emit")
    }
    var options = reader.options
    // Code and `diet cat` store columns in their own ways.
    (options.layout, options.columns, options.categories) = (LayoutPolicy(), nil, .text)
    let odd: Set<RecordFindings.Kind> = [.short, .long, .strayQuote, .rejected, .repeatedHeader]
    let around = source.findings.surroundings.first?.1 ?? FileSurroundings()
    var loaders = LoaderTable(
      // A path alone has no keys: they are those of the folders that were named.
      files: source.inputs.contains { !$0.keys.isEmpty } ? reader.paths : source.inputs.map(\.path),
      dialect: source.dialect,
      // Lines to skip are those that the caller names, and one that names the delimiter, too.
      preambleLineCount: around.preambleLineCount + source.options.skippedLineCount
        + (around.hasDelimiterLine ? 1 : 0),
      footerLineCount: around.footerLineCount,
      columns: recommendations.map {
        LoaderColumn(
          $0.profile, layout: $0.layout, typing: typing, dialect: source.dialect,
          categories: reader.options.categories)
      },
      typing: typing, rowCount: rowCount,
      hasOddRecords: source.findings.all.contains { odd.contains($0.kind) },
      readingOptions: options.words(),
      textObstacles: textObstacles(of: source))
    loaders.blankLines = LoaderTable.BlankLines(
      areAbove: source.findings.surroundings.contains { $0.1.hasBlankLineAbove },
      areWithin: summary.anomalies.blank.count > 0)
    for statement in options.swiftStatements(typing) {
      switch statement {
      case .reading(let text): loaders.swiftOptions.reading.append(text)
      case .typing(let text): loaders.swiftOptions.typing.append(text)
      case .type(let text): loaders.swiftOptions.types.append(text)
      }
    }
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
    if !reader.options.drop.isEmpty { obstacles.append("columns are left out") }
    if kinds.contains(.replacedText) { obstacles.append("some bytes are not UTF-8") }
    if kinds.contains(.joinedLineEnds) { obstacles.append("lines end in CR CR LF") }
    if kinds.contains(.mark) { obstacles.append("there are byte order marks within the text") }
    if !kinds.isDisjoint(with: [.endSign, .zeros]) {
      obstacles.append("there are bytes behind the text")
    }
    return obstacles
  }
}
