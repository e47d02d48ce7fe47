/// Records of text that were not as they should be, over a whole table: how many, and where first.
///
/// A frame has those of the files that it was read from. They are said of rows as they were read: a frame of
/// other rows, be they filtered, sorted, joined or concatenated, has none.
public struct TableAnomalies: Hashable, Sendable {
  /// How often something was seen, and where first.
  public struct Tally: Hashable, Sendable {
    /// How many records or lines.
    public var count = 0
    /// The row of the table, from 0, of the first; of what is no row, the one that follows. `nil` where it is
    /// not counted.
    public var firstRow: Int?
    /// The file in which the first is, as it was named.
    public var firstFile: String?
    /// The line of that file, from 1; `nil` where it cannot be told, as of what can be read only once.
    public var firstLine: Int?

    /// Nothing.
    public init() {}
  }

  /// Records with missing fields, read as null.
  public var short = Tally()
  /// Records with extra fields, which became columns unless they were empty.
  public var long = Tally()
  /// Blank lines in a table of two or more columns. Their lines are not counted.
  public var blank = Tally()
  /// Records with stray quotes.
  public var irregular = Tally()
  /// Lines that were read as part of quoted fields, though each is as wide as the table.
  public var swallowed = Tally()
  /// Records that are equal to the header: left out where that was asked for, else read as rows.
  public var repeatedHeaders = Tally()
  /// Records that were left out because they are odd, where that was asked for: skipped or collected.
  public var rejected = Tally()
  /// Whether zero bytes occur in text.
  public var hasNUL = false

  /// Nothing odd.
  public init() {}

  /// Every kind by its name, those that were not seen, too.
  package var tallies: [(name: String, tally: Tally)] {
    [
      ("short", short), ("long", long), ("blank", blank), ("irregular", irregular),
      ("swallowed", swallowed), ("repeated_headers", repeatedHeaders), ("rejected", rejected),
    ]
  }

  /// Whether there is nothing to say.
  public var isEmpty: Bool { !hasNUL && tallies.allSatisfy { $0.tally.count == 0 } }
}

extension TableAnomalies: CustomStringConvertible {
  /// A line for each kind that was seen: `short: 3, first in row 12, line 14 of january.csv`.
  public var description: String {
    var lines = tallies.filter { $0.tally.count > 0 }.map { "\($0.name): \($0.tally)" }
    if hasNUL { lines.append("zero bytes in text") }
    return lines.isEmpty ? "nothing odd" : lines.joined(separator: "\n")
  }
}

extension TableAnomalies.Tally: CustomStringConvertible {
  /// How many, and where first: `3, first in row 12, line 14 of january.csv`.
  public var description: String {
    var places: [String] = []
    if let firstRow { places.append("row \(firstRow)") }
    if let firstLine { places.append("line \(firstLine)" + (firstFile.map { " of \($0)" } ?? "")) }
    return places.isEmpty ? "\(count)" : "\(count), first in \(places.joined(separator: ", "))"
  }
}
