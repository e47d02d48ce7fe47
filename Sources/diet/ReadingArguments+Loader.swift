import ArgumentParser
import Columnar
import DelimitedText
import DietReport
import MemoryDiet
import Options
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
      readingOptions: options.words(),
      textObstacles: textObstacles(of: source))
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
    if kinds.contains(.joinedLineEnds) { obstacles.append("lines end in CR CR LF") }
    if kinds.contains(.mark) { obstacles.append("there are byte order marks within the text") }
    if !kinds.isDisjoint(with: [.endSign, .zeros]) {
      obstacles.append("there are bytes behind the text")
    }
    return obstacles
  }
}
