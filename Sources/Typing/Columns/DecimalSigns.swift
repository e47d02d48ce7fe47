/// What the columns of a table show, all together, of how its decimals are written.
package struct DecimalSigns {
  /// Whether some column has decimal commas without doubt.
  private(set) var provesComma = false
  /// Whether some column has points that separate no thousands.
  private(set) var provesPoint = false
  /// Whether some column has points at all.
  private(set) var hasPoints = false
  /// Whether fields hold commas without quotes, as they do where commas are those of decimals.
  private(set) var hasFreeCommas = false

  /// Nothing is known.
  package init() {}

  /// - Parameter delimiter: what divides the table's fields.
  package init(of columns: [LoadedColumn], delimiter: UInt8) {
    hasFreeCommas = delimiter == UInt8(ascii: ";")
    for column in columns {
      let facts = column.evidence.numberFacts
      guard facts.contains(.usesDecimalPoint) else {
        provesComma = provesComma || facts.contains(.provesDecimalComma)
        continue
      }
      hasPoints = true
      provesPoint = provesPoint || !column.evidence.valueKinds.mayHaveGroups
    }
  }

  /// Whether commas are those of decimals wherever they stand.
  var commasAreDecimal: Bool { provesComma && !hasPoints }
}

extension [KindEvidence] {
  /// Whether all points may separate thousands: three digits follow each, one to three, not a zero,
  /// stand before it.
  var mayHaveGroups: Bool {
    let numbers = filter { $0.valueCount > 0 && $0.kind.family == .number }
    guard numbers.count == count(where: { $0.valueCount > 0 }),
      numbers.map(\.maximumDigits).max() == 3, let range = range(as: .decimal(scale: 3))
    else { return false }
    return numbers.allSatisfy { part in
      [0, 3].contains(part.minimumDigits) || part.kind == .integer
    } && Swift.max(range.lowerBound.magnitude, range.upperBound.magnitude) < 1_000_000
      && !(1..<1000).contains(range.lowerBound) && !(-999...(-1)).contains(range.upperBound)
  }
}
