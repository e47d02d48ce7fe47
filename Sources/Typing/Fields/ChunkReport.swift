import Columnar

/// What one chunk of one column was, without its values: enough to settle the column's type.
package struct ChunkReport: Sendable {
  package var kind: FieldKind = .null
  package var rowCount = 0
  package var nullCount = 0
  package var facts: FieldFacts = []
  /// The smallest and largest integer, in the kind's unit.
  package var minimum: Int64 = 0
  package var maximum: Int64 = 0
  /// What the order of the integers shows; `nil` where there are none, or it was not looked at.
  var order: IntegerOrder?
  /// The fewest and most digits after the decimal point or within a second.
  var minimumDigits = Int.max
  var maximumDigits = 0
  /// How booleans and times are spelled; 0 where the kind has one spelling.
  var style = 0
  /// The style of booleans that are the user's words.
  package static let toldStyle = 4
  /// Bit `i` is set where all fields are dates in the user's format `i`.
  package var fittingFormats: UInt64 = 0
  /// Whether days or times were read in a format that was named or found.
  var isFormatted = false
  /// What stood beside the numbers; `nil` where they were read as they stand.
  var affixes: AffixFacts?
  /// Bit `i` is set where null word `i` occurred; see `NullWords`.
  package var nullWords: UInt64 = 0

  package init() {}

  /// Whether the fields were read by words or formats that the user named.
  package var isAsTold: Bool {
    fittingFormats != 0 || (kind == .boolean && style == ChunkReport.toldStyle)
  }

  /// Whether some field is a word for nothing that the user named.
  package var hasUserNulls: Bool { nullWords >> UInt64(NullWords.firstUserWord) != 0 }

  var valueCount: Int { rowCount - nullCount }
  var minimumValue: Int128 {
    facts.contains(.unsigned) ? Int128(UInt64(bitPattern: minimum)) : Int128(minimum)
  }
  var maximumValue: Int128 {
    facts.contains(.unsigned) ? Int128(UInt64(bitPattern: maximum)) : Int128(maximum)
  }
}
