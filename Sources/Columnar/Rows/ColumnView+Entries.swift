extension ColumnView {
  /// Writes the integers of a few rows. The entries of a dictionary are read where they lie, without the table that
  /// pays only for many rows.
  ///
  /// - Parameter width: The bytes of each, which hold it: 1, 2, 4 or 8.
  func copyIntegers(_ rows: Range<Int>, to target: UnsafeMutableRawPointer, width: Int) {
    guard case .indexed(let codes, let dictionary, let count) = self, count > 0,
      let codes = IntegerRows(.plain(codes)), let entries = IntegerRows(dictionary)
    else { return integers.copy(rows, to: target, width: width) }
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: rows.count) { room in
      guard let start = room.baseAddress else { return }
      codes.copy(rows, to: start)
      let places = UnsafeBufferPointer(start: start, count: rows.count)
      switch width {
      case 1: entries.copy(places, to: target.assumingMemoryBound(to: Int8.self))
      case 2: entries.copy(places, to: target.assumingMemoryBound(to: Int16.self))
      case 4: entries.copy(places, to: target.assumingMemoryBound(to: Int32.self))
      default: entries.copy(places, to: target.assumingMemoryBound(to: Int64.self))
      }
    }
  }
}

extension IntegerRows {
  /// Writes the values of the rows with these numbers.
  fileprivate func copy<Target: FixedWidthInteger>(
    _ rows: UnsafeBufferPointer<UInt32>, to target: UnsafeMutablePointer<Target>
  ) {
    let lookUp = EntryLookUp(rows: rows, base: base, target: target)
    if case .plain(let values) = storage, values.accept(lookUp) != nil { return }
    for (place, row) in rows.enumerated() {
      target[place] = Target(truncatingIfNeeded: value(at: Int(row)))
    }
  }
}

private struct EntryLookUp<Target: FixedWidthInteger>: IntegerVisitor {
  let rows: UnsafeBufferPointer<UInt32>
  let base: Int64
  let target: UnsafeMutablePointer<Target>

  func visit<Value: FixedWidthInteger>(_ entries: UnsafePointer<Value>) {
    let base = Target(truncatingIfNeeded: base)
    var place = 0
    while place < rows.count {
      target[place] = Target(truncatingIfNeeded: entries[Int(rows[place])]) &+ base
      place &+= 1
    }
  }
}
