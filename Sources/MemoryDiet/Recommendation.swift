public import Columnar

/// What to store one column as, what that takes, and why.
public struct Recommendation: Sendable {
  public let profile: ColumnProfile
  public let layout: Layout
  /// The bytes in that layout, by the encoding's formula.
  public let footprint: Footprint
  /// Why this layout, in words.
  public let reason: String
  /// The share of the layout's range that is still unused: 1 − used range / range. `nil` where the
  /// layout has no range.
  public let headroom: Double?
  /// Arithmetic that overflows the stored width, other spellings, and what else there is to know.
  public let notes: [String]
}

extension Recommendation {
  /// The layout that takes the fewest bytes, exactly counted, under the policy.
  ///
  /// A layout that reads through a table has to be a fifth smaller than the best that does not.
  public init(for profile: ColumnProfile, policy: LayoutPolicy = LayoutPolicy()) {
    self.init(for: profile, layout: Self.best(for: profile, policy: policy, among: Encodings.all))
  }

  /// The best layout that also holds what the same column may have in the next file: none that is
  /// tied to these very values.
  static func lastingLayout(for profile: ColumnProfile, policy: LayoutPolicy) -> Layout {
    if profile.valueCount == 0 { return Layout(encoding: "constant") }
    return best(for: profile, policy: policy, among: Encodings.all.filter { !$0.isTiedToValues })
  }

  private static func best(
    for profile: ColumnProfile, policy: LayoutPolicy, among encodings: [any Encoding]
  ) -> Layout {
    var best: (layout: Layout, footprint: Footprint)?
    var bestIndirect: (layout: Layout, footprint: Footprint)?
    for encoding in encodings {
      for layout in encoding.layouts(for: profile, policy: policy) {
        let footprint = encoding.footprint(of: layout, for: profile)
        if encoding.isIndirect {
          if footprint.total < bestIndirect?.footprint.total ?? .max {
            bestIndirect = (layout, footprint)
          }
        } else if footprint.total < best?.footprint.total ?? .max {
          best = (layout, footprint)
        }
      }
    }
    guard let direct = best ?? bestIndirect else {
      fatalError("no encoding holds a column of type \(profile.type)")
    }
    var chosen = direct
    if let indirect = bestIndirect, indirect.footprint.total * 5 <= direct.footprint.total * 4 {
      chosen = indirect
    }
    return chosen.layout
  }

  /// The recommendation of a layout that is already settled.
  public init(for profile: ColumnProfile, layout: Layout) {
    self.profile = profile
    self.layout = layout
    footprint =
      Encodings.named[layout.encoding]?.footprint(of: layout, for: profile) ?? Footprint()
    reason = Reasoning.reason(for: layout, profile: profile)
    headroom = Headroom.share(of: layout, profile: profile)
    notes = Reasoning.notes(for: layout, profile: profile) + profile.notes
  }
}
