import Columnar

/// Whole numbers with one zero behind a point, `7.0`: how pandas, numpy, R and JSON write floats, and
/// thereby integers that had a missing value among them.
enum WholeDecimals {
  /// Makes integers of a chunk that was read in tenths, where all are whole; otherwise the first row
  /// that is not, and the chunk stays as it was.
  static func reduce(_ scratch: ColumnScratch) -> Int? {
    let values = scratch.values
    let count = scratch.report.rowCount
    if let row = firstFraction(in: 0..<count, scratch) { return row }
    for row in 0..<count { values[row] /= 10 }
    scratch.report.minimum /= 10
    scratch.report.maximum /= 10
    scratch.report.kind = .integer
    return nil
  }

  private static func firstFraction(in rows: Range<Int>, _ scratch: ColumnScratch) -> Int? {
    rows.first { scratch.values[$0] % 10 != 0 && !scratch.isNull($0) }
  }

  /// Reads whole numbers, some of them so written. Returns the first row that is none.
  static func parse(
    _ fields: FieldSlice, into scratch: ColumnScratch, context: TypingContext
  ) -> Int? {
    let stopped = IntegerSyntax().parse(fields, into: scratch, hint: nil, context: context)
    guard let stopped, DecimalSyntax().accepts(fields[stopped], context) else { return stopped }
    scratch.begin(rowCount: fields.rowCount)
    switch DecimalSyntax().parse(fields, scale: 1, isFixed: true, scratch, context) {
    case .done: return scratch.report.valueCount == 0 ? nil : reduce(scratch)
    case .stopped(let row): return firstFraction(in: 0..<row, scratch) ?? row
    case .needsScale: return stopped
    }
  }
}
