import Columnar

/// How far a column's stored values are from the real ones, as shares of these.
public struct ValueError: Hashable, Sendable, Codable {
  /// What the user allowed.
  public var limit: Double
  /// The greatest of all rows.
  public var greatest: Double

  /// `nil` where every value is stored as it is.
  init?(_ profile: ColumnProfile, _ layout: Layout) {
    guard let limit = layout.errorLimit, let floats = profile.floats, floats.float32Error > 0 else {
      return nil
    }
    self.limit = limit
    greatest = floats.float32Error
  }
}

extension ColumnProfile {
  /// How equal the column is to the text in the file when it lies in `layout`.
  func fidelity(in layout: Layout) -> Fidelity {
    ValueError(self, layout) == nil ? fidelity : .error
  }
}

extension Double {
  /// A share in three digits, not below what it is: `5.88e-8`.
  package var shortened: String {
    guard self > 0, self < 1 else { return "\(self)" }
    var (digits, exponent) = (self, 0)
    while digits < 1 {
      digits *= 10
      exponent -= 1
    }
    let hundredths = Int((digits * 100).rounded(.up))
    let rest = String(hundredths % 100 + 100).dropFirst()
    return "\(hundredths / 100).\(rest)e\(exponent)"
  }
}
