import Columnar

extension LogicalType {
  /// The type that holds the values of both as they are: decimals of the most places, moments and spans in
  /// the finest unit. `nil` where there is none; floats hold no decimal exactly.
  func common(with other: LogicalType) -> LogicalType? {
    if self == other || other == .null { return self }
    switch (self, other) {
    case (.null, _): return other
    case (.integer, .decimal): return other
    case (.decimal, .integer): return self
    case (.decimal(let a), .decimal(let b)): return .decimal(scale: max(a, b))
    case (.time(let a), .time(let b)): return .time(unit: a.finer(b))
    case (.duration(let a), .duration(let b)): return .duration(unit: a.finer(b))
    case (.timestamp(let a, let zone), .timestamp(let b, let other)) where zone == other:
      return .timestamp(unit: a.finer(b), zone: zone)
    default: return nil
    }
  }
}

extension TimeUnit {
  fileprivate func finer(_ other: TimeUnit) -> TimeUnit {
    fractionDigits >= other.fractionDigits ? self : other
  }
}
