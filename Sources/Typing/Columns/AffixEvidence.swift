/// What stood beside the numbers of all chunks that have values.
struct AffixEvidence: Hashable, Sendable {
  /// That of the first chunk in which something did.
  private(set) var first: AffixFacts?
  /// Where this chunk stands.
  private(set) var place = Int.max
  /// Whether some chunk is without.
  private(set) var isMissingInPart = false
  private(set) var unitsDiffer = false
  /// As in `AffixFacts`, of any chunk.
  private(set) var needsPoint = false
  private(set) var needsComma = false
  private(set) var differs = false

  init() {}

  /// What was written of it.
  init(
    first: AffixFacts?, place: Int, isMissingInPart: Bool, unitsDiffer: Bool, needsPoint: Bool,
    needsComma: Bool, differs: Bool
  ) {
    (self.first, self.place) = (first, place)
    (self.isMissingInPart, self.unitsDiffer) = (isMissingInPart, unitsDiffer)
    (self.needsPoint, self.needsComma, self.differs) = (needsPoint, needsComma, differs)
  }

  mutating func add(_ report: ChunkReport, at place: Int) {
    guard report.kind != .null, report.valueCount > 0 else { return }
    guard let facts = report.affixes else {
      isMissingInPart = true
      return
    }
    note(facts, at: place)
    needsPoint = needsPoint || facts.needsPoint
    needsComma = needsComma || facts.needsComma
    differs = differs || facts.differs
  }

  mutating func formUnion(_ other: AffixEvidence) {
    if let facts = other.first { note(facts, at: other.place) }
    isMissingInPart = isMissingInPart || other.isMissingInPart
    unitsDiffer = unitsDiffer || other.unitsDiffer
    needsPoint = needsPoint || other.needsPoint
    needsComma = needsComma || other.needsComma
    differs = differs || other.differs
  }

  /// With nothing in `first` that another chunk could have shown first. Its place tells nothing where
  /// all units are the same.
  var simplified: AffixEvidence {
    var evidence = self
    if !unitsDiffer { evidence.place = 0 }
    guard var facts = first else { return evidence }
    (facts.needsPoint, facts.needsComma, facts.differs) = (needsPoint, needsComma, differs)
    // Said of each chunk by its `FieldFacts`.
    facts.isAffixed = true
    evidence.first = facts
    return evidence
  }

  private mutating func note(_ facts: AffixFacts, at place: Int) {
    if let first, first.unit != facts.unit { unitsDiffer = true }
    if first == nil || place < self.place { (first, self.place) = (facts, place) }
  }
}
