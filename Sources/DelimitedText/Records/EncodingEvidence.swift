import FileIO

/// Which encoding a text that is not UTF-8 is in, by the words that its bytes make: letters of one
/// alphabet, in the case that words have. Where two fit alike there is no evidence.
struct EncodingEvidence {
  /// The encoding that fits better than all others.
  private(set) var encoding: TextEncoding?
  /// Lines of good UTF-8 that are not plain ASCII, where most of the lines with such bytes are.
  private(set) var goodLineCount = 0

  /// How much is looked at.
  private static let byteLimit = 1 << 18
  private static let wordLimit = 400
  /// What has to fit of an average character, and how much better than in any other reading: on
  /// average, or of all characters together.
  private static let leastFit = 0.6
  private static let leastLead = 0.12
  private static let leastLeadInAll = 3.0
  /// How much less a page that is rarely met counts than the others.
  private static let rareness = 0.25

  init(_ text: UnsafeBufferPointer<UInt8>) {
    var good = 0
    var foreign: [UInt8] = []
    var foreignCount = 0
    for line in text.prefix(Self.byteLimit).split(separator: UInt8(ascii: "\n"))
    where line.contains(where: { $0 >= 0x80 }) {
      if InvalidText.firstOffset(in: UnsafeBufferPointer(rebasing: line)) == nil {
        good += 1
      } else {
        foreignCount += 1
        foreign += line + [UInt8(ascii: "\n")]
      }
    }
    if good >= foreignCount {
      goodLineCount = good
    } else {
      encoding = WideScript.encoding(of: foreign) ?? Self.page(of: Self.words(in: foreign))
    }
  }

  /// The words with bytes that are no ASCII, each once.
  private static func words(in text: [UInt8]) -> [[UInt8]] {
    let words = text.split { byte in
      byte < 0x80 && !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    let foreign = words.lazy.filter { $0.contains { $0 >= 0x80 } }.map(Array.init)
    return Array(
      Set(foreign.prefix(4 * wordLimit)).sorted { $0.lexicographicallyPrecedes($1) }
        .prefix(wordLimit))
  }

  private static func page(of words: [[UInt8]]) -> TextEncoding? {
    let byteCount = words.reduce(0) { $0 + $1.count { $0 >= 0x80 } }
    let readings = PageAlphabets.all.compactMap { alphabets -> (page: CodePage, fit: Double)? in
      guard let fit = alphabets.fit(of: words) else { return nil }
      if alphabets.leastByteCount <= byteCount { return (alphabets.page, fit) }
      // Of fewer bytes a rare page takes a fit without a flaw, and stands behind the others.
      let isPlain = fit > 0.99 && alphabets.leastByteCount <= 2 * byteCount
      return isPlain ? (alphabets.page, fit - rareness) : nil
    }
    guard let best = readings.max(by: { $0.fit < $1.fit }), best.fit >= leastFit else { return nil }
    let near = readings.filter {
      best.fit - $0.fit < min(leastLead, leastLeadInAll / Double(byteCount))
    }
    // The first of those that read all words alike.
    let isOneText = near.allSatisfy { readsAlike($0.page, best.page, words) }
    return isOneText ? near.first.flatMap { TextEncoding(rawValue: $0.page.name) } : nil
  }

  private static func readsAlike(_ first: CodePage, _ second: CodePage, _ words: [[UInt8]]) -> Bool
  {
    words.allSatisfy { $0.allSatisfy { first.scalar($0) == second.scalar($0) } }
  }
}
