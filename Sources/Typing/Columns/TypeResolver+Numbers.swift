import Columnar

extension TypeResolver {
  private var mixesDecimalSigns: Bool {
    facts.isSuperset(of: [.usesDecimalPoint, .usesDecimalComma])
  }

  /// Whether commas may be those of decimals as well as of thousands.
  private var hasOpenCommas: Bool {
    facts.contains(.usesDecimalComma) && !facts.contains(.provesDecimalComma)
      && !signs.commasAreDecimal
  }

  private func openCommas() -> Resolution {
    text(
      Note(
        .decimalsUnclear,
        """
        commas that all stand before three digits, of decimals or of thousands: \
        \(option: "decimal", of: name, ",") or \(option: "thousands", of: name, ",") says which
        """))
  }

  /// Points that all stand before three digits: text where another column has decimal commas, and
  /// worth a note where no column has points of decimals and nothing else speaks for them.
  private func openPoints(scale: Int) -> Resolution {
    let options = [
      Sentence.Option("decimal", .ofColumn(name, ",")),
      Sentence.Option("thousands", .ofColumn(name, ".")),
    ]
    if signs.provesComma {
      return text(
        Note(
          .decimalsUnclear,
          """
          points that all stand before three digits, beside decimal commas in other columns: \
          \(options: options) if they separate thousands, \(option: "decimal", of: name, ".") if not
          """))
    }
    let resolution = settled(.decimal(scale: scale), .decimal(scale: scale), varies: digitsVary)
    guard signs.hasFreeCommas, !signs.provesPoint, case .settled(var settled) = resolution else {
      return resolution
    }
    settled.note = Note(
      .decimalsUnclear,
      "all points stand before three digits: \(options: options) if they separate thousands")
    return .settled(settled)
  }

  /// What a column of whole numbers and decimals is.
  func number() -> Resolution {
    if !facts.contains(.notPhone) {
      return text("a plus sign and digits throughout: phone numbers")
    }
    if mixesDecimalSigns { return text("decimal points and commas mixed") }
    if hasOpenCommas { return openCommas() }
    if facts.isSuperset(of: [.unsigned, .negative]), !facts.contains(.floatEvidence) {
      return text("integers beyond 64 bits together: some below 0, some past 2^63 − 1")
    }
    let scale =
      kinds.map { if case .decimal(let scale) = $0.kind { scale } else { 0 } }.max() ?? 0
    // Integers with a zero behind a point are read in tenths, together with others in a chunk.
    let writtenScale = max(scale, kinds.map(\.maximumDigits).max() ?? 0)
    if writtenScale == 0, !facts.isSuperset(of: [.unsigned, .floatEvidence]) {
      return settled(.integer, .integer, varies: false)
    }
    guard fit(.decimal(scale: writtenScale)) else {
      return facts.contains(.inexactInteger) ? inexact() : readAsFloat()
    }
    if scale == 0 { return settled(.integer, .integer, varies: digitsVary) }
    if areShortestDigits(scale: scale) { return readAsFloat() }
    if mayBeVersions, areLikeVersions { return .readAgain(.versions(scale: scale), note: nil) }
    guard !isDecimalTold, facts.contains(.usesDecimalPoint), kinds.mayHaveGroups else {
      return settled(.decimal(scale: scale), .decimal(scale: scale), varies: digitsVary)
    }
    return openPoints(scale: scale)
  }

  /// Whether numbers of `scale` places are floats that were written out: too long for decimals that
  /// binary64 keeps in any spelling, and each with just the digits that its binary64 needs.
  private func areShortestDigits(scale: Int) -> Bool {
    let others: FieldFacts = [.notShortest, .nonCanonical, .inexactInteger, .usesDecimalComma]
    guard scale > 0, facts.isDisjoint(with: others) else { return false }
    var isLong = false
    for part in kinds {
      let largest = max(part.minimum.magnitude, part.maximum.magnitude)
      // Whole numbers from there on are printed with an exponent.
      if part.kind == .integer, largest >= 1 << 53 { return false }
      let factor = UInt128(part.kind.factor(to: .decimal(scale: scale)) ?? 1)
      isLong = isLong || largest * factor >= UInt128(powersOfTen[15])
    }
    return isLong
  }

  /// Whether the numbers, of varying digits, may be versions: their texts will show it.
  private var areLikeVersions: Bool {
    facts.isDisjoint(with: FieldFacts.otherThanVersions.union(.noVersions))
      && facts.contains(.notShortest) && digitsVary
      && kinds.allSatisfy { $0.minimumDigits > 0 } && evidence.affixes.first?.isStrict != true
  }

  /// What a column is with exponents, NaN or numbers that no decimal holds among its values.
  func float() -> Resolution {
    if facts.contains(.bareExponent), !facts.contains(.floatEvidence) {
      return text("exponents without any decimal point: more likely ids such as 1e10")
    }
    if facts.isDisjoint(with: .notWhole) {
      return text("integers beyond 64 bits together: some below 0, some past 2^63 − 1")
    }
    if facts.contains(.inexactInteger) { return inexact() }
    if mixesDecimalSigns { return text("decimal points and commas mixed") }
    if hasOpenCommas { return openCommas() }
    if keepsExactDigits, facts.contains(.rounded) {
      return text("numbers with more digits than binary64 keeps")
    }
    return families == [.float] ? settled(.float, .float, varies: false) : readAsFloat()
  }

  private func readAsFloat() -> Resolution { .readAgain(.kind(.float), note: nil) }

  private func inexact() -> Resolution {
    text("whole numbers beyond 2^53 beside fractions: no binary64 has the same value")
  }
}
