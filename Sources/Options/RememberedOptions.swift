import Columnar

/// Options that a document remembers: they hold where they can, and are no error where they cannot, since the
/// table may have changed.
package struct RememberedOptions: Hashable, Sendable {
  /// The names of the options.
  var names: Set<String> = []
  /// The columns of which they alone speak, which a table may lack.
  package fileprivate(set) var columns: Set<String> = []
  /// Columns that are text, whatever stands in them, where no option says otherwise.
  package var textColumns: Set<String> = []
}

extension ReadingOptions {
  /// These options, and for what they do not say those of a document.
  package func adding(remembered: ReadingOptions) throws -> ReadingOptions {
    var options = remembered
    let own = given()
    for (option, value) in own { try option.set(value, in: &options) }
    options.remembered.names = Set(remembered.given().map { $0.option.name })
      .subtracting(own.map { $0.option.name })
    // Types of single columns stand beside those that are told now.
    if own.contains(where: { $0.option.name == "type" }) {
      let told = Set(try targets().keys)
      options.typeWords =
        try remembered.typeWords.filter { !told.contains(try LogicalType.named($0).0) } + typeWords
    }
    options.remembered.columns = try remembered.namedColumns().subtracting(namedColumns())
    return options
  }

  /// The columns of which options speak.
  private func namedColumns() throws -> Set<String> {
    try Set(typingOptions().columns.keys).union(targets().keys).union(drop)
  }

  /// The same without what is remembered of a column; `nil` where that is nothing.
  package func forgetting(_ column: String) -> ReadingOptions? {
    func speaks(_ value: ScopedText) -> Bool {
      switch value {
      case .column(let name, _): name == column
      case .words(let text): ScopedText.splits(text).contains { $0.column == column }
      }
    }
    var options = self
    if remembered.names.contains("type") { options.typeWords.removeAll(where: speaks) }
    options.remembered.textColumns.remove(column)
    for (name, values) in meanings where remembered.names.contains(name) {
      let kept = values.filter { !speaks($0) }
      options.meanings[name] = kept.isEmpty ? nil : kept
    }
    return options == self ? nil : options
  }
}
