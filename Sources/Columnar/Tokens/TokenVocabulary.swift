/// The strings that tokens stand for: the 256 single bytes first, so that any text has tokens, then what
/// was learned.
///
/// OnPair (F. Gargiulo and R. Venturini, *OnPair: Short Strings Compression for Fast Random Access*, 2025).
struct TokenVocabulary: Hashable, Sendable {
  /// The bytes of a token at most: two words.
  static let maximumLength = 16

  /// The bits of a token.
  let bits: Int
  /// The bytes of all tokens, one after the other.
  private(set) var bytes: [UInt8]
  /// Where each ends.
  private(set) var ends: [UInt32]

  /// The single bytes.
  init(bits: Int) {
    self.bits = bits
    bytes = Array(0...255)
    ends = Array(1...256)
  }

  var count: Int { ends.count }

  /// Adds a token, which has the next number.
  mutating func append(_ token: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: token)
    ends.append(UInt32(bytes.count))
  }

  /// The bytes of token `index`.
  subscript(index: Int) -> ArraySlice<UInt8> {
    bytes[(index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])]
  }
}
