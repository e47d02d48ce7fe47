package import Columnar

// What pandas makes of a lean column that is not what the same column was to it before.

extension ArrowTyping {
  /// What is done with a column of pandas that gives something else once it is lean; `nil` where that
  /// is nothing, or follows from the narrower integers alone.
  ///
  /// - Parameter pandasType: What the column was in pandas, where it comes from there.
  package func noteOnUse(_ profile: ColumnProfile, pandasType: String?) -> Note? {
    switch (pandasType, type) {
    case ("boolean"?, .boolean) where profile.nullCount > 0:
      Note(
        .lawOfUse,
        """
        boolean is bool[pyarrow], which is neither added up nor computed with: \
        `astype("boolean")` first
        """)
    case ("string"?, .utf8) where dictionary != nil:
      Note(
        .lawOfUse,
        """
        string is category, whose missing words differ from all others and whose words are not added \
        up: `astype("string")` first, or \(option: "categories", "none")
        """)
    default: nil
    }
  }
}

extension TargetEngine {
  /// What becomes of missing values in a column of which a plan says that there are none; `nil` where
  /// none is missing, or nothing becomes of them.
  ///
  /// - Parameter type: The column's type in the plan.
  package func noteOnMissing(in profile: ColumnProfile, plannedAs type: LogicalType) -> Note? {
    guard mayBePandas, profile.nullCount > 0, [.integer, .boolean].contains(type) else {
      return nil
    }
    let kind = type == .boolean ? "objects" : "floats"
    return Note(
      .missingUnplanned,
      """
      values are missing, and none were when the plan was made: pandas reads \(kind); make the plan \
      of files where some are missing
      """)
  }
}
