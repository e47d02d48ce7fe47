import CKernels
import Columnar

/// Whole numbers of up to 64 bits: an optional sign and digits without zeros in front.
///
/// Up to 16 digits are read by a loop in C, many at a time; everything else (longer numbers, plus
/// signs, spaces, nulls) one by one.
struct IntegerSyntax: FieldSyntax {
  func accepts(_ field: Field, _ context: TypingContext) -> Bool {
    var facts: FieldFacts = []
    return SlowInteger.read(field, context, &facts) != nil
  }

  func parse(
    _ fields: FieldSlice, into scratch: ColumnScratch, hint: FieldKind?, context: TypingContext
  ) -> Int? {
    let values = scratch.values
    let rowCount = fields.rowCount
    var minimum = Int64.max
    var maximum = Int64.min
    var facts: FieldFacts = []
    if context.nulls.spellNumbers {
      // Where digits may spell a null, every field is to be looked at.
      scratch.left.insertAll(rowCount: rowCount)
    } else {
      let read = withUnsafePointer(to: fields.inC) {
        diet_read_integers($0, values, scratch.left.words)
      }
      scratch.note(read)
      (minimum, maximum) = (read.minimum, read.maximum)
      if read.count > 0 { facts.insert(.notPhone) }
      if minimum < 0 { facts.insert(.negative) }
    }
    var row = 0
    while let left = scratch.left.next(from: row) {
      row = left &+ 1
      let field = fields[left]
      if let word = context.nulls.index(of: field) {
        scratch.setNull(left, word: word)
        continue
      }
      guard let value = SlowInteger.read(field, context, &facts) else {
        scratch.report.facts = facts
        return left
      }
      values[left] = value
      // Past 2^63 − 1 the bits are without a sign; the extremes are found again at the end.
      minimum = min(minimum, value)
      maximum = max(maximum, value)
    }
    if facts.contains(.unsigned) {
      guard let extremes = unsignedExtremes(scratch, facts) else {
        return (0..<rowCount).first { !scratch.isNull($0) } ?? 0
      }
      (minimum, maximum) = extremes
    }
    scratch.report.kind = scratch.report.valueCount == 0 ? .null : .integer
    scratch.report.facts = facts
    scratch.report.minimum = minimum
    scratch.report.maximum = maximum
    scratch.report.minimumDigits = 0
    if facts.contains(.unsigned) || max(maximum.magnitude, minimum.magnitude) > 1 << 53 {
      markInexact(scratch, isUnsigned: facts.contains(.unsigned))
    }
    return nil
  }

  /// The extremes of values without a sign; `nil` where some value is negative, too.
  private func unsignedExtremes(
    _ scratch: ColumnScratch, _ facts: FieldFacts
  ) -> (Int64, Int64)? {
    if facts.contains(.negative) { return nil }
    var minimum = UInt64.max
    var maximum = UInt64.min
    for row in 0..<scratch.report.rowCount where !scratch.isNull(row) {
      let value = UInt64(bitPattern: scratch.values[row])
      minimum = min(minimum, value)
      maximum = max(maximum, value)
    }
    return (Int64(bitPattern: minimum), Int64(bitPattern: maximum))
  }

  private func markInexact(_ scratch: ColumnScratch, isUnsigned: Bool) {
    for row in 0..<scratch.report.rowCount where !scratch.isNull(row) {
      let value = scratch.values[row]
      let isExact =
        isUnsigned
        ? UInt64(exactly: Double(UInt64(bitPattern: value))) == UInt64(bitPattern: value)
        : Int64(exactly: Double(value)) == value
      if !isExact {
        scratch.report.facts.insert(.inexactInteger)
        return
      }
    }
  }
}

/// Whole numbers in any form, one at a time.
enum SlowInteger {
  /// The integer, or its bits past 2^63 − 1; `nil` where the field is none.
  static func read(_ field: Field, _ context: TypingContext, _ facts: inout FieldFacts) -> Int64? {
    let number = SignedText(field, &facts)
    let text = number.text
    var index = number.start
    let digitCount = text.count - index
    guard digitCount > 0 else { return nil }
    if digitCount > 1, text.start[index] == 0x30 {
      if !context.options.readsZeroPaddedNumbers {
        if (index..<text.count).allSatisfy({ text.start[$0] &- 0x30 <= 9 }) {
          facts.insert(.zeroPadded)
        }
        return nil
      }
      facts.insert(.nonCanonical)
    }
    var magnitude: UInt64 = 0
    var groups = DigitGroups()
    while index < text.count {
      let byte = text.start[index]
      if let separator = context.options.thousandsSeparator, byte == separator {
        guard groups.addSeparator(afterDigits: index - number.start) else { return nil }
        facts.formUnion([.nonCanonical, .grouped])
      } else {
        guard byte &- 0x30 <= 9 else { return nil }
        groups.addDigit()
        guard let longer = magnitude.appending(digit: byte &- 0x30) else {
          facts.insert(.beyond64Bits)
          return nil
        }
        magnitude = longer
      }
      index += 1
    }
    guard groups.isComplete else { return nil }
    if number.hasPlus { facts.formUnion([.nonCanonical, .plusInteger]) }
    if !(number.hasPlus && digitCount >= 7) { facts.insert(.notPhone) }
    if number.isNegative {
      // Minus zero is no integer: only a float keeps its sign.
      guard magnitude > 0, magnitude <= 1 << 63 else { return nil }
      facts.insert(.negative)
      return Int64(bitPattern: 0 &- magnitude)
    }
    if magnitude > UInt64(Int64.max) { facts.insert(.unsigned) }
    return Int64(bitPattern: magnitude)
  }
}
