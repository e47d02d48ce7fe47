package import Columnar

extension Bound {
  /// Whether a value of a column is within; `nil` where the two cannot be compared.
  package func holds(_ value: FactValue, isMinimum: Bool, type: LogicalType) -> Bool? {
    let order: Int
    switch (value, self.value) {
    case (.integer(let a), .integer(let b)): order = a < b ? -1 : a > b ? 1 : 0
    case (.integer(let units), .float(let b)):
      let a = Double(units) / powerOfTen(type.scale ?? 0)
      order = a < b ? -1 : a > b ? 1 : 0
    case (.float(let a), .integer(let b)):
      order = a < Double(b) ? -1 : a > Double(b) ? 1 : 0
    case (.float(let a), .float(let b)): order = a < b ? -1 : a > b ? 1 : 0
    case (.text(let a), .text(let b)):
      guard type.domain != .bytes else { return nil }
      order = a == b ? 0 : a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
    default: return nil
    }
    if order == 0 { return !isExclusive }
    return isMinimum ? order > 0 : order < 0
  }

  func words(_ type: LogicalType, isMinimum: Bool) -> String {
    let relation =
      isExclusive ? isMinimum ? "more than" : "less than" : isMinimum ? "at least" : "at most"
    return "\(relation) \(value.words(type))"
  }
}

extension FactValue {
  /// As reports print it: decimals as written out.
  package func words(_ type: LogicalType) -> String {
    switch self {
    case .integer(let value):
      guard let scale = type.scale, scale > 0 else { return "\(value)" }
      let digits = String(value.magnitude)
      let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
      return "\(value < 0 ? "-" : "")\(padded.dropLast(scale)).\(padded.suffix(scale))"
    case .float(let value): return "\(value)"
    case .text(let value): return value
    }
  }

  /// The value of a column that `words(_:)` gave; `nil` where it is none of the type.
  package init?(_ words: String, _ type: LogicalType) {
    switch type {
    case .integer:
      guard let value = Int128(words) else { return nil }
      self = .integer(value)
    case .decimal(let scale):
      let parts = words.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count <= 2, let whole = parts.first,
        parts.count == 1 || parts[1].count <= scale
      else { return nil }
      let fraction = parts.count == 2 ? String(parts[1]) : ""
      let padded = fraction + String(repeating: "0", count: scale - fraction.count)
      guard let value = Int128("\(whole)\(padded)") else { return nil }
      self = .integer(value)
    case .float:
      guard let value = Double(words) else { return nil }
      self = .float(value)
    default: self = .text(words)
    }
  }
}

private func powerOfTen(_ exponent: Int) -> Double {
  (0..<exponent).reduce(1.0) { power, _ in power * 10 }
}
