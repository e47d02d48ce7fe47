public import Columnar

extension Column {
  /// How many rows have a value. NaN is one.
  public var valueCount: Int { count - nullCount }

  /// The exact sum of integers, decimals (a decimal of the same scale), durations (in the same unit)
  /// and booleans (how many are true); for floats the same bits in every layout. 0 where there is no
  /// value.
  ///
  /// - Throws: `ReductionError` for values that have no sum.
  public func sum(nan: NaNPolicy = .propagate) throws(ReductionError) -> Scalar {
    let answer = try answer(Sum(nan: type == .float ? nan : .propagate), makesBits: false)
    guard case .value(let sum) = answer else { fatalError("a sum is a value") }
    return Scalar(sum, of: type.sumType)
  }

  /// The mean in the value's own unit (12.30, not 1230), seconds for durations; `nil` where there is
  /// no value.
  public func mean(nan: NaNPolicy = .propagate) throws(ReductionError) -> Double? {
    try number(Mean(nan: type == .float ? nan : .propagate))
  }

  /// The sum of the squared distances from the mean, divided by how many values there are less
  /// `ddof` (delta degrees of freedom): 1 for a sample, 0 for a population. `nil` where there are too
  /// few.
  public func variance(
    ddof: Int = 1, nan: NaNPolicy = .propagate
  ) throws(ReductionError) -> Double? {
    guard ddof == 0 || ddof == 1 else {
      throw ReductionError(
        .argumentOutOfRange, ColumnRows(self), reduction: "variance", allowed: "a ddof of 0 or 1")
    }
    return try number(Variance(nan: type == .float ? nan : .propagate), ddof == 1 ? 0 : 1)
  }

  /// The root of the variance.
  public func standardDeviation(
    ddof: Int = 1, nan: NaNPolicy = .propagate
  ) throws(ReductionError) -> Double? {
    try variance(ddof: ddof, nan: nan).map { $0.squareRoot() }
  }

  /// The quantile of `fraction`, from 0 to 1, with linear interpolation between neighbours: a number. Days and moments
  /// have `quantile(_:interpolation:)`.
  public func quantile(
    _ fraction: Double, nan: NaNPolicy = .propagate
  ) throws(ReductionError) -> Double? {
    guard (0...1).contains(fraction) else {
      throw ReductionError(
        .argumentOutOfRange, ColumnRows(self), reduction: "quantile",
        allowed: "a fraction from 0 to 1")
    }
    return try number(Quantiles([fraction], nan: type == .float ? nan : .propagate))
  }

  /// The value in the middle, or the mean of the two there: the quantile of 0.5.
  public func median(nan: NaNPolicy = .propagate) throws(ReductionError) -> Double? {
    try quantile(0.5, nan: nan)
  }

  /// The value at a fraction of the way through the values in their order, of any type but text, in the column's type:
  /// days and moments, too.
  ///
  ///     try ordered.quantile(0.9, interpolation: .nearest)
  ///
  /// - Parameters:
  ///   - fraction: From 0 to 1.
  ///   - interpolation: Which of two values is taken where the place lies between them.
  /// - Returns: `nil` where there is no value.
  public func quantile(
    _ fraction: Double, interpolation: QuantileInterpolation, nan: NaNPolicy = .propagate
  ) throws(ReductionError) -> Scalar? {
    let rows = ColumnRows(self)
    guard (0...1).contains(fraction) else {
      throw ReductionError(
        .argumentOutOfRange, rows, reduction: "quantile", allowed: "a fraction from 0 to 1")
    }
    guard type.domain != .bytes else {
      throw ReductionError(.unsupportedType, rows, reduction: "quantile")
    }
    return Quantiles.value(of: rows, at: fraction, interpolation, nan)
  }

  /// The value in the middle, in the column's type: days and moments, too.
  public func median(
    interpolation: QuantileInterpolation, nan: NaNPolicy = .propagate
  ) throws(ReductionError) -> Scalar? {
    try quantile(0.5, interpolation: interpolation, nan: nan)
  }

  /// The least and the greatest value, of text by its bytes; `nil` where there is none.
  public func minMax(
    nan: NaNPolicy = .skip
  ) throws(ReductionError) -> (minimum: Scalar, maximum: Scalar)? {
    if type.domain == .bytes {
      return ColumnRows(self).textMinMax.map { (.text($0.minimum), .text($0.maximum)) }
    }
    let answer = try answer(MinMax(nan: type == .float ? nan : .skip), makesBits: false)
    guard case .minMax(let found?) = answer else { return nil }
    return (Scalar(found.minimum, of: type), Scalar(found.maximum, of: type))
  }

  /// The least value, in the column's type; `nil` where there is none.
  public func minimum(nan: NaNPolicy = .skip) throws(ReductionError) -> Scalar? {
    try minMax(nan: nan)?.minimum
  }

  /// The greatest value, in the column's type; `nil` where there is none.
  public func maximum(nan: NaNPolicy = .skip) throws(ReductionError) -> Scalar? {
    try minMax(nan: nan)?.maximum
  }

  /// The first row with the least value.
  public func argmin(nan: NaNPolicy = .skip) throws(ReductionError) -> Int? {
    try places(nan)?.minimum
  }

  /// The first row with the greatest value.
  public func argmax(nan: NaNPolicy = .skip) throws(ReductionError) -> Int? {
    try places(nan)?.maximum
  }

  /// How many different values there are: nulls left out, NaN once, −0.0 as 0.0.
  public func distinctCount() -> Int {
    guard case .count(let count)? = try? answer(DistinctCount()) else { return 0 }
    return count
  }

  /// Whether any boolean is true. Nulls are not.
  public func any() throws(ReductionError) -> Bool { try number(AnyAll(), 0) == 1 }

  /// Whether no boolean is false. Nulls are not.
  public func all() throws(ReductionError) -> Bool { try number(AnyAll(), 1) == 1 }

  /// How many rows have each text.
  public func groupCounts() throws(ReductionError) -> GroupCounts {
    guard case .groups(let groups) = try answer(GroupCount()) else { return GroupCounts() }
    return groups
  }

  private func answer(
    _ reduction: any Reduction, makesBits: Bool = true
  ) throws(ReductionError) -> ReductionAnswer {
    try reduction(ColumnRows(self, makesBits: makesBits)).answer
  }

  private func number(
    _ reduction: any Reduction, _ index: Int = 0
  ) throws(ReductionError) -> Double? {
    guard case .numbers(let numbers) = try answer(reduction) else { return nil }
    return numbers[index]
  }

  private func places(_ nan: NaNPolicy) throws(ReductionError) -> (minimum: Int, maximum: Int)? {
    let answer = try answer(ArgMinMax(nan: type == .float ? nan : .skip))
    guard case .places(let places) = answer else { return nil }
    return places
  }
}
