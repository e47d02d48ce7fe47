package import Columnar

/// The least and the greatest value, in one pass. A zero is +0.0. NaN is skipped, or is both ends.
package struct MinMax: Reduction {
  package let nan: NaNPolicy

  package init(nan: NaNPolicy = .skip) { self.nan = nan }

  package var name: String { nan == .skip ? "min_max" : "min_max_nan" }

  package func applies(to type: LogicalType) -> Bool {
    nan == .skip ? type.domain != .bytes : type.domain == .float
  }

  package func isMeasured(on rows: ColumnRows) -> Bool { nan == .skip }

  package func emptyAnswer(for type: LogicalType) -> ReductionAnswer { .minMax(nil) }

  package func reduce(
    _ rows: ColumnRows, constant: StoredValue?
  ) throws(ReductionError) -> Reduced {
    if rows.type.domain == .integer {
      let ends = rows.integerMinMax
      return Reduced(
        .minMax((.integer(ends.minimum), .integer(ends.maximum))), .direct)
    }
    if nan == .propagate, rows.hasNaN {
      return Reduced(.minMax((.float(.nan), .float(.nan))), .direct)
    }
    // Adding 0.0 takes the sign off −0.0 and changes no other number.
    let ends = floatMinMax(rows).map {
      (StoredValue.float($0.minimum + 0), StoredValue.float($0.maximum + 0))
    }
    return Reduced(.minMax(ends), .direct)
  }

  private func floatMinMax(_ rows: ColumnRows) -> (minimum: Double, maximum: Double)? {
    rows.mapRuns { $0.valueCount == 0 ? nil : partMinMax($0) }.compactMap { $0 }.reduce(nil) {
      (joined: (minimum: Double, maximum: Double)?, ends) in
      guard let joined else { return ends }
      return (min(joined.minimum, ends.minimum), max(joined.maximum, ends.maximum))
    }
  }

  private func partMinMax(_ rows: ColumnRows) -> (minimum: Double, maximum: Double)? {
    switch rows.view {
    case .indexed(let codes, let dictionary, let count):
      let codes = DictionaryCodes(codes: codes, dictionary: dictionary, dictionaryCount: count)
      let ends = codes.minMax(rows)
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
    default: return rows.view.storedFloats.minMax(rows)
    }
  }
}

extension ColumnRows {
  /// The least and the greatest integer. One row at least has a value.
  var integerMinMax: (minimum: Int128, maximum: Int128) {
    let parts = mapRuns { $0.valueCount == 0 ? nil : $0.partMinMax }.compactMap { $0 }
    return parts.dropFirst().reduce(parts[0]) {
      (min($0.minimum, $1.minimum), max($0.maximum, $1.maximum))
    }
  }

  /// The same, by this thread, of rows of which one has a value.
  var partMinMax: (minimum: Int128, maximum: Int128) {
    switch view {
    case .plain, .scaled, .decoded: return view.storedIntegers.minMax(self)
    case .indexed(let codes, let dictionary, let dictionaryCount):
      let codes = DictionaryCodes(
        codes: codes, dictionary: dictionary, dictionaryCount: dictionaryCount)
      let ends = codes.minMax(self)
      return (dictionary.integer(at: ends.minimum), dictionary.integer(at: ends.maximum))
    case .sequence:
      let first = view.integer(at: 0)
      let last = view.integer(at: count - 1)
      return (min(first, last), max(first, last))
    case .constant(let value):
      let value = value?.integer(at: 0) ?? 0
      return (value, value)
    }
  }

  /// Whether a row's float is NaN.
  var hasNaN: Bool { type.domain == .float && floatSum(.skip).count < valueCount }
}
