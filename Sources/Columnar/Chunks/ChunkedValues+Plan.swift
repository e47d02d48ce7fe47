extension ChunkedValues {
  /// The distinct texts, sorted by their bytes; `nil` where the column has none, too many, or some
  /// that is no UTF-8.
  package var words: [String]? {
    guard type.domain == .bytes else { return nil }
    var values = self
    values.findDistinct()
    return values.distinctText?.words
  }

  /// Holds the values against what the plan says beside the layout: its words and digits.
  ///
  /// - Parameter range: The smallest and the largest integer, where they are known.
  /// - Throws: for the first row that has a value which it does not allow.
  package func checkPlan(_ range: ClosedRange<Int128>? = nil) throws(LayoutError) {
    guard let planned else { return }
    if case .decimal = type, case .integers(width: 8, _) = planned.shape {
      try checkDigits(planned.integers, range)
    }
    guard case .indexed = planned.shape, let known = planned.words, let distinctText else { return }
    let knownWords = Set(known)
    let newCount = (0..<distinctText.count).count { !knownWords.contains(Array(distinctText[$0])) }
    let room = planned.isOpen ? planned.wordLimit - known.count : 0
    guard newCount > room else { return }
    var new: Set<[UInt8]> = []
    let row = firstRow { chunk, row in
      guard let text = chunk.text(at: row) else { return false }
      let word = Array(text)
      return !knownWords.contains(word) && new.insert(word).inserted && new.count > room
    }
    throw LayoutError(
      column: name, row: row, layout: "",
      problem: planned.isOpen
        ? .init(
          message: "the word is one more than the plan's \(planned.codeBits)-bit codes number,"
            + " \(planned.wordLimit)",
          remedy: .newPlan)
        : .init(
          message: "the word is none of the plan's \(known.count) closed categories",
          remedy:
            "mend the value, or \(Sentence.newPlan)"))
  }

  private func checkDigits(
    _ allowed: ClosedRange<Int128>, _ range: ClosedRange<Int128>?
  ) throws(LayoutError) {
    if let range, allowed.contains(range) { return }
    let row = firstRow { chunk, row in
      guard case .integers(let integers) = chunk.values, !chunk.isNull(row) else { return false }
      return !allowed.contains(Int128(integers.value(at: row)))
    }
    guard let row else { return }
    throw LayoutError(
      column: name, row: row, layout: "",
      problem: .init(
        message: "the number has more digits than the plan's, \(allowed.upperBound.digitCount)",
        remedy:
          "\(Sentence.newPlan), or mend the value"))
  }

  /// The first row that has a value.
  package var firstValueRow: Int? { firstRow { !$0.isNull($1) } }

  /// The first row for which `body`, called with each in turn, is true.
  private func firstRow(where body: (ColumnChunk, Int) -> Bool) -> Int? {
    var first = 0
    for case let chunk? in chunks {
      for row in 0..<chunk.rowCount where body(chunk, row) { return first + row }
      first += chunk.rowCount
    }
    return nil
  }
}

extension SortedText {
  /// The strings in their order; `nil` where one is no UTF-8.
  package var words: [String]? {
    var words: [String] = []
    words.reserveCapacity(count)
    for rank in 0..<count {
      guard let word = String(validating: self[rank], as: UTF8.self) else { return nil }
      words.append(word)
    }
    return words
  }
}

extension Int128 {
  fileprivate var digitCount: Int { String(magnitude).utf8.count }
}
