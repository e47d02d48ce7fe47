public import Columnar

/// What to store one column as, what that takes, and why.
public struct Recommendation: Sendable {
  /// What is known of the column.
  public let profile: ColumnProfile
  /// How to store it.
  public private(set) var layout: Layout
  /// The bytes in that layout, by the encoding's formula; about as many where `isForetold`.
  public private(set) var footprint: Footprint
  /// Whether only a column that is made tells its bytes: tokens are learned from the text. `footprint` is foretold
  /// from a sample of the values then, and seldom less than what they take.
  public private(set) var isForetold: Bool
  /// Why this layout, in words.
  public private(set) var reason: String
  /// What the column follows from, in words; `nil` where it is held by itself, and where no column was made.
  package private(set) var follows: String?
  /// The share of the layout's range that is still unused: 1 − used range / range. `nil` where the
  /// layout has no range.
  public let headroom: Double?
  /// Little headroom, other spellings, and what else there is to know.
  public let notes: [Note]
}

extension Recommendation {
  /// How equal the column in this layout is to the text in the file.
  public var fidelity: Fidelity { profile.fidelity(in: layout) }

  /// How far values may be, and the farthest is, from what they are in the file, as a share of that;
  /// `nil` where none differs.
  public var valueError: ValueError? { ValueError(profile, layout) }

  /// The layout that takes the fewest bytes, exactly counted, under the policy.
  ///
  /// A layout that reads through a table has to be a fifth smaller than the best that does not.
  /// Columns that the policy keeps stay plain.
  public init(for profile: ColumnProfile, policy: LayoutPolicy = LayoutPolicy()) {
    let best = Self.roomy(for: profile, policy: policy, among: Encodings.all)
    self.init(for: profile, layout: best.layout, footprint: best.footprint, policy: policy)
  }

  /// The best layout that also holds what the same column may have in the next file: none that is
  /// tied to these very values, and dictionaries for text alone.
  static func lastingLayout(for profile: ColumnProfile, policy: LayoutPolicy) -> Layout {
    if profile.type == .null { return .allNull }
    if profile.valueCount == 0 { return Layout(declaredFor: profile) }
    let isText = profile.type.domain == .bytes
    // How densely a table is held follows from its own values.
    let policy = policy.storing(.fast)
    let encodings = Encodings.all.filter { !$0.isTiedToValues && (isText || !$0.isIndirect) }
    return roomy(for: profile, policy: policy, among: encodings).layout
  }

  /// The best layout with the room that the policy asks for. Room widens a layout and never chooses
  /// it: wide integers are no reason for a dictionary or a base.
  private static func roomy(
    for profile: ColumnProfile, policy: LayoutPolicy, among encodings: [any Encoding]
  ) -> LayoutCost {
    var snug = policy
    snug.room = .none
    let best = best(for: profile, policy: snug, among: encodings)
    guard policy.room != .none, profile.takesRoom else { return best }
    let isPlain = best.layout.isPlainInteger
    if isPlain, !policy.keptColumns.contains(profile.name) {
      let costs = encodings.filter(\.isPlainInteger)
        .flatMap { $0.costs(for: profile, policy: policy) }
      return costs.min { $0.footprint.total < $1.footprint.total } ?? best
    }
    let layout = isPlain ? best.layout : best.layout.withRoom(policy.room, for: profile)
    return LayoutCost(layout: layout, footprint: best.footprint)
  }

  private static func best(
    for profile: ColumnProfile, policy: LayoutPolicy, among encodings: [any Encoding]
  ) -> LayoutCost {
    if policy.keptColumns.contains(profile.name) {
      let layout = Layout(plainFor: profile)
      return LayoutCost(layout: layout, footprint: footprint(of: layout, for: profile))
    }
    let encodings = Self.encodings(encodings, keepingDeclarationOf: profile)
    let fast =
      policy.storage.isDense
      ? Self.best(for: profile, policy: policy.storing(.fast), among: encodings) : nil
    let handedAlike = Self.handedAlike(profile, fast?.layout, policy.categories)
    var bestDirect: LayoutCost?
    var bestIndirect: LayoutCost?
    for encoding in encodings {
      for cost in encoding.costs(for: profile, policy: policy) {
        guard let cost = handedAlike(cost) else { continue }
        if encoding.isIndirect {
          if cost.footprint.total < bestIndirect?.footprint.total ?? .max { bestIndirect = cost }
        } else if cost.footprint.total < bestDirect?.footprint.total ?? .max {
          bestDirect = cost
        }
      }
    }
    guard let direct = bestDirect ?? bestIndirect else {
      // A profile that knows rows and nulls alone: the layout that any values of the type fit.
      let layout = Layout(plainFor: profile)
      return LayoutCost(layout: layout, footprint: footprint(of: layout, for: profile))
    }
    let isFifthSmaller =
      bestIndirect.map { $0.footprint.total * 5 <= direct.footprint.total * 4 } ?? false
    let best = isFifthSmaller ? bestIndirect ?? direct : direct
    // Fewer bits a number may be more than a dictionary takes that is a fifth smaller than whole bytes.
    guard let fast, fast.footprint.total < best.footprint.total else { return best }
    return fast
  }

  /// A layout that engines get as they get the column where it is held in whole bytes, in `fast`: as a dictionary or
  /// not, with a sign or without. `nil` where they would not.
  private static func handedAlike(
    _ profile: ColumnProfile, _ fast: Layout?, _ categories: CategoryPolicy
  ) -> (LayoutCost) -> LayoutCost? {
    guard let fast, profile.valueCount > 0 else { return { $0 } }
    // A policy without categories still asks for those of text alike: layouts do not depend on it.
    let policies = Set([.text, categories])
    let typings = policies.map {
      ($0, ArrowTyping(profile, layout: fast, for: .any, categories: $0))
    }
    func isAlike(_ layout: Layout) -> Bool {
      typings.allSatisfy {
        ArrowTyping(profile, layout: layout, for: .any, categories: $0) == $1
      }
    }
    return { cost in
      if isAlike(cost.layout) { return cost }
      var layout = cost.layout
      layout.isHandedUnsigned = true
      let isUnsigned = profile.type == .integer && isAlike(layout)
      return isUnsigned ? LayoutCost(layout: layout, footprint: cost.footprint) : nil
    }
  }

  /// Those among `encodings` that keep what a file with types said of its column.
  private static func encodings(
    _ encodings: [any Encoding], keepingDeclarationOf profile: ColumnProfile
  ) -> [any Encoding] {
    guard profile.valueCount > 0, profile.type.domain == .bytes,
      let declared = profile.stored?.declared
    else { return encodings }
    if declared.isPlainText, profile.type == .string { return encodings.filter(\.isPlainText) }
    let isCoded = declared.categories != nil && profile.dictionaryCount != nil
    return isCoded ? encodings.filter(\.sharesValues) : encodings
  }

  /// The recommendation of a layout that is already settled. One that no column of the type has takes
  /// no bytes, for there is no such column.
  public init(
    for profile: ColumnProfile, layout: Layout, policy: LayoutPolicy = LayoutPolicy()
  ) {
    self.init(
      for: profile, layout: layout, footprint: Self.footprint(of: layout, for: profile),
      policy: policy)
  }

  /// The recommendation of what a plan says, or of a denser layout for these values where its policy asks for
  /// one: what the column is handed over as does not depend on it.
  package init(
    for profile: ColumnProfile, planned: DietPlan.PlannedColumn, policy: LayoutPolicy
  ) {
    var best = LayoutCost(
      layout: planned.layout, footprint: Self.footprint(of: planned.layout, for: profile))
    if policy.storage.isDense, let handOver = planned.handOver,
      planned.layout.holds(profile, handOver)
    {
      for encoding in Encodings.all where encoding.isTiedToValues {
        for cost in encoding.costs(for: profile, policy: policy)
        where cost.footprint.total < best.footprint.total
          && (profile.type.domain == .integer || cost.layout.affix != nil)
        { best = cost }
      }
      for encoding in Encodings.all where encoding.isForetold {
        for cost in encoding.costs(for: profile, policy: policy)
        where cost.footprint.total * 5 <= best.footprint.total * 4 { best = cost }
      }
    }
    if policy.storage.isDense, planned.layout.sharesValues,
      let capacity = planned.layout.entryCapacity, profile.dictionaryCount ?? .max <= capacity
    {
      // The same values, and codes in as many bits as these have.
      for encoding in Encodings.all where encoding.sharesValues {
        for cost in encoding.costs(for: profile, policy: policy)
        where cost.layout.holdsEntries(like: planned.layout)
          && cost.footprint.total < best.footprint.total
        { best = cost }
      }
    }
    self.init(for: profile, layout: best.layout, footprint: best.footprint, policy: policy)
  }

  /// What a column that was made is and takes, where only that tells.
  package func counted(_ column: Column) -> Recommendation {
    guard isForetold || column.derivation != nil else { return self }
    // A policy has no word in what is said of text.
    var counted = Recommendation(
      for: profile, layout: column.layout, footprint: column.footprint, policy: LayoutPolicy())
    counted.isForetold = false
    counted.follow(from: column.derivation?.words)
    return counted
  }

  /// The same, with bytes as far off as those that were foretold of the first rows, of which a column was made.
  package func corrected(by first: Column, for foretold: Footprint) -> Recommendation {
    guard isForetold || first.derivation != nil, foretold.total > 0 else { return self }
    var corrected = self
    corrected.footprint = footprint.scaled(
      by: Double(first.footprint.total) / Double(foretold.total))
    corrected.isForetold = true
    // Other rows may be otherwise.
    corrected.follow(from: first.derivation.map { "\($0.words), in the first rows" })
    return corrected
  }

  private mutating func follow(from words: String?) {
    guard let words else { return }
    (follows, reason) = (words, "follows from \(words)")
  }

  private static func footprint(of layout: Layout, for profile: ColumnProfile) -> Footprint {
    guard layout.isSound(for: profile.type) else { return Footprint() }
    return Encodings.named[layout.encoding]?.footprint(of: layout, for: profile) ?? Footprint()
  }

  private init(
    for profile: ColumnProfile, layout: Layout, footprint: Footprint, policy: LayoutPolicy
  ) {
    self.profile = profile
    self.layout = layout
    self.footprint = footprint
    isForetold = layout.isForetold
    guard layout.isSound(for: profile.type) else {
      (reason, headroom, notes) = (
        "no column of type \(profile.type) is stored so", nil, profile.notes
      )
      return
    }
    reason =
      policy.keptColumns.contains(profile.name)
      ? "kept as asked" : Reasoning.reason(for: layout, profile: profile, room: policy.room)
    headroom = layout.headroom(for: profile)
    notes = Reasoning.notes(for: layout, profile: profile) + profile.notes
  }
}

extension Layout {
  /// Whether both lead to the same entries, of which only texts may be held in another way.
  fileprivate func holdsEntries(like other: Layout) -> Bool {
    func areTexts(_ layout: Layout) -> Bool { layout.shape == .indexed(.utf8) }
    return values == other.values || (areTexts(self) && areTexts(other))
  }

  /// Whether the values fit a planned layout of plain integers, or of text that is handed over as it is: then what is
  /// handed over does not depend on how they are held.
  fileprivate func holds(_ profile: ColumnProfile, _ handOver: PlannedHandOver) -> Bool {
    if profile.type.domain == .bytes {
      let offered = Encodings.named[encoding]?.layouts(for: profile, policy: LayoutPolicy()) ?? []
      return offered.contains(self) && ArrowTyping(handOver, for: .any)?.dictionary == nil
    }
    guard isPlainInteger, let range = profile.integers else { return false }
    return handOver.integers.contains(range.minimum...range.maximum)
  }
}
