extension DeclaredType {
  /// What columns of two tables say together.
  package func joined(_ other: DeclaredType?) -> DeclaredType? {
    guard let other else { return nil }
    if self == other { return self }
    var joined = DeclaredType()
    if metadata == other.metadata { joined.metadata = metadata }
    joined.whenEmpty = whenEmpty?.wider(other.whenEmpty)
    joined.isUnsigned = isUnsigned && other.isUnsigned
    if case .decimal(let p, let s)? = exact, case .decimal(let q, let t)? = other.exact {
      joined.exact = .decimal(precision: min(38, max(p - s, q - t) + max(s, t)), scale: max(s, t))
      joined.whenEmpty = joined.exact
    } else if exact == other.exact {
      joined.exact = exact
    }
    if let categories, let others = other.categories {
      let known = Set(categories.entries)
      joined.categories = Categories(
        entries: categories.entries + others.entries.filter { !known.contains($0) },
        isOrdered: categories.isOrdered && others.isOrdered)
    }
    joined.isPlainText = isPlainText && other.isPlainText
    return joined
  }
}

extension ArrowType {
  /// The type that holds what both do; `nil` where that is none of them.
  fileprivate func wider(_ other: ArrowType?) -> ArrowType? {
    switch (self, other) {
    case (.integer(let bits, let isSigned), .integer(let others, let otherIsSigned)?)
    where isSigned == otherIsSigned:
      .integer(bits: max(bits, others), isSigned: isSigned)
    case (.float(let bits), .float(let others)?): .float(bits: max(bits, others))
    case (.time(let unit), .time(let other)?): .time(max(unit, other))
    case (.duration(let unit), .duration(let other)?): .duration(max(unit, other))
    case (.timestamp(let unit, let zone), .timestamp(let other, let otherZone)?)
    where zone == otherZone:
      .timestamp(max(unit, other), zone: zone)
    default: self == other ? self : nil
    }
  }
}
