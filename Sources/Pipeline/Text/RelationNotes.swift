import Columnar
import Typing

extension LoadingPass.Result {
  /// Notes on columns that others tell all of: the closest relation alone.
  func noteRelations(on typed: [TypedColumn]) {
    var told: Set<Int> = []
    for (column, note) in related?.notes(columns, typed.map(\.profile)) ?? [] {
      typed[column].profile.notes.append(note)
      told.insert(column)
    }
    for dependency in determined?.determinants(where: told.contains) ?? [] {
      let words = DependencyWords(dependency, typed[dependency.determinant].profile.name) {
        source.place(ofRow: $0)
      }
      typed[dependency.dependent].profile.notes.append(words.note)
    }
  }
}
