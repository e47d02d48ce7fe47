/// How a column follows from another one in every row.
public struct ColumnRelation: Hashable, Sendable {
  /// In what way.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Both have the same value.
    case equal
    /// This one is the other times a factor plus a sum, or its opposite.
    case line
    /// Rows with the same value of the other have the same value of this one.
    case determined
  }

  /// In what way.
  public var kind: Kind
  /// The name of the column that tells this one.
  public var column: String
  /// The relation as reports say it: `equals \`a\``, `= 60·\`hour\` + 5`.
  public var words: String

  /// A relation that holds in every row.
  package init(kind: Kind, column: String, words: String) {
    (self.kind, self.column, self.words) = (kind, column, words)
  }
}

extension ColumnProfile {
  /// Notes that another column tells this one.
  package mutating func note(_ relation: ColumnRelation) {
    self.relation = relation
    notes.append(Note(.columnFollowsAnother, "\(relation.words)"))
  }
}
