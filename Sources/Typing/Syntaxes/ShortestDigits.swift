import Columnar
import Platform

/// Whether decimals are spelled with the fewest digits that tell their binary64 from all others, as
/// numpy, R and JSON write floats. Fields that have a decimal comma never are.
///
/// Of numbers of at most 15 digits (DBL_DIG) that is so unless the fraction ends in a zero: two of
/// them are never one binary64. A whole number may have `.0`, or not: chunks of such numbers alone are
/// read as integers, and say nothing here.
struct ShortestDigits {
  private var reader: FloatReader
  /// Settled by the first field that is spelled otherwise.
  private var mayHold = true

  init(_ context: TypingContext) {
    reader = FloatReader(context)
  }

  /// Adds to the report of a chunk of decimals that one of them is spelled otherwise, unless a chunk
  /// before it said so.
  mutating func note(_ fields: FieldSlice, _ scratch: ColumnScratch) {
    guard mayHold, case .decimal = scratch.report.kind else { return }
    for row in 0..<fields.rowCount where !scratch.isNull(row) && !spells(fields[row]) {
      mayHold = false
      scratch.report.facts.insert(.notShortest)
      return
    }
  }

  private mutating func spells(_ field: Field) -> Bool {
    guard field.count > 0 else { return false }
    if field.start[field.count - 1] == 0x30, endsInUselessZero(field) { return false }
    let isNegative = field.start[0] == 0x2D
    // 15 digits, and a point or no fraction. Below 0.0001 floats are printed with an exponent.
    if field.count - (isNegative ? 1 : 0) <= 15, !isSmall(field, isNegative) { return true }
    guard let value = reader.read(field) else { return false }
    // From there on, floats are printed with an exponent.
    if value.magnitude < 0x1p53, isWhole(field) { return true }
    return FloatReader.prints(value, as: field)
  }

  private func isSmall(_ field: Field, _ isNegative: Bool) -> Bool {
    let start = field.start + (isNegative ? 1 : 0)
    let digits: StaticString = "0.0000"
    return field.end - start > digits.utf8CodeUnitCount
      && memcmp(start, digits.utf8Start, digits.utf8CodeUnitCount) == 0
  }

  /// Whether there are no digits behind a point, or one zero.
  private func isWhole(_ field: Field) -> Bool {
    guard let point = field.bytes.firstIndex(of: 0x2E) else { return true }
    return point + 2 == field.count && field.start[point + 1] == 0x30
  }

  private func endsInUselessZero(_ field: Field) -> Bool {
    var fraction = 0
    while fraction < field.count, field.start[field.count - 1 - fraction] != 0x2E {
      fraction += 1
    }
    return fraction > 1 && fraction < field.count
  }
}
