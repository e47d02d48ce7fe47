/// What the user settled about the meaning of one column, where it differs from that of the table.
public struct ColumnTyping: Hashable, Sendable, Codable {
  /// Words that are null here, beside those of the table.
  public var nullTokens: [String] = []
  /// Whether digits behind zeros are a number here; `nil` for what the table says.
  public var readsZeroPaddedNumbers: Bool?
  /// Two words that are true and false, such as `yes` and `no`.
  public var booleanWords: (true: String, false: String)? {
    get { booleanPair.map { ($0[0], $0[1]) } }
    set { booleanPair = newValue.map { [$0.true, $0.false] } }
  }
  private var booleanPair: [String]?
  /// The byte between whole and fraction.
  public var decimalSeparator: UInt8?
  /// The byte between groups of three digits.
  public var thousandsSeparator: UInt8?
  /// How the values are written, in the letters of strftime; a value that is not so written is an
  /// error.
  public var dateFormat: String?
  /// The values are numbers with a sign of money, of percent or a unit beside them, and negative
  /// ones may stand in parentheses; another value is an error.
  public var readsAffixedNumbers = false
  /// The unit that numbers have; `nil` for whatever the first has, and none where that is empty.
  public var unit: String?

  /// Nothing that differs from the table.
  public init() {}

  private enum CodingKeys: String, CodingKey {
    case nullTokens, readsZeroPaddedNumbers, booleanPair, decimalSeparator, thousandsSeparator
    case dateFormat, readsAffixedNumbers, unit
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    nullTokens = try container.decode([String].self, forKey: .nullTokens)
    readsZeroPaddedNumbers = try container.decodeIfPresent(
      Bool.self, forKey: .readsZeroPaddedNumbers)
    booleanPair = try container.decodeIfPresent([String].self, forKey: .booleanPair)
    decimalSeparator = try container.decodeIfPresent(UInt8.self, forKey: .decimalSeparator)
    thousandsSeparator = try container.decodeIfPresent(UInt8.self, forKey: .thousandsSeparator)
    dateFormat = try container.decodeIfPresent(String.self, forKey: .dateFormat)
    readsAffixedNumbers = try container.decode(Bool.self, forKey: .readsAffixedNumbers)
    unit = try container.decodeIfPresent(String.self, forKey: .unit)
    guard booleanPair?.count ?? 2 == 2 else {
      throw DecodingError.dataCorruptedError(
        forKey: .booleanPair, in: container, debugDescription: "Two words are booleans.")
    }
  }
}

extension TypingOptions {
  /// What holds for the column of that name: what was said of it, then what was said of the table.
  public func options(for column: String) -> TypingOptions {
    guard let own = columns[column] else { return tableWide }
    var options = tableWide
    options.nullTokens += own.nullTokens.filter { !nullTokens.contains($0) }
    options.readsZeroPaddedNumbers = own.readsZeroPaddedNumbers ?? readsZeroPaddedNumbers
    options.booleanWords = own.booleanWords ?? booleanWords
    options.decimalSeparator = own.decimalSeparator ?? decimalSeparator
    options.thousandsSeparator = own.thousandsSeparator ?? thousandsSeparator
    options.readsAffixedNumbers = readsAffixedNumbers && !own.readsAffixedNumbers
    if options.decimalSeparator == options.thousandsSeparator {
      // What the column's own sign is, the table's cannot be here.
      if own.decimalSeparator == nil { options.decimalSeparator = nil }
      if own.thousandsSeparator == nil { options.thousandsSeparator = nil }
    }
    return options
  }

  private var tableWide: TypingOptions {
    var options = self
    options.columns = [:]
    return options
  }
}
