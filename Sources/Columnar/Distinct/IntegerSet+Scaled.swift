extension IntegerSet {
  /// This set with every value multiplied; `nil` when the values are not known any more, or when
  /// one of them does not fit 64 bits then.
  package func scaled(by factor: Int64) -> IntegerSet? {
    switch form {
    case .empty: return self
    case .sketch, .abandoned: return nil
    case .list, .bitmap, .table:
      let (low, isTooLow) = minimum.multipliedReportingOverflow(by: factor)
      let (span, isTooWide) = range.multipliedReportingOverflow(by: UInt64(factor))
      guard !isTooLow, !isTooWide, Int128(low) + Int128(span) <= Int128(Int64.max) else {
        return nil
      }
      var result = IntegerSet(purpose: purpose)
      result.rowCount = rowCount
      forEachBlock { values, count in
        for place in 0..<count { values[place] &*= factor }
        result.add(values, count: count, validity: nil, low: low, range: span)
      }
      return result
    }
  }
}
