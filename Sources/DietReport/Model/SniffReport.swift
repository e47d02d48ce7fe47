public import Columnar
package import Wording

/// What `diet sniff` found out about a file: its dialect, how sure that is, what was not taken, and
/// the options that say the same.
public struct SniffReport: Hashable, Sendable, Encodable {
  /// The version of the JSON. It grows when a key changes its meaning or goes away.
  public static let schemaVersion = 1

  /// The file, as it was named.
  public var path: String
  /// How it spells its table.
  public var dialect: AnalysisReport.Dialect
  /// Whether the text begins with a byte order mark.
  public var hasByteOrderMark: Bool
  /// The decimal separator of the numbers in the sample, where they have one.
  public var decimal: String?
  /// The separator of thousands, where it was told.
  public var thousands: String?
  /// The names of the columns, invented ones left out.
  public var columns: [String]
  /// From 0, a guess, to 1: nothing else explains the file, or it was told.
  public var confidence: Double
  /// What speaks for it, a clause each.
  public var reasons: [String]
  /// The dialects that were considered and not taken.
  public var rejected: [Rejection]
  /// The likeliest other reading of the file; `nil` where there is none.
  public var runnerUp: OtherReading?
  /// What is left out, and what to look at.
  public var notes: [Note]
  /// The options that force what was found.
  public var options: [String]

  /// A dialect that was considered.
  public struct Rejection: Hashable, Sendable {
    /// What would stand between fields.
    public var delimiter: String
    /// The quote; `nil` where quotes would be text.
    public var quote: String?
    /// What would escape a quote; `nil` where quotes would be doubled.
    public var escape: String?
    /// Why it was not taken.
    public var reason: String

    package init(delimiter: String, quote: String?, escape: String?, reason: String) {
      self.delimiter = delimiter
      self.quote = quote
      self.escape = escape
      self.reason = reason
    }
  }

  /// A reading that was not taken: the option that takes it, and what it would make of the file.
  public struct OtherReading: Hashable, Sendable {
    /// The option that takes this reading.
    public var option: String
    /// What it would make of the file.
    public var outcome: String

    package init(option: String, outcome: String) {
      self.option = option
      self.outcome = outcome
    }
  }

  package init(
    path: String, dialect: AnalysisReport.Dialect, hasByteOrderMark: Bool = false,
    decimal: String? = nil, thousands: String? = nil, columns: [String] = [],
    confidence: Double = 1, reasons: [String] = [], rejected: [Rejection] = [],
    runnerUp: OtherReading? = nil, notes: [Note] = [], options: [String] = []
  ) {
    self.path = path
    self.dialect = dialect
    self.hasByteOrderMark = hasByteOrderMark
    self.decimal = decimal
    self.thousands = thousands
    self.columns = columns
    self.confidence = confidence
    self.reasons = reasons
    self.rejected = rejected
    self.runnerUp = runnerUp
    self.notes = notes
    self.options = options
  }

  /// The report as JSON.
  public var json: String { jsonText.document }

  /// Encodes the members of the JSON.
  public func encode(to encoder: any Encoder) throws { try jsonText.encode(to: encoder) }

  package var jsonText: JSONText {
    var dialect = self.dialect.members + self.dialect.extraMembers
    dialect += [
      ("byte_order_mark", .bool(hasByteOrderMark)), ("decimal", .optional(decimal)),
      ("thousands", .optional(thousands)),
    ]
    return .object([
      ("schema_version", .integer(Self.schemaVersion)),
      ("path", .string(path)),
      ("dialect", .object(dialect)),
      ("columns", .strings(columns)),
      ("confidence", .float(confidence)),
      ("reasons", .strings(reasons)),
      ("rejected", .array(rejected.map(\.json))),
      ("runner_up", runnerUp?.json ?? .null),
      ("notes", .notes(notes)), ("note_codes", .codes(notes)),
      ("options", .strings(options)),
    ])
  }

  /// The report for a terminal, at most 80 columns wide.
  public func table(usesColor: Bool) -> String {
    let ink = Ink(usesColor: usesColor)
    let title = FileTitle(path).text(facts: " · \(sureness)")
    var text = title.lines(of: reportWidth).map { ink.paint($0, .bold) + "\n" }.joined() + "\n"
    let rows = properties
    text += TextTable(columns: [
      TextColumn("property", cells: rows.map { .init($0.0) }),
      TextColumn("found", cells: rows.map { .init($0.1) }),
    ]).text(ink: ink)
    if !rejected.isEmpty {
      text += "\n"
      text += TextTable(columns: [
        TextColumn("rejected", cells: rejected.map { .init($0.name) }),
        TextColumn("because", cells: rejected.map { .init($0.reason) }),
      ]).text(ink: ink)
    }
    text += "\n"
    let width = LabelledLines.textWidth
    var paragraphs = LabelledLines(ink: ink)
    paragraphs.add("because", reasons.joined(separator: "; ").lines(of: width))
    if let runnerUp {
      paragraphs.add(
        "else", "`\(runnerUp.option)`: \(runnerUp.outcome)".lines(of: width))
    }
    paragraphs.add(notes: notes)
    paragraphs.add("force it", options.lines(of: width, separator: " "))
    return text + paragraphs.text
  }

  private var sureness: String {
    let percent = "\(Int((confidence * 100).rounded())) %"
    switch confidence {
    case 1: return "certain"
    case 0.9...: return "sure (\(percent))"
    case 0.7...: return "likely (\(percent))"
    default: return "a guess (\(percent))"
    }
  }

  private var properties: [(String, String)] {
    func lines(_ count: Int) -> String {
      count == 0 ? "none" : CountText(count, "line").description
    }
    return [
      ("delimiter", Self.name(dialect.delimiter)),
      ("quote", dialect.quote.map(Self.name) ?? "none"),
      ("escape", dialect.escape.map(Self.name) ?? "quotes are doubled"),
      (
        "header",
        dialect.hasHeader ? CountText(dialect.headerRecordCount, "record").description : "none"
      ),
      ("columns", columns.isEmpty ? "none" : "\(columns.count)"),
      ("preamble", lines(dialect.preambleLineCount)),
      ("footer", lines(dialect.footerLineCount)),
      ("comments", dialect.comment.map { "lines that begin with \(Self.name($0))" } ?? "none"),
      ("spaces", Self.spacing[dialect.spaces] ?? dialect.spaces),
      ("line ends", dialect.lineEnding == "mixed" ? "mixed" : dialect.lineEnding.uppercased()),
      ("encoding", dialect.encoding + (hasByteOrderMark ? ", with a byte order mark" : "")),
      ("decimal", decimal.map(Self.name) ?? "none seen"),
      ("thousands", thousands.map(Self.name) ?? "none"),
    ]
  }

  private static let spacing = [
    "keep": "text", "quotes": "nothing around quotes", "initial": "nothing behind delimiters",
    "trim": "nothing at the edges of fields",
  ]

  fileprivate static func name(_ text: String) -> String {
    let names = [
      "": "none", "\t": "tab", " ": "space", ",": "comma `,`", ";": "semicolon `;`", "|": "bar `|`",
      "\"": "double `\"`", "'": "single `'`", "\\": "backslash `\\`",
    ]
    if let name = names[text] { return name }
    let printable = text.unicodeScalars.map { scalar in
      scalar.value < 0x20
        ? "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
        : String(scalar)
    }.joined()
    return "`\(printable)`"
  }
}

extension SniffReport: Report {}

/// What was found out about several files.
package struct SniffReports: Report {
  package var files: [SniffReport]

  package init(_ files: [SniffReport]) { self.files = files }

  /// An array, but for one file alone.
  package var jsonText: JSONText {
    files.count == 1 ? files[0].jsonText : .array(files.map(\.jsonText))
  }

  package func table(usesColor: Bool) -> String {
    files.map { $0.table(usesColor: usesColor) }.joined()
  }
}

extension SniffReport.OtherReading {
  fileprivate var json: JSONText {
    .object([("option", .string(option)), ("outcome", .string(outcome))])
  }
}

extension SniffReport.Rejection {
  fileprivate var name: String {
    var name = SniffReport.name(delimiter)
    if let quote, quote != "\"" { name += ", quote \(SniffReport.name(quote))" }
    if let escape { name += ", escape \(SniffReport.name(escape))" }
    return name
  }

  fileprivate var json: JSONText {
    .object([
      ("delimiter", .string(delimiter)), ("quote", .optional(quote)),
      ("escape", .optional(escape)), ("reason", .string(reason)),
    ])
  }
}
