public import Columnar
package import Wording

/// What `diet why` says: which values keep columns from being narrower, and what they would be.
public struct ObstacleReport: Hashable, Sendable, Encodable {
  /// The version of the JSON. It grows when a key changes its meaning or goes away.
  public static let schemaVersion = 1

  /// What was read.
  public var input: AnalysisReport.Input
  /// The columns that were asked for, in the order of the file.
  public var columns: [AnalysisReport.Column]
  /// What a reader should know about the table as a whole, a sentence each.
  public var notes: [Note]
  /// How long it took.
  public var timing: AnalysisReport.Timing

  package init(
    input: AnalysisReport.Input, columns: [AnalysisReport.Column], notes: [Note] = [],
    timing: AnalysisReport.Timing
  ) {
    self.input = input
    self.columns = columns
    self.notes = notes
    self.timing = timing
  }

  /// The report as JSON.
  public var json: String { jsonText.document }

  /// Encodes the members of the JSON.
  public func encode(to encoder: any Encoder) throws { try jsonText.encode(to: encoder) }

  package var jsonText: JSONText {
    .object([
      ("schema_version", .integer(Self.schemaVersion)),
      ("path", .string(input.path)),
      ("rows", .integer(input.rowCount)),
      ("columns", .array(columns.map(\.obstacleJSON))),
      ("timing", timing.json),
      ("notes", .notes(notes)), ("note_codes", .codes(notes)),
    ])
  }

  /// The report for a terminal, at most 80 columns wide.
  public func table(usesColor: Bool) -> String {
    let ink = Ink(usesColor: usesColor)
    let facts = " · \(CountText(input.rowCount, "row")) × \(CountText(columns.count, "column"))"
    var text = FileTitle(input.path).text(facts: facts).lines(of: reportWidth)
      .map { ink.paint($0, .bold) + "\n" }.joined()
    let obstructed = columns.filter { !$0.obstacles.isEmpty }
    for column in obstructed {
      let title =
        "\(column.label) is \(NarrowerType.name(column.logicalType, column.layout)),"
        + " \(ByteText(column.after.total))"
      text += "\n" + title.lines(of: reportWidth).map { ink.paint($0, .bold) + "\n" }.joined()
      for narrower in column.obstacles { text += Self.lines(narrower, ink: ink) }
    }
    let free = columns.filter(\.obstacles.isEmpty).map { $0.label.ellipsized(to: 24) }
    var paragraphs = LabelledLines(ink: ink)
    if !free.isEmpty {
      let names = free.prefix(12).joined(separator: ", ")
      let more = free.count > 12 ? " and \(CountText(free.count - 12)) more" : ""
      paragraphs.add(
        obstructed.isEmpty ? "columns" : "the others",
        "\(names)\(more): no few values stand in the way".lines(
          of: LabelledLines.textWidth))
    }
    paragraphs.add(notes: notes)
    return text + "\n" + paragraphs.text
  }

  private static func lines(_ narrower: NarrowerType, ink: Ink) -> String {
    var paragraphs = LabelledLines(ink: ink)
    let width = LabelledLines.textWidth
    let name = NarrowerType.name(narrower.logicalType, narrower.layout)
    paragraphs.add(
      "  without",
      "\(CountText(narrower.count, "value")): \(name), \(ByteText(narrower.byteCount))"
        .lines(of: width))
    for obstacle in narrower.obstacles {
      let more = obstacle.count - obstacle.first.count
      let places =
        obstacle.first.map(\.description).joined(separator: ", ")
        + (more > 0 ? ", and \(CountText(more)) more" : "")
      let words = Self.words[obstacle.kind] ?? obstacle.kind
      paragraphs.add("", "\(CountText(obstacle.count)) \(words): \(places)".lines(of: width))
    }
    paragraphs.add("", narrower.options.map(\.description).lines(of: width, separator: " "))
    return paragraphs.text
  }

  /// Kinds of obstacles as people call them.
  private static let words = [
    "word": "text", "blank": "blank", "zone": "with another kind of zone",
    "places": "with more places", "overlong": "longer than 64 bits hold",
    "zero_padded": "with zeros in front", "clock": "not a time of day",
    "id": "id of another form", "range": "far from the others",
  ]
}

extension ObstacleReport: Report {}

extension AnalysisReport.Column {
  fileprivate var obstacleJSON: JSONText {
    .object([
      ("name", .string(name)), ("logical_type", .string(logicalType.name)),
      ("layout", .string(layout)), ("bytes", .integer(after.total)),
      ("obstacles", .array(obstacles.map(\.json))),
    ])
  }
}
