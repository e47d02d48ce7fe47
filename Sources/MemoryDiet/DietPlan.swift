public import Columnar

/// What every column is to be read as and stored as: a schema to keep and to apply again.
///
/// Saved as JSON. Applied to another file, a value that does not fit is an error, never a loss.
public struct DietPlan: Hashable, Sendable, Codable {
  /// The version of the saved form: 2 since plans say what categories and digits there may be.
  public var version = 2
  /// What was allowed when layouts were chosen.
  public var policy: LayoutPolicy
  /// What the user settled about meaning when the plan was made.
  public var typing: TypingOptions
  /// What each column is to be, in the order of the table.
  public var columns: [PlannedColumn]

  /// What one column is to be read as and stored as.
  public struct PlannedColumn: Hashable, Sendable, Codable {
    /// The name of the column.
    public var name: String
    /// What its values mean.
    public var type: LogicalType
    /// How its values are to be stored.
    public var layout: Layout
    /// How dates are written where it is not ISO 8601, in the letters of strftime.
    public var dateFormat: String?
    /// How many digits decimals may have; `nil` for as many as the layout holds.
    public var digits: Int?
    /// Whether pandas is told that values may be missing; `nil` for yes. Integers that turn out to miss
    /// some are floats to it otherwise, as they are from any other file.
    public var isNullable: Bool?
    /// The words of a dictionary of text; `nil` where any may come in any order.
    public var categories: PlannedCategories?
    /// The unit that instants are handed over in, where a file with types said so; `nil` for
    /// microseconds, or finer where the type is.
    public var unit: TimeUnit?
    /// Whether floats are handed over in 32 bits, as in a file with types; `nil` for no.
    public var isFloat32: Bool?

    /// A column of that type and layout.
    public init(
      name: String, type: LogicalType, layout: Layout, dateFormat: String? = nil,
      digits: Int? = nil, isNullable: Bool? = nil, categories: PlannedCategories? = nil
    ) {
      self.name = name
      self.type = type
      self.layout = layout
      self.dateFormat = dateFormat
      self.digits = digits
      self.isNullable = isNullable
      self.categories = categories
    }
  }

  /// A plan of these columns.
  public init(
    policy: LayoutPolicy = LayoutPolicy(), typing: TypingOptions = TypingOptions(),
    columns: [PlannedColumn]
  ) {
    self.policy = policy
    self.typing = typing
    self.columns = columns
  }

  /// The plan with the fewest bytes for columns of these profiles, to be applied again and again:
  /// layouts that only these very values fit (a constant, a sequence, a base) are left out.
  ///
  /// - Parameters:
  ///   - words: The distinct texts of a column, sorted by their bytes; `nil` where they are not known.
  ///   - closesCategories: Whether words that are not among them are errors later.
  public init(
    for profiles: [ColumnProfile], policy: LayoutPolicy = LayoutPolicy(),
    typing: TypingOptions = TypingOptions(), closesCategories: Bool = false,
    words: (ColumnProfile) -> [String]? = { _ in nil }
  ) {
    self.init(
      policy: policy, typing: typing.settled(by: profiles),
      columns: profiles.map {
        PlannedColumn(
          lastingFor: $0, policy: policy, closesCategories: closesCategories, words: words)
      })
  }

  /// The plan that makes exactly what is recommended, for the same table.
  public init(
    of recommendations: [Recommendation], policy: LayoutPolicy = LayoutPolicy(),
    typing: TypingOptions = TypingOptions()
  ) {
    self.init(
      policy: policy, typing: typing.settled(by: recommendations.map(\.profile)),
      columns: recommendations.map {
        PlannedColumn(
          name: $0.profile.name, type: $0.profile.type, layout: $0.layout,
          dateFormat: $0.profile.dateFormat)
      })
  }

  /// The plan with the fewest bytes for a frame, whose columns are profiled where they were not.
  public init(
    for frame: DataFrame, policy: LayoutPolicy = LayoutPolicy(), closesCategories: Bool = false
  ) {
    let frame = frame.profiled()
    self.init(for: frame.profiles, policy: policy, closesCategories: closesCategories) { profile in
      frame[profile.name].flatMap { ChunkedValues(decoding: $0).words }
    }
  }

  /// The plan of the first column with that name; `nil` where there is none.
  public subscript(name: String) -> PlannedColumn? { columns.first { $0.name == name } }
}

extension DataFrame {
  /// This frame with every column in the layout that the plan names.
  ///
  /// - Parameters:
  ///   - plan: What each column is to be stored as.
  ///   - matching: What becomes of the columns in which the frame and the plan differ. Without a word those that the
  ///     plan does not name stay as they are, and those that the frame lacks are an error.
  /// - Throws: `LayoutError` for a value that the layout does not hold, and for columns that are refused.
  public func applying(
    _ plan: DietPlan, matching: PlanMatching = PlanMatching(newColumns: .add)
  ) throws(LayoutError) -> DataFrame {
    let matched = try self.matched(to: plan, matching)
    if matched.columns.map(\.name) != self.columns.map(\.name) {
      return try matched.applying(
        plan, matching: PlanMatching(newColumns: .add, missingColumns: .ignore))
    }
    var columns: [Column] = []
    let known = plan.policy.storage.isDense ? profiled() : self
    for column in self.columns {
      guard let planned = plan[column.name] else {
        columns.append(column)
        continue
      }
      let layout = known.layout(of: column, planned, plan.policy)
      if layout == column.layout, planned.handOver == column.planned {
        columns.append(column)
        continue
      }
      guard planned.layout.isSound(for: column.type) else {
        throw LayoutError(
          column: column.name, row: nil, layout: planned.layout.description,
          problem: .init(
            message:
              "it is \(column.type), which cannot be stored as \(planned.layout), as the plan says",
            remedy: "cast it to \(planned.type), or \(Sentence.newPlan)"))
      }
      var column = column
      if column.type == .null {
        column = .nulls(column.name, planned.type, count: rowCount)
      } else if column.type != planned.type, column.type.domain != .bytes {
        throw LayoutError(
          column: column.name, row: nil, layout: planned.layout.description,
          problem: .init(
            message: "it is \(column.type), the plan says \(planned.type)",
            remedy: "cast it to \(planned.type), or \(Sentence.newPlan)"))
      }
      let profile = known.profiles.first { $0.name == column.name }
      do {
        columns.append(
          try column.stored(
            as: layout, planned: planned.handOver, under: plan.policy, profile))
      } catch {
        throw error.naming(itsValueIn: column)
      }
    }
    return DataFrame(
      columns: columns.deriving(under: plan.policy), profiles: profiles, rowCount: rowCount,
      anomalies: anomalies)
  }

  /// This frame with every column in the layout that takes the fewest bytes under `policy`, whatever plan it was
  /// stored under before: engines get each in the type that its values need.
  package func leanest(_ policy: LayoutPolicy) throws(LayoutError) -> DataFrame {
    let known = profiled()
    var columns: [Column] = []
    for (column, profile) in zip(known.columns, known.profiles) {
      let layout = Recommendation(for: profile, policy: policy).layout
      let isStoredSo =
        layout == column.layout && column.planned == nil && column.taken == nil
        && (!layout.sharesValues || column.dictionary.first?.count == profile.dictionaryCount)
      columns.append(
        isStoredSo
          ? column : try column.stored(as: layout, planned: nil, under: policy, profile))
    }
    return DataFrame(
      columns: columns.deriving(under: policy), profiles: known.profiles, rowCount: rowCount,
      anomalies: anomalies)
  }

  /// How a column is held that a plan hands over: as the plan says, or denser where its policy says so.
  private func layout(
    of column: Column, _ planned: DietPlan.PlannedColumn, _ policy: LayoutPolicy
  ) -> Layout {
    guard policy.storage.isDense, column.type == planned.type,
      let profile = profiles.first(where: { $0.name == column.name })
    else { return planned.layout }
    return Recommendation(for: profile, planned: planned, policy: policy).layout
  }

  /// How densely the columns are held: as the densest of them is.
  package var storage: StoragePolicy {
    columns.map { $0.derivation == nil ? $0.layout.storage : .smallest }.max() ?? .fast
  }
}

extension Column {
  /// The same values in a layout, handed over as a plan says, or as they need where there is none.
  ///
  /// - Parameter profile: What is known of the values.
  /// - Throws: for a value that the layout or the plan does not hold.
  fileprivate func stored(
    as layout: Layout, planned: PlannedHandOver?, under policy: LayoutPolicy,
    _ profile: ColumnProfile?
  ) throws(LayoutError) -> Column {
    var values = ChunkedValues(decoding: self)
    values.storage = policy.storage
    values.findDistinct()
    values.planned = planned
    try values.checkPlan()
    let settled = try values.settle(layout)
    guard let encoding = Encodings.named[settled.encoding] else { return self }
    var stored = try encoding.encode(&values, layout: settled)
    if let profile { stored = try stored.orPlainText(profile) }
    (stored.planned, stored.declared) = (planned, declared)
    return stored
  }
}

extension [Column] {
  /// The columns, those that follow from others held so where the policy says it: none that is kept, or of numbers and
  /// times whose entries engines get.
  package func deriving(under policy: LayoutPolicy) -> [Column] {
    guard policy.storage == .smallest else { return self }
    let coded =
      policy.categories == .all
      ? filter { $0.type.domain != .bytes && $0.layout.sharesValues }.map(\.name) : []
    return deriving(keeping: policy.keptColumns.union(coded))
  }
}

extension LayoutError {
  /// The same, with the value that does not fit.
  fileprivate func naming(itsValueIn column: Column) -> LayoutError {
    guard problem == nil, let row, let text = ValueText(column).text(row: row) else { return self }
    var error = self
    let scalars = String(decoding: text.prefix(60), as: UTF8.self).unicodeScalars
    let shown = String(String.UnicodeScalarView(scalars.map { $0.picture ?? $0 }))
    error.problem = Problem(
      message: "a value does not fit \(layout): `\(shown)\(text.count > 60 ? "…" : "")`",
      remedy: Sentence.newPlan)
    return error
  }
}
