package import Columnar
package import DelimitedText
import Wording

/// All that a loader says of a table: where it stands, how it is spelled, what its columns are.
package struct LoaderTable: Sendable {
  /// The files as the user named them; `-` is standard input.
  package var files: [String]
  package var dialect: CSVDialect
  /// Lines to skip before the table.
  package var preambleLineCount: Int
  /// Lines behind the table.
  package var footerLineCount: Int
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
    files: [String], dialect: CSVDialect, preambleLineCount: Int, footerLineCount: Int,
    columns: [LoaderColumn], typing: TypingOptions, rowCount: Int, hasOddRecords: Bool,
    readingOptions: [String], textObstacles: [String]
  ) {
    self.files = files
    self.dialect = dialect
    self.preambleLineCount = preambleLineCount
    self.footerLineCount = footerLineCount
    self.columns = columns
    self.typing = typing
    self.rowCount = rowCount
    self.hasOddRecords = hasOddRecords
    self.readingOptions = readingOptions
    self.textObstacles = textObstacles
  }

  /// What stands between fields; empty where each line is one field.
  var delimiter: String { dialect.delimiterText }

  /// `nil` where quotes are plain text.
  var quote: String? { dialect.quote.map { String(decoding: [$0], as: UTF8.self) } }

  var hasHeader: Bool { dialect.hasHeader }

  /// What no engine but ours reads, or each in its own way.
  package var obstacles: [String] {
    var reasons: [String] = []
    func add(_ condition: Bool, _ reason: String) { if condition { reasons.append(reason) } }
    add(files.contains("-"), "standard input can be read once")
    add(delimiter.isEmpty, "each line is one field")
    add(delimiter.utf8.count > 1, "the delimiter is longer than a character")
    add(dialect.escape != nil, "there is an escape character")
    add(!dialect.comment.isEmpty, "there are comment lines")
    add(dialect.spacing != .kept, "spaces around fields are nothing")
    add(hasHeader && dialect.headerRecordCount > 1, "the header takes several lines")
    add(footerLineCount > 0, "there are lines behind the table")
    add(preambleLineCount > 0 && files.count > 1, "there are lines before the tables")
    add(dialect.encoding != .utf8, "the text is \(dialect.encoding.rawValue)")
    add([.cr, .mixed].contains(dialect.lineEnding), "lines end in several ways")
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
    copy.dialect = CSVDialect()
    copy.preambleLineCount = 0
    copy.footerLineCount = 0
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
