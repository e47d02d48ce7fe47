import Columnar

/// A way in which text is read as values of one type.
///
/// To add one: write its file and a line in `FieldSyntaxes.all`. A syntax is tried on a whole chunk
/// of a column at once; it either reads every field or stops at the first that it cannot read.
protocol FieldSyntax: Sendable {
  /// Whether this syntax alone could read the field; decides where the search begins.
  func accepts(_ field: Field, _ context: TypingContext) -> Bool

  /// Reads every row of `fields` into `scratch`, nulls included. Returns the first row that it
  /// cannot read, `nil` when it read them all; then `scratch.report` says what it found.
  func parse(
    _ fields: FieldSlice, into scratch: ColumnScratch, hint: FieldKind?, context: TypingContext
  ) -> Int?
}

/// Every syntax but text, narrowest first, and the only place that knows them all.
enum FieldSyntaxes {
  static let all: [any FieldSyntax] = [
    BooleanSyntax(),
    IntegerSyntax(),
    DecimalSyntax(),
    FloatSyntax(),
    DateSyntax(),
    TimestampSyntax(),
    TimeSyntax(),
    DurationSyntax(),
    AmbiguousDateSyntax(),
  ]
}
