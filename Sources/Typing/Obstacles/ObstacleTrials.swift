package import Columnar

/// Which values that keep a column wide are looked for.
public enum ObstacleSearch: Sendable {
  /// Nothing is looked for.
  case none
  /// Those that are very few, for which a report has a line.
  case few
  /// All, as long as they are not most.
  case all

  /// The share of a column's fields that have to fit a type for it to be tried. A quarter of what was
  /// asked may be half of all.
  fileprivate var share: Double { self == .few ? 0.96 : 0.25 }
  /// How many readings may be made for wider types than the first.
  fileprivate var roundLimit: Int { self == .few ? 1 : 3 }
}

/// The trials of a table: which are to be made in the next reading, and what became of them.
package struct ObstacleTrials {
  private let search: ObstacleSearch
  private let options: TypingOptions
  package private(set) var pending: [TrialPlan] = []
  /// Those whose columns got a type.
  package private(set) var settled: [TrialResult] = []
  private var isPlanned = false

  package init(_ search: ObstacleSearch, options: TypingOptions) {
    self.search = search
    self.options = options
  }

  /// Chooses what to try, once, by what the first reading showed of each column.
  package mutating func plan(
    for columns: [LoadedColumn], where isSought: (String) -> Bool
  ) {
    guard search != .none, !isPlanned else { return }
    isPlanned = true
    for (index, column) in columns.enumerated() where isSought(column.name) {
      guard let rule = column.votes.narrowest(share: search.share) else { continue }
      if let settled = column.settled, FieldClass.holds(settled, in: rule) { continue }
      pending.append(TrialPlan(column: index, rule: rule))
    }
  }

  /// Takes what a reading found, and plans what follows from it.
  package mutating func take(_ results: [TrialResult]) {
    let tried = Set(pending.map { TrialPlan(column: $0.column, rule: $0.rule) })
    pending = []
    for var result in results where !result.hasFailed {
      var next = result.plan
      next.round += 1
      switch try? result.column.resolve(options: options, forced: nil) {
      case .settled(let found)?:
        if result.column.recountTarget != nil, next.kind == nil, next.dateFormat == nil,
          found.kind != .string
        {
          next.kind = found.kind
          pending.append(next)
          continue
        }
        settled.append(result)
        planWider(than: result, tried)
      case .readAgain(.kind(.float), _)? where next.kind == nil:
        next.kind = .float
        pending.append(next)
      case .readAgain(.date(let format, _), _)? where next.dateFormat == nil:
        next.dateFormat = format
        pending.append(next)
      default: planWider(than: result, tried)
      }
    }
  }

  /// Where some of the obstacles would fit a wider type of the same family, that is tried, too.
  private mutating func planWider(than result: TrialResult, _ tried: Set<TrialPlan>) {
    guard result.plan.round < search.roundLimit else { return }
    let joined = result.tally.classes.reduce(result.plan.rule) { rule, found in
      rule.joined(with: found) ?? rule
    }
    guard joined != result.plan.rule else { return }
    let wider = TrialPlan(column: result.plan.column, rule: joined, round: result.plan.round + 1)
    if !tried.contains(TrialPlan(column: wider.column, rule: joined)) { pending.append(wider) }
  }
}

/// What all threads found in one trial.
package struct TrialResult {
  package let plan: TrialPlan
  var column: LoadedColumn
  let tally: ObstacleTally
  /// Some chunk did not read as its fields did one by one.
  let hasFailed: Bool

  package init(_ parts: [ColumnTrial], name: String) {
    plan = parts[0].plan
    column = LoadedColumn(name: name, chunks: [], parsers: parts.map(\.parser))
    tally = parts.reduce(into: ObstacleTally()) { $0.add($1.tally) }
    switch plan.rule {
    case .uuid, .ipv4: hasFailed = false
    default:
      hasFailed =
        parts.contains(where: \.hasFailed)
        || column.evidence.kinds.contains { $0.kind == .string }
    }
  }
}

extension NarrowerColumn {
  package init(_ trial: TrialResult, rowCount: Int) {
    let typed = TypedColumn(trial.column, rowCount: rowCount, note: nil, keepsValues: false)
    profile = typed.profile
    outermost = typed.outermost
    obstacles = trial.tally.kinds
      .map { Obstacle(kind: $0.key, count: $0.value.count, first: $0.value.first) }
      .sorted { ($1.count, $0.kind.rawValue) < ($0.count, $1.kind.rawValue) }
    texts = trial.tally.texts.map { texts in
      texts.sorted { ($1.value, $0.key.lexicographic) < ($0.value, $1.key.lexicographic) }
        .map { String(decoding: $0.key, as: UTF8.self) }
    }
  }
}

extension [UInt8] {
  fileprivate var lexicographic: String { String(decoding: self, as: UTF8.self) }
}
