import Columnar
import FileIO
import MemoryDiet
import Pipeline

/// A plan held against a table while that is read.
///
/// Sound: names are set by the one thread that opens the table.
final class PlannedReading: Sendable {
  private let plan: DietPlan
  private let matching: PlanMatching
  /// The file that errors name.
  private let file: String
  /// Whether options leave a column out.
  private let isLeftOut: @Sendable (String) -> Bool
  private let planned: Set<String>
  private let names = Lock<[String]>([])

  init(
    _ plan: DietPlan, _ matching: PlanMatching, file: String,
    leavingOut isLeftOut: @escaping @Sendable (String) -> Bool
  ) {
    (self.plan, self.matching, self.file) = (plan, matching, file)
    self.isLeftOut = isLeftOut
    planned = Set(plan.columns.map(\.name))
  }

  /// What loading the table has to know.
  var rules: NameRules {
    var rules = NameRules()
    rules.mayLack = planned.union(plan.typing.columns.keys)
    if matching.newColumns == .ignore { rules.keeps = planned }
    rules.check = { [self] in try check($0, areAll: $1) }
    return rules
  }

  /// The columns that are added to the table, once its names are known: missing ones where that is asked for, and
  /// always those that only longer records have.
  var added: Set<String> {
    let names = names.withLock { $0 }
    let missing = missing(in: names).map(\.name).filter { !isLeftOut($0) }
    switch matching.missingColumns {
    case .add: return Set(missing)
    case .ignore: return []
    case .refuse: return longer(than: names).intersection(missing)
    }
  }

  /// The planned columns that are called by a number past all names, and may be null: only longer records have
  /// them, of which this table has none.
  private func longer(than names: [String]) -> Set<String> {
    let numbered = plan.columns.filter { column in
      guard column.isNullable != false, column.name.hasPrefix("column_"),
        let number = Int(column.name.dropFirst("column_".count))
      else { return false }
      return number > names.count && column.name == "column_\(number)"
    }
    return Set(numbered.map(\.name))
  }

  /// The columns of the plan that the table has not.
  private func missing(in names: [String]) -> [DietPlan.PlannedColumn] {
    let known = Set(names)
    return plan.columns.filter { !known.contains($0.name) }
  }

  private func check(_ names: [String], areAll: Bool) throws(ReadingError) {
    self.names.withLock { $0 = names }
    // Longer records may have what the first has not.
    let longer = longer(than: names)
    let missing = missing(in: names).filter {
      !longer.contains($0.name) && (areAll || !$0.name.hasPrefix("column_"))
    }
    if matching.missingColumns == .refuse {
      if let first = missing.first { throw lacks(first, missing, names) }
      let leftOut = plan.columns.map(\.name).filter(isLeftOut)
      if !leftOut.isEmpty {
        throw other("lacks \(leftOut.joined(separator: ", "))", remedy: .newPlan)
      }
    }
    let new = names.filter { !planned.contains($0) && !isLeftOut($0) }
    if matching.newColumns == .refuse, !new.isEmpty {
      throw other(
        "also has \(new.joined(separator: ", "))",
        remedy: "\(Sentence.newPlan), or leave it out with \(option: "new-columns", "ignore")")
    }
    if matching.movedColumns == .refuse { try checkOrder(names) }
  }

  private func other(_ difference: String, remedy: Sentence) -> ReadingError {
    ReadingError(
      .invalidValue, file: file, "the table \(difference): the plan is for other columns",
      remedy: remedy)
  }

  private func lacks(
    _ first: DietPlan.PlannedColumn, _ missing: [DietPlan.PlannedColumn], _ names: [String]
  ) -> ReadingError {
    let others = missing.dropFirst().prefix(10).map { "`\($0.name)`" }.joined(separator: ", ")
    var error = ReadingError.unknownColumn(
      first.name, among: names, file: file,
      "there is no such column, and the plan says \(first.type)"
        + (others.isEmpty ? "" : "; \(others) \(missing.count == 2 ? "is" : "are") missing, too"))
    error.remedy =
      (error.remedy ?? "")
      + ": rename one, \(Sentence.newPlan), or read nulls for it with \(option: "missing-columns", "add")"
    return error
  }

  private func checkOrder(_ names: [String]) throws(ReadingError) {
    let own = names.filter(planned.contains)
    let known = Set(own)
    let wanted = plan.columns.map(\.name).filter(known.contains)
    guard let place = own.indices.first(where: { own[$0] != wanted[$0] }) else { return }
    throw ReadingError(
      .invalidValue, file: file, column: own[place],
      "the column stands where the plan has `\(wanted[place])`",
      remedy:
        "\(Sentence.newPlan), or put columns in the plan's order with \(option: "moved-columns", "restore")"
    )
  }

  /// Gives the table the columns of the plan that it lacks, and the plan's order, where that is asked for.
  ///
  /// - Returns: What was left out or added, in words.
  func arrange(_ table: inout LoadedTable) -> [Note] {
    let all = names.withLock { $0 }
    let missing = missing(in: all).map(\.name)
    add(added, to: &table)
    if matching.movedColumns == .restore {
      let ranks = Dictionary(plan.columns.enumerated().map { ($1.name, $0) }) { first, _ in first }
      table.sortColumns { ranks[$0] ?? .max }
    }
    var notes: [Note] = []
    let new = all.filter { !planned.contains($0) && !isLeftOut($0) }
    if !new.isEmpty {
      notes.append(
        Note(
          .columnsUnplanned,
          "new beside the plan's columns: \(Self.listed(new)); "
            + (matching.newColumns == .ignore ? "left out" : "stored as is best")))
    }
    if !missing.isEmpty {
      notes.append(
        Note(
          .plannedColumnsMissing,
          "missing of the plan's columns: \(Self.listed(missing)); "
            + (matching.missingColumns == .ignore ? "left out" : "null in all rows")))
    }
    return notes
  }

  /// Each behind the column that it follows in the plan.
  private func add(_ missing: Set<String>, to table: inout LoadedTable) {
    var before: String?
    for column in plan.columns where !isLeftOut(column.name) {
      if missing.contains(column.name) {
        let place = before.flatMap { name in
          table.columns.firstIndex { $0.profile.name == name }.map { $0 + 1 }
        }
        table.insertNulls(column.name, at: place ?? 0)
      }
      before = column.name
    }
  }

  private static func listed(_ names: [String]) -> String {
    let more = names.count > 10 ? " and \(names.count - 10) more" : ""
    return names.prefix(10).map { "`\($0)`" }.joined(separator: ", ") + more
  }
}
