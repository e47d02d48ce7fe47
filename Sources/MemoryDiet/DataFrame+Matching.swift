import Columnar

extension DataFrame {
  /// The columns that a frame has under a plan, which are not yet stored as that says.
  func matched(to plan: DietPlan, _ matching: PlanMatching) throws(LayoutError) -> DataFrame {
    let own = Set(columns.map(\.name))
    let planned = Set(plan.columns.map(\.name))
    let missing = plan.columns.filter { !own.contains($0.name) }
    var columns = columns
    if let first = missing.first, matching.missingColumns == .refuse {
      throw Self.lacks(first, missing.dropFirst().map(\.name), columns.map(\.name))
    }
    if let new = columns.first(where: { !planned.contains($0.name) }) {
      switch matching.newColumns {
      case .refuse:
        throw Self.refused(new.name, "the plan has no such column", "newColumns: .ignore")
      case .ignore: columns.removeAll { !planned.contains($0.name) }
      case .add: break
      }
    }
    if matching.missingColumns == .add {
      var place = 0
      for column in plan.columns {
        if let known = columns.firstIndex(where: { $0.name == column.name }) {
          place = known + 1
        } else {
          columns.insert(.nulls(column.name, column.type, count: rowCount), at: place)
          place += 1
        }
      }
    }
    let wanted = plan.columns.map(\.name)
    let found = columns.map(\.name).filter(planned.contains)
    let order = wanted.filter(Set(found).contains)
    if found != order {
      switch matching.movedColumns {
      case .ignore: break
      case .refuse:
        let place = found.indices.first { found[$0] != order[$0] } ?? 0
        throw Self.refused(
          found[place], "the column stands where the plan has `\(order[place])`",
          "movedColumns: .restore")
      case .restore:
        let ranks = Dictionary(wanted.enumerated().map { ($1, $0) }) { first, _ in first }
        let sorted = columns.enumerated().sorted {
          (ranks[$0.element.name] ?? .max, $0.offset) < (ranks[$1.element.name] ?? .max, $1.offset)
        }
        columns = sorted.map(\.element)
      }
    }
    if columns.map(\.name) == self.columns.map(\.name) { return self }
    let profiles = Dictionary(zip(self.columns, self.profiles).map { ($0.name, $1) }) { first, _ in
      first
    }
    return DataFrame(
      columns: columns,
      profiles: columns.map { profiles[$0.name] ?? ColumnProfile(valuesOf: $0) },
      rowCount: rowCount, anomalies: anomalies)
  }

  private static func lacks(
    _ first: DietPlan.PlannedColumn, _ others: [String], _ names: [String]
  ) -> LayoutError {
    let more =
      others.isEmpty
      ? "" : "; \(others.prefix(10).map { "`\($0)`" }.joined(separator: ", ")) missing, too"
    let near = first.name.nearestName(in: names).map { ": is it `\($0)`?" } ?? ""
    return LayoutError(
      column: first.name, row: nil, layout: first.layout.description,
      problem: .init(
        message: "there is no such column, and the plan says \(first.type)\(more)",
        remedy: Sentence(
          "the columns are \(names.prefix(20).joined(separator: ", "))\(near); `PlanMatching(missingColumns: .add)` "
            + "reads nulls for it")))
  }

  private static func refused(
    _ name: String, _ message: String, _ matching: String
  ) -> LayoutError {
    LayoutError(
      column: name, row: nil, layout: "",
      problem: .init(
        message: message, remedy: Sentence("or say what becomes of it: `PlanMatching(\(matching))`")
      ))
  }
}
