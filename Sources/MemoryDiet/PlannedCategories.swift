package import Columnar

/// The words that a column of text has in every part that is written under a plan, and comes first
/// in its dictionary.
public struct PlannedCategories: Hashable, Sendable, Codable {
  /// Bits of a code: 8, 16 or 32, of which one is the sign.
  public var codeBits: Int
  /// Whether other words may come: they are put behind these. Else they are errors.
  public var isOpen: Bool
  /// In the order of their codes.
  public var words: [String]

  private enum CodingKeys: String, CodingKey {
    case codeBits
    case isOpen = "open"
    case words
  }

  /// Codes with room for as many words again where others may come, and for these alone where not.
  public init(words: [String], isOpen: Bool = true) {
    self.words = words
    self.isOpen = isOpen
    codeBits = Self.codeBits(for: words.count, isOpen: isOpen)
  }

  /// | words | bits of a code |
  /// |---|---|
  /// | up to 64; of closed ones 128 | 8 |
  /// | up to 16,384; of closed ones 32,768 | 16 |
  /// | more | 32 |
  static func codeBits(for count: Int, isOpen: Bool) -> Int {
    let needed = isOpen ? 2 * count : count
    return needed <= 1 << 7 ? 8 : needed <= 1 << 15 ? 16 : 32
  }

  /// What is wrong with them; `nil` where nothing is.
  package var fault: String? {
    guard [8, 16, 32].contains(codeBits) else { return "codes of \(codeBits) bits" }
    guard words.count <= 1 << (codeBits - 1) else {
      return "\(words.count) words, which \(codeBits) bits do not number"
    }
    var known: Set<[UInt8]> = []
    for word in words where !known.insert(Array(word.utf8)).inserted {
      return "the word `\(word)` twice"
    }
    return nil
  }
}

extension DietPlan.PlannedColumn {
  /// What the plan says about the column's types in what it is handed over as.
  package var handOver: PlannedHandOver? {
    PlannedHandOver(
      type: type, layout: layout, digits: digits, codeBits: categories?.codeBits,
      words: categories?.words.map { Array($0.utf8) }, isOpen: categories?.isOpen ?? true,
      isNullable: isNullable ?? true, unit: unit, isFloat32: isFloat32 ?? false)
  }

  /// The best that also holds what the same column may have in the next file.
  init(
    lastingFor profile: ColumnProfile, policy: LayoutPolicy, closesCategories: Bool,
    words: (ColumnProfile) -> [String]?
  ) {
    self.init(
      name: profile.name, type: profile.type,
      layout: Recommendation.lastingLayout(for: profile, policy: policy),
      dateFormat: profile.dateFormat)
    isNullable = profile.nullCount > 0
    if let own = profile.type.unit,
      let handed = ArrowTyping(profile, layout: layout, for: .any).type.unit,
      handed != max(own, .microsecond)
    {
      unit = handed
    }
    if profile.type == .float, profile.stored?.declared?.whenEmpty == .float(bits: 32) {
      isFloat32 = true
    }
    if profile.type.scale != nil { digits = profile.lastingDigits }
    guard profile.type.domain == .bytes else { return }
    // Text of one byte a row is a dictionary to engines, and may be longer next month.
    switch layout.shape {
    case .fixed(width: 1, _), .indexed: break
    case .fixed where profile.type == .string && !profile.isDigest(in: layout):
      // That all texts are of one length, or hexadecimal, is of these very values.
      layout = .text
      return
    default: return
    }
    let words = words(profile)
    guard let count = words?.count ?? profile.dictionaryCount else { return }
    let bits = PlannedCategories.codeBits(for: count, isOpen: !closesCategories)
    let held = layout.values?.first
    // A new word may have any length and any letters.
    layout = .dictionary(codeBits: bits, of: profile.type == .string ? .text : held ?? .text)
    categories = words.map { PlannedCategories(words: $0, isOpen: !closesCategories) }
  }
}

extension ColumnProfile {
  /// Whether text in that layout is what programs compute, of one length for ever: 24 hexadecimal digits and
  /// more, such as MD5, SHA-256 and object ids.
  fileprivate func isDigest(in layout: Layout) -> Bool {
    guard case .fixed(let width, .hex)? = layout.shape else { return false }
    return width >= 12
  }

  /// How many digits decimals of a column may have: 15 where binary64 holds all there are.
  fileprivate var lastingDigits: Int {
    guard let integers else { return 15 }
    let largest = max(integers.minimum.magnitude, integers.maximum.magnitude)
    let count = String(largest).utf8.count
    return count <= 15 ? 15 : count <= 18 ? 18 : 19
  }
}
