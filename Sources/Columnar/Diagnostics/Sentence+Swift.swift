extension Sentence {
  /// As a program in Swift takes its options: the properties that the library has for them.
  package var inSwift: String {
    words(
      { $0.map(\.inSwift).joined(separator: ", ") }, named: { "`\($0.inSwift)`" },
      run: { $0.contains("--save-plan") ? "DietPlan(for: frame)" : $0.joined(separator: " ") })
  }
}

extension Sentence.Option {
  /// Where the library has what the command takes as an option.
  package struct SwiftProperty: Sendable {
    /// The type, and the property of it: `CSVReadingOptions.quoting`.
    package let path: String
    /// How a word after the option is written.
    fileprivate let literal: @Sendable (String) -> String

    fileprivate init(_ path: String, _ literal: @escaping @Sendable (String) -> String) {
      self.path = path
      self.literal = literal
    }
  }

  /// By the names of the options that sentences name.
  package static let swiftProperties: [String: SwiftProperty] = [
    "boolean": .init("TypingOptions.booleanWords", quoted),
    "byte-range": .init("TableReader.byteRange", member),
    "categories": .init("ReadingOptions.categories", member),
    "comment": .init("CSVReadingOptions.comments") {
      $0 == "none" ? ".none" : ".prefix(Array(\(quoted($0)).utf8))"
    },
    "date-format": .init("TypingOptions.dateFormats", list),
    "decimal": .init("TypingOptions.decimalSeparator", byte),
    "delimiter": .init("CSVReadingOptions.delimiter", byte),
    "drop": .init("ReadingOptions.drop", list),
    "encoding": .init("CSVReadingOptions.encoding") { "TextEncoding(rawValue: \(quoted($0)))" },
    "engine": .init("CSVReadingOptions.engine", member),
    "escape": .init("CSVReadingOptions.escaping") {
      $0 == "none" ? ".doubled" : ".character(\(byte($0)))"
    },
    "exact": .init("TypingOptions.keepsExactDigits", member),
    "file-name-column": .init("CSVReadingOptions.files.fileNameColumn", quoted),
    "for": .init("TableReader.engine", member),
    "header": .init("CSVReadingOptions.hasHeader", member),
    "header-records": .init("CSVReadingOptions.headerRecordCount") { $0 },
    "hive": .init("CSVReadingOptions.files.readsHiveKeys", member),
    "invalid-utf8": .init("CSVReadingOptions.invalidUTF8", member),
    "max-expansion": .init("CSVReadingOptions.maximumExpansion") { $0 },
    "min-bits": .init("LayoutPolicy.room.minimumBits") { $0 },
    "missing-columns": .init("PlanMatching.missingColumns", member),
    "moved-columns": .init("PlanMatching.movedColumns", member),
    "new-columns": .init("PlanMatching.newColumns", member),
    "null-token": .init("TypingOptions.nullTokens", list),
    "number": .init("TypingOptions.readsAffixedNumbers", member),
    "on-bad-record": .init("CSVReadingOptions.badRecords") {
      $0 == "error" ? ".refused" : ".skipped"
    },
    "quote": .init("CSVReadingOptions.quoting") {
      $0 == "none" ? ".none" : ".enclosed(by: \(byte($0)))"
    },
    "repeated-headers": .init("CSVReadingOptions.dropsRepeatedHeaders") { "\($0 == "drop")" },
    "skip": .init("CSVReadingOptions.skippedLineCount") { $0 },
    "skip-footer": .init("CSVReadingOptions.skippedFooterLineCount") { $0 },
    "spaces": .init("CSVReadingOptions.spacing") {
      ["keep": ".kept", "quotes": ".aroundQuotes", "trim": ".trimmed"][$0] ?? ".\($0)"
    },
    "strict": .init("CSVReadingOptions.isStrict", member),
    "thousands": .init("TypingOptions.thousandsSeparator", byte),
    "threads": .init("CSVReadingOptions.threads") { $0 },
    "union-by-name": .init("CSVReadingOptions.files.unionsByName", member),
    "zero-padded": .init("TypingOptions.readsZeroPaddedNumbers") { "\($0 == "numeric")" },
  ]

  /// As a program in Swift says it.
  fileprivate var inSwift: String {
    if name == "type" {
      guard case .ofColumn(let column, let text) = value else { return "types:" }
      return "types: [\(Self.quoted(column)): \(Self.type(text))]"
    }
    guard let property = Self.swiftProperties[name] else { return "\(name):" }
    switch value {
    case .none: return property.path
    case .off: return "\(property.path) = false"
    case .text(let text): return "\(property.path) = \(property.literal(text))"
    case .columns(let names) where name == "drop":
      return "\(property.path) = [\(names.map(Self.quoted).joined(separator: ", "))]"
    case .columns(let names):
      return names.map { Self.ofColumn($0, property, "true") }.joined(separator: ", ")
    case .ofColumn(let column, let text):
      return Self.ofColumn(column, property, property.literal(text))
    }
  }

  private static func ofColumn(
    _ column: String, _ property: SwiftProperty, _ literal: String
  ) -> String {
    let name = property.path.split(separator: ".").last ?? ""
    return "TypingOptions.columns[\(quoted(column)), default: ColumnTyping()].\(name) = \(literal)"
  }

  private static func type(_ text: String) -> String {
    guard let type = LogicalType(named: text) else { return quoted(text) }
    switch type {
    case .decimal(let scale): return ".decimal(scale: \(scale))"
    case .time(let unit), .duration(let unit): return ".\(type.name)(unit: .\(unit))"
    case .timestamp(let unit, let zone):
      return ".timestamp(unit: .\(unit), zone: \(zone.map(quoted) ?? "nil"))"
    default: return ".\(type.name)"
    }
  }

  @Sendable private static func member(_ word: String) -> String { ".\(word)" }

  @Sendable private static func list(_ word: String) -> String { "[\(quoted(word))]" }

  @Sendable private static func byte(_ text: String) -> String {
    text.utf8.count == 1 ? "UInt8(ascii: \(quoted(text)))" : quoted(text)
  }

  @Sendable private static func quoted(_ text: String) -> String {
    "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }
}
