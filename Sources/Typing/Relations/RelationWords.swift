import Columnar

/// How a column follows from an earlier one, in words: what reports say.
struct RelationWords {
  let text: String
  let kind: ColumnRelation.Kind

  /// A column as the words need it.
  struct Side {
    let profile: ColumnProfile
    let kind: FieldKind
    let member: RelatedColumns.Member
  }

  /// `nil` where there is nothing to say: any two columns of two numbers lie on some line, and lines
  /// between days and instants mean something only where time goes on equally fast.
  init?(_ side: Side, from earlier: Side) {
    guard side.profile.valueCount > 0 else { return nil }
    let name = "`\(earlier.profile.name)`"
    guard side.profile.type.domain == .integer, earlier.profile.type.domain == .integer else {
      (text, kind) = ("equals \(name) in all rows", .equal)
      return
    }
    guard let unit = side.kind.unitSize, let earlierUnit = earlier.kind.unitSize,
      let line = Line(side.member, side.kind, unit, earlier.member, earlier.kind, earlierUnit)
    else { return nil }
    if line.factor == 1, line.sum == 0 {
      (text, kind) = ("equals \(name) in all rows", .equal)
      return
    }
    kind = .line
    let isTold = (earlier.profile.distinctCount ?? 3) > 2
    switch side.kind.family {
    case .boolean: text = "is the opposite of \(name) in all rows"
    case .number where isTold: text = "= \(line.words(name)) in all rows"
    case .date where isTold && line.factor == 1, .time where isTold && line.factor == 1:
      text = "= \(name) \(line.sum.durationWords) in all rows"
    default: return nil
    }
  }
}

extension FieldKind {
  /// What one integer of this kind stands for: a number, or a number of seconds.
  fileprivate var unitSize: Fraction? {
    switch self {
    case .integer, .boolean: Fraction(1)
    case .decimal(let scale): Fraction(1, Int128(powersOfTen[scale]))
    case .date: Fraction(86_400)
    case .time(let unit), .duration(let unit), .timestamp(let unit):
      Fraction(1, Int128(unit.perSecond))
    default: nil
    }
  }
}

/// One column's values as another's times a factor plus a sum, in the units that users see.
private struct Line {
  let factor: Fraction
  let sum: Fraction

  /// `nil` where the columns have not varied, and where numbers are too large to be told.
  init?(
    _ member: RelatedColumns.Member, _ kind: FieldKind, _ unit: Fraction,
    _ earlier: RelatedColumns.Member, _ earlierKind: FieldKind, _ earlierUnit: Fraction
  ) {
    guard let b0 = member.first, let b1 = member.second, let a0 = earlier.first,
      let a1 = earlier.second, let line = ValueLine((a0, b0), (a1, b1)),
      let scale = member.kind.factor(to: kind),
      let earlierScale = earlier.kind.factor(to: earlierKind),
      let ownUnit = unit.times(Fraction(Int128(scale))),
      let itsUnit = earlierUnit.times(Fraction(Int128(earlierScale))),
      let slope = Fraction(line.rise, line.run).times(ownUnit)?.over(itsUnit),
      let start = Fraction(b0).times(ownUnit),
      let origin = Fraction(a0).times(itsUnit)?.times(slope),
      let sum = start.minus(origin)
    else { return nil }
    factor = slope
    self.sum = sum
  }

  /// `60·hour + 5`, `hour / 60`, `(2·hour + 1) / 3`
  func words(_ name: String) -> String {
    if factor.numerator.magnitude == 1, factor.denominator > 1, sum == 0 {
      return "\(factor.numerator < 0 ? "-" : "")\(name) / \(factor.denominator)"
    }
    if let k = factor.decimalText, let c = sum.magnitude.decimalText {
      let product = factor == 1 ? name : factor == -1 ? "-\(name)" : "\(k)·\(name)"
      return sum == 0 ? product : "\(product) \(sum.numerator < 0 ? "-" : "+") \(c)"
    }
    let common =
      factor.denominator
      / Int128(
        greatestCommonDivisor(factor.denominator.magnitude, sum.denominator.magnitude))
    let (denominator, isTooLarge) = common.multipliedReportingOverflow(by: sum.denominator)
    let (rise, isRiseTooLarge) = factor.numerator.multipliedReportingOverflow(
      by: isTooLarge ? 1 : denominator / factor.denominator)
    let (start, isStartTooLarge) = sum.numerator.multipliedReportingOverflow(
      by: isTooLarge ? 1 : denominator / sum.denominator)
    if isTooLarge || isRiseTooLarge || isStartTooLarge || denominator == 1 {
      return "\(factor)·\(name) + \(sum)"
    }
    let numerator = Line(factor: Fraction(rise), sum: Fraction(start))
    let product = numerator.words(name)
    return numerator.sum == 0
      ? "\(product) / \(denominator)" : "(\(product)) / \(denominator)"
  }

  private init(factor: Fraction, sum: Fraction) {
    self.factor = factor
    self.sum = sum
  }
}
