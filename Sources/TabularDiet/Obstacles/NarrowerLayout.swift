import Columnar
package import MemoryDiet
import Pipeline
package import Typing

/// What a column would be stored as if some of its values were missing.
package struct NarrowerLayout: Sendable {
  package let recommendation: Recommendation
  /// The values in the way, by kind, the most frequent kind first.
  package let obstacles: [NarrowerColumn.Obstacle]
  /// Words that can be named as null in the column without a loss; empty where the obstacles are no
  /// such words.
  package let nullTokens: [String]

  package var count: Int { obstacles.reduce(0) { $0 + $1.count } }

  /// What a column would be, from the fewest obstacles to the most.
  static func all(
    for column: Typing.TypedColumn, now: Recommendation, among table: LoadedTable,
    policy: LayoutPolicy
  ) -> [NarrowerLayout] {
    guard table.obstacles != .none, !policy.keptColumns.contains(column.profile.name) else {
      return []
    }
    let limit = ObstacleLimit(table.obstacles, now.profile)
    var found = ranges(column.profile, column.outermost, now.footprint.total, [], limit, policy)
    for narrower in column.narrower {
      let recommendation = Recommendation(for: narrower.profile, policy: policy)
      let layout = NarrowerLayout(
        recommendation: recommendation, obstacles: narrower.obstacles,
        nullTokens: narrower.isWords ? narrower.texts ?? [] : [])
      guard layout.count > 0, limit.allows(layout.count) else { continue }
      // Another type than text is worth knowing at any size; to whom asks, any other type.
      let isNews =
        now.profile.type == .string
        || table.obstacles == .all && recommendation.profile.type != now.profile.type
        || recommendation.footprint.total * 10 <= now.footprint.total * 9
      if isNews { found.append(layout) }
      found += ranges(
        narrower.profile, narrower.outermost, recommendation.footprint.total, narrower.obstacles,
        limit, policy)
    }
    found.sort {
      ($0.count, $0.recommendation.footprint.total) < ($1.count, $1.recommendation.footprint.total)
    }
    // With more obstacles it has to be smaller than with fewer of its type.
    var best: [LogicalType: Int] = [:]
    return found.filter { layout in
      let (type, total) = (
        layout.recommendation.profile.type, layout.recommendation.footprint.total
      )
      defer { best[type] = min(best[type] ?? .max, total) }
      return total < (table.obstacles == .all ? best[type] : best.values.min()) ?? .max
    }
  }

  /// The same column without its outermost values, as far as it gets smaller by that.
  private static func ranges(
    _ profile: ColumnProfile, _ ends: OutermostValues.Ends, _ byteCount: Int,
    _ others: [NarrowerColumn.Obstacle], _ limit: ObstacleLimit, _ policy: LayoutPolicy
  ) -> [NarrowerLayout] {
    guard let integers = profile.integers, integers.sequence == nil, profile.type != .boolean else {
      return []
    }
    let otherCount = others.reduce(0) { $0 + $1.count }
    var found: [NarrowerLayout] = []
    var best = byteCount
    var bits = IntegerBits(integers.minimum, integers.maximum)
    for count in 1..<OutermostValues.limit where limit.allows(count + otherCount) {
      guard let rest = Remainder(ends, without: count) else { continue }
      let restBits = IntegerBits(rest.minimum, rest.maximum)
      guard restBits < bits, limit.allows(rest, of: integers) else { continue }
      bits = restBits
      let recommendation = Recommendation(for: profile.without(rest), policy: policy)
      guard recommendation.footprint.total * 10 <= best * 9 else { continue }
      best = recommendation.footprint.total
      let first = rest.removed.sorted { a, b in a.row < b.row }.prefix(5).map { value in
        (
          row: value.row,
          text: Array(profile.canonicalText(Int64(clamping: value.value)).utf8)
        )
      }
      let range = NarrowerColumn.Obstacle(kind: .range, count: count, first: Array(first))
      found.append(
        NarrowerLayout(
          recommendation: recommendation, obstacles: others + [range], nullTokens: []))
    }
    return found
  }
}

/// How many obstacles are worth telling.
private struct ObstacleLimit {
  private let search: ObstacleSearch
  private let valueCount: Int

  init(_ search: ObstacleSearch, _ profile: ColumnProfile) {
    self.search = search
    valueCount = profile.valueCount
  }

  /// At most half of the values; in a report ten, or ten in a million, and one in a hundred.
  func allows(_ count: Int) -> Bool {
    switch search {
    case .none: false
    case .few: count <= max(10, valueCount / 100_000) && count * 100 <= valueCount
    case .all: count * 2 <= valueCount
    }
  }

  /// In a report only values that are far from all others are odd; a tail that thins out is not.
  func allows(_ rest: Remainder, of all: IntegerProfile) -> Bool {
    guard search == .few else { return true }
    let span = max(1, rest.maximum - rest.minimum)
    return rest.removed.allSatisfy {
      $0.value < rest.minimum - span || $0.value > rest.maximum + span
    }
  }
}

/// The bits of the narrowest integers that hold a range, as they are and from a base on.
private struct IntegerBits: Comparable {
  let plain: Int
  let based: Int

  init(_ minimum: Int128, _ maximum: Int128) {
    plain =
      [8, 16, 32].first { bits in
        let end = Int128(1) << (bits - 1)
        return -end <= minimum && maximum < end
      } ?? 64
    based = [0, 8, 16, 32].first { maximum - minimum < Int128(1) << $0 } ?? 64
  }

  static func < (a: IntegerBits, b: IntegerBits) -> Bool { a.plain < b.plain || a.based < b.based }
}

/// What is left of a column without its outermost values.
private struct Remainder {
  let minimum: Int128
  let maximum: Int128
  let removed: [OutermostValues.Value]

  /// Without `count` of them, so that the rest has the smallest span; `nil` where more are equal.
  init?(_ ends: OutermostValues.Ends, without count: Int) {
    var best: (low: Int, high: Int, span: Int128)?
    for low in 0...count {
      let high = count - low
      guard low < ends.low.count, high < ends.high.count,
        low == 0 || ends.low[low - 1].value < ends.low[low].value,
        high == 0 || ends.high[high - 1].value > ends.high[high].value,
        ends.low[low].value <= ends.high[high].value
      else { continue }
      let span = ends.high[high].value - ends.low[low].value
      if best.map({ span < $0.span }) ?? true { best = (low, high, span) }
    }
    guard let best else { return nil }
    minimum = ends.low[best.low].value
    maximum = ends.high[best.high].value
    removed = Array(ends.low[..<best.low] + ends.high[..<best.high])
  }
}

extension ColumnProfile {
  /// The same with those values missing.
  fileprivate func without(_ rest: Remainder) -> ColumnProfile {
    var profile = self
    let distinct = Set(rest.removed.map(\.value)).count
    profile.nullCount += rest.removed.count
    profile.integers = IntegerProfile(minimum: rest.minimum, maximum: rest.maximum)
    profile.distinctCount = distinctCount.map { $0 - distinct }
    profile.dictionaryCount = dictionaryCount.map { $0 - distinct }
    return profile
  }
}
