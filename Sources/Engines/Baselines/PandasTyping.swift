import Columnar

/// What `read_csv` of pandas infers from the fields that are none of its null words
/// (`docs/before-bytes.md`, sections 3 and 5).
enum PandasTyping {
  /// No value at all.
  case nothing
  case boolean
  case integer
  case unsigned
  case float
  /// Integers beyond 64 bits, as objects of Python's.
  case bigInteger
  case text
  /// Text whose null words stay as they are, which unsigned integers beside nulls become.
  case literalText

  /// nullsP = E + Q + Wp.
  static func nullCount(_ source: SourceFacts) -> Int {
    source.emptyCount + source.quotedEmptyCount + source.words.ofPandas.count
  }

  init(_ source: SourceFacts) {
    if source.shapes.isEmpty {
      self = .nothing
    } else if source.isBooleanToPandas {
      self = .boolean
    } else if source.isTextToPandas {
      self = .text
    } else if let range = source.integers {
      let hasNulls = Self.nullCount(source) > 0
      if range.lowerBound >= -1 << 63, range.upperBound < 1 << 63 {
        self = .integer
      } else if range.upperBound >= 1 << 63, range.upperBound < 1 << 64 {
        self = range.lowerBound >= 0 && !hasNulls ? .unsigned : .literalText
      } else {
        self = .bigInteger
      }
    } else {
      self = .float
    }
  }

  /// Text: `8n + (B − bp) + V`, where V is `bits(n)` rounded up in every block that has a null.
  static func textByteCount(_ profile: ColumnProfile) -> Int {
    let source = profile.source
    let whole = nullCount(source) > 0 ? bitmapByteCount(profile.rowCount) : 0
    return 8 * profile.rowCount + source.byteCount - source.words.ofPandas.byteCount
      + (source.pandasBitmapByteCount ?? whole)
  }
}
