/// What a NaN among floats does to an answer. Nulls are left out either way.
public enum NaNPolicy: String, Hashable, Sendable, CaseIterable {
  /// It is left out, as a null is: pandas, bottleneck and numpy's `nansum`.
  case skip
  /// It makes the answer NaN: numpy's `sum`, polars.
  case propagate
}
