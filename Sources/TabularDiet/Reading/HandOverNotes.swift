import ArrowFormat
import Columnar
import Engines
import MemoryDiet

extension TableProfile {
  /// What the reader's engine cannot hold, and what it finds instead: a note for each such column, one
  /// for columns that share it.
  package var handOverNotes: [Note] {
    let engine = reader.engine
    var names: [(note: Note, columns: [String])] = []
    let isForPandas = engine == .any || engine == .pandas
    let pandasTypes = isForPandas ? summary.source.metadata.pandasTypes : [:]
    for recommendation in recommendations {
      let profile = recommendation.profile
      let typing = typing(of: recommendation)
      let column = appliedPlan?[profile.name]
      guard
        let note = typing.note ?? column?.noteOnMissing(profile, for: engine)
          ?? typing.noteOnUse(profile, pandasType: pandasTypes[profile.name])
      else { continue }
      if let index = names.firstIndex(where: { $0.note == note }) {
        names[index].columns.append(profile.name)
      } else {
        names.append((note, [profile.name]))
      }
    }
    return names.map { $0.note.of($0.columns.joined(separator: ", ")) }
  }

  /// Which arithmetic wraps in silence in who reads the table: none or one note.
  package var wrappingNotes: [Note] {
    let columns = recommendations.compactMap { recommendation in
      let profile = recommendation.profile
      let planned = appliedPlan?[profile.name]
      return NarrowIntegers(
        profile, typing(of: recommendation),
        isNullable: profile.nullCount > 0 || planned?.isNullable == true)
    }
    let arithmetic = WrappingArithmetic(
      columns, in: WrappingArithmetic.Engine.readers(of: reader.engine))
    return WrappingNote(arithmetic, isPlanned: appliedPlan != nil).note.map { [$0] } ?? []
  }

  /// What becomes of this table beside others: none or one note.
  ///
  /// - Parameter isFile: Whether it is written to a file.
  package func widthNotes(isFile: Bool) -> [Note] {
    guard appliedPlan == nil else { return [] }
    let types = recommendations.filter { $0.profile.takesRoom }
      .map { typing(of: $0).type }
    return WidthNote(types, for: reader.engine, isFile: isFile).note.map { [$0] } ?? []
  }

  /// What a column is in Arrow.
  private func typing(of recommendation: Recommendation) -> ArrowTyping {
    let (engine, categories) = (reader.engine, reader.options.categories)
    let profile = recommendation.profile
    let planned = appliedPlan?[profile.name]?.handOver.flatMap {
      ArrowTyping($0, for: engine, categories: categories)
    }
    return planned
      ?? ArrowTyping(profile, layout: recommendation.layout, for: engine, categories: categories)
  }
}

extension ArrowTyping {
  /// What is done with a column of pandas that gives something else once it is lean; `nil` where that
  /// is nothing, or follows from the narrower integers alone.
  fileprivate func noteOnUse(_ profile: ColumnProfile, pandasType: String?) -> Note? {
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

extension DietPlan.PlannedColumn {
  /// What becomes of values that are missing though none was when the plan was made.
  fileprivate func noteOnMissing(_ profile: ColumnProfile, for engine: TargetEngine) -> Note? {
    guard engine == .any || engine == .pandas, isNullable == false, profile.nullCount > 0,
      [.integer, .boolean].contains(type)
    else { return nil }
    let kind = type == .boolean ? "objects" : "floats"
    return Note(
      .missingUnplanned,
      """
      values are missing, and none were when the plan was made: pandas reads \(kind); make the plan \
      of files where some are missing
      """)
  }
}
