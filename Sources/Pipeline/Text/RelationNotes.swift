import Columnar
import Typing

extension LoadingPass.Result {
  /// Notes on columns that others tell all of: the closest relation alone.
  func noteRelations(on typed: [TypedColumn]) {
    var told: Set<Int> = []
    for (column, relation) in related?.relations(columns, typed.map(\.profile)) ?? [] {
      typed[column].profile.note(relation)
      told.insert(column)
    }
    for dependency in determined?.determinants(where: told.contains) ?? [] {
      let words = DependencyWords(dependency, typed[dependency.determinant].profile.name) {
        source.place(ofRow: $0)
      }
      typed[dependency.dependent].profile.notes.append(words.note)
      typed[dependency.dependent].profile.relation = words.relation
    }
  }
}
