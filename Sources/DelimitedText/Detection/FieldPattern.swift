/// What stays of a field when every number in it is taken as one: `9-m-9` of `1-Jan-2024`, `$9` of
/// `$0.50`, `Item 9` of `Item 7`.
///
/// Values of a kind that no type has share a pattern: addresses of machines, codes, amounts, times of
/// day, lines of a log. A name above them has another.
struct FieldPattern: Equatable {
  private let text: [UInt8]
  /// Whether there is a number in it, or it is that of addresses.
  let hasNumber: Bool
  /// Whether a number has three parts or more, as those of versions have.
  private let hasParts: Bool

  static func == (one: FieldPattern, other: FieldPattern) -> Bool { one.text == other.text }

  private static let words: [String: UInt8] = {
    let months = "jan feb mar apr may jun jul aug sep oct nov dec"
    let longMonths =
      "january february march april june july august september october november december"
    let days = "mon tue wed thu fri sat sun"
    var signs: [String: UInt8] = ["am": 0x01, "pm": 0x01]
    for word in (months + " " + longMonths).split(separator: " ") { signs[String(word)] = 0x02 }
    for word in days.split(separator: " ") { signs[String(word)] = 0x03 }
    return signs
  }()

  init(_ field: [UInt8]) {
    if let whole = Self.wholePattern(of: field) {
      (text, hasNumber, hasParts) = ([0x04] + Array(whole.utf8), true, false)
      return
    }
    var text: [UInt8] = []
    var hasNumber = false
    var hasParts = false
    var rest = field[...]
    if let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      rest.removeFirst()
    }
    while let byte = rest.first {
      if Self.isDigit(byte) {
        let number = rest
        rest = Self.afterNumber(rest)
        let signs = number[..<rest.startIndex].count { $0 == UInt8(ascii: ".") }
        hasParts = hasParts || signs > 1
        text.append(UInt8(ascii: "9"))
        hasNumber = true
      } else if Self.isLetter(byte) {
        let word = rest.prefix { Self.isLetter($0) }
        rest = rest[word.endIndex...]
        let known = Self.words[String(decoding: word, as: UTF8.self).lowercased()]
        text += known.map { [$0] } ?? Array(word)
      } else {
        rest.removeFirst()
        if byte != 0x20 || text.last != 0x20 { text.append(byte) }
      }
    }
    (self.text, self.hasNumber, self.hasParts) = (text, hasNumber, hasParts)
  }

  /// Whether it is none of a name: more than a word with a number behind it, as in `id1`, `Item 2`.
  var isOfValues: Bool {
    guard hasNumber else { return false }
    if text.first == 0x04 || hasParts { return true }
    let isWord = { (byte: UInt8) in Self.isLetter(byte) || " _.-#/()[]".utf8.contains(byte) }
    let numbers = text.count { $0 == UInt8(ascii: "9") }
    let mayBeName =
      text.first.map { Self.isLetter($0) || $0 == UInt8(ascii: "_") } == true
      && text.allSatisfy { isWord($0) || $0 == UInt8(ascii: "9") } && numbers == 1
    return !mayBeName
  }

  /// The pattern of all fields; `nil` where they have several.
  static func common(to fields: [[UInt8]]) -> FieldPattern? {
    guard let first = fields.first else { return nil }
    let pattern = FieldPattern(first)
    return fields.dropFirst().allSatisfy { FieldPattern($0) == pattern } ? pattern : nil
  }

  /// `level=` before the value of every field.
  static func commonKey(of fields: [[UInt8]]) -> ArraySlice<UInt8>? {
    guard let first = fields.first, let end = first.firstIndex(of: UInt8(ascii: "=")),
      first.first.map(isLetter) == true,
      first[..<end].allSatisfy({ isLetter($0) || isDigit($0) || "_.-".utf8.contains($0) })
    else { return nil }
    let key = first[...end]
    return fields.allSatisfy { $0.starts(with: key) } ? key : nil
  }

  /// Behind digits, in groups or with a fraction: `1,234.50`, `10.0.0.1`.
  private static func afterNumber(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = text.drop(while: isDigit)
    while let sign = rest.first, ".,'".utf8.contains(sign),
      rest.dropFirst().first.map(isDigit) == true
    {
      rest = rest.dropFirst().drop(while: isDigit)
    }
    return rest
  }

  /// The pattern of fields that are told by their form as a whole: the length of a UUID, of a hash of
  /// 16 digits and more, or of a MAC address; `://` and `@` of addresses. `nil` for another field.
  private static func wholePattern(of field: [UInt8]) -> String? {
    let isHex = { (byte: UInt8) in isDigit(byte) || 0x61...0x66 ~= byte | 0x20 }
    if field.count == 36 {
      let isUUID = field.enumerated().allSatisfy { index, byte in
        [8, 13, 18, 23].contains(index) ? byte == UInt8(ascii: "-") : isHex(byte)
      }
      if isUUID { return "36" }
    }
    if field.count == 17, ":-".utf8.contains(field[2]) {
      let isMAC = field.enumerated().allSatisfy { index, byte in
        index % 3 == 2 ? byte == field[2] : isHex(byte)
      }
      if isMAC { return "17" }
    }
    if field.count >= 16, field.allSatisfy(isHex), field.contains(where: isDigit) {
      return String(field.count)
    }
    if field.contains(0x20) { return nil }
    if let colon = field.firstIndex(of: UInt8(ascii: ":")),
      field[colon...].starts(with: "://".utf8),
      colon > 1, field[..<colon].allSatisfy(isLetter)
    {
      return "://"
    }
    let parts = field.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && parts[1].dropFirst().contains(UInt8(ascii: "."))
      ? "@" : nil
  }

  /// Whether all fields are codes of one form, letters in capitals and digits: `CD-11`, `B33`.
  static func areCodes(_ fields: [[UInt8]]) -> Bool {
    func form(_ field: [UInt8]) -> [UInt8]? {
      let form = field.map { byte in
        isDigit(byte) ? UInt8(ascii: "9") : 0x41...0x5A ~= byte ? UInt8(ascii: "A") : byte
      }
      let isCode =
        form.contains(UInt8(ascii: "9")) && form.contains(UInt8(ascii: "A"))
        && form.allSatisfy { "9A-_/.".utf8.contains($0) }
      return isCode ? form : nil
    }
    guard let first = fields.first.flatMap(form) else { return false }
    return fields.dropFirst().allSatisfy { form($0) == first }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  private static func isLetter(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte | 0x20 }
}
