import CKernels
import Columnar

/// Numbers with a decimal point and no exponent, held as integers of 10^−scale, where the scale is
/// the most digits after the point that any field has.
///
/// Fields with as many digits after the point as the scale asks for are read by a loop in C, many at
/// a time. In those with fewer the point is found in the word, taken out by a shift, and the digits
/// are then one or two words.
struct DecimalSyntax: FieldSyntax {
  func accepts(_ field: Field, _ context: TypingContext) -> Bool {
    var facts: FieldFacts = []
    return SlowDecimal.read(field, context, &facts) != nil
  }

  func parse(
    _ fields: FieldSlice, into scratch: ColumnScratch, hint: FieldKind?, context: TypingContext
  ) -> Int? {
    var scale = 0
    if case .decimal(let hinted)? = hint { scale = hinted }
    // A field with more digits after the point starts the chunk again at its scale.
    while true {
      switch parse(fields, scale: scale, isFixed: false, scratch, context) {
      case .done: return nil
      case .needsScale(let wider): scale = wider
      case .stopped(let row): return row
      }
      scratch.begin(rowCount: fields.rowCount)
    }
  }

  enum Outcome {
    case done
    case needsScale(Int)
    case stopped(Int)
  }

  /// Reads with exactly `scale` places; a field with more needs a larger scale.
  func parse(
    _ fields: FieldSlice, scale: Int, isFixed: Bool, _ scratch: ColumnScratch,
    _ context: TypingContext
  ) -> Outcome {
    let values = scratch.values
    let rowCount = fields.rowCount
    let separators: UInt64 =
      context.options.decimalSeparator == 0x2C ? 0x2C2C_2C2C_2C2C_2C2C : 0x2E2E_2E2E_2E2E_2E2E
    let separatorFact: FieldFacts =
      context.options.decimalSeparator == 0x2C
      ? [.usesDecimalComma, .provesDecimalComma] : .usesDecimalPoint
    var minimum = Int64.max
    var maximum = Int64.min
    var facts: FieldFacts = []
    var minimumDigits = Int.max
    var maximumDigits = 0
    var fastCount = 0
    // Where digits may spell a null, every field is for the slow path.
    let plainLengths: UInt = context.nulls.spellNumbers ? 0 : 14
    let separator = UInt8(truncatingIfNeeded: separators)
    if context.nulls.spellNumbers || !(1...7).contains(scale) {
      scratch.left.insertAll(rowCount: rowCount)
    } else {
      let read = withUnsafePointer(to: fields.inC) {
        diet_read_decimals($0, Int32(scale), separator, values, scratch.left.words)
      }
      scratch.note(read)
      (minimum, maximum) = (read.minimum, read.maximum)
      fastCount = read.count
      if fastCount > 0 { (minimumDigits, maximumDigits) = (scale, scale) }
    }
    return powersOfTen.withUnsafeBufferPointer { powers -> Outcome in
      var next = 0
      while let row = scratch.left.next(from: next) {
        next = row &+ 1
        let field = fields[row]
        let isNegative = field.count > 0 && field.start[0] == 0x2D
        let length = field.count &- (isNegative ? 1 : 0)
        if UInt(bitPattern: length &- 3) < plainLengths {
          let last = load8(field.end - 8)
          let difference = last ^ separators
          // The lowest zero byte is where the separator is; bytes of the field before it may be
          // anything, so look from the highest end of the kept bytes.
          let zeroBytes = Self.zeroBytes(difference) & Self.highBytes(min(length, 8))
          let point = 7 &- zeroBytes.leadingZeroBitCount &>> 3
          let fraction = 7 &- point
          if zeroBytes != 0, fraction > 0, fraction <= scale, length &- fraction > 1 {
            let above = ~UInt64(0) &<< UInt64(truncatingIfNeeded: (point &+ 1) &* 8)
            let digits = length &- 1
            let first = field.start[isNegative ? 1 : 0]
            var magnitude: UInt64
            var isValid: Bool
            if digits <= 8 {
              // Only the field's own digits can come in from below when digits is 8.
              let before = digits == 8 ? load8(field.end - 16) &>> 56 : 0
              let word = keepingLast(digits, of: (last & above) | ((last &<< 8) & ~above) | before)
              isValid = areDigits(word)
              magnitude = numberSpelled(word)
            } else {
              let previous = load8(field.end - 16)
              let low = (last & above) | ((last &<< 8) & ~above) | (previous &>> 56)
              let high = keepingLast(digits &- 8, of: previous &<< 8)
              isValid = areDigits(low) && areDigits(high)
              magnitude = numberSpelled(high) &* 100_000_000 &+ numberSpelled(low)
            }
            // 0.5 is a number and 00.5 is none; minus zero is a float's.
            isValid = isValid && (first != 0x30 || length &- fraction == 2)
            isValid = isValid && (magnitude != 0 || !isNegative)
            let (product, overflow) = magnitude.multipliedReportingOverflow(
              by: UInt64(bitPattern: powers[scale &- fraction]))
            if isValid, !overflow, product <= UInt64(Int64.max) {
              let value = isNegative ? 0 &- Int64(product) : Int64(product)
              values[row] = value
              minimum = value < minimum ? value : minimum
              maximum = value > maximum ? value : maximum
              minimumDigits = fraction < minimumDigits ? fraction : minimumDigits
              maximumDigits = fraction > maximumDigits ? fraction : maximumDigits
              fastCount &+= 1
              continue
            }
          }
        }
        if let word = context.nulls.index(of: field) {
          scratch.setNull(row, word: word)
          continue
        }
        guard let number = SlowDecimal.read(field, context, &facts) else {
          scratch.report.facts = facts
          return .stopped(row)
        }
        if number.fractionDigits > scale {
          return number.fractionDigits <= 18 && !isFixed
            ? .needsScale(number.fractionDigits) : .stopped(row)
        }
        let (value, overflow) = number.mantissa.multipliedReportingOverflow(
          by: powers[scale - number.fractionDigits])
        if overflow { return .stopped(row) }
        values[row] = value
        minimum = min(minimum, value)
        maximum = max(maximum, value)
        minimumDigits = min(minimumDigits, number.fractionDigits)
        maximumDigits = max(maximumDigits, number.fractionDigits)
      }
      if fastCount > 0 { facts.formUnion([.notPhone, .floatEvidence, separatorFact]) }
      if minimum < 0 { facts.insert(.negative) }
      scratch.report.kind =
        scratch.report.valueCount == 0 ? .null : scale == 0 ? .integer : .decimal(scale: scale)
      scratch.report.facts = facts
      scratch.report.minimum = minimum
      scratch.report.maximum = maximum
      scratch.report.minimumDigits = minimumDigits
      scratch.report.maximumDigits = maximumDigits
      if scale == 1, !isFixed, scratch.report.valueCount > 0 { _ = WholeDecimals.reduce(scratch) }
      return .done
    }
  }

  /// 0x80 in every byte that is zero. Exact: carries do not leave their byte.
  @inline(__always)
  private static func zeroBytes(_ word: UInt64) -> UInt64 {
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    return ~(((word & low) &+ low) | word | low)
  }

  /// The highest `count` (1…8) bytes.
  @inline(__always)
  private static func highBytes(_ count: Int) -> UInt64 {
    ~0 &<< UInt64(truncatingIfNeeded: (8 &- count) &* 8)
  }
}

/// The forms of decimals that the fast loop does not know.
enum SlowDecimal {
  struct Number {
    var mantissa: Int64
    var fractionDigits: Int
  }

  /// The number, `nil` where the field is none or has more digits than an Int64 holds.
  static func read(_ field: Field, _ context: TypingContext, _ facts: inout FieldFacts) -> Number? {
    let number = SignedText(field, &facts)
    let text = number.text
    var index = number.start
    var magnitude: UInt64 = 0
    var digits = 0
    var fractionStart = -1
    var groups = DigitGroups()
    while index < text.count {
      let byte = text.start[index]
      index += 1
      if byte &- 0x30 <= 9 {
        guard let longer = magnitude.appending(digit: byte &- 0x30) else { return nil }
        magnitude = longer
        digits += 1
        if fractionStart < 0 { groups.addDigit() }
      } else if fractionStart < 0, let fact = separatorFact(byte, context) {
        guard groups.isComplete else { return nil }
        fractionStart = index
        facts.formUnion([fact, .floatEvidence])
      } else if fractionStart < 0, byte == context.options.thousandsSeparator {
        guard groups.addSeparator(afterDigits: digits) else { return nil }
        facts.formUnion([.nonCanonical, .grouped])
      } else {
        return nil
      }
    }
    guard digits > 0, groups.isComplete else { return nil }
    let fraction = fractionStart < 0 ? 0 : text.count - fractionStart
    let whole = digits - fraction
    if fractionStart > 0, text.start[fractionStart - 1] == 0x2C,
      fraction != 3 || !(1...3).contains(whole) || text.start[number.start] == 0x30
        || context.options.decimalSeparator == 0x2C
    {
      facts.insert(.provesDecimalComma)
    }
    if whole > 1, text.start[number.start] == 0x30 {
      guard context.options.readsZeroPaddedNumbers else { return nil }
      facts.insert(.nonCanonical)
    }
    // `.5` and `5.` are numbers that print as 0.5 and 5.
    if whole == 0 || (fractionStart >= 0 && fraction == 0) || number.hasPlus {
      facts.insert(.nonCanonical)
    }
    if number.hasPlus, fractionStart < 0 { facts.insert(.plusInteger) }
    if !(number.hasPlus && digits >= 7 && fractionStart < 0) { facts.insert(.notPhone) }
    guard magnitude <= UInt64(Int64.max) + (number.isNegative ? 1 : 0),
      !(number.isNegative && magnitude == 0)
    else { return nil }
    if fraction == 0, UInt64(exactly: Double(magnitude)) != magnitude {
      facts.insert(.inexactInteger)
    }
    return Number(
      mantissa: Int64(bitPattern: number.isNegative ? 0 &- magnitude : magnitude),
      fractionDigits: fraction)
  }

  private static func separatorFact(_ byte: UInt8, _ context: TypingContext) -> FieldFacts? {
    if byte == 0x2C, context.allowsDecimalComma { return .usesDecimalComma }
    let decimal = context.options.decimalSeparator
    if byte == 0x2E, decimal == nil || decimal == 0x2E { return .usesDecimalPoint }
    return decimal == byte ? .usesDecimalPoint : nil
  }
}
