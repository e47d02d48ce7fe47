/// A column that seems to follow from others, by some rows of the table.
struct DerivationCandidate {
  /// How it seems to.
  enum Form {
    case sum, lookUp, product, clockSum
    case clockDifference(low: Int64)
    case place(first: Int64)
  }

  /// Tells candidates of one table apart.
  let id: Int
  let form: Form
  /// The column and those that it follows from, by their places among the sampled ones.
  let target: Int
  let sources: [Int]
  /// The bytes that it seems to save, or is known to.
  private(set) var savedByteCount: Int

  /// The same, of which it is known what it saves.
  func saving(_ byteCount: Int) -> DerivationCandidate {
    var proved = self
    proved.savedByteCount = byteCount
    return proved
  }

  /// The column, held so; `nil` where it takes no fewer bytes than it did.
  func column(of sampled: [SampledColumn]) -> Column? {
    let target = sampled[target].words
    let sources = sources.map { sampled[$0] }
    let rule: (any DerivationRule)? =
      switch form {
      case .sum: SumRule(target, from: sources[0].words)
      case .lookUp: LookUpRule(target, keys: sources.compactMap(\.keys))
      case .product:
        sources[0].keys.flatMap { LookUpRule(target, keys: [$0], factor: sources[1].words) }
      case .clockSum: ClockSumRule(clock: sources[0].words, minutes: sources[1].words)
      case .clockDifference(let low):
        ClockDifferenceRule(end: sources[0].words, start: sources[1].words, low: low)
      case .place(let first): PlaceRule(in: sources[0].column, first: first)
      }
    return rule.flatMap { target.column.derived(by: $0) }
  }

  /// Whether both can hold: nothing follows from what follows itself, and nothing twice.
  func goesWith(_ other: DerivationCandidate) -> Bool {
    target != other.target && !sources.contains(other.target) && !other.sources.contains(target)
  }
}

extension [DerivationCandidate] {
  /// The largest of so many are looked at.
  private static var limit: Int { 256 }

  /// Some of them that go together and save much: the best of what is found by taking the largest first, and then
  /// forcing in one after the other what that left out.
  func chosen() -> [DerivationCandidate] {
    let sorted = sorted {
      ($1.savedByteCount, $0.sources.count, $0.id) < ($0.savedByteCount, $1.sources.count, $1.id)
    }.prefix(Self.limit)
    func filled(_ forced: [DerivationCandidate]) -> [DerivationCandidate] {
      sorted.reduce(into: forced) { taken, next in
        if taken.allSatisfy(next.goesWith) { taken.append(next) }
      }
    }
    var best = filled([])
    var isBetter = true
    while isBetter {
      isBetter = false
      for candidate in sorted {
        let kept = best.filter(candidate.goesWith)
        let trial = filled([candidate] + kept)
        if trial.savedByteCount > best.savedByteCount { (best, isBetter) = (trial, true) }
      }
    }
    return best
  }

  private var savedByteCount: Int { reduce(0) { $0 + $1.savedByteCount } }
}
