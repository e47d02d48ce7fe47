public import Columnar

extension Column: Equatable {
  /// Whether name, type and values are the same; how they are stored does not matter. Numbers compare as
  /// numbers, and NaN equals NaN. Takes time in proportion to the rows.
  public static func == (a: Column, b: Column) -> Bool {
    guard a.name == b.name, a.type == b.type, a.count == b.count, a.nullCount == b.nullCount else {
      return false
    }
    if a.nullCount == a.count { return true }
    let (x, y) = (ColumnRows(a), ColumnRows(b))
    guard (0..<a.count).allSatisfy({ x.hasValue($0) == y.hasValue($0) }) else { return false }
    switch a.type.domain {
    case .integer:
      let (v, w) = (x.view.integers, y.view.integers)
      return (0..<a.count).allSatisfy {
        !x.hasValue($0) || v.wideValue(at: $0) == w.wideValue(at: $0)
      }
    case .float:
      let (v, w) = (x.view.floats, y.view.floats)
      return (0..<a.count).allSatisfy { row in
        let (p, q) = (v.value(at: row), w.value(at: row))
        return !x.hasValue(row) || p == q || p.isNaN && q.isNaN
      }
    case .bytes:
      let (v, w) = (x.view.texts, y.view.texts)
      // Texts of both sides are decoded in runs, which are compared at once.
      let runRowCount = 1024
      return stride(from: 0, to: a.count, by: runRowCount).allSatisfy { start in
        let rows = start..<min(start + runRowCount, a.count)
        func run(_ texts: TextRows) -> (bytes: [UInt8], ends: [Int]) {
          var run: (bytes: [UInt8], ends: [Int]) = ([], [])
          texts.forEach(rows) { row, text in
            if x.hasValue(row) { run.bytes.append(contentsOf: text) }
            run.ends.append(run.bytes.count)
          }
          return run
        }
        return run(v) == run(w)
      }
    }
  }
}

extension DataFrame: Equatable {
  /// Whether both have the same columns, in one order; how they are stored does not matter.
  public static func == (a: DataFrame, b: DataFrame) -> Bool {
    a.rowCount == b.rowCount && a.columns == b.columns
  }
}
