/// What all numbers begin with: a field without the spaces around it, and its sign.
struct SignedText {
  let text: Field
  let isNegative: Bool
  let hasPlus: Bool

  /// Notes spaces around the number in `facts`.
  init(_ field: Field, _ facts: inout FieldFacts) {
    text = field.trimmed
    if text.count != field.count { facts.formUnion([.nonCanonical, .outerSpace]) }
    isNegative = text.count > 0 && text.start[0] == 0x2D
    hasPlus = text.count > 0 && text.start[0] == 0x2B
  }

  /// The index of the first byte behind the sign.
  var start: Int { isNegative || hasPlus ? 1 : 0 }
}

/// The digits between thousands separators: groups of three, the first of one to three.
struct DigitGroups {
  /// The digits since the last separator; `nil` before the first.
  private var digitCount: Int?

  /// Whether the groups so far may end here.
  var isComplete: Bool { digitCount == nil || digitCount == 3 }

  mutating func addDigit() { digitCount? += 1 }

  /// False where there must be no separator.
  mutating func addSeparator(afterDigits wholeDigits: Int) -> Bool {
    guard digitCount == nil ? (1...3).contains(wholeDigits) : digitCount == 3 else { return false }
    digitCount = 0
    return true
  }
}

extension UInt64 {
  /// This number with one more digit; `nil` past 64 bits.
  func appending(digit: UInt8) -> UInt64? {
    let (product, overflow) = multipliedReportingOverflow(by: 10)
    let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
    return overflow || carry ? nil : sum
  }
}
