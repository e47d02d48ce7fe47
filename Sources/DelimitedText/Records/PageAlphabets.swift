import FileIO

/// A code page, and the alphabets of the languages that are written in it.
struct PageAlphabets {
  let page: CodePage
  /// How many bytes that are no ASCII it takes to think of it: rare pages are told by many only.
  let leastByteCount: Int
  private let alphabets: [Alphabet]
  private let kinds: [Kind]

  /// The letters of a language that are not those of English, and how much of its text they are.
  private struct Alphabet {
    let common: Set<UInt32>
    let others: Set<UInt32>
    /// Whether words mix them with the letters of ASCII.
    let isLatin: Bool

    init(_ common: String, others: String = "", isLatin: Bool = true) {
      self.common = Set(common.unicodeScalars.map(\.value))
      self.others = Set(others.unicodeScalars.map(\.value))
      self.isLatin = isLatin
    }
  }

  /// What a byte stands for in the page.
  private enum Kind {
    case lower(UInt32)
    case upper(UInt32)
    /// Punctuation and signs that stand beside words.
    case sign
    /// What stands in no word: lines of frames, and characters of other trades.
    case odd
    /// No character, or a control character.
    case none
  }

  private static let signs = Set(
    "“”‘’‚„–—…€£¥§©®™°№«»‹›·•¿¡ªº½¼¾²³±×µ\u{A0}".unicodeScalars.map(\.value))

  // Icelandic is none of them: its ý, þ and ð are the Turkish ı, ş and ğ of the other page.
  private static let western = [
    "äöüß", "éèêëàâçîïôùûüœæ", "áéíóúñü", "áàâãçéêíóôõúü", "àèéìíòóùú", "æøåéèóô", "åäöé",
    "éëïóöüèá", "àèéíïòóúüç",
  ].map { Alphabet($0) }
  private static let central = [
    "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîșț", "ăâîşţ", "čćđšž",
    "äöüß",
  ].map { Alphabet($0) }
  private static let turkish = [Alphabet("çğıöşüâîûi")]
  private static let baltic = ["āčēģīķļņšūž", "ąčęėįšųūž", "äöüõšž"].map { Alphabet($0) }
  private static let cyrillic = [
    Alphabet("оеаинтсрвлкмдпуяыьзбг", others: "йчхжщъэюфёіїєґў", isLatin: false)
  ]
  private static let greek = [
    Alphabet("αοιετσνηυρπκμλςωδγθάόίέή", others: "ύώχφβξζψϊϋΐΰ", isLatin: false)
  ]

  static let all: [PageAlphabets] = [
    PageAlphabets("latin-1", western, from: 1), PageAlphabets("windows-1252", western, from: 1),
    PageAlphabets("windows-1251", cyrillic, from: 5), PageAlphabets("koi8-r", cyrillic, from: 5),
    PageAlphabets("koi8-u", cyrillic, from: 10), PageAlphabets("cp866", cyrillic, from: 10),
    PageAlphabets("mac-cyrillic", cyrillic, from: 10),
    PageAlphabets("iso-8859-5", cyrillic, from: 10),
    PageAlphabets("windows-1250", central, from: 4), PageAlphabets("iso-8859-2", central, from: 4),
    PageAlphabets("cp852", central, from: 8), PageAlphabets("mac-centraleurope", central, from: 8),
    PageAlphabets("windows-1253", greek, from: 5), PageAlphabets("iso-8859-7", greek, from: 5),
    PageAlphabets("cp737", greek, from: 10),
    PageAlphabets("windows-1254", turkish, from: 4), PageAlphabets("cp857", turkish, from: 8),
    PageAlphabets("windows-1257", baltic, from: 4), PageAlphabets("iso-8859-4", baltic, from: 8),
    PageAlphabets("macintosh", western, from: 8), PageAlphabets("cp850", western, from: 8),
    PageAlphabets("cp437", western, from: 8),
  ]

  private init(_ name: String, _ alphabets: [Alphabet], from leastByteCount: Int) {
    guard let page = CodePage.named(name) else { preconditionFailure("no code page \(name)") }
    self.page = page
    self.alphabets = alphabets
    self.leastByteCount = leastByteCount
    kinds = (UInt8.min...UInt8.max).map { Self.kind(page.scalar($0)) }
  }

  private static func kind(_ value: UInt32) -> Kind {
    guard let scalar = Unicode.Scalar(value), value != 0xFFFD, !(0x80..<0xA0).contains(value)
    else { return .none }
    if signs.contains(value) { return .sign }
    let properties = scalar.properties
    guard properties.isAlphabetic else { return .odd }
    let lower = properties.lowercaseMapping.unicodeScalars.first?.value ?? value
    return properties.isUppercase ? .upper(lower) : .lower(value)
  }

  /// How well words fit the alphabets that they fit best, from 0 to 1 for each character that is no
  /// ASCII; `nil` where bytes stand for none.
  func fit(of words: [[UInt8]]) -> Double? {
    let isNothing = words.contains { word in
      word.contains { if case .none = kinds[Int($0)] { $0 >= 0x80 } else { false } }
    }
    if isNothing { return nil }
    // Lists of towns and names mix languages, words do not.
    let fits = words.map { word in
      alphabets.map { fit(of: word, in: $0) }.max { $0.sum < $1.sum } ?? (0, 0)
    }
    return fits.reduce(0) { $0 + $1.sum } / Double(max(1, fits.reduce(0) { $0 + $1.count }))
  }

  private func fit(of word: [UInt8], in alphabet: Alphabet) -> (sum: Double, count: Int) {
    var sum = 0.0
    var count = 0
    var letters = 0
    var run = 0
    var isBehindLower = false
    let hasASCII = word.contains { $0 < 0x80 }
    for (index, byte) in word.enumerated() {
      let isForeign = byte >= 0x80
      run = isForeign ? run + 1 : 0
      count += isForeign ? 1 : 0
      switch kinds[Int(byte)] {
      case .lower(let letter):
        if isForeign { sum += share(of: letter, in: alphabet, hasASCII, run) }
        letters += 1
        isBehindLower = true
      case .upper(let letter):
        if isForeign { sum += share(of: letter, in: alphabet, hasASCII, run) }
        // Words begin with capitals, or are made of them.
        if isBehindLower, letters > 0 { sum -= 1 }
        letters += 1
        isBehindLower = false
      case .sign:
        let isInside = index > 0 && index + 1 < word.count && byte != word[0]
        sum += isInside && page.scalar(byte) != 0x2019 ? -1 : 0.7
        letters = 0
        isBehindLower = false
      case .odd, .none:
        if isForeign { sum -= 1 }
      }
    }
    return (sum, count)
  }

  private func share(
    of letter: UInt32, in alphabet: Alphabet, _ hasASCII: Bool, _ run: Int
  ) -> Double {
    if alphabet.isLatin {
      // No language has three of them in a row.
      if run > 2 { return -1 }
      return alphabet.common.contains(letter) ? 1 : -0.5
    }
    if hasASCII { return -1 }
    if alphabet.common.contains(letter) { return 1 }
    return alphabet.others.contains(letter) ? 0.6 : -0.5
  }
}
