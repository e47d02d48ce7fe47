/// Some of a column's rows with an integer each.
struct ListedRows: @unchecked Sendable {
  // Sound to share: `integers` leads into the buffers of `values`, which no one changes.
  private let rows: RowSet
  private let values: Column
  private let integers: IntegerRows

  /// - Parameter rows: Rising, of `rowCount`; each has the value at its place.
  init?(_ rows: [Int], _ values: [Int64], of rowCount: Int) {
    guard let held = Column.narrow(values) else { return nil }
    self.rows = RowSet(rows, of: rowCount)
    self.values = held
    integers = held.view.integers
  }

  var count: Int { rows.memberCount }

  var footprint: Footprint {
    var footprint = Footprint()
    footprint.add(rows.memory.byteCount, to: \.offsets)
    return footprint + values.footprint
  }

  /// Puts the integers of those of `rows` that are listed in their places.
  func overwrite<Word: FixedWidthInteger>(
    _ rows: Range<Int>, in target: UnsafeMutablePointer<Word>
  ) {
    var place = self.rows.count(before: rows.lowerBound)
    self.rows.forEach(in: rows) { row in
      target[row - rows.lowerBound] = Word(truncatingIfNeeded: integers.value(at: place))
      place += 1
    }
  }
}

extension Column {
  /// Integers in the fewest whole bytes; `nil` where there are none.
  static func narrow(_ values: [Int64]) -> Column? {
    guard let least = values.min(), let greatest = values.max() else { return nil }
    var profile = ColumnProfile(name: "", type: .integer, rowCount: values.count, nullCount: 0)
    profile.integers = IntegerProfile(minimum: Int128(least), maximum: Int128(greatest))
    let encoding = IntegerEncoding()
    let layouts = encoding.layouts(for: profile, policy: LayoutPolicy(allowsUnsigned: true))
    guard let layout = layouts.min(by: { $0.width ?? 8 < $1.width ?? 8 }) else { return nil }
    let empty = ChunkedValues(name: "", type: .integer, rowCount: 0, nullCount: 0, chunks: [])
    var chunks = ChunkedValues(values, of: empty)
    return try? encoding.encode(&chunks, layout: layout)
  }
}
