import Columnar
import Glibc

/// Numbers that need binary floating point: exponents, NaN and infinities, minus zero, more digits
/// than a scaled Int64 holds. Every value is the binary64 nearest to its text.
struct FloatSyntax: FieldSyntax {
  let name = "float"
  let families: [FieldKind.Family] = [.float]

  func accepts(_ field: Field, _ context: TypingContext) -> Bool {
    var reader = FloatReader(context)
    return reader.read(field) != nil
  }

  func parse(
    _ fields: FieldSlice, into scratch: ColumnScratch, hint: FieldKind?, context: TypingContext
  ) -> Int? {
    var reader = FloatReader(context)
    for row in 0..<fields.rowCount {
      let field = fields[row]
      if context.nulls.spellValues, let word = context.nulls.userIndex(of: field) {
        scratch.setNull(row, word: word)
      } else if let value = reader.read(field) {
        scratch.values[row] = Int64(bitPattern: value.bitPattern)
      } else if let word = context.nulls.index(of: field) {
        scratch.setNull(row, word: word)
      } else {
        scratch.report.facts = reader.facts
        return row
      }
    }
    scratch.report.kind = scratch.report.valueCount == 0 ? .null : .float
    scratch.report.facts = reader.facts
    scratch.nanWords = reader.nanWords
    return nil
  }
}

/// Reads one number after another and gathers what they showed.
struct FloatReader {
  var facts: FieldFacts = []
  private(set) var nanWords = NaNWords()
  private let context: TypingContext

  init(_ context: TypingContext) { self.context = context }

  /// The value; `nil` where the field is no number, or one beyond binary64.
  mutating func read(_ field: Field) -> Double? {
    let text = field.trimmed
    let hasSpace = text.count != field.count
    if hasSpace { facts.formUnion([.nonCanonical, .outerSpace]) }
    guard let shape = NumberShape(text, context) else { return word(text, hasSpace) }
    if shape.isZeroPadded {
      guard context.options.readsZeroPaddedNumbers else { return nil }
      facts.insert(.nonCanonical)
    }
    facts.formUnion(shape.facts)
    guard let value = shape.value(of: text) else {
      facts.insert(.beyondFloat)
      return nil
    }
    if shape.isWhole {
      // An integer joins floats only when it is exact in them; past 64 bits it stays text.
      guard let integer = shape.mantissa, !(value < 0 && integer > 1 << 63) else {
        facts.insert(.beyond64Bits)
        return nil
      }
      if integer > 1 << 53, UInt64(exactly: Double(integer)) != integer {
        facts.insert(.inexactInteger)
      }
      if integer == 0, value.sign == .minus { facts.insert(.minusZero) }
      facts.formUnion(shape.hasPlus ? [.wholeNumber, .plusInteger] : .wholeNumber)
    } else {
      facts.insert(shape.isLoose ? .looseFloat : .binaryFloat)
      if !facts.contains(.rounded), shape.mayRound(to: value), !keepsDigits(value, shape, text) {
        facts.insert(.rounded)
      }
    }
    if !facts.contains(.nonCanonical), !printsAs(value, text) { facts.insert(.nonCanonical) }
    facts.insert(.notPhone)
    return value
  }

  /// `nan`, `inf`, `infinity` in any case, signed.
  private mutating func word(_ text: Field, _ hasSpace: Bool) -> Double? {
    var start = text.start
    var count = text.count
    let isNegative = count > 0 && start[0] == 0x2D
    if count > 0, start[0] == 0x2D || start[0] == 0x2B {
      start += 1
      count -= 1
    }
    func matches(_ word: StaticString) -> Bool {
      guard count == word.utf8CodeUnitCount else { return false }
      for index in 0..<count where start[index] | 0x20 != word.utf8Start[index] { return false }
      return true
    }
    if matches("nan") {
      facts.formUnion([.notFinite, .hasNaN, .notPhone])
      noteNaN(text, hasSpace)
      if text.count != 3 || !printsAs(.nan, text) { facts.insert(.nonCanonical) }
      return .nan
    }
    if matches("inf") || matches("infinity") {
      facts.formUnion([.notFinite, .notPhone])
      let value: Double = isNegative ? -.infinity : .infinity
      if !printsAs(value, text) { facts.insert(.nonCanonical) }
      facts.formUnion(FieldReading(text.bytes).shapes == .float ? .binaryFloat : .looseFloat)
      return value
    }
    return nil
  }

  /// How NaN is spelled decides which engines read it as missing.
  private mutating func noteNaN(_ text: Field, _ hasSpace: Bool) {
    switch hasSpace ? nil : NullWordTallies.group(of: text.bytes) {
    case \.nan: nanWords.mixedCase.add(1, of: text.count)
    case \.lowercaseNaN: nanWords.lowercase.add(1, of: text.count)
    default:
      let isPlus = !hasSpace && FieldReading(text.bytes).shapes == .plusNaN
      facts.insert(isPlus ? .plusNaN : .oddNaN)
    }
  }

  private func printsAs(_ value: Double, _ text: Field) -> Bool {
    var rendered = renderedFloat(value)
    return rendered.withUTF8 { bytes in
      bytes.count == text.count && memcmp(bytes.baseAddress!, text.start, text.count) == 0
    }
  }

  /// Whether the text's digits can be had back: printing that many digits gives the same ones.
  private func keepsDigits(_ value: Double, _ shape: NumberShape, _ text: Field) -> Bool {
    if printsAs(value, text) { return true }
    guard shape.significantDigits <= 17 else { return false }
    var buffer = [CChar](repeating: 0, count: 64)
    let count = shape.significantDigits
    withVaList([Int32(count - 1), value]) { _ = vsnprintf(&buffer, 64, "%.*e", $0) }
    var printed: [UInt8] = []
    for byte in buffer {
      if byte == 0x65 || byte == 0 { break }
      if byte >= 0x30, byte <= 0x39 { printed.append(UInt8(byte)) }
    }
    return printed.elementsEqual(shape.digits(of: text).prefix(count))
  }
}

/// How a binary64 is printed: the shortest digits that read back as the same value, without a
/// useless `.0`.
func renderedFloat(_ value: Double) -> String {
  let text = value.description
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
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

  /// `nil` where the text is no number.
  init?(_ text: Field, _ context: TypingContext) {
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
      } else if !hasPoint, byte == context.options.thousandsSeparator {
        guard groups.addSeparator(afterDigits: wholeDigits) else { return nil }
        groupSeparator = byte
        facts.insert(.nonCanonical)
      } else if !hasPoint, isPoint(byte, context) {
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
        value = min(value * 10 + Int(text.start[index] &- 0x30), 100_000)
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
    if let mantissa, mantissa <= 1 << 53, abs(exponent) <= 22 {
      // Clinger's fast path: both factors are exact, so one operation rounds once.
      let scaled =
        exponent < 0
        ? Double(mantissa) / Self.exactPowers[-exponent]
        : Double(mantissa) * Self.exactPowers[exponent]
      return isNegative ? -scaled : scaled
    }
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

  /// The significant digits as ASCII, with trailing zeros.
  func digits(of text: Field) -> [UInt8] {
    var digits: [UInt8] = []
    for byte in text.bytes {
      if byte | 0x20 == 0x65 { break }
      if byte &- 0x30 <= 9, byte != 0x30 || !digits.isEmpty { digits.append(byte) }
    }
    return digits
  }

  private func isPoint(_ byte: UInt8, _ context: TypingContext) -> Bool {
    if let separator = context.options.decimalSeparator { return byte == separator }
    return byte == 0x2E || (byte == 0x2C && context.allowsDecimalComma)
  }

  private static let exactPowers: [Double] = (0...22).map { exponent in
    (0..<exponent).reduce(1.0) { power, _ in power * 10 }
  }
}
