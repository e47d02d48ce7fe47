package import Columnar

extension ColumnReadings {
  /// The column as it is by itself, for what columns show together.
  package func inferred(_ name: String) -> LoadedColumn {
    let (evidence, target) = start ?? (ColumnEvidence(purpose: .part), .inferred)
    return LoadedColumn(name: name, evidence: evidence, target: target)
  }

  private var start: (ColumnEvidence, ColumnParser.Target)? {
    switch form {
    case .typed(let typed): (typed.inferred, .inferred)
    case .floats(let evidence): (evidence, .kind(.float))
    case .text: text.map { ($0, .kind(.string)) }
    }
  }

  /// What the whole column is, as `TableLoader` finds out by reading a file once more; `nil` where what it would read is
  /// lacking.
  ///
  /// - Parameter signs: What the other columns show of decimals.
  package func settled(
    _ name: String, options: TypingOptions, signs: DecimalSigns
  ) -> (column: LoadedColumn, note: Note?, dateFormat: String?)? {
    guard var (evidence, target) = start else { return nil }
    var note: Note?
    var dateFormat: String?
    // Each reading settles the column or leaves fewer ways to read it.
    for _ in 1...6 {
      var column = LoadedColumn(name: name, evidence: evidence, target: target)
      let resolution = try? column.resolve(options: options, forced: nil, signs: signs)
      switch resolution {
      case .settled(let settled)?: return (column, settled.note ?? note, dateFormat)
      case .readAgain(let next, let reason)?:
        note = reason ?? note
        guard let found = reading(next) else { return nil }
        (evidence, target, dateFormat) = found
      case .readNumbers?, .refused?, nil:
        guard let found = reading(.kind(.string)) else { return nil }
        (evidence, target, dateFormat) = found
      }
    }
    return asText(name, options: options).map { ($0, note, nil) }
  }

  /// The column as the text of its fields, whatever else it may be; `nil` where that is lacking.
  package func asText(_ name: String, options: TypingOptions) -> LoadedColumn? {
    guard let text else { return nil }
    var column = LoadedColumn(name: name, evidence: text, target: .kind(.string))
    column.settle(as: TypeResolver(text, options: options).settledText)
    return column
  }

  /// The column as it is read for a target; as text where some field is none of that; `nil` where that is lacking.
  private func reading(
    _ target: ColumnParser.Target
  ) -> (ColumnEvidence, ColumnParser.Target, String?)? {
    switch (target, form) {
    case (.kind(.float), .typed(let typed)):
      if let floats = typed.asFloats { return (floats, target, nil) }
    case (.kind(.float), .floats(let evidence)): return (evidence, target, nil)
    case (.kind(.decimal), .typed(let typed)): return (typed.inferred, target, nil)
    case (.date(let format, _), .typed(let typed)):
      if let dates = typed.asDates(format.pattern) { return (dates, target, format.pattern) }
    case (.versions, _): return text.map { ($0, target, nil) }
    default: break
    }
    return text.map { ($0, .kind(.string), nil) }
  }
}
