package import Columnar

/// How many rows compare so with a constant. Null rows and NaN never do.
///
/// Text is compared for equality only.
package struct ComparisonCount: Reduction {
  package let comparison: Comparison

  package init(_ comparison: Comparison) { self.comparison = comparison }

  package var name: String {
    switch comparison {
    case .equal: "equality_count"
    case .less: "compare_count"
    case .greater: "compare_count_greater"
    }
  }

  package var takesConstant: Bool { true }

  package func applies(to type: LogicalType) -> Bool {
    comparison == .equal || type.domain != .bytes
  }

  /// Numbers are asked for a threshold, text for a value.
  package func isMeasured(on rows: ColumnRows) -> Bool {
    comparison == (rows.type.domain == .bytes ? .equal : .less)
  }

  package func emptyAnswer(for type: LogicalType) -> ReductionAnswer { .count(0) }

  package func reduce(
    _ rows: ColumnRows, constant: StoredValue?
  ) throws(ReductionError) -> Reduced {
    func total(_ count: @Sendable (ColumnRows) -> Int) -> Reduced {
      let counts = rows.mapRuns { $0.valueCount == 0 ? 0 : count($0) }
      return Reduced(.count(counts.reduce(0, +)), .direct)
    }
    switch (rows.type.domain, constant) {
    case (.integer, .integer(let constant)?): return total { count($0, constant) }
    case (.float, .float(let constant)?): return total { count($0, constant) }
    case (.bytes, .text(let text)?): return total { count($0, equalTo: text) }
    default: break
    }
    throw ReductionError(.unfitConstant, rows, reduction: name)
  }

  func count(_ rows: ColumnRows, _ constant: Int128) -> Int {
    switch rows.view {
    case .plain, .scaled, .decoded:
      return rows.view.storedIntegers.count(comparison, constant, rows)
    case .indexed(let codes, let dictionary, let count):
      let codes = DictionaryCodes(codes: codes, dictionary: dictionary, dictionaryCount: count)
      return codes.count(in: codes.codes(comparison, constant), rows)
    case .sequence(let start, let step):
      return countTerms(Int128(start), Int128(step), rows.count, constant)
    case .constant(let value):
      return comparison.holds(value?.integer(at: 0) ?? 0, constant) ? rows.valueCount : 0
    }
  }

  private func count(_ rows: ColumnRows, _ constant: Double) -> Int {
    switch rows.view {
    case .indexed(let codes, let dictionary, let count):
      let codes = DictionaryCodes(codes: codes, dictionary: dictionary, dictionaryCount: count)
      return codes.count(in: codes.codes(comparison, constant), rows)
    case .constant(let value):
      return comparison.holds(value?.float(at: 0) ?? 0, constant) ? rows.valueCount : 0
    default: return rows.view.storedFloats.count(comparison, constant, rows)
    }
  }

  /// How many of `start + step * row` compare so: the row where the terms pass the constant.
  private func countTerms(
    _ start: Int128, _ step: Int128, _ count: Int, _ constant: Int128
  ) -> Int {
    let last = start + step * Int128(count - 1)
    // Constants past both ends are brought next to them, where products cannot overflow.
    let constant = min(max(constant, min(start, last) - 1), max(start, last) + 1)
    if step == 0 { return comparison.holds(start, constant) ? count : 0 }
    // Terms that fall are terms that rise, seen in a mirror.
    let (gap, step, comparison) =
      step > 0
      ? (constant - start, step, comparison) : (start - constant, -step, comparison.mirrored)
    let (quotient, remainder) = gap.quotientAndRemainder(dividingBy: step)
    // Terms up to the constant, and those among them that are less.
    let reached = gap < 0 ? 0 : min(Int(quotient) + 1, count)
    let isTerm = gap >= 0 && remainder == 0 && quotient < Int128(count)
    switch comparison {
    case .equal: return isTerm ? 1 : 0
    case .less: return isTerm ? reached - 1 : reached
    case .greater: return count - reached
    }
  }
}
