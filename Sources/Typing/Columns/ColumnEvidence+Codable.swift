import Columnar

/// Evidence as a file has it: the same bytes for the same rows, wherever the column was cut and in
/// whatever order its parts were joined, once its type is settled.
///
/// What chunks showed is joined by families of kinds, sets are in ascending order, and the strings of all
/// threads are one list. So the cut is not seen, and evidence that is read back goes on as if it had not
/// been written: parts that are decoded and joined give what the parts gave.
extension ColumnEvidence: Codable {
  private enum CodingKeys: String, CodingKey {
    case kinds, affixes, order, source, distinct, floats, texts, outermost
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(purpose: .report)
    kinds = try container.decode([KindEvidence].self, forKey: .kinds)
    guard zip(kinds, kinds.dropFirst()).allSatisfy({ $0.kind.code < $1.kind.code }) else {
      throw DecodingError.dataCorruptedError(
        forKey: .kinds, in: container, debugDescription: "The kinds do not ascend.")
    }
    affixes = try container.decode(AffixEvidence.self, forKey: .affixes)
    order = try container.decode(OrderEvidence.self, forKey: .order)
    source = try container.decode(CodedSource.self, forKey: .source).facts
    distinct = try container.decode(DistinctEvidence.self, forKey: .distinct)
    floats = try container.decodeIfPresent(FloatFacts.self, forKey: .floats) ?? FloatFacts()
    let texts = try container.decodeIfPresent(CodedTexts.self, forKey: .texts)
    self.texts = try texts.map { [try $0.collector(at: container.codingPath)] } ?? []
    outermost = try container.decodeIfPresent(OutermostValues.self, forKey: .outermost)
  }

  /// - Throws: `EncodingError` where strings are counted in a way that only this process can go on with.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kinds.joinedByFamily, forKey: .kinds)
    try container.encode(affixes.simplified, forKey: .affixes)
    try container.encode(order, forKey: .order)
    try container.encode(CodedSource(source), forKey: .source)
    try container.encode(distinct, forKey: .distinct)
    if kinds.contains(where: { $0.kind == .float }) {
      try container.encode(floats, forKey: .floats)
    }
    let texts = try CodedTexts(texts, at: container.codingPath)
    try container.encodeIfPresent(texts, forKey: .texts)
    try container.encodeIfPresent(outermost, forKey: .outermost)
  }
}
