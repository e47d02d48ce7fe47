public import Columnar
public import DelimitedText
package import Pipeline

/// How a table is read, and what becomes of it: all that the command's options and the arguments in
/// Python say, as one value.
///
/// As JSON it has the options that differ from the usual ones, under their names in Python. What is set of
/// `typing` in Swift is no part of that, nor of the commands that reports suggest.
public struct ReadingOptions: Hashable, Sendable {
  /// What becomes of odd records, as `--on-bad-record` says it.
  package enum BadRecordRule: Hashable, Sendable {
    case error, skip
    case collect(path: String)
  }

  /// How text becomes records, several files one table, and how many threads read.
  public var text = CSVReadingOptions()
  package var isStrict = false
  package var badRecords: BadRecordRule?
  /// What fields mean: of all columns, and of single ones by their names.
  public var typing = TypingOptions()
  /// What fields mean, by the name of the option that says so; the header may have to tell of which
  /// columns.
  package var meanings: [String: [ScopedText]] = [:]
  /// `column=type`.
  package var typeWords: [ScopedText] = []
  /// The columns to read; `nil` for all.
  public var columns: [String]?
  /// The columns to leave out.
  public var drop: [String] = []
  /// Which layouts may be chosen, where no plan says which.
  public var layout = LayoutPolicy()
  /// Which columns other engines get as categories.
  public var categories = CategoryPolicy.text

  /// What a lock or a contract says, and nobody now.
  package var remembered = RememberedOptions()

  /// What is usual: all is found out from the file, nothing is left out.
  public init() {}

  /// The types that single columns are to have, by their names; a value that is none of its column's
  /// type is an error.
  public var types: [String: LogicalType] {
    get {
      let named = typeWords.compactMap { try? LogicalType.named($0) }
      return Dictionary(named.map { ($0.column, $0.1) }) { _, last in last }
    }
    set {
      typeWords = newValue.sorted { $0.key < $1.key }.map { .column($0.key, "\($0.value)") }
    }
  }

  /// How text is read.
  package func reading(digestAlgorithm: DigestAlgorithm? = nil) -> CSVReadingOptions {
    var reading = text
    reading.badRecords =
      switch badRecords {
      case nil: isStrict ? .refused : text.badRecords
      case .error: .refused
      case .skip: .skipped
      case .collect: .collected
      }
    reading.digestAlgorithm = digestAlgorithm ?? text.digestAlgorithm
    reading.typedFormats = TypedFileFormats.signatures
    return reading
  }

  /// Whether an odd record is a finding, for which the command's exit code is 1.
  package var refusesBadRecords: Bool { isStrict || badRecords == .error }

  /// The file for records that are left out.
  package var rejectsPath: String? {
    if case .collect(let path) = badRecords { path } else { nil }
  }

  /// Throws where options contradict one another.
  ///
  /// - Throws: `OptionError`, `ReadingError`.
  package func validate() throws {
    if isStrict, badRecords != nil {
      throw OptionError(
        "\(mention: "strict") and \(mention: "on-bad-record") contradict each other")
    }
    if text.headerRecordCount != nil, text.hasHeader == false {
      throw OptionError(
        "\(mention: "header-records") and \(mention: .init("header", .off)) contradict each other")
    }
    try checkNumbers()
    try reading().validate()
    _ = try typingOptions()
    _ = try targets()
  }

  /// Throws for a number that an option cannot have: a program sets what the command's options check.
  private func checkNumbers() throws(OptionError) {
    for option in OptionCatalogue.current.options {
      guard let value = option.value(self), case .number = value else { continue }
      do throws(OptionError) {
        try option.kind.check(value)
      } catch {
        throw error.of(option.name)
      }
    }
  }

  // MARK: - What fields mean

  /// Whether the header decides what some of it means.
  package var dependsOnNames: Bool {
    OptionCatalogue.current.options.contains { option in
      guard let meaning = option.meaning else { return false }
      return meanings[option.name]?.contains(where: meaning.dependsOnNames) ?? false
    }
  }

  /// What the options say of fields.
  ///
  /// - Parameter names: The names in the header; `nil` where they are not known yet.
  package func typingOptions(names: Set<String>? = nil) throws(OptionError) -> TypingOptions {
    var typing = typing
    for option in OptionCatalogue.current.options {
      guard let meaning = option.meaning, let values = meanings[option.name] else { continue }
      do throws(OptionError) {
        for value in values {
          let (column, text) = try meaning.scope(value, names)
          try meaning.set(&typing, column, text)
        }
      } catch {
        throw error.of(option.name)
      }
    }
    try Self.check(typing)
    return typing
  }

  /// The types that single columns are to have.
  package func targets() throws(OptionError) -> [String: ColumnTarget] {
    var targets: [String: ColumnTarget] = [:]
    for value in typeWords {
      let (column, type) = try LogicalType.named(value)
      targets[column] = ColumnTarget(type: type)
    }
    return targets
  }

  private static func check(_ options: TypingOptions) throws(OptionError) {
    var scopes = [(options, "")]
    for name in options.columns.keys.sorted() { scopes.append((options.options(for: name), name)) }
    for (scope, name) in scopes {
      let place = name.isEmpty ? "" : " for `\(name)`"
      guard scope.nullTokens.count <= TypingOptions.nullTokenLimit else {
        throw OptionError(
          "\(scope.nullTokens.count) words\(place) are more than the"
            + " \(TypingOptions.nullTokenLimit) that can be told apart; name those that occur"
        ).of("null-token")
      }
      if scope.decimalSeparator != nil, scope.decimalSeparator == scope.thousandsSeparator {
        throw OptionError("\(mention: "decimal") and \(mention: "thousands") are the same\(place)")
      }
    }
  }
}

extension LogicalType {
  /// The type that `column=type` names.
  static func named(_ value: ScopedText) throws(OptionError) -> (column: String, LogicalType) {
    let parts: (column: String, text: String)
    switch value {
    case .column(let column, let text): parts = (column, text)
    case .words(let text):
      guard let split = ScopedText.splits(text).first else {
        throw OptionError("'\(text)' is not column=type").of("type")
      }
      parts = split
    }
    guard let type = LogicalType(named: parts.text) else {
      throw OptionError(
        "there is no type '\(parts.text)'; types are boolean, integer, decimal(2), float, date,"
          + " time(s), duration(s), timestamp(ms), string"
      ).of("type")
    }
    return (parts.column, type)
  }

  /// The type in Swift: `.decimal(scale: 2)`.
  var swiftLiteral: String {
    switch self {
    case .decimal(let scale): ".decimal(scale: \(scale))"
    case .time(let unit): ".time(unit: .\(unit))"
    case .duration(let unit): ".duration(unit: .\(unit))"
    case .timestamp(let unit, let zone):
      ".timestamp(unit: .\(unit), zone: \(zone?.swiftLiteral ?? "nil"))"
    case .null, .boolean, .integer, .float, .date, .uuid, .ipv4, .string: ".\(name)"
    }
  }
}
