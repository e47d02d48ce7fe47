package import Columnar

/// The sum: exact for integers and decimals, of which 128 bits hold any number that memory does.
///
/// Floats are added in a fixed order, so that the sum has the same bits on every CPU, in every
/// encoding and for any number of threads. Infinities count, as IEEE 754 says.
package struct Sum: Reduction {
  package let nan: NaNPolicy

  package init(nan: NaNPolicy = .propagate) { self.nan = nan }

  package var name: String { nan == .propagate ? "sum" : "nansum" }

  package func applies(to type: LogicalType) -> Bool {
    switch type {
    case .null, .boolean, .integer, .decimal, .float, .duration: nan == .propagate || type == .float
    case .date, .time, .timestamp, .uuid, .ipv4, .string: false
    }
  }

  package func isMeasured(on rows: ColumnRows) -> Bool { nan == .propagate }

  package func emptyAnswer(for type: LogicalType) -> ReductionAnswer {
    .value(type.domain == .float ? .float(0) : .integer(0))
  }

  package func reduce(
    _ rows: ColumnRows, constant: StoredValue?
  ) throws(ReductionError) -> Reduced {
    if rows.type.domain == .integer {
      return Reduced(.value(.integer(rows.integerSum)), .direct)
    }
    let sum = rows.floatSum(nan)
    return Reduced(.value(.float(sum.total)), sum.path)
  }
}

extension ColumnRows {
  var integerSum: Int128 { mapRuns(\.partialSum).reduce(0, +) }

  private var partialSum: Int128 {
    let valueCount = Int128(valueCount)
    switch view {
    case .plain, .scaled, .decoded: return view.storedIntegers.sum(self)
    case .indexed(let codes, let dictionary, let count):
      return DictionaryCodes(codes: codes, dictionary: dictionary, dictionaryCount: count)
        .integerSum(self)
    case .sequence(let start, let step):
      // Every row has a value. The product of neighbours is even.
      return Int128(start) * valueCount + Int128(step) * (valueCount * (valueCount - 1) / 2)
    case .constant(let value): return (value?.integer(at: 0) ?? 0) * valueCount
    }
  }

  /// The sums of parts, joined in pairs as the blocks within them were.
  func floatSum(_ nan: NaNPolicy) -> FloatSum {
    let parts = mapParts { $0.partialSum(nan) }
    return FloatSum(
      total: PairwiseSum.joining(parts.map(\.total), of: count),
      count: parts.reduce(0) { $0 + $1.count },
      path: parts.contains { $0.path == .decoded } ? .decoded : .direct)
  }

  private func partialSum(_ nan: NaNPolicy) -> FloatSum {
    if valueCount == 0 { return FloatSum(total: 0, count: 0) }
    switch view {
    case .plain:
      let stored = view.storedFloats
      return nan == .skip
        ? stored.sumSkippingNaN(self) : FloatSum(total: stored.sum(self), count: valueCount)
    case .constant: return blockSum(nan, .direct)
    // Counts times values of a dictionary would be quicker, and round otherwise than the values in
    // row order do.
    default: return blockSum(nan)
    }
  }

  /// The sum of numbers that are decoded a block at a time.
  func blockSum(_ nan: NaNPolicy, _ path: ReductionPath = .decoded) -> FloatSum {
    let blocks = FloatBlocks(self)
    var count = 0
    let total = PairwiseSum.sum(self.count) { run, scratch in
      let numbers = blocks.read(run, scratch)
      let words = valid.map { $0 + run.lowerBound / 64 }
      if nan == .skip { return Double.sumSkippingNaN(numbers, words, run.count, &count) }
      return Double.sum(numbers, words, run.count)
    }
    return FloatSum(total: total, count: nan == .skip ? count : valueCount, path: path)
  }
}
