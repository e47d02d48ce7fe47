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
    let pandasTypes = engine.mayBePandas ? summary.source.metadata.pandasTypes : [:]
    for recommendation in recommendations {
      let profile = recommendation.profile
      let typing = typing(of: recommendation)
      let onMissing = appliedPlan?[profile.name].flatMap { planned in
        planned.isNullable == false
          ? engine.noteOnMissing(in: profile, plannedAs: planned.type) : nil
      }
      guard
        let note = typing.note ?? onMissing
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
