package import Columnar

/// pyarrow 26: `pyarrow.csv.read_csv(F)`, chunks combined, by `get_total_buffer_size()`
/// (`docs/before-bytes.md`, section 2).
package struct ArrowBaseline: Baseline {
  package let name = "arrow"

  package init() {}

  private enum Kind: String {
    case null
    case boolean = "bool"
    case integer = "int64"
    case float = "double"
    case date = "date32[day]"
    case time = "time32[s]"
    case timestamp = "timestamp[s]"
    case fractionalTimestamp = "timestamp[ns]"
    case zonedTimestamp = "timestamp[s, tz=UTC]"
    case fractionalZonedTimestamp = "timestamp[ns, tz=UTC]"
    case text = "string"
  }

  /// Sections 3 and 5. `None` and `<NA>` are text to Arrow, unless all is text anyway.
  private static func kind(_ source: SourceFacts) -> Kind {
    if source.words.none.count + source.words.pandasOnly.count > 0 { return .text }
    let shapes = source.shapes
    let trimmed = shapes.subtracting(.outerSpace)
    if trimmed.isEmpty { return .null }
    if trimmed.isSubset(of: [.bit, .integer, .hexadecimal]), source.isWithinInt64 {
      return .integer
    }
    if shapes.isSubset(of: [.bit, .boolean]) { return .boolean }
    if trimmed.isSubset(of: [.date, .farFromEpoch]) { return .date }
    if trimmed.isSubset(of: .time) { return .time }
    if let kind = timestampKind(trimmed) { return kind }
    let numbers: FieldShapes = [
      .bit, .integer, .plusInteger, .float, .looseFloat, .plusNaN, .oddNaN,
    ]
    return trimmed.isSubset(of: numbers) ? .float : .text
  }

  private static func timestampKind(_ shapes: FieldShapes) -> Kind? {
    let hasFraction = shapes.contains(.fraction)
    if hasFraction, shapes.contains(.farFromEpoch) { return nil }
    let kinds = shapes.subtracting([.fraction, .farFromEpoch])
    // A date has no zone.
    if kinds.isSubset(of: [.date, .timestamp]) {
      return hasFraction ? .fractionalTimestamp : .timestamp
    }
    if kinds == .zonedTimestamp {
      return hasFraction ? .fractionalZonedTimestamp : .zonedTimestamp
    }
    return nil
  }

  package func bytes(of profile: ColumnProfile) -> Int {
    if let stored = profile.stored { return stored.arrow(profile).byteCount }
    let n = profile.rowCount
    let source = profile.source
    let nullCount = source.emptyCount + source.quotedEmptyCount + source.words.ofArrow.count
    let validity = nullCount > 0 ? bitmapByteCount(n) : 0
    return switch Self.kind(source) {
    case .null: 0
    case .boolean: bitmapByteCount(n) + validity
    case .date, .time: 4 * n + validity
    case .integer, .float, .timestamp, .fractionalTimestamp, .zonedTimestamp,
      .fractionalZonedTimestamp:
      8 * n + validity
    // Empty fields and null words are strings.
    case .text: 4 * (n + 1) + source.byteCount
    }
  }

  package func typeName(of profile: ColumnProfile) -> String {
    profile.stored?.arrow(profile).typeName ?? Self.kind(profile.source).rawValue
  }
}
