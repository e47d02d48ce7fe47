/// What becomes of the columns in which a table and its plan differ: new ones, missing ones, and such as have
/// moved. A column that was renamed is a missing and a new one.
///
/// Columns are told by their names. Without a word, a new or a missing column is an error, and columns stand as
/// they do in the table.
///
///     let may = try DataFrame(
///       contentsOfCSVFile: "may.csv", plan: plan,
///       matching: PlanMatching(newColumns: .ignore, missingColumns: .add))
public struct PlanMatching: Hashable, Sendable {
  /// What becomes of a column that only one of the two has.
  public enum Resolution: String, Hashable, Sendable, CaseIterable {
    /// The table is refused: an error names the column, and what the plan says.
    case refuse
    /// The column is left out.
    case ignore
    /// The column is there: one that the plan has not is stored as is best, one that the table has not is null
    /// in all rows, of the plan's type.
    case add
  }

  /// What becomes of columns that stand in another order than in the plan.
  public enum Order: String, Hashable, Sendable, CaseIterable {
    /// The table is refused: an error names the first column that has moved.
    case refuse
    /// Columns stand as they do in the table.
    case ignore
    /// Columns stand as they do in the plan; new ones behind them.
    case restore
  }

  /// What becomes of columns of the table that the plan has not.
  public var newColumns: Resolution
  /// What becomes of columns of the plan that the table has not. One that is added stands behind that which it
  /// follows in the plan.
  public var missingColumns: Resolution
  /// What becomes of columns that stand in another order than in the plan.
  public var movedColumns: Order

  /// As `diet apply` does, where nothing else is said.
  public init(
    newColumns: Resolution = .refuse, missingColumns: Resolution = .refuse,
    movedColumns: Order = .ignore
  ) {
    self.newColumns = newColumns
    self.missingColumns = missingColumns
    self.movedColumns = movedColumns
  }
}
