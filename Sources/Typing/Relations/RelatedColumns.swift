package import Columnar

/// Columns that say the same as one another, in all rows that were looked at.
///
/// Two columns are related where both are null in the same rows and, in all others, texts and floats
/// are equal, and integers (whole numbers, decimals, days, instants) lie on one line that is not
/// level: b = k·a + c. Among columns whose values vary that is an equivalence, so groups say all of
/// it, and the groups of a table are the same however its rows were split. Columns that have not
/// varied yet are all one another's: which line they lie on is open.
package struct RelatedColumns: Sendable {
  /// A column, and up to two rows that show on which lines it lies.
  struct Member {
    var column: Int
    /// What its values are, and in what unit the two are counted; `.null` while it has none.
    var kind = FieldKind.null
    /// The integer in a row with values, the same for all of the group: where the first of it has its least.
    var first: Int128?
    /// The integer in a row in which each of the group is another: where the first of it has its greatest.
    var second: Int128?
    /// Between which all integers are, while chunks are read.
    var extremes: ClosedRange<Int128>?
  }

  struct Group {
    /// At least two, in the order of the table.
    var members: [Member]
  }

  var groups: [Group]

  /// What holds in the rows of both. Neither knows the other's rows, so columns stay together that
  /// are so in both, on the same line.
  package func joined(with other: RelatedColumns) -> RelatedColumns {
    let columns = [self, other].flatMap { $0.groups.map { $0.members.last?.column ?? 0 } }
    // By column: tables may be as wide as they like.
    var places = [(group: Int, member: Member)?](
      repeating: nil, count: (columns.max() ?? 0) + 1)
    for (index, group) in other.groups.enumerated() {
      for member in group.members { places[member.column] = (index, member) }
    }
    var joined: [Group] = []
    for group in groups {
      var shared: [Int: [Evidence]] = [:]
      for member in group.members {
        guard let place = places[member.column], let evidence = Evidence(member, place.member)
        else { continue }
        shared[place.group, default: []].append(evidence)
      }
      for var pending in shared.values {
        while let leader = pending.first, pending.count > 1 {
          var others: [Evidence] = []
          var related: [Member] = []
          for evidence in pending {
            if evidence.isRelated(to: leader) {
              related.append(evidence.member(relatedTo: leader))
            } else {
              others.append(evidence)
            }
          }
          if related.count > 1 { joined.append(Group(members: related)) }
          pending = others
        }
      }
    }
    joined.sort { $0.members[0].column < $1.members[0].column }
    return RelatedColumns(groups: joined)
  }

  /// The same with what a second reading says of some columns. How these are related to columns that
  /// were not read again is not known.
  package func replacing(_ columns: Set<Int>, with again: RelatedColumns?) -> RelatedColumns {
    let others = groups.compactMap { group in
      let members = group.members.filter { !columns.contains($0.column) }
      return members.count > 1 ? Group(members: members) : nil
    }
    let theirs = (again?.groups ?? []).compactMap { group in
      let members = group.members.filter { columns.contains($0.column) }
      return members.count > 1 ? Group(members: members) : nil
    }
    return RelatedColumns(groups: others + theirs)
  }

  /// For each column that follows from an earlier one, how.
  package func relations(
    _ columns: [LoadedColumn], _ profiles: [ColumnProfile]
  ) -> [(Int, ColumnRelation)] {
    groups.flatMap { group -> [(Int, ColumnRelation)] in
      // Columns that do not vary are told as such.
      guard let first = group.members.first, (profiles[first.column].distinctCount ?? 2) > 1
      else { return [] }
      let sides = group.members.compactMap { member in
        columns[member.column].settled.map {
          RelationWords.Side(profile: profiles[member.column], kind: $0.kind, member: member)
        }
      }
      return sides.dropFirst().compactMap { side in
        RelationWords(side, from: sides[0]).map {
          (
            side.member.column,
            ColumnRelation(kind: $0.kind, column: sides[0].profile.name, words: $0.text)
          )
        }
      }
    }
  }
}

extension RelatedColumns.Member {
  /// Counts in the unit of `kind`, or of its own where that is finer; returns the factor that brings
  /// values of `kind` to it, `nil` where they do not go together.
  mutating func adopt(_ kind: FieldKind) -> Int64? {
    if self.kind == .null {
      self.kind = kind
      return 1
    }
    if kind == .null { return 1 }
    if self.kind.family == .float || self.kind.family == .string {
      return kind.family == self.kind.family ? 1 : nil
    }
    guard let joint = self.kind.joined(with: kind),
      let growth = self.kind.factor(to: joint).map({ Int128($0) })
    else { return nil }
    if growth > 1 {
      first = first.map { $0 * growth }
      second = second.map { $0 * growth }
      extremes = extremes.map { $0.lowerBound * growth...$0.upperBound * growth }
    }
    self.kind = joint
    return kind.factor(to: joint)
  }

  /// Notes the extremes of a chunk, in units of which `factor` make one of the chunk's.
  mutating func widen(by report: ChunkReport, factor: Int64) {
    let (low, high) = (
      report.minimumValue * Int128(factor), report.maximumValue * Int128(factor)
    )
    extremes = extremes.map { min($0.lowerBound, low)...max($0.upperBound, high) } ?? low...high
  }
}

extension RelatedColumns.Group {
  /// The same once all chunks are read, by the rows in which the first column has its extremes: they do not depend on
  /// the order of rows.
  var atExtremes: Self {
    var group = self
    for index in members.indices {
      guard let extremes = members[index].extremes else { continue }
      group.members[index].first = extremes.lowerBound
      if members[index].second == nil { continue }
      // On one line, the others have theirs in the same rows.
      let isFalling = members[index].isRising != members[0].isRising
      group.members[index].first = isFalling ? extremes.upperBound : extremes.lowerBound
      group.members[index].second = isFalling ? extremes.lowerBound : extremes.upperBound
    }
    return group
  }

  /// The same by the first column that is left.
  var ascending: Self {
    guard let first = members.first, first.second != nil, !first.isRising else { return self }
    var group = self
    for index in members.indices {
      let member = members[index]
      (group.members[index].first, group.members[index].second) = (member.second, member.first)
    }
    return group
  }
}

extension RelatedColumns.Member {
  fileprivate var isRising: Bool {
    guard let first, let second else { return true }
    return first < second
  }
}

/// One column as two parts of the table show it.
private struct Evidence {
  private let column: Int
  private let kind: FieldKind
  /// First and second of the one part, then of the other. The columns of two groups that meet have
  /// them in the same rows.
  private let values: InlineArray<4, Int128?>

  /// `nil` where the parts took the column for different things.
  init?(_ one: RelatedColumns.Member, _ other: RelatedColumns.Member) {
    var (one, other) = (one, other)
    // The coarser of the two is brought to the unit of the finer.
    guard one.adopt(other.kind) != nil, other.adopt(one.kind) != nil else { return nil }
    column = one.column
    kind = one.kind
    values = [one.first, one.second, other.first, other.second]
  }

  func isRelated(to leader: Evidence) -> Bool {
    guard kind.family == leader.kind.family else { return false }
    var first: (Int128, Int128)?
    var line: ValueLine?
    for index in values.indices {
      guard let a = leader.values[index], let b = values[index] else { continue }
      if let line {
        if !line.contains(a, b) { return false }
      } else if let first {
        if a == first.0 {
          if b != first.1 { return false }
        } else {
          guard let found = ValueLine(first, (a, b)) else { return false }
          line = found
        }
      } else {
        first = (a, b)
      }
    }
    return true
  }

  func member(relatedTo leader: Evidence) -> RelatedColumns.Member {
    var member = RelatedColumns.Member(column: column, kind: kind)
    var (low, high): (Int128?, Int128?)
    for index in values.indices {
      guard let a = leader.values[index] else { continue }
      if low.map({ a < $0 }) ?? true { (low, member.first) = (a, values[index]) }
      if high.map({ a > $0 }) ?? true { (high, member.second) = (a, values[index]) }
    }
    if low == high { member.second = nil }
    return member
  }
}
