/// Forms that are numbers or dates to a person, and text until an option says how they are written.
extension TextForms {
  /// Classifies one value among the forms of this kind.
  static func written(_ text: UnsafeBufferPointer<UInt8>, among asked: TextForms) -> TextForms {
    var forms: TextForms = []
    if asked.contains(.groupedByCommas), isGrouped(text[...], by: 0x2C, point: 0x2E) {
      forms.insert(.groupedByCommas)
    }
    if asked.contains(.groupedByPoints), isGrouped(text[...], by: 0x2E, point: 0x2C) {
      forms.insert(.groupedByPoints)
    }
    if asked.contains(.amount), isAmount(text) { forms.insert(.amount) }
    if asked.contains(.accounting), isAccounting(text) { forms.insert(.accounting) }
    if asked.contains(.dateShaped), isDateShaped(text) { forms.insert(.dateShaped) }
    return forms
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 <= 9 }

  /// `7`, `1,234`, `-12,345,678.90`, where `sign` separates thousands.
  private static func isGrouped(
    _ text: Slice<UnsafeBufferPointer<UInt8>>, by sign: UInt8, point: UInt8
  ) -> Bool {
    var rest = text
    if let first = rest.first, first == 0x2D || first == 0x2B { rest.removeFirst() }
    let whole = rest.prefix { $0 != point }
    let fraction = rest[whole.endIndex...].dropFirst()
    guard whole.endIndex == rest.endIndex || !fraction.isEmpty && fraction.allSatisfy(isDigit)
    else {
      return false
    }
    var digits = 0
    var hasGroups = false
    for byte in whole {
      if byte == sign {
        guard hasGroups ? digits == 3 : 1...3 ~= digits else { return false }
        hasGroups = true
        digits = 0
      } else {
        guard isDigit(byte) else { return false }
        digits += 1
      }
    }
    return hasGroups ? digits == 3 : digits > 0
  }

  /// A number with a sign before or behind it, or in parentheses, and one kind of sign at most between
  /// its thousands.
  private static func isAccounting(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var rest = text[...]
    if rest.first == 0x28, rest.last == 0x29 {
      rest = rest.dropFirst().dropLast()
    } else if let last = rest.last, last == 0x2D || last == 0x2B {
      rest = rest.dropLast()
    }
    let gaps: [[UInt8]] = [[0x20], [0x27], [0xC2, 0xA0], [0xE2, 0x80, 0xAF], [0xE2, 0x80, 0x99]]
    guard let gap = gaps.first(where: { rest.contains($0[0]) }) else {
      return isGrouped(rest, by: 0x2C, point: 0x2E) || isGrouped(rest, by: 0x2E, point: 0x2C)
    }
    // As with commas or points, whichever is not before the fraction.
    var plain: [UInt8] = []
    while let byte = rest.first {
      let isGap = rest.starts(with: gap)
      plain.append(isGap ? 0x27 : byte)
      rest = rest.dropFirst(isGap ? gap.count : 1)
    }
    return plain.withUnsafeBufferPointer {
      isGrouped($0[...], by: 0x27, point: 0x2E) || isGrouped($0[...], by: 0x27, point: 0x2C)
    }
  }

  /// A number with a sign of money before or behind it, or a percent sign behind it.
  private static func isAmount(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var rest = text[...]
    if rest.first == 0x28, rest.last == 0x29 { rest = rest.dropFirst().dropLast() }
    if let first = rest.first, first == 0x2D || first == 0x2B { rest = rest.dropFirst() }
    var signs = 0
    for money in ["$", "€", "£", "¥"].map({ Array($0.utf8) }) {
      if rest.starts(with: money) {
        rest = rest.dropFirst(money.count).drop { $0 == 0x20 }
        signs += 1
      } else if rest.count > money.count, rest.suffix(money.count).elementsEqual(money) {
        rest = rest.dropLast(money.count)
        signs += 1
      }
    }
    if rest.last == 0x25 {
      rest = rest.dropLast()
      signs += 1
    }
    while rest.last == 0x20 { rest = rest.dropLast() }
    return signs == 1
      && (isGrouped(rest, by: 0x2C, point: 0x2E) || isGrouped(rest, by: 0x2E, point: 0x2C))
  }

  /// Digits in two groups or more, with signs or the name of a month between them.
  private static func isDateShaped(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard 4...40 ~= text.count else { return false }
    var groups = 0
    var wasDigit = false
    for byte in text {
      let isDigit = isDigit(byte)
      groups += isDigit && !wasDigit ? 1 : 0
      wasDigit = isDigit
      let isLetter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
      guard isDigit || isLetter || "/-.:,+ ".utf8.contains(byte) else { return false }
    }
    return groups > 1
  }
}
