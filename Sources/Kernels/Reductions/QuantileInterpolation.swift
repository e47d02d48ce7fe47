import Columnar

/// Which value a quantile is whose place lies between two values, as in numpy, pandas and polars.
public enum QuantileInterpolation: Hashable, Sendable, CaseIterable {
  /// The lesser of both.
  case lower
  /// The greater of both.
  case higher
  /// The one that lies nearer to the place; halfway, the one whose number is even.
  case nearest
}

extension Quantiles {
  /// The value at a fraction of the way; `nil` where there is none.
  static func value(
    of rows: ColumnRows, at fraction: Double, _ interpolation: QuantileInterpolation,
    _ nan: NaNPolicy
  ) -> Scalar? {
    var count = rows.valueCount
    if rows.type.domain == .float {
      let numbers = rows.floatSum(.skip).count
      if numbers < count, nan == .propagate { return .float(.nan) }
      // NaN comes after all numbers.
      count = numbers
    }
    if count == 0 { return nil }
    let place = fraction * Double(count - 1)
    let rounded =
      switch interpolation {
      case .lower: place.rounded(.down)
      case .higher: place.rounded(.up)
      case .nearest: place.rounded(.toNearestOrEven)
      }
    let keys = OrderKeys(rows)
    return keys.selected([Int(rounded)]).first.map {
      Scalar(keys.storedValue(of: $0), of: rows.type)
    }
  }
}
