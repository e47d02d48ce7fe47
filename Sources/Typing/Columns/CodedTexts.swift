import Columnar

/// The strings of all threads together as evidence is written: in byte order, as long as all are kept.
///
/// Once a thread has closed its table there is their sketch instead: fingerprints are hashes with the
/// seed of the process, which no other process can go on with.
struct CodedTexts: Codable {
  private var purpose: IntegerSet.Purpose
  private var byteCount: Int
  private var minimumLength: Int
  private var maximumLength: Int
  private var forms: UInt16
  private var strings: [CodedText]?
  private var sketch: DistinctSketch?
  private var minimum: CodedText?
  private var maximum: CodedText?
  private var isForeseen: Bool

  private enum CodingKeys: String, CodingKey {
    case purpose, forms, strings, sketch, minimum, maximum
    case byteCount = "bytes"
    case minimumLength = "minimum_length"
    case maximumLength = "maximum_length"
    case isForeseen = "is_foreseen"
  }

  /// `nil` where there are no strings.
  ///
  /// - Throws: `EncodingError` where a thread counts strings that it neither keeps nor sketches.
  init?(_ shares: [TextCollector], at path: [any CodingKey]) throws {
    let used = shares.filter { $0.table.count > 0 || !$0.isOpen }
    guard let first = used.first else { return nil }
    purpose = first.purpose
    isForeseen = used.contains(where: \.isForeseen)
    let profile = TextCollector.profile(of: used)
    (byteCount, forms) = (profile.byteCount, profile.forms.rawValue)
    (minimumLength, maximumLength) = (profile.minimumLength, profile.maximumLength)
    if used.allSatisfy(\.isOpen), let sorted = SortedText(uniting: [Self.copy(used)]) {
      strings = (0..<sorted.count).map { CodedText(sorted[$0]) }
      return
    }
    guard let united = TextCollector.sketch(of: used) else {
      throw EncodingError.invalidValue(
        byteCount,
        .init(codingPath: path, debugDescription: "The strings are counted for this process alone.")
      )
    }
    sketch = united
    (minimum, maximum) = (CodedText(profile.minimum), CodedText(profile.maximum))
  }

  /// All strings in a table of their own: those of threads stay as they are. Open tables may have more
  /// strings together than a dictionary.
  private static func copy(_ shares: [TextCollector]) -> TextTable {
    let all = TextTable()
    for share in shares where all.count <= TextTable.maximumCount {
      for code in 0..<share.table.count {
        let text = share.table[code]
        let start = text.baseAddress.unsafelyUnwrapped
        _ = all.code(of: start, count: text.count, hash: all.hash(of: start, count: text.count))
      }
    }
    return all
  }

  /// A share that has all of them.
  ///
  /// - Throws: `DecodingError` where the strings do not ascend, or there are more than a table has.
  func collector(at path: [any CodingKey]) throws -> TextCollector {
    var profile = TextProfile()
    (profile.byteCount, profile.forms) = (byteCount, TextForms(rawValue: forms))
    (profile.minimumLength, profile.maximumLength) = (minimumLength, maximumLength)
    guard let strings else {
      profile.minimum = minimum?.bytes ?? []
      profile.maximum = maximum?.bytes ?? []
      var share = TextCollector(purpose: purpose, profile: profile, sketch: sketch)
      share.isForeseen = isForeseen
      return share
    }
    let table = TextTable()
    var isAscending = strings.count <= TextTable.maximumCount
    var last: [UInt8]?
    for string in strings where isAscending {
      isAscending = last.map { $0.lexicographicallyPrecedes(string.bytes) } ?? true
      last = string.bytes
      // Comparing reads 8 bytes past the end.
      (string.bytes + [0, 0, 0, 0, 0, 0, 0, 0]).withUnsafeBufferPointer {
        let start = $0.baseAddress.unsafelyUnwrapped
        let count = string.bytes.count
        _ = table.code(of: start, count: count, hash: table.hash(of: start, count: count))
      }
    }
    guard isAscending else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: path, debugDescription: "The strings are too many, or do not ascend."))
    }
    return TextCollector(purpose: purpose, profile: profile, table: table)
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    purpose = try container.decode(IntegerSet.Purpose.self, forKey: .purpose)
    byteCount = try container.decodeCount(forKey: .byteCount)
    minimumLength = try container.decodeIfPresent(Int.self, forKey: .minimumLength) ?? .max
    maximumLength = try container.decodeCount(forKey: .maximumLength)
    forms = try container.decode(UInt16.self, forKey: .forms)
    strings = try container.decodeIfPresent([CodedText].self, forKey: .strings)
    sketch = try container.decodeIfPresent(DistinctSketch.self, forKey: .sketch)
    minimum = try container.decodeIfPresent(CodedText.self, forKey: .minimum)
    maximum = try container.decodeIfPresent(CodedText.self, forKey: .maximum)
    isForeseen = try container.decodeFlag(forKey: .isForeseen)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(purpose, forKey: .purpose)
    try container.encodeCount(byteCount, forKey: .byteCount)
    if minimumLength < .max { try container.encode(minimumLength, forKey: .minimumLength) }
    try container.encodeCount(maximumLength, forKey: .maximumLength)
    try container.encode(forms, forKey: .forms)
    try container.encodeIfPresent(strings, forKey: .strings)
    try container.encodeIfPresent(sketch, forKey: .sketch)
    try container.encodeIfPresent(minimum, forKey: .minimum)
    try container.encodeIfPresent(maximum, forKey: .maximum)
    try container.encodeFlag(isForeseen, forKey: .isForeseen)
  }
}
