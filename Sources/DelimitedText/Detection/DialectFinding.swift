/// What was learned about the start of an input: its dialect, what stands around its table, and how
/// sure that is.
package struct DialectFinding: Sendable {
  package var dialect: CSVDialect
  /// Where the table begins, past the preamble, within the sample's text.
  var tableStart = 0
  /// Where in the decoded text the footer begins, where there is one.
  var tableEnd: Int?
  package var surroundings = FileSurroundings()
  /// Whether comments may be as wide as the table's records: no first field of those looks like one.
  var hasWideComments = false
  /// From 0, a guess, to 1: nothing else explains the file, or the caller says so.
  package var confidence = 1.0
  /// What was considered and why it was not taken, best first.
  package var rejected: [Rejection] = []
  /// The likeliest reading that was not taken; `nil` where nothing else explains the file.
  package var runnerUp: OtherReading?
  /// What speaks for the dialect, in words.
  package var reasons: [String] = []
  /// Whether a byte order mark stands before the text.
  package var hasByteOrderMark = false
  /// The decimal separator that numbers of the sample have, where they have one.
  package var decimalSeparator: UInt8?
  /// Columns, from 0, that are numbers only if commas separate thousands.
  package var thousandsColumns: [Int] = []
  /// Columns, from 0, that are numbers only if points separate thousands and a comma decimals.
  package var pointColumns: [Int] = []

  /// Nothing is surer than the likeliest other reading lets it be.
  mutating func weigh(_ other: OtherReading?) {
    guard let other else { return }
    confidence = min(confidence, other.certainty)
    if other.certainty < runnerUp?.certainty ?? 1 { runnerUp = other }
  }

  /// A candidate that was not taken.
  package struct Rejection: Hashable, Sendable {
    package let delimiter: String
    package let quote: UInt8?
    package let escape: UInt8?
    package let reason: String
  }
}
