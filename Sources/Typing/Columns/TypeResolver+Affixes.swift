import Columnar

extension TypeResolver {
  /// What is still open of numbers that have something beside them; `nil` where that is nothing.
  func openAffixes() -> Resolution? {
    let affixes = evidence.affixes
    guard let first = affixes.first else { return nil }
    // A sign that not all values have: the column stays text.
    guard !affixes.isMissingInPart else {
      return text("some values have no `\(first.unitText)`")
    }
    if affixes.unitsDiffer {
      return first.isStrict
        ? .readNumbers(unit: first.unit, signs: nil) : text("the units of values differ")
    }
    if affixes.needsComma, affixes.needsPoint {
      return first.isStrict
        ? .readNumbers(unit: first.unit, signs: .point)
        : text("decimal points and commas mixed")
    }
    if affixes.needsComma { return .readNumbers(unit: first.unit, signs: .comma) }
    guard !affixes.needsPoint, affixes.differs else { return nil }
    let words = "points or commas could stand before fractions or between thousands"
    return first.isStrict
      ? .refused(words)
      : text(Note(.decimalsUnclear, "\(words): \(mention: "decimal") settles it"))
  }

  /// What is wrong with numbers whose type is settled; `nil` for nothing.
  var affixProblem: String? {
    switch openAffixes() {
    case nil: nil
    case .refused(let words)?: words
    default: "the values have different units or separators"
    }
  }
}

extension AffixFacts {
  /// The unit as text.
  var unitText: String { String(decoding: unit, as: UTF8.self) }

  /// What is said of the column.
  var note: Note? {
    if unit.isEmpty { return nil }
    let percent = unitText == "%" ? ": 12 % is 12" : ""
    return Note(.affixesLeftOut, "`\(unitText)` left out\(percent)")
  }
}
