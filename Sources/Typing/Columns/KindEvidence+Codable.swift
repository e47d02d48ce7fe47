extension KindEvidence: Codable {
  private enum CodingKeys: String, CodingKey {
    case kind
    case rowCount = "rows"
    case nullCount = "nulls"
    case facts, minimum, maximum, styles
    case minimumDigits = "minimum_digits"
    case maximumDigits = "maximum_digits"
    case hasUntoldDigits = "has_untold_digits"
    case someFormats = "some_formats"
    case allFormats = "all_formats"
    case hasTold = "has_told"
    case hasUntold = "has_untold"
    case nullWords = "null_words"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(try container.decode(FieldKind.self, forKey: .kind))
    rowCount = try container.decodeCount(forKey: .rowCount)
    nullCount = try container.decodeCount(forKey: .nullCount)
    nullWords = try container.decodeIfPresent(UInt64.self, forKey: .nullWords) ?? 0
    guard nullCount <= rowCount, kind != .null || nullCount == rowCount else {
      throw DecodingError.dataCorruptedError(
        forKey: .nullCount, in: container, debugDescription: "There are other rows without a value."
      )
    }
    if kind == .null { return }
    facts = FieldFacts(rawValue: try container.decode(UInt64.self, forKey: .facts))
    minimum = try container.decodeInteger(kind, forKey: .minimum)
    maximum = try container.decodeInteger(kind, forKey: .maximum)
    minimumDigits = try container.decodeIfPresent(Int.self, forKey: .minimumDigits) ?? .max
    maximumDigits = try container.decodeCount(forKey: .maximumDigits)
    hasUntoldDigits = try container.decodeFlag(forKey: .hasUntoldDigits)
    styles = Set(try container.decode([Int].self, forKey: .styles))
    someFormats = try container.decodeIfPresent(UInt64.self, forKey: .someFormats) ?? 0
    allFormats = try container.decodeIfPresent(UInt64.self, forKey: .allFormats) ?? 0
    hasTold = try container.decodeFlag(forKey: .hasTold)
    hasUntold = try container.decodeFlag(forKey: .hasUntold)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .kind)
    try container.encodeCount(rowCount, forKey: .rowCount)
    try container.encodeCount(nullCount, forKey: .nullCount)
    if nullWords != 0 { try container.encode(nullWords, forKey: .nullWords) }
    if kind == .null { return }
    try container.encode(facts.rawValue, forKey: .facts)
    try container.encode(CodedInteger(minimum), forKey: .minimum)
    try container.encode(CodedInteger(maximum), forKey: .maximum)
    if minimumDigits < .max { try container.encode(minimumDigits, forKey: .minimumDigits) }
    try container.encodeCount(maximumDigits, forKey: .maximumDigits)
    try container.encodeFlag(hasUntoldDigits, forKey: .hasUntoldDigits)
    try container.encode(styles.sorted(), forKey: .styles)
    if someFormats != 0 { try container.encode(someFormats, forKey: .someFormats) }
    if allFormats != 0 { try container.encode(allFormats, forKey: .allFormats) }
    try container.encodeFlag(hasTold, forKey: .hasTold)
    try container.encodeFlag(hasUntold, forKey: .hasUntold)
  }
}
