import Columnar

/// How the bytes of a file stand for text. Everything is transcoded to UTF-8 before it is scanned.
public struct TextEncoding: RawRepresentable, Hashable, Sendable, Codable {
  public let rawValue: String

  public static let utf8 = TextEncoding("utf-8")
  public static let utf16LittleEndian = TextEncoding("utf-16le")
  public static let utf16BigEndian = TextEncoding("utf-16be")
  public static let utf32LittleEndian = TextEncoding("utf-32le")
  public static let utf32BigEndian = TextEncoding("utf-32be")
  public static let latin1 = TextEncoding("latin-1")
  public static let windows1252 = TextEncoding("windows-1252")

  private init(_ name: String) { rawValue = name }

  /// An encoding of ours or of the C library's `iconv`; `nil` for another name, and for one with a
  /// suffix like `//TRANSLIT`, which changes text.
  public init?(rawValue name: String) {
    let name = String(name.lowercased().map { $0 == "_" ? "-" : $0 })
    let known = Self.aliases[name] ?? name
    guard Self.ours.contains(known) || CodePage.named(known) != nil || IconvDecoder.knows(known)
    else { return nil }
    rawValue = known
  }

  /// The encodings that need no module of `iconv`'s.
  package static let ours: [String] =
    ["utf-8", "utf-16le", "utf-16be", "utf-32le", "utf-32be", "latin-1", "windows-1252"]
    + CodePage.texts.map(\.name)

  /// Other names of ours, and names of others for what `iconv` calls differently.
  private static let aliases: [String: String] = {
    var aliases = [
      "utf8": "utf-8", "utf-8-sig": "utf-8", "ascii": "utf-8", "us-ascii": "utf-8",
      "utf-16-le": "utf-16le", "utf-16-be": "utf-16be", "utf-32-le": "utf-32le",
      "utf-32-be": "utf-32be", "latin1": "latin-1", "iso-8859-1": "latin-1", "l1": "latin-1",
      "macroman": "macintosh", "mac-roman": "macintosh", "mac": "macintosh",
      "maccyrillic": "mac-cyrillic", "mac-latin2": "mac-centraleurope", "koi8": "koi8-r",
      "shiftjis": "shift-jis", "sjis": "shift-jis", "windows-31j": "cp932", "ms932": "cp932",
    ]
    for name in ours {
      if name.hasPrefix("windows-") { aliases["cp" + name.dropFirst(8)] = name }
      if name.hasPrefix("cp") { aliases["ibm" + name.dropFirst(2)] = name }
      if name.hasPrefix("iso-") { aliases["iso" + name.dropFirst(4)] = name }
    }
    aliases["iso8859-1"] = "latin-1"
    return aliases
  }()

  /// Names like one that is unknown, the nearest first.
  package static func names(near name: String) -> [String] {
    let name = Array(name.lowercased().utf8.filter { $0 != 0x2D && $0 != 0x5F })
    let common = ["shift-jis", "euc-jp", "gb18030", "gbk", "big5", "euc-kr", "utf-16", "utf-7"]
    let limit = max(1, name.count / 3)
    let near = (ours + common + aliases.keys.sorted()).compactMap { candidate in
      let letters = Array(candidate.utf8.filter { $0 != 0x2D })
      return EditDistance.between(name, letters, limit: limit).map {
        (name: candidate, distance: $0)
      }
    }
    return near.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3).map(\.name)
  }

  /// The encoding that a byte order mark at the start of a file names, and the mark's length in
  /// bytes; `nil` when there is none.
  package static func named(byMarkIn start: [UInt8]) -> (encoding: TextEncoding, byteCount: Int)? {
    if start.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    if start.starts(with: [0xFF, 0xFE, 0, 0]) { return (.utf32LittleEndian, 4) }
    if start.starts(with: [0, 0, 0xFE, 0xFF]) { return (.utf32BigEndian, 4) }
    if start.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
    if start.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
    return nil
  }

  /// UTF-16 or UTF-32 without a mark, by the zeros of its characters.
  package static func wide(byZerosIn start: [UInt8]) -> TextEncoding? {
    utf32(byZerosIn: start) ?? utf16(byZerosIn: start)
  }

  /// In UTF-32 half of each four bytes are zeros, in the same places.
  private static func utf32(byZerosIn start: [UInt8]) -> TextEncoding? {
    let count = start.count / 4
    guard count >= 3 else { return nil }
    let all = 0..<count
    func isUnit(_ character: Int, _ places: [Int]) -> Bool {
      start[4 * character + places[0]] == 0 && start[4 * character + places[1]] <= 0x10
        && (start[4 * character + places[2]] != 0 || start[4 * character + places[3]] != 0)
    }
    if all.allSatisfy({ isUnit($0, [3, 2, 1, 0]) }) { return .utf32LittleEndian }
    if all.allSatisfy({ isUnit($0, [0, 1, 2, 3]) }) { return .utf32BigEndian }
    return nil
  }

  /// Whether the pairs without a zero, of which there are several, are ASCII throughout: characters of other
  /// scripts would have other bytes as well.
  private static func areSingleBytes(_ bytes: ArraySlice<UInt8>) -> Bool {
    func isPlain(_ byte: UInt8) -> Bool {
      0x20..<0x7F ~= byte || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
    var pairs: Set<UInt16> = []
    for index in stride(from: 0, to: bytes.count, by: 2) where bytes[index] != 0 {
      let (first, second) = (bytes[index], bytes[index + 1])
      if second == 0 { continue }
      guard isPlain(first), isPlain(second) else { return false }
      pairs.insert(UInt16(first) << 8 | UInt16(second))
    }
    return pairs.count > 2
  }

  /// UTF-16 without a mark, by the zeros of its plain characters: in every second place, never in the
  /// others, and in a quarter of all pairs. UTF-8 has none. Bytes that end lines are zero's neighbours,
  /// or it is text of single bytes with a zero here and there.
  private static func utf16(byZerosIn start: [UInt8]) -> TextEncoding? {
    // Zeros at the end may only fill up a block.
    let end = start.lastIndex { $0 != 0 } ?? -1
    let pairs = min(start.count, end + 2) / 2
    guard pairs >= 3 else { return nil }
    var zeros = [0, 0]
    // Line ends as UTF-16 has them, and those that only single bytes make.
    var lineEnds = 0
    var otherLineEnds = 0
    for index in 0..<(2 * pairs) {
      switch start[index] {
      case 0: zeros[index & 1] += 1
      case 0x0A where start[index ^ 1] == 0: lineEnds += 1
      case 0x0A: otherLineEnds += 1
      default: break
      }
    }
    guard lineEnds >= otherLineEnds, !areSingleBytes(start.prefix(2 * pairs)) else { return nil }
    // Letters of other scripts have no zeros; then it takes line ends that all have one.
    let isProven = lineEnds > 1 && otherLineEnds == 0
    if zeros[0] == 0, isProven || zeros[1] * 4 >= pairs { return .utf16LittleEndian }
    if zeros[1] == 0, isProven || zeros[0] * 4 >= pairs { return .utf16BigEndian }
    return nil
  }
}
