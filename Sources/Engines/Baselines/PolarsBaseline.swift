package import Columnar

/// polars 2.1 that was told our null words and looks at the whole file before it decides: the
/// length of its Arrow buffers (`docs/before-bytes.md`, section 2).
package struct PolarsBaseline: Baseline {
  package let name = "polars"

  package init() {}

  private enum Kind: String {
    case boolean = "Boolean"
    case integer = "Int64"
    case wideInteger = "Int128"
    case float = "Float64"
    case text = "String"
  }

  /// Sections 3 and 5. Words that polars was not told are values.
  private static func kind(_ source: SourceFacts) -> Kind {
    let words = source.words
    var shapes = source.shapes
    if words.nan.count > 0 { shapes.insert(.float) }
    let otherWordCount = words.pandasOnly.count + words.codes.count + words.lowercaseNaN.count
    if shapes.isEmpty || source.quotedEmptyCount > 0 || otherWordCount > 0 { return .text }
    if shapes.isSubset(of: [.boolean, .looseBoolean]) { return .boolean }
    if shapes.isSubset(of: [.bit, .integer]) {
      return source.isWithinInt64 ? .integer : .wideInteger
    }
    return shapes.isSubset(of: [.bit, .integer, .float, .plusNaN]) ? .float : .text
  }

  package func bytes(of profile: ColumnProfile) -> Int {
    if let stored = profile.stored { return stored.polars(profile).byteCount }
    let n = profile.rowCount
    let source = profile.source
    let hasNulls = source.emptyCount + source.words.ofPolars.count > 0
    let validity = hasNulls ? bitmapByteCount(n) : 0
    return switch Self.kind(source) {
    case .boolean: bitmapByteCount(n) + validity
    case .integer, .float: 8 * n + validity
    case .wideInteger: 16 * n + validity
    // A view of 16 bytes holds up to 12 of text.
    case .text: 16 * n + source.longByteCount + validity
    }
  }

  package func typeName(of profile: ColumnProfile) -> String {
    profile.stored?.polars(profile).typeName ?? Self.kind(profile.source).rawValue
  }
}
