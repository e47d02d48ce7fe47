import Columnar

/// `SourceFacts` as evidence is written. Blocks of pandas are a matter of the whole file, and not here.
struct CodedSource: Codable {
  let facts: SourceFacts

  init(_ facts: SourceFacts) { self.facts = facts }

  private enum CodingKeys: String, CodingKey {
    case fields, empty, words, bytes, shapes, minimum, maximum
    case quotedEmpty = "quoted_empty"
    case longBytes = "long_bytes"
    case pythonBytes = "python_bytes"
  }

  private static var tallies: [WritableKeyPath<NullWordTallies, NullWordTallies.Tally>] {
    [\.common, \.none, \.pandasOnly, \.codes, \.lowercaseNaN, \.nan]
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    var facts = SourceFacts()
    facts.fieldCount = try container.decodeCount(forKey: .fields)
    facts.emptyCount = try container.decodeCount(forKey: .empty)
    facts.quotedEmptyCount = try container.decodeCount(forKey: .quotedEmpty)
    facts.byteCount = try container.decodeCount(forKey: .bytes)
    facts.longByteCount = try container.decodeCount(forKey: .longBytes)
    facts.pythonIntegerByteCount = try container.decodeCount(forKey: .pythonBytes)
    facts.shapes = FieldShapes(rawValue: try container.decode(UInt32.self, forKey: .shapes))
    if container.contains(.minimum) {
      facts.minimumInteger = try container.decodeInteger(forKey: .minimum)
      facts.maximumInteger = try container.decodeInteger(forKey: .maximum)
    }
    let words = try container.decodeIfPresent([Int].self, forKey: .words)
    if let words {
      guard words.count == 2 * Self.tallies.count, words.allSatisfy((0...1 << 48).contains) else {
        throw DecodingError.dataCorruptedError(
          forKey: .words, in: container,
          debugDescription: "There are six counts of words and bytes.")
      }
      for (index, tally) in Self.tallies.enumerated() {
        facts.words[keyPath: tally] = .init(
          count: words[2 * index], byteCount: words[2 * index + 1])
      }
    }
    self.facts = facts
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeCount(facts.fieldCount, forKey: .fields)
    try container.encodeCount(facts.emptyCount, forKey: .empty)
    try container.encodeCount(facts.quotedEmptyCount, forKey: .quotedEmpty)
    try container.encodeCount(facts.byteCount, forKey: .bytes)
    try container.encodeCount(facts.longByteCount, forKey: .longBytes)
    try container.encodeCount(facts.pythonIntegerByteCount, forKey: .pythonBytes)
    try container.encode(facts.shapes.rawValue, forKey: .shapes)
    if facts.minimumInteger <= facts.maximumInteger {
      try container.encode(CodedInteger(facts.minimumInteger), forKey: .minimum)
      try container.encode(CodedInteger(facts.maximumInteger), forKey: .maximum)
    }
    if facts.words != NullWordTallies() {
      try container.encode(
        Self.tallies.flatMap {
          [facts.words[keyPath: $0].count, facts.words[keyPath: $0].byteCount]
        },
        forKey: .words)
    }
  }
}
