package import Columnar
package import FileIO

extension LoadedColumn {
  /// `forced` is what the user or a plan named: then the column is that, or is refused.
  package mutating func resolve(
    options: TypingOptions, forced: ColumnParser.Target?, isPlanned: Bool = false,
    signs: DecimalSigns = DecimalSigns()
  ) throws(ReadingError) -> TypeResolver.Resolution {
    var resolver = TypeResolver(evidence, options: options)
    (resolver.name, resolver.signs) = (name, signs)
    if case .versions(let scale) = target { return resolveVersions(scale: scale) }
    // As decimals, they were taken for no versions.
    resolver.mayBeVersions = if case .kind = target { false } else { true }
    let resolution: TypeResolver.Resolution
    switch forced {
    case .kind(let kind) where kind != .boolean && evidence.kinds.contains(where: \.hasTold):
      resolution = resolver.resolve()
      if case .readAgain(.inferredUntold, _) = resolution {
        throw ReadingError(
          .invalidValue, column: name, "the values are not all written in one of the formats told",
          remedy: .misfit(ofColumn: name, isPlanned: isPlanned))
      }
    case .kind where resolver.affixProblem != nil:
      throw refusal(resolver.affixProblem ?? "")
    case .kind(let kind) where kind != .string:
      guard let settled = resolver.settled(as: kind) else {
        throw ReadingError(
          .invalidValue, column: name, "the values are not all of one kind of \(kind)",
          remedy: .misfit(ofColumn: name, isPlanned: isPlanned))
      }
      resolution = .settled(settled)
    case .date(let format, let unit):
      guard let settled = resolver.settled(in: format, unit: unit) else {
        fatalError("values of one format go together")
      }
      resolution = .settled(settled)
    case .kind(.string): resolution = .settled(resolver.settledText)
    default: resolution = resolver.resolve()
    }
    if case .refused(let words) = resolution { throw refusal(words) }
    if case .settled(var settled) = resolution {
      settled.isTold = forced != nil && !isPlanned
      settle(as: settled)
    }
    return resolution
  }

  /// What a column is that may be versions, of which all is text here.
  private mutating func resolveVersions(scale: Int) -> TypeResolver.Resolution {
    let united = TextCollector.united(evidence.collectors).distinct
    guard let united, let pair = VersionNumbers.pair(in: united.table) else {
      return .readAgain(.kind(.decimal(scale: scale)), note: nil)
    }
    var settled = TypeResolver(evidence, options: TypingOptions()).settledText
    settled.note = Note(
      .versions,
      """
      versions: `\(pair.0)` and `\(pair.1)` are one number, and stay apart as text; \
      \(option: "type", of: name, "decimal(\(scale))") reads numbers
      """)
    settle(as: settled)
    return .settled(settled)
  }

  private func refusal(_ words: String) -> ReadingError {
    ReadingError(
      .invalidValue, column: name, words,
      remedy: "say what is before fractions with \(option: "decimal", of: name, ".") or"
        + " \(option: "decimal", of: name, ",")")
  }

  /// What stood beside the column's numbers.
  var affixes: AffixFacts? {
    switch settled?.kind.family {
    case .number, .float: evidence.affixes.first
    default: nil
    }
  }
}

extension Sentence {
  /// What to do about values that are not of the type that their column must have.
  package static func misfit(ofColumn name: String, isPlanned: Bool) -> Sentence {
    // A plan says what every column is: text would not fit it.
    isPlanned
      ? "mend the value, or \(Sentence.newPlan)"
      : "mend the value, or let the column be text with \(option: "type", of: name, "string")"
  }
}
