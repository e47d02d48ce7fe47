package import Columnar

/// The least and the greatest value, in one pass. NaN is skipped, and a zero is +0.0.
package struct MinMax: Reduction {
  package let name = "min_max"

  package init() {}

  package func applies(to type: LogicalType) -> Bool { type.domain != .bytes }

  package func isMeasured(on rows: ColumnRows) -> Bool { true }

  package func emptyAnswer(for type: LogicalType) -> ReductionAnswer { .ends(nil) }

  package func reduce(
    _ rows: ColumnRows, constant: Scalar?
  ) throws(ReductionError) -> Reduced {
    if rows.type.domain == .integer {
      let ends = integerEnds(rows)
      return Reduced(
        .ends((.integer(ends.minimum), .integer(ends.maximum))), .direct)
    }
    // Adding 0.0 takes the sign off −0.0 and changes no other number.
    let ends = floatEnds(rows).map { (Scalar.float($0.minimum + 0), Scalar.float($0.maximum + 0)) }
    return Reduced(.ends(ends), .direct)
  }

  private func integerEnds(_ rows: ColumnRows) -> (minimum: Int128, maximum: Int128) {
    switch rows.view {
    case .plain(let values):
      guard let stored = values.integers else { fatalError("the view holds no integers") }
      return stored.ends(rows)
    case .scaled(let base, let offsets):
      guard let stored = offsets.integers else { fatalError("offsets are integers") }
      let ends = stored.ends(rows)
      return (Int128(base) + ends.minimum, Int128(base) + ends.maximum)
    case .indexed(let codes, let dictionary, let count):
      let codes = DictionaryCodes(codes: codes, dictionary: dictionary, dictionaryCount: count)
      let ends = codes.ends(rows)
      return (dictionary.integer(at: ends.minimum), dictionary.integer(at: ends.maximum))
    case .sequence:
      let first = rows.view.integer(at: 0)
      let last = rows.view.integer(at: rows.count - 1)
      return (min(first, last), max(first, last))
    case .constant(let value):
      let value = value?.integer(at: 0) ?? 0
      return (value, value)
    }
  }

  private func floatEnds(_ rows: ColumnRows) -> (minimum: Double, maximum: Double)? {
    switch rows.view {
    case .plain(let values):
      guard let stored = values.floats else { fatalError("the view holds no floating point") }
      return stored.ends(rows)
    case .indexed(let codes, let dictionary, let count):
      let codes = DictionaryCodes(codes: codes, dictionary: dictionary, dictionaryCount: count)
      let ends = codes.ends(rows)
      let (minimum, maximum) = (
        dictionary.float(at: ends.minimum), dictionary.float(at: ends.maximum)
      )
      if !minimum.isNaN && !maximum.isNaN { return (minimum, maximum) }
      // NaN lies at the ends of a dictionary: the next codes that occur are the ends.
      let counts = codes.histogram(rows)
      let numbers = counts.indices.filter { counts[$0] > 0 && !dictionary.float(at: $0).isNaN }
      guard let first = numbers.first, let last = numbers.last else { return nil }
      return (dictionary.float(at: first), dictionary.float(at: last))
    case .constant(let value):
      let value = value?.float(at: 0) ?? 0
      return value.isNaN ? nil : (value, value)
    case .scaled, .sequence: fatalError("the view holds no floating point")
    }
  }
}
