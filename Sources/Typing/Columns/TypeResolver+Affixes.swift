import Columnar

extension TypeResolver {
  /// What is still open of numbers that have something beside them; `nil` where that is nothing.
  func openAffixes() -> Resolution? {
    let values = reports.filter { $0.valueCount > 0 }
    let found = values.compactMap(\.affixes)
    guard let first = found.first else { return nil }
    // A sign that not all values have: the column stays text.
    guard found.count == values.count else {
      return text("some values have no `\(first.unitText)`")
    }
    let units = found.map(\.unit)
    let needsComma = found.contains(where: \.needsComma)
    let needsPoint = found.contains(where: \.needsPoint)
    if Set(units).count > 1 {
      return first.isStrict
        ? .readNumbers(unit: first.unit, signs: nil) : text("the units of values differ")
    }
    if needsComma, needsPoint {
      return first.isStrict
        ? .readNumbers(unit: first.unit, signs: .point)
        : text("decimal points and commas mixed")
    }
    if needsComma { return .readNumbers(unit: first.unit, signs: .comma) }
    guard !needsPoint, found.contains(where: \.differs) else { return nil }
    let words = "points or commas could stand before fractions or between thousands"
    return first.isStrict ? .refused(words) : text(words + ": --decimal settles it")
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
  var note: String? {
    if unit.isEmpty { return nil }
    let percent = unitText == "%" ? ": 12 % is 12" : ""
    return "`\(unitText)` left out\(percent)"
  }
}
