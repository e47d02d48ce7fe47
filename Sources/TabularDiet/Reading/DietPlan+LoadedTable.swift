package import Columnar
package import MemoryDiet
package import Pipeline

extension DietPlan {
  /// The plan with the fewest bytes for a table, to be applied to it and again to others.
  package init(
    lastingFor table: borrowing LoadedTable, policy: LayoutPolicy, typing: TypingOptions,
    closesCategories: Bool
  ) {
    let columns = Dictionary(table.columns.map { ($0.profile.name, $0) }) { first, _ in first }
    self.init(
      for: table.columns.map(\.profile), policy: policy, typing: typing,
      closesCategories: closesCategories
    ) { columns[$0.name]?.words }
  }
}
