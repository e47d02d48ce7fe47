/// What the user settled about meaning, beside what the fields show.
public struct TypingOptions: Hashable, Sendable, Codable {
  /// How many words of the user's can be null: each has a bit in a word of 64.
  public static let nullTokenLimit = 55

  /// Words that are null in every column, at most `nullTokenLimit` of them with those of a column.
  public var nullTokens: [String] = []
  /// Digits behind zeros are numbers: `007` is 7.
  public var readsZeroPaddedNumbers = false
  /// Two words that are true and false, such as `yes` and `no`.
  public var booleanWords: (true: String, false: String)? {
    get { booleanPair.isEmpty ? nil : (booleanPair[0], booleanPair[1]) }
    set { booleanPair = newValue.map { [$0.true, $0.false] } ?? [] }
  }
  private var booleanPair: [String] = []
  /// The byte between whole and fraction, where the user said so.
  public var decimalSeparator: UInt8?
  /// The byte between groups of three digits, where the user said so.
  public var thousandsSeparator: UInt8?
  /// How dates are written, in the letters of strftime: `%d/%m/%Y`.
  public var dateFormats: [String] = []
  /// Numbers that binary64 would round stay text.
  public var keepsExactDigits = false
  /// Columns of numbers that all have a sign of money or percent beside them are read as numbers.
  public var readsAffixedNumbers = false
  /// What was settled of single columns, by their names.
  public var columns: [String: ColumnTyping] = [:]

  /// What is found by itself, with nothing told.
  public init() {}

  private enum CodingKeys: String, CodingKey {
    case nullTokens, readsZeroPaddedNumbers, booleanPair, decimalSeparator, thousandsSeparator
    case dateFormats, keepsExactDigits, readsAffixedNumbers, columns
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    nullTokens = try container.decode([String].self, forKey: .nullTokens)
    readsZeroPaddedNumbers = try container.decode(Bool.self, forKey: .readsZeroPaddedNumbers)
    booleanPair = try container.decode([String].self, forKey: .booleanPair)
    decimalSeparator = try container.decodeIfPresent(UInt8.self, forKey: .decimalSeparator)
    thousandsSeparator = try container.decodeIfPresent(UInt8.self, forKey: .thousandsSeparator)
    dateFormats = try container.decode([String].self, forKey: .dateFormats)
    keepsExactDigits = try container.decode(Bool.self, forKey: .keepsExactDigits)
    readsAffixedNumbers =
      try container.decodeIfPresent(Bool.self, forKey: .readsAffixedNumbers) ?? false
    columns = try container.decodeIfPresent([String: ColumnTyping].self, forKey: .columns) ?? [:]
    guard booleanPair.isEmpty || booleanPair.count == 2 else {
      throw DecodingError.dataCorruptedError(
        forKey: .booleanPair, in: container, debugDescription: "Two words are booleans, or none.")
    }
  }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(nullTokens, forKey: .nullTokens)
    try container.encode(readsZeroPaddedNumbers, forKey: .readsZeroPaddedNumbers)
    try container.encode(booleanPair, forKey: .booleanPair)
    try container.encodeIfPresent(decimalSeparator, forKey: .decimalSeparator)
    try container.encodeIfPresent(thousandsSeparator, forKey: .thousandsSeparator)
    try container.encode(dateFormats, forKey: .dateFormats)
    try container.encode(keepsExactDigits, forKey: .keepsExactDigits)
    // Plans that say nothing of these read as before.
    if readsAffixedNumbers { try container.encode(true, forKey: .readsAffixedNumbers) }
    if !columns.isEmpty { try container.encode(columns, forKey: .columns) }
  }
}
