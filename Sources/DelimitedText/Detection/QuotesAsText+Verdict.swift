extension QuotesAsText {
  /// What the evidence is.
  package enum Verdict: Hashable, Sendable {
    /// As text quotes make a regular table, and few fields are enclosed in them.
    case text(QuotesAsText)
    /// They make none.
    case quotes
    case undecided
  }

  /// - Parameter records: The first ones as they are with quotes. Where one of their columns has a
  ///   type, it has to have it line by line, too: an address in quotes is as wide as a table of two
  ///   columns by chance.
  func verdict(
    records: some Collection<[[UInt8]]>, columns: Int, _ looksTyped: TypedEvidence
  ) -> Verdict {
    let rows = Array(records.filter { $0.count == columns })
    let typed = (0..<columns).filter {
      rows.count > 2 && looksTyped(HeaderEvidence.fields(of: $0, in: rows[...]))
    }
    let lines = samples.filter { $0.count == columns }
    guard
      typed.allSatisfy({ column in
        let fields = HeaderEvidence.fields(of: column, in: lines[...])
        return fields.isEmpty || looksTyped(fields.filter { !$0.contains(quote) })
      })
    else { return .quotes }
    // Two columns of text prove nothing: a writer that encloses fields means what it writes.
    if typed.isEmpty, columns <= 2 { return enclosedCount > strayCount ? .quotes : .undecided }
    let bodyCount = lineCount - (endCount > 10 ? 0 : endCount)
    guard lineCount >= 10, wideCount * 1000 >= bodyCount * 999, strayCount > enclosedCount else {
      return .undecided
    }
    var proof = self
    proof.samples = []
    return .text(proof)
  }
}
