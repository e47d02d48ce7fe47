import Columnar

/// A number with what may stand beside it: a sign in front or behind, parentheses for one below zero,
/// and a unit, such as a sign of money or percent.
package struct AffixedNumber {
  /// A sign of money, `%`, `kg`; no bytes for none.
  private(set) var unit: Field
  private(set) var isNegative = false
  private(set) var hasPlus = false
  /// From the first digit to the last, with the separators within.
  let digits: Field

  /// `nil` where the field is no such number.
  init?(_ field: Field) {
    var text = field.withoutSpaces
    unit = text.prefix(0)
    var minusCount = 0
    if text.count > 2, text.start[0] == UInt8(ascii: "("), text.end[-1] == UInt8(ascii: ")") {
      minusCount = 1
      text = text.part(1..<text.count - 1).withoutSpaces
    }
    guard var first = (0..<text.count).first(where: { text.start[$0] &- 0x30 <= 9 }),
      let last = (0..<text.count).last(where: { text.start[$0] &- 0x30 <= 9 })
    else { return nil }
    if first > 0, [0x2E, 0x2C].contains(text.start[first - 1]),
      first == 1 || !text.start[first - 2].isLetter
    {
      first -= 1
    }
    digits = text.part(first..<last + 1)
    var plusCount = 0
    for side in [text.part(0..<first), text.part(last + 1..<text.count)] {
      guard let found = Self.parts(of: side) else { return nil }
      minusCount += found.minusCount
      plusCount += found.plusCount
      if found.unit.count == 0 { continue }
      guard unit.count == 0 else { return nil }
      unit = found.unit
    }
    guard minusCount + plusCount <= 1 else { return nil }
    (isNegative, hasPlus) = (minusCount == 1, plusCount == 1)
  }

  /// The signs and the unit on one side of the digits; `nil` where there is something else.
  private static func parts(of side: Field) -> (unit: Field, minusCount: Int, plusCount: Int)? {
    var rest = side.withoutSpaces
    var (minusCount, plusCount) = (0, 0)
    // `A-5` is an id, `€-5` a number.
    var mayBeID = false
    while rest.count > 0 {
      let (front, back) = (rest.minusLength(atFront: true), rest.minusLength(atFront: false))
      if front > 0 {
        minusCount += 1
        rest = rest.part(front..<rest.count)
      } else if back > 0 {
        minusCount += 1
        rest = rest.part(0..<rest.count - back)
        mayBeID = rest.count > 0 && rest.end[-1].isLetter
      } else if rest.start[0] == 0x2B {
        plusCount += 1
        rest = rest.part(1..<rest.count)
      } else if rest.end[-1] == 0x2B {
        plusCount += 1
        rest = rest.part(0..<rest.count - 1)
      } else {
        break
      }
      rest = rest.withoutSpaces
    }
    guard rest.count > 0 else { return (rest, minusCount, plusCount) }
    var isUnit = false
    for byte in rest.bytes {
      if byte.isLetter || byte >= 0x80 || byte == 0x24 || byte == 0x25 {
        isUnit = true
      } else if byte != 0x2F && byte != 0x2E {
        return nil
      }
    }
    guard isUnit, !mayBeID, rest.count <= 16 else { return nil }
    return (rest, minusCount, plusCount)
  }

  /// The separators of a number.
  package struct Signs: Hashable, Sendable {
    var decimal: UInt8
    var thousands: UInt8

    static let point = Signs(decimal: 0x2E, thousands: 0x2C)
    static let comma = Signs(decimal: 0x2C, thousands: 0x2E)
  }

  /// Whether both texts are numbers with one and the same unit beside them.
  static func haveOneUnit(_ first: [UInt8], _ second: [UInt8]) -> Bool {
    first.withField { first in
      second.withField { second in
        guard let one = AffixedNumber(first), let other = AffixedNumber(second) else {
          return false
        }
        return one.unit.bytes.elementsEqual(other.unit.bytes)
      }
    }
  }

  /// Whether a point or comma is among the digits.
  var hasSigns: Bool { digits.bytes.contains { $0 == 0x2E || $0 == 0x2C } }

  /// Appends the number as every engine writes it; false, and something of it appended, where the
  /// separators are not where these signs say.
  func write(
    _ signs: Signs, allowsZeros: Bool, to output: inout [UInt8]
  ) -> Bool {
    let hasValue = digits.bytes.contains { $0 &- 0x31 <= 8 }
    if isNegative, hasValue { output.append(0x2D) }
    if hasPlus { output.append(0x2B) }
    var groups = DigitGroups()
    var kind: UInt32?
    var (wholeDigits, hasFraction) = (0, false)
    let isZeroPadded = digits.count > 1 && digits.start[0] == 0x30
    var index = 0
    while index < digits.count {
      let byte = digits.start[index]
      if byte &- 0x30 <= 9 {
        output.append(byte)
        if !hasFraction {
          groups.addDigit()
          wholeDigits += 1
          if wholeDigits == 2, isZeroPadded, !allowsZeros { return false }
        }
        index += 1
      } else if byte == signs.decimal {
        guard !hasFraction, groups.isComplete else { return false }
        hasFraction = true
        output.append(0x2E)
        index += 1
      } else {
        let group = byte == signs.thousands ? (1, UInt32(byte)) : digits.separator(at: index)
        guard let group, !hasFraction, kind ?? group.1 == group.1,
          groups.addSeparator(afterDigits: wholeDigits)
        else { return false }
        kind = group.1
        index += group.0
      }
    }
    return groups.isComplete
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
}

extension Field {
  fileprivate func part(_ range: Range<Int>) -> Field {
    Field(start: start + range.lowerBound, count: range.count, isQuoted: false)
  }

  fileprivate func prefix(_ count: Int) -> Field { part(0..<count) }

  /// Without spaces of any kind around it.
  fileprivate var withoutSpaces: Field {
    var (first, last) = (0, count)
    while first < last, let length = part(first..<last).spaceLength(at: 0) { first += length }
    while first < last {
      let rest = part(first..<last)
      if rest.spaceLength(at: rest.count - 1) == 1 {
        last -= 1
      } else if rest.count >= 2, rest.spaceLength(at: rest.count - 2) == 2 {
        last -= 2
      } else if rest.count >= 3, rest.spaceLength(at: rest.count - 3) == 3 {
        last -= 3
      } else {
        break
      }
    }
    return part(first..<last)
  }

  /// The bytes of a space or tab, U+00A0, U+2009 or U+202F.
  private func spaceLength(at index: Int) -> Int? {
    let byte = start[index]
    if byte == 0x20 || byte == 0x09 { return 1 }
    if byte == 0xC2, index + 1 < count, start[index + 1] == 0xA0 { return 2 }
    guard byte == 0xE2, index + 2 < count, start[index + 1] == 0x80 else { return nil }
    return start[index + 2] == 0x89 || start[index + 2] == 0xAF ? 3 : nil
  }

  /// A space, `'` or `’` between digits: its length, and which it is.
  fileprivate func separator(at index: Int) -> (Int, UInt32)? {
    if start[index] == 0x09 { return nil }
    if start[index] == 0x27 { return (1, 0x27) }
    if start[index] == 0xE2, index + 2 < count, start[index + 1] == 0x80, start[index + 2] == 0x99 {
      return (3, 0x2019)
    }
    guard let length = spaceLength(at: index) else { return nil }
    return (length, UInt32(start[index]) << 8 | UInt32(start[index + length - 1]))
  }

  /// The bytes of `-` or U+2212 at an end; 0 where there is none.
  fileprivate func minusLength(atFront: Bool) -> Int {
    if count > 0, start[atFront ? 0 : count - 1] == 0x2D { return 1 }
    guard count >= 3 else { return 0 }
    let place = start + (atFront ? 0 : count - 3)
    return place[0] == 0xE2 && place[1] == 0x88 && place[2] == 0x92 ? 3 : 0
  }
}
