/// What stays of a field when every number in it is taken as one: `9-m-9` of `1-Jan-2024`, `$9` of
/// `$0.50`, `Item 9` of `Item 7`.
///
/// Values of a kind that no type has share a pattern: addresses of machines, codes, amounts, times of
/// day, lines of a log. A name above them has another.
struct FieldPattern: Hashable {
  private let text: [UInt8]
  /// Whether there is a number in it.
  let hasNumber: Bool

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
    if let length = Self.hexLength(of: field) {
      (text, hasNumber) = ([0x04] + Array(String(length).utf8), true)
      return
    }
    var text: [UInt8] = []
    var hasNumber = false
    var rest = field[...]
    if let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      rest.removeFirst()
    }
    while let byte = rest.first {
      if Self.isDigit(byte) {
        rest = Self.afterNumber(rest)
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
    (self.text, self.hasNumber) = (text, hasNumber)
  }

  /// Whether it is none of a name: more than a word with a number behind it, as in `id1`, `Item 2`.
  var isOfValues: Bool {
    guard hasNumber else { return false }
    if text.first == 0x04 { return true }
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

  /// The length of a UUID, or of a hash of 16 digits and more; `nil` for another field.
  private static func hexLength(of field: [UInt8]) -> Int? {
    let isHex = { (byte: UInt8) in isDigit(byte) || 0x61...0x66 ~= byte | 0x20 }
    if field.count == 36 {
      let isUUID = field.enumerated().allSatisfy { index, byte in
        [8, 13, 18, 23].contains(index) ? byte == UInt8(ascii: "-") : isHex(byte)
      }
      return isUUID ? 36 : nil
    }
    return field.count >= 16 && field.allSatisfy(isHex) && field.contains(where: isDigit)
      ? field.count : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  private static func isLetter(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte | 0x20 }
}
