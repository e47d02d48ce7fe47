/// Every encoding, and the only place that knows them all.
package enum Encodings {
  package static let all: [any Encoding] = [
    ConstantEncoding(),
    SequenceEncoding(),
    BitEncoding(),
    IntegerEncoding(),
    FrameOfReferenceEncoding(),
    PackedEncoding(),
    RadixEncoding(),
    PatchedEncoding(),
    DeltaEncoding(),
    RunsEncoding(),
    FloatEncoding(),
    FixedWidthEncoding(),
    UTF8Encoding(),
    TokensEncoding(),
    ZstdEncoding(),
    FrontEncoding(),
    AffixEncoding(),
    DictionaryEncoding(),
  ]

  package static let named: [String: any Encoding] = Dictionary(
    uniqueKeysWithValues: all.map { ($0.name, $0) })
}
