/// Which kinds chunks have depends on where the column is cut: `1` and `2.5` are an integer and a decimal
/// in two chunks, and two decimals in one. What the chunks of one family say together does not.
extension [KindEvidence] {
  /// One of each family, counted in a unit that holds them all, as if its values had been one chunk; and
  /// the rows without a value apart, since any chunk may have had them.
  var joinedByFamily: [KindEvidence] {
    var nulls = KindEvidence(.null)
    var families: [KindEvidence] = []
    for part in self {
      nulls.rowCount += part.nullCount
      nulls.nullCount += part.nullCount
      nulls.nullWords |= part.nullWords
      if part.kind == .null { continue }
      var values = part
      (values.rowCount, values.nullCount, values.nullWords) = (part.valueCount, 0, 0)
      if let index = families.firstIndex(where: { $0.kind.family == part.kind.family }),
        let kind = families[index].kind.joined(with: part.kind)
      {
        families[index] = families[index].counted(as: kind)
        families[index].formUnion(values.counted(as: kind))
      } else {
        families.append(values)
      }
    }
    let parts = (nulls.rowCount > 0 ? [nulls] : []) + families.map(\.simplified)
    return parts.sorted { $0.kind.code < $1.kind.code }
  }
}

extension KindEvidence {
  /// The same values in units of `other`, with what a chunk of that kind says of them.
  fileprivate func counted(as other: FieldKind) -> KindEvidence {
    guard other != kind, let factor = kind.factor(to: other).map({ Int128($0) }) else {
      return self
    }
    var part = KindEvidence(other)
    part.formUnion(self)
    (part.minimum, part.maximum) = (minimum * factor, maximum * factor)
    switch (kind, other) {
    case (.integer, .decimal):
      // Floats are printed with an exponent from there on.
      if max(minimum.magnitude, maximum.magnitude) >= 1 << 53 { part.facts.insert(.notShortest) }
    case (.date, .timestamp):
      // A date among instants is midnight, in a spelling of its own.
      part.facts.formUnion([.unzoned, .styleVaries])
      part.minimumDigits = 0
      part.hasUntoldDigits = false
    case (.time(let unit), .duration):
      let isPadded = minimum < Int128(10 * 3600 * unit.perSecond)
      part.styles = [(isPadded ? DurationText.Style.padded : .clock).rawValue]
    default: break
    }
    return part
  }

  /// Without what the cut shows and nobody needs: which of several spellings the chunks began with, and
  /// the formats that fit some chunk where another fits all.
  fileprivate var simplified: KindEvidence {
    var part = self
    if hasOtherThanVersions { part.facts.insert(.noVersions) }
    if case .duration = kind {
      part.styles = Set(
        DurationSyntax.told(Set(styles.compactMap(DurationText.Style.init))).map(\.rawValue))
    }
    switch kind {
    case .timestamp where hasUntold, .duration:
      if part.styles.count > 1 { part.facts.insert(.styleVaries) }
      if part.facts.contains(.styleVaries) { part.styles = [] }
    default: break
    }
    if hasTold, !hasUntold, allFormats != 0 { part.someFormats = allFormats }
    return part
  }

  /// Whether some number is no version: chunks of whole numbers and of tenths are not looked at one by one.
  private var hasOtherThanVersions: Bool {
    guard kind.family == .number else { return false }
    var scale = 0
    if case .decimal(let places) = kind { scale = places }
    let most = VersionNumbers.mostDigits
    return minimumDigits == 0 || scale > most.minor
      || !facts.isDisjoint(with: .otherThanVersions)
      || maximum >= Int128(powersOfTen[most.major]) * Int128(powersOfTen[scale])
  }
}
