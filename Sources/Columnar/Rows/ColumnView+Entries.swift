extension ColumnView {
  /// Writes the integers of a few rows. The entries of a dictionary are read where they lie, without the table that
  /// pays only for many rows.
  func copyIntegers(_ rows: Range<Int>, to target: UnsafeMutablePointer<Int64>) {
    guard case .indexed(let codes, let dictionary, let count) = self, count > 0,
      let codes = IntegerRows(.plain(codes)), let entries = IntegerRows(dictionary)
    else { return integers.copy(rows, to: target) }
    codes.copy(rows, to: target)
    let lookUp = EntryLookUp(count: rows.count, base: entries.base, target: target)
    if case .plain(let values) = entries.storage, values.accept(lookUp) != nil { return }
    for place in 0..<rows.count { target[place] = entries.value(at: Int(target[place])) }
  }
}

/// Replaces codes by the integers that they stand for.
private struct EntryLookUp: IntegerVisitor {
  let count: Int
  let base: Int64
  let target: UnsafeMutablePointer<Int64>

  func visit<Value: FixedWidthInteger>(_ entries: UnsafePointer<Value>) {
    for place in 0..<count {
      target[place] = Int64(truncatingIfNeeded: entries[Int(target[place])]) &+ base
    }
  }
}
