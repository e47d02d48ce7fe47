import Columnar
import Platform

/// The bytes that may stand in a number beside its digits.
struct NumberSpelling {
  /// `nil` where it is a point, or a comma where `allowsDecimalComma`.
  private let decimalSeparator: UInt8?
  private let allowsDecimalComma: Bool
  let thousandsSeparator: UInt8?

  init(_ context: TypingContext) {
    decimalSeparator = context.options.decimalSeparator
    allowsDecimalComma = context.allowsDecimalComma
    thousandsSeparator = context.options.thousandsSeparator
  }

  var isCommaTold: Bool { decimalSeparator == 0x2C }

  func isPoint(_ byte: UInt8) -> Bool {
    if let decimalSeparator { return byte == decimalSeparator }
    return byte == 0x2E || (byte == 0x2C && allowsDecimalComma)
  }
}

/// Where the parts of a number lie in its text.
struct NumberShape {
  private(set) var facts: FieldFacts = []
  private(set) var isZeroPadded = false
  /// Neither a point nor an exponent.
  private(set) var isWhole = true
  private var isNegative = false
  private(set) var hasPlus = false
  /// `5.e3`: not every engine's number.
  private(set) var isLoose = false
  /// The digits without the point as one number, `nil` past 64 bits.
  private(set) var mantissa: UInt64? = 0
  private(set) var digitCount = 0
  /// Digits from the first that is not zero to the last that is not zero.
  private(set) var significantDigits = 0
  private var exponent = 0
  private var usesComma = false
  private var groupSeparator: UInt8?

  /// Beyond all that digits in front of it can make up for.
  private static let exponentLimit = 1 << 50

  /// `nil` where the text is no number.
  init?(_ text: Field, _ spelling: NumberSpelling) {
    var index = 0
    let count = text.count
    if count > 0, text.start[0] == 0x2D || text.start[0] == 0x2B {
      isNegative = text.start[0] == 0x2D
      if !isNegative {
        facts.insert(.nonCanonical)
        hasPlus = true
      }
      index = 1
    }
    let first = index
    var groups = DigitGroups()
    var fractionDigits = 0
    var wholeDigits = 0
    var hasPoint = false
    var trailingZeros = 0
    while index < count {
      let byte = text.start[index]
      if byte &- 0x30 <= 9 {
        digitCount += 1
        if !hasPoint { groups.addDigit() }
        if hasPoint { fractionDigits += 1 } else { wholeDigits += 1 }
        if byte != 0x30 || significantDigits > 0 { significantDigits += 1 }
        trailingZeros = byte == 0x30 ? trailingZeros + 1 : 0
        mantissa = mantissa?.appending(digit: byte &- 0x30)
      } else if !hasPoint, byte == spelling.thousandsSeparator {
        guard groups.addSeparator(afterDigits: wholeDigits) else { return nil }
        groupSeparator = byte
        facts.insert(.nonCanonical)
      } else if !hasPoint, spelling.isPoint(byte) {
        hasPoint = true
        facts.formUnion([byte == 0x2C ? .usesDecimalComma : .usesDecimalPoint, .floatEvidence])
        usesComma = byte == 0x2C
        isWhole = false
      } else {
        break
      }
      index += 1
    }
    guard digitCount > 0, groups.isComplete else { return nil }
    if usesComma,
      spelling.isCommaTold || index < count || fractionDigits != 3
        || !(1...3).contains(wholeDigits) || text.start[first] == 0x30
    {
      facts.insert(.provesDecimalComma)
    }
    significantDigits = max(0, significantDigits - trailingZeros)
    isZeroPadded = wholeDigits > 1 && text.start[first] == 0x30
    exponent = -fractionDigits
    if index < count {
      guard text.start[index] | 0x20 == 0x65 else { return nil }
      index += 1
      isWhole = false
      isLoose = hasPoint && fractionDigits == 0
      var isExponentNegative = false
      if index < count, text.start[index] == 0x2D || text.start[index] == 0x2B {
        isExponentNegative = text.start[index] == 0x2D
        facts.insert(.floatEvidence)
        index += 1
      } else if !hasPoint {
        facts.insert(.bareExponent)
      }
      guard index < count else { return nil }
      var value = 0
      while index < count {
        guard text.start[index] &- 0x30 <= 9 else { return nil }
        value = min(value * 10 + Int(text.start[index] &- 0x30), Self.exponentLimit)
        index += 1
      }
      exponent += isExponentNegative ? -value : value
    }
  }

  /// Whether digits may be lost in `value`, the nearest binary64: all of 15 are kept, but for those
  /// of a number so small that it is subnormal or vanishes.
  func mayRound(to value: Double) -> Bool {
    significantDigits > 15 || (significantDigits > 0 && !value.isNormal)
  }

  /// The nearest binary64; `nil` where that would be infinite.
  func value(of text: Field) -> Double? {
    if let mantissa, let value = magnitude(mantissa) { return isNegative ? -value : value }
    let value = withUnsafeTemporaryAllocation(of: CChar.self, capacity: text.count + 1) { copy in
      var count = 0
      for byte in text.bytes where byte != groupSeparator {
        copy[count] = CChar(bitPattern: usesComma && byte == 0x2C ? 0x2E : byte)
        count += 1
      }
      copy[count] = 0
      return strtod(copy.baseAddress!, nil)
    }
    return value.isFinite ? value : nil
  }

  /// The binary64 nearest to the digits in `mantissa`; `nil` where only all of the text tells.
  private func magnitude(_ mantissa: UInt64) -> Double? {
    if mantissa <= 1 << 53, abs(exponent) <= 22 {
      // Clinger's fast path: both factors are exact, so one operation rounds once.
      return exponent < 0
        ? Double(mantissa) / Self.exactPowers[-exponent]
        : Double(mantissa) * Self.exactPowers[exponent]
    }
    return nearestDouble(to: mantissa, timesTenToThe: exponent)
  }

  /// The significant digits as ASCII, with trailing zeros.
  func digits(of text: Field) -> [UInt8] {
    var digits: [UInt8] = []
    for byte in text.bytes {
      if byte | 0x20 == 0x65 { break }
      if byte &- 0x30 <= 9, byte != 0x30 || !digits.isEmpty { digits.append(byte) }
    }
    return digits
  }

  private static let exactPowers: [Double] = (0...22).map { exponent in
    (0..<exponent).reduce(1.0) { power, _ in power * 10 }
  }
}
