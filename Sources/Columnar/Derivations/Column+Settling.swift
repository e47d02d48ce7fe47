extension Column {
  /// The column in its layout, where it follows from others: it holds all of its rows then.
  package var settled: Column {
    guard derivation != nil else { return self }
    do {
      var column = try held()
      (column.planned, column.declared) = (planned, declared)
      (column.taken, column.ends) = (taken, ends)
      return column
    } catch {
      // Its values were in that layout when it was derived, and are the same.
      fatalError("\(error)")
    }
  }

  private func held() throws(LayoutError) -> Column {
    guard layout.sharesValues, let entries = dictionary.first,
      case .indexed(let codes, _, _) = view, let integers = IntegerRows(.plain(codes))
    else {
      var chunks = ChunkedValues(decoding: self)
      guard let encoding = Encodings.named[layout.encoding] else { return self }
      return try encoding.encode(&chunks, layout: layout)
    }
    var chunks = ChunkedValues(words: integers, of: self)
    return try DictionaryEncoding.encode(codes: &chunks, layout: layout, dictionary: entries)
  }

  /// Whether this is one of `columns`, under whatever name.
  private func isAmong(_ columns: [Column]) -> Bool {
    columns.contains { $0.values != nil && $0.values === values }
  }

  /// Whether all columns that this one follows from are among `columns`.
  fileprivate func isTold(by columns: [Column]) -> Bool {
    derivation?.sources.allSatisfy { $0.isAmong(columns) } ?? true
  }
}

extension [Column] {
  /// The same columns; those that follow from some that are not among them hold their rows themselves.
  func settlingStrays() -> [Column] {
    guard contains(where: { $0.derivation != nil }) else { return self }
    return map { $0.isTold(by: self) ? $0 : $0.settled }
  }
}
