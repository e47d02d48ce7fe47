import Columnar
import Platform

/// Numbers that need binary floating point: exponents, NaN and infinities, minus zero, more digits
/// than a scaled Int64 holds. Every value is the binary64 nearest to its text.
struct FloatSyntax: FieldSyntax {
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
  private let spelling: NumberSpelling
  private let readsZeroPadded: Bool

  init(_ context: TypingContext) {
    spelling = NumberSpelling(context)
    readsZeroPadded = context.options.readsZeroPaddedNumbers
  }

  /// The value; `nil` where the field is no number, or one beyond binary64.
  mutating func read(_ field: Field) -> Double? {
    let text = field.trimmed
    let hasSpace = text.count != field.count
    if hasSpace { facts.formUnion([.nonCanonical, .outerSpace]) }
    guard let shape = NumberShape(text, spelling) else { return word(text, hasSpace) }
    if shape.isZeroPadded {
      guard readsZeroPadded else { return nil }
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
    if !facts.contains(.nonCanonical), !Self.prints(value, as: text) { facts.insert(.nonCanonical) }
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
      if text.count != 3 || !Self.prints(.nan, as: text) { facts.insert(.nonCanonical) }
      return .nan
    }
    if matches("inf") || matches("infinity") {
      facts.formUnion([.notFinite, .notPhone])
      let value: Double = isNegative ? -.infinity : .infinity
      if !Self.prints(value, as: text) { facts.insert(.nonCanonical) }
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

  /// Whether the field is what our printing of `value` gives, which is nearest to it.
  static func prints(_ value: Double, as text: Field) -> Bool {
    if let isPrinted = isPrintedDecimal(text) { return isPrinted }
    var rendered = renderedFloat(value)
    return rendered.withUTF8 { bytes in
      bytes.count == text.count && memcmp(bytes.baseAddress!, text.start, text.count) == 0
    }
  }

  /// Whether plain digits are what is printed for the number nearest to them: up to 15 always are the shortest that are
  /// (DBL_DIG), written without an exponent from 0.0001 on. `nil` where that is not all there is to know.
  private static func isPrintedDecimal(_ text: Field) -> Bool? {
    let first = text.count > 0 && text.start[0] == 0x2D ? 1 : 0
    guard (first + 1...first + 16).contains(text.count) else { return nil }
    var point: Int?
    for index in first..<text.count where text.start[index] &- 0x30 > 9 {
      guard text.start[index] == 0x2E, point == nil else { return nil }
      point = index
    }
    let wholeCount = (point ?? text.count) - first
    let startsWithZero = wholeCount > 0 && text.start[first] == 0x30
    guard wholeCount > 0, !startsWithZero || wholeCount == 1 else { return nil }
    guard let point else { return startsWithZero || wholeCount > 15 ? nil : true }
    guard point + 1 < text.count else { return nil }
    if text.start[text.count - 1] == 0x30 { return false }
    // 0.0001 is printed so, less is not.
    if startsWithZero {
      let places = text.start + point + 1
      guard (0..<min(4, text.count - point - 1)).contains(where: { places[$0] != 0x30 }) else {
        return nil
      }
    }
    return text.count - first - 1 <= 15 ? true : nil
  }

  /// Whether the text's digits can be had back: printing that many digits gives the same ones.
  private func keepsDigits(_ value: Double, _ shape: NumberShape, _ text: Field) -> Bool {
    if Self.prints(value, as: text) { return true }
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
