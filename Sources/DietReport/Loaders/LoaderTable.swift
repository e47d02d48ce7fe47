package import Columnar
import Engines
package import MemoryDiet

/// All that a loader says of a table: where it stands, how it is spelled, what its columns are.
package struct LoaderTable: Sendable {
  /// The files as the user named them; `-` is standard input.
  package var files: [String]
  package var dialect: AnalysisReport.Dialect
  package var typing: TypingOptions
  package var columns: [LoaderColumn]
  package var rowCount: Int
  /// Whether records were short, long, oddly quoted or left out.
  package var hasOddRecords: Bool
  /// Blank lines, which are no records, and engines take for some.
  package var blankLines = BlankLines()
  /// What engines do not read of how the text is stored.
  private var textObstacles: [String]
  /// The options that the user gave, as typed.
  package var readingOptions: [String]
  /// The same for our library.
  package var swiftOptions = SwiftOptions()

  /// Where blank lines are.
  package struct BlankLines: Sendable {
    package var areAbove = false
    package var areWithin = false

    package init(areAbove: Bool = false, areWithin: Bool = false) {
      (self.areAbove, self.areWithin) = (areAbove, areWithin)
    }
  }

  /// Assignments to properties of `CSVReadingOptions` and of `TypingOptions`, and types of columns as
  /// entries of a dictionary.
  package struct SwiftOptions: Sendable {
    package var reading: [String] = []
    package var typing: [String] = []
    package var types: [String] = []
  }
  /// Where the file that the code reads comes from, if it is not the user's.
  package var origin: Origin?

  /// A copy that `diet cat` writes: RFC 4180, with nothing at all for null.
  package struct Origin: Sendable {
    package var command: String
    package var reasons: [String]
  }

  package init(
    files: [String], dialect: AnalysisReport.Dialect, typing: TypingOptions,
    recommendations: [Recommendation], categories: CategoryPolicy = .text, rowCount: Int,
    hasOddRecords: Bool,
    readingOptions: [String] = [],
    textObstacles: [String] = []
  ) {
    self.files = files
    self.dialect = dialect
    self.typing = typing
    self.rowCount = rowCount
    self.hasOddRecords = hasOddRecords
    self.readingOptions = readingOptions
    self.textObstacles = textObstacles
    columns = recommendations.map {
      LoaderColumn($0, typing: typing, dialect: dialect, categories: categories)
    }
  }

  /// What no engine but ours reads, or each in its own way.
  package var obstacles: [String] {
    var reasons: [String] = []
    func add(_ condition: Bool, _ reason: String) { if condition { reasons.append(reason) } }
    add(files.contains("-"), "standard input can be read once")
    add(dialect.delimiter.isEmpty, "each line is one field")
    add(dialect.delimiter.utf8.count > 1, "the delimiter is longer than a character")
    add(dialect.escape != nil, "there is an escape character")
    add(dialect.comment != nil, "there are comment lines")
    add(dialect.spaces != "keep", "spaces around fields are nothing")
    add(dialect.hasHeader && dialect.headerRecordCount > 1, "the header takes several lines")
    add(dialect.footerLineCount > 0, "there are lines behind the table")
    add(dialect.preambleLineCount > 0 && files.count > 1, "there are lines before the tables")
    add(dialect.encoding != "utf-8", "the text is \(dialect.encoding)")
    add(["cr", "mixed"].contains(dialect.lineEnding), "lines end in several ways")
    add(hasOddRecords, "some records are short, long or oddly quoted")
    reasons += textObstacles
    add(
      typing.thousandsSeparator != nil
        || typing.columns.values.contains { $0.thousandsSeparator != nil }, "digits are grouped")
    add(
      columns.count == 1 && columns[0].profile.nullCount > 0,
      "blank lines are nulls of a single column")
    for column in columns where column.isOddlySpelled {
      reasons.append("\(column.profile.name.onOneLine.ellipsized(to: 40)) is spelled in odd ways")
    }
    return reasons
  }

  /// The table as `diet cat` writes it.
  func copied(because reasons: [String]) -> LoaderTable {
    var copy = self
    let base = files[0] == "-" ? "table" : files[0].split(separator: "/").last.map(String.init)
    let name = (base ?? "table") + ".plain.csv"
    let command = ShellCommand(["diet", "cat"])
      .adding(words: files.map { $0 != "-" && $0.hasPrefix("-") ? "./" + $0 : $0 })
      .adding(words: readingOptions)
    let target = ShellCommand([]).adding(words: [name])
    copy.origin = Origin(
      command: (command.lines(of: .max) + [">"] + target.lines(of: .max)).joined(separator: " "),
      reasons: reasons)
    copy.files = [name]
    copy.dialect = AnalysisReport.Dialect()
    copy.typing = TypingOptions()
    copy.columns = columns.map(\.writtenPlainly)
    copy.hasOddRecords = false
    copy.blankLines = BlankLines()
    copy.textObstacles = []
    return copy
  }

  /// Which arithmetic on the code's columns wraps in silence in an engine; none or one sentence.
  func wrapping(in engine: WrappingArithmetic.Engine, for target: TargetEngine) -> [String] {
    let columns = columns.compactMap {
      NarrowIntegers($0.profile, $0.typing(for: target), isNullable: $0.hasNulls)
    }
    let note = WrappingNote(WrappingArithmetic(columns, in: [engine])).note?.description
    return note.map { [$0.prefix(1).uppercased() + $0.dropFirst() + "."] } ?? []
  }

  /// The name of the table: that of the file, without what comes behind the first dot.
  var name: String {
    let file = files[0].split(separator: "/").last ?? "table"
    let stem = file.split(separator: ".", omittingEmptySubsequences: true).first.map(String.init)
    return files[0] == "-" ? "table" : stem ?? "table"
  }
}
