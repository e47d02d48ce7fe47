public import Columnar
import Wording

/// What a column would be if some of its values were missing, and which these are.
public struct NarrowerType: Hashable, Sendable {
  /// What the values would mean.
  public var logicalType: LogicalType
  /// The layout that they would have, as `Layout` describes it.
  public var layout: String
  /// The bytes that it would take, the bitmap of missing values included.
  public var byteCount: Int
  /// How many rows the column has.
  public var rowCount: Int
  /// The values in the way, the most frequent kind first.
  public var obstacles: [Obstacle]
  /// Options under which they are missing, and all other values of the table as they are.
  public var options: [Sentence]

  /// Values of one kind.
  public struct Obstacle: Hashable, Sendable {
    /// `word`, `blank`, `places`, `range`, …
    public var kind: String
    /// How many values there are of this kind.
    public var count: Int
    /// The first of them.
    public var first: [Value]

    package init(kind: String, count: Int, first: [Value]) {
      self.kind = kind
      self.count = count
      self.first = first
    }
  }

  /// A value and where it stands: on a line, or where there are none in a row.
  public struct Value: Hashable, Sendable {
    /// The file, where the table has several.
    public var file: String?
    /// The line, from 1, of a file of text.
    public var line: Int?
    /// The row, from 1, of a table that has no lines.
    public var row: Int?
    /// The text of the field.
    public var text: String

    package init(file: String? = nil, line: Int?, row: Int? = nil, text: String) {
      self.file = file
      self.line = line
      self.row = row
      self.text = text
    }
  }

  package init(
    logicalType: LogicalType, layout: String, byteCount: Int, rowCount: Int, obstacles: [Obstacle],
    options: [Sentence] = []
  ) {
    self.logicalType = logicalType
    self.layout = layout
    self.byteCount = byteCount
    self.rowCount = rowCount
    self.obstacles = obstacles
    self.options = options
  }

  /// How many values are in the way.
  public var count: Int { obstacles.reduce(0) { $0 + $1.count } }
}

extension NarrowerType {
  var json: JSONText {
    var members: [(key: String, value: JSONText)] = [("logical_type", .string(logicalType.name))]
    if let scale = logicalType.scale { members.append(("scale", .integer(scale))) }
    if let unit = logicalType.unit { members.append(("unit", .string(unit.rawValue))) }
    if let zone = logicalType.zone { members.append(("zone", .string(zone))) }
    members += [
      ("layout", .string(layout)), ("bytes", .integer(byteCount)), ("values", .integer(count)),
      ("kinds", .array(obstacles.map(\.json))), ("options", .strings(options.map(\.description))),
    ]
    return .object(members)
  }

  /// `2 of 200,000 values keep this text: line 7,002 …; without them int16, …`
  func sentence(of column: AnalysisReport.Column) -> String {
    let values = "\(CountText(count)) of \(CountText(rowCount, "value"))"
    let now = Self.name(column.logicalType, column.layout)
    var text = "\(values) keep\(count == 1 ? "s" : "") this \(now): \(places(limit: 3))"
    text += "; without \(count == 1 ? "it" : "them") \(Self.name(logicalType, layout))"
    let unit = ByteUnit(for: max(column.after.total, byteCount), decimals: 1)
    text +=
      ", \(unit.text(byteCount)) \(unit.symbol) instead of \(unit.text(column.after.total))"
    if !options.isEmpty { text += "; `\(options.map(\.description).joined(separator: " "))`" }
    return text
  }

  /// The first values with their places, and how many more there are.
  package func places(limit: Int) -> String {
    let shown = obstacles.flatMap(\.first).prefix(limit)
    let more = count - shown.count
    return shown.map(\.description).joined(separator: ", ")
      + (more > 0 ? " and \(CountText(more)) more" : "")
  }

  static func name(_ type: LogicalType, _ layout: String) -> String {
    switch type {
    case .string: "text"
    case .integer: layout
    default: "\(type) in \(layout)"
    }
  }
}

extension NarrowerType.Value: CustomStringConvertible {
  /// `line 7,002 `-``
  public var description: String {
    let shown = text.onOneLine.ellipsized(to: 40)
    let place =
      line.map { "line \(CountText($0))" } ?? row.map { "row \(CountText($0))" } ?? "somewhere"
    return "\(place)\(file.map { " of \(FileTitle($0).name)" } ?? "") `\(shown)`"
  }
}

extension NarrowerType.Obstacle {
  fileprivate var json: JSONText {
    .object([
      ("kind", .string(kind)), ("count", .integer(count)),
      (
        "first",
        .array(
          first.map { value in
            var members: [(key: String, value: JSONText)] = []
            if let file = value.file { members.append(("file", .string(file))) }
            if let line = value.line { members.append(("line", .integer(line))) }
            if let row = value.row { members.append(("row", .integer(row))) }
            return .object(members + [("text", .string(value.text))])
          })
      ),
    ])
  }
}
