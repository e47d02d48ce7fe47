public import Columnar
package import Wording

/// What `diet verify` found out: whether the lean file still says what the original says.
public struct VerificationReport: Hashable, Sendable, Encodable {
  /// The version of the JSON. It grows when a key changes its meaning or goes away.
  public static let schemaVersion = 1

  /// The lean file.
  public var path: String
  /// The file that it is held against.
  public var originalPath: String
  /// How many rows the lean file was made from.
  public var rowCount: Int
  /// The columns in the order of the file.
  public var columns: [Column]
  /// What differs beside the values of a column (a missing column, another count of rows), a
  /// sentence each.
  public var differences: [String]
  /// Whether the original is another file than the one that the lean file was made from: one of `differences`.
  public var isOfOtherSource: Bool
  /// What else there is to know: how the source was read.
  public var notes: [Note]
  /// How long it took.
  public var timing: AnalysisReport.Timing

  package init(
    path: String, originalPath: String, rowCount: Int, columns: [Column],
    differences: [String] = [], isOfOtherSource: Bool = false, notes: [Note] = [],
    timing: AnalysisReport.Timing
  ) {
    self.path = path
    self.originalPath = originalPath
    self.rowCount = rowCount
    self.columns = columns
    self.differences = differences
    self.isOfOtherSource = isOfOtherSource
    self.notes = notes
    self.timing = timing
  }

  /// True where every value of every column is the same.
  public var isVerified: Bool {
    differences.isEmpty && columns.allSatisfy { $0.firstDifference == nil }
  }

  /// Whether one column still says what the original says.
  public struct Column: Hashable, Sendable {
    /// The name of the column.
    public var name: String
    /// How equal the column is where it does not differ.
    public var fidelity: Fidelity
    /// The first row that differs; `nil` where the column is the same.
    public var firstDifference: Difference?

    package init(name: String, fidelity: Fidelity, firstDifference: Difference? = nil) {
      self.name = name
      self.fidelity = fidelity
      self.firstDifference = firstDifference
    }
  }

  /// A row in which two files do not agree.
  public struct Difference: Hashable, Sendable {
    /// The row, from 1; `nil` where no single value differs, but the column as a whole.
    public var row: Int?
    /// The line of the original file, from 1, where it is known.
    public var line: Int?
    /// The value in the original file; `nil` is a missing one.
    public var expected: String?
    /// The value in the lean file.
    public var found: String?

    package init(row: Int?, line: Int? = nil, expected: String?, found: String?) {
      self.row = row
      self.line = line
      self.expected = expected
      self.found = found
    }
  }
}

extension VerificationReport: Report {
  /// The report as JSON.
  public var json: String { jsonText.document }

  /// Encodes the members of the JSON.
  public func encode(to encoder: any Encoder) throws { try jsonText.encode(to: encoder) }

  package var jsonText: JSONText {
    .object([
      ("schema_version", .integer(Self.schemaVersion)),
      ("path", .string(path)),
      ("against", .string(originalPath)),
      ("rows", .integer(rowCount)),
      ("ok", .bool(isVerified)),
      ("columns", .array(columns.map(\.json))),
      ("differences", .strings(differences)),
      ("notes", .notes(notes)), ("note_codes", .codes(notes)),
      ("timing", timing.json),
    ])
  }

  /// The report for a terminal, at most 80 columns wide: the columns that differ, with the first
  /// row that does.
  public func table(usesColor: Bool) -> String {
    let ink = Ink(usesColor: usesColor)
    let facts = " · \(CountText(rowCount, "row")) × \(CountText(columns.count, "column"))"
    var text = ""
    for line in FileTitle(path).text(facts: facts).lines(of: reportWidth)
      + verdict.lines(of: reportWidth)
    {
      text += ink.paint(line, .bold) + "\n"
    }
    let width = LabelledLines.textWidth
    // Why columns differ, before those that do.
    var reasons = LabelledLines(ink: ink)
    reasons.add("differs", differences.flatMap { $0.lines(of: width) }, color: .yellow)
    if !reasons.text.isEmpty { text += "\n" + reasons.text }
    // Of another number of rows, no single one differs.
    let differing = self.differing
    if !differing.isEmpty { text += "\n" + differenceTable(differing).text(ink: ink) }
    if differing.count > Self.limit {
      text += "and \(CountText(differing.count - Self.limit)) more: --format json shows all\n"
    }
    var paragraphs = LabelledLines(ink: ink)
    paragraphs.add(notes: notes)
    return paragraphs.text.isEmpty ? text : text + "\n" + paragraphs.text
  }

  private static let limit = 40

  /// The columns that differ. Where the reason is another number of rows, or another file, those are
  /// left out that have no value to show for it.
  private var differing: [Column] {
    columns.filter { column in
      column.firstDifference.map { differences.isEmpty || !$0.isOfColumn } ?? false
    }
  }

  private var verdict: String {
    let original = FileTitle(originalPath).name.ellipsized(to: 40)
    let count = differing.count
    if count > 0 {
      let verb = count == 1 ? "differs" : "differ"
      return
        "\(CountText(count)) of \(CountText(columns.count, "column")) \(verb) from \(original)."
    }
    if isOfOtherSource, differences.count == 1 {
      return "Every value is the one in \(original), which is another file than the one read."
    }
    if !differences.isEmpty { return "It differs from \(original)." }
    let levels = Fidelity.allCases.compactMap { fidelity in
      let count = columns.count { $0.fidelity == fidelity }
      return count > 0 ? "\(CountText(count, "column")) \(fidelity.phrase)" : nil
    }
    let detail = levels.isEmpty ? "" : " (\(levels.joined(separator: ", ")))"
    // Values that were allowed to change are not the ones in the file.
    let isSame = columns.allSatisfy { $0.fidelity != .error }
    return
      "Every value is the one in \(original)\(isSame ? "" : ", or as near as allowed")\(detail)."
  }

  private func differenceTable(_ columns: [Column]) -> TextTable {
    let shown = columns.prefix(Self.limit)
    let differences = shown.map { $0.firstDifference! }
    var table = TextTable(columns: [
      TextColumn("column", cells: shown.map { .init($0.name.onOneLine) }),
      TextColumn(
        "row", isNumeric: true,
        cells: differences.map { .init($0.row.map { "\(CountText($0))" } ?? "") }),
      TextColumn(
        "line", isNumeric: true,
        cells: differences.map { .init($0.line.map { "\(CountText($0))" } ?? "") }),
      TextColumn("in the file", cells: differences.map { .init(Self.shown($0.expected, $0)) }),
      TextColumn(
        "lean", cells: differences.map { .init(Self.shown($0.found, $0), color: .yellow) }),
    ])
    var excess = table.width - ReportWidth.ofTables
    for (index, width) in [(0, 24), (3, 20), (4, 20), (0, 14), (3, 10), (4, 10), (1, 6), (2, 6)] {
      excess = table.columns[index].narrow(to: width, excess: excess)
    }
    return table
  }

  private static func shown(_ value: String?, _ difference: VerificationReport.Difference)
    -> String
  {
    // Without a row there is no value that could be missing, only a type or a name.
    if difference.row == nil { return value?.onOneLine ?? "" }
    return value.map { "\"\($0.onOneLine)\"" } ?? "null"
  }
}

extension VerificationReport.Column {
  fileprivate var json: JSONText {
    .object([
      ("name", .string(name)),
      ("ok", .bool(firstDifference == nil)),
      ("fidelity", .string(fidelity.rawValue)),
      ("first_difference", firstDifference?.json ?? .null),
    ])
  }
}

extension VerificationReport.Difference {
  /// Whether it is of the column as a whole, with nothing to show for it.
  fileprivate var isOfColumn: Bool { row == nil && expected == nil && found == nil }

  fileprivate var json: JSONText {
    .object([
      ("row", row.map(JSONText.integer) ?? .null),
      ("line", line.map(JSONText.integer) ?? .null),
      ("expected", .optional(expected?.cut(to: LongValue.kept))),
      ("found", .optional(found?.cut(to: LongValue.kept))),
    ])
  }
}

extension Fidelity {
  /// How values are the same at this level.
  fileprivate var phrase: String {
    switch self {
    case .text: "to the byte"
    case .value: "by value"
    case .rounded: "to the nearest binary64"
    case .error: "to the nearest binary32"
    }
  }
}
