package import Columnar

/// The first rows that hold the least and the greatest value. NaN is skipped, or is the place.
package struct ArgMinMax: Reduction {
  package let nan: NaNPolicy

  package init(nan: NaNPolicy = .skip) { self.nan = nan }

  package var name: String { nan == .skip ? "argmin_argmax" : "argmin_argmax_nan" }

  package func applies(to type: LogicalType) -> Bool { MinMax(nan: nan).applies(to: type) }

  package func emptyAnswer(for type: LogicalType) -> ReductionAnswer { .places(nil) }

  package func reduce(
    _ rows: ColumnRows, constant: StoredValue?
  ) throws(ReductionError) -> Reduced {
    try places(rows, MinMax(nan: nan).reduce(rows, constant: nil))
  }

  private func places(
    _ rows: ColumnRows, _ ends: Reduced
  ) throws(ReductionError) -> Reduced {
    guard case .minMax(let ends?) = ends.answer else { return Reduced(.places(nil), .direct) }
    let places = (
      minimum: try firstRow(rows, ends.minimum), maximum: try firstRow(rows, ends.maximum)
    )
    return Reduced(.places(places), .direct)
  }

  /// Runs of rows are counted, as fast as memory, until one has the value; it alone is searched.
  private func firstRow(_ rows: ColumnRows, _ value: StoredValue) throws(ReductionError) -> Int {
    let runLength = 1 << 14
    for start in stride(from: 0, to: rows.count, by: runLength) {
      let run = rows[start..<min(start + runLength, rows.count)]
      if run.valueCount == 0 { continue }
      if case .float(let number) = value, number.isNaN {
        guard run.hasNaN else { continue }
      } else {
        let found = try ComparisonCount(.equal).reduce(run, constant: value)
        guard case .count(1...) = found.answer else { continue }
      }
      for row in 0..<run.count where run.hasValue(row) {
        let candidate = run.view.storedValue(at: row, domain: run.type.domain)
        if case .float(let a) = candidate, case .float(let b) = value, a == b {
          return start + row
        }
        if candidate.isSame(as: value) { return start + row }
      }
    }
    fatalError("an end of the column '\(rows.name)' is no row of it")
  }
}
