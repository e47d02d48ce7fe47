package import Columnar
package import DelimitedText

/// A column as loaders see it: what its values are, and how its fields spell them.
package struct LoaderColumn: Sendable {
  package var profile: ColumnProfile
  package var layout: Layout
  /// Which columns become categories.
  package var categories: CategoryPolicy
  /// Words that are null here, beside the empty field; none that cannot occur.
  package var nullWords: [String]
  /// A field `""` is there, and is null.
  package var hasQuotedNulls: Bool
  /// A field `""` is there, and is a string without a character.
  package var hasEmptyStrings: Bool
  /// An empty field is there.
  package var hasEmptyFields: Bool
  /// How values are spelled: as every engine reads them, or in one other way.
  package var spelling: Spelling
  /// Numbers have forms that engines may not know.
  package var isOddlySpelled: Bool

  package enum Spelling: Hashable, Sendable {
    case plain
    case decimalComma
    /// Plus signs and outer spaces.
    case loose
    /// `36:15:00`, for a span of time.
    case span
    /// Whole numbers with a point and a zero behind: `7.0`.
    case wholeDecimals
    case date(format: String)
    case boolean(true: String, false: String)
  }

  package init(
    _ profile: ColumnProfile, layout: Layout, typing: TypingOptions, dialect: CSVDialect,
    categories: CategoryPolicy
  ) {
    let typing = typing.options(for: profile.name)
    self.categories = categories
    self.profile = profile
    self.layout = layout
    let source = profile.source
    let isText = profile.type.domain == .bytes
    let hasWords = source.words.common.count + source.words.none.count > 0
    nullWords = typing.nullTokens + (!isText && hasWords ? Self.builtinNullWords : [])
    hasQuotedNulls = !isText && source.quotedEmptyCount > 0
    hasEmptyStrings = isText && source.quotedEmptyCount > 0
    hasEmptyFields = source.emptyCount > 0
    (spelling, isOddlySpelled) = Self.spelling(profile, typing, dialect)
  }

  /// The words of `docs/semantics.md`.
  private static let builtinNullWords = ["NA", "N/A", "n/a", "#N/A", "NULL", "null", "None"]

  private static func spelling(
    _ profile: ColumnProfile, _ typing: TypingOptions, _ dialect: CSVDialect
  ) -> (Spelling, isOdd: Bool) {
    let shapes = profile.source.shapes
    if let format = profile.dateFormat, profile.type != .date || !isCommon(format) {
      // Engines have letters of their own for other parts than these three, or none.
      return (.plain, true)
    }
    switch profile.type {
    case .null, .string, .uuid, .ipv4: return (.plain, false)
    case .boolean:
      if let words = typing.booleanWords {
        return (.boolean(true: words.true, false: words.false), false)
      }
      return (.plain, !shapes.isSubset(of: .boolean))
    case .integer, .decimal, .float:
      let numbers: FieldShapes = [.bit, .integer, .float, .looseFloat]
      if profile.type == .integer, !shapes.isDisjoint(with: [.float, .looseFloat]) {
        // pandas reads them as floats first, which hold no more.
        let areSmall = profile.integers.map { max(-$0.minimum, $0.maximum) <= 1 << 53 } ?? true
        return (.wholeDecimals, !areSmall || !shapes.isSubset(of: numbers))
      }
      if shapes.isSubset(of: numbers) { return (.plain, false) }
      if shapes.isSubset(of: numbers.union([.plusInteger, .outerSpace])) { return (.loose, false) }
      let hasComma = typing.decimalSeparator == 0x2C || dialect.delimiterText == ";"
      if profile.type != .integer, hasComma, profile.fidelity == .text {
        return (.decimalComma, false)
      }
      return (.plain, true)
    case .date:
      if let format = profile.dateFormat { return (.date(format: format), false) }
      return (.plain, !shapes.isSubset(of: [.date, .farFromEpoch]))
    case .time: return (.plain, !shapes.isSubset(of: .time) && profile.fidelity != .text)
    // ISO 8601 has more ways to write a span than engines read.
    case .duration: return (.span, true)
    case .timestamp:
      let instants: FieldShapes = [
        .date, .timestamp, .zonedTimestamp, .fraction, .farFromEpoch,
      ]
      return (.plain, !shapes.isSubset(of: instants))
    }
  }

  /// Whether a format has no letters but those that all engines know.
  private static func isCommon(_ format: String) -> Bool {
    format.split(separator: "%", omittingEmptySubsequences: false).dropFirst()
      .allSatisfy { ["d", "m", "Y"].contains($0.prefix(1)) }
  }

  /// The column as `diet cat` writes it.
  var writtenPlainly: LoaderColumn {
    var copy = self
    copy.nullWords = []
    copy.hasQuotedNulls = false
    copy.hasEmptyFields = profile.nullCount > 0
    if case .duration = profile.type { copy.spelling = .span } else { copy.spelling = .plain }
    copy.isOddlySpelled = false
    copy.profile.dateFormat = nil
    return copy
  }

  /// The bytes of the column in our own library.
  var byteCount: Int {
    Encodings.named[layout.encoding]?.footprint(of: layout, for: profile).total ?? 0
  }

  /// What the column is in an Arrow file for `target`: loaders give it the same type.
  func typing(for target: TargetEngine) -> ArrowTyping {
    ArrowTyping(profile, layout: layout, for: target, categories: categories)
  }

  /// The same, with all that byte formulas need.
  func handed(to target: TargetEngine) -> HandedColumn {
    HandedColumn(profile, layout: layout, for: target, categories: categories)
  }

  /// Whether every field can be read as a value, or is empty.
  var isDirect: Bool { nullWords.isEmpty && !hasQuotedNulls && spelling == .plain }

  var hasNulls: Bool { profile.nullCount > 0 }

  var isText: Bool { profile.type.domain == .bytes }
}

extension LoaderTable {
  /// The bytes in the engine of that name, read by default and by the code.
  func bytes(before baseline: any Baseline, after engine: any LeanEngine, for target: TargetEngine)
    -> (before: Int, after: Int)
  {
    (
      columns.reduce(0) { $0 + baseline.bytes(of: $1.profile) },
      columns.reduce(0) {
        $0 + engine.bytes(of: $1.handed(to: target))
      }
    )
  }
}
