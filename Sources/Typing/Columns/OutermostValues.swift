import Columnar

/// The smallest and the largest integers of a column, with their rows: those that may keep a column
/// wide on their own. Each kind of chunk has its own, until the column's kind is known.
package struct OutermostValues: Sendable {
  /// A value, in the unit of its kind, and the first rows that have it.
  package struct Value: Sendable {
    package var value: Int128
    package var row: ChunkRow
  }

  package struct Ends: Sendable {
    /// From the outside in; one more than may be told, so that what follows is known.
    package fileprivate(set) var low: [Value] = []
    package fileprivate(set) var high: [Value] = []

    var isFull: Bool { low.count == OutermostValues.limit }

    fileprivate mutating func insert(_ value: Int128, _ row: ChunkRow) {
      Self.insert(value, row, in: &low) { $0 < $1 }
      Self.insert(value, row, in: &high) { $0 > $1 }
    }

    private static func insert(
      _ value: Int128, _ row: ChunkRow, in list: inout [Value],
      _ isOutside: (Int128, Int128) -> Bool
    ) {
      // Rows come in order: of equal values the first stay.
      let place = list.firstIndex { isOutside(value, $0.value) } ?? list.endIndex
      guard place < OutermostValues.limit else { return }
      list.insert(Value(value: value, row: row), at: place)
      if list.count > OutermostValues.limit { list.removeLast() }
    }

    fileprivate mutating func add(_ other: Ends, factor: Int128) {
      func merged(
        _ own: [Value], _ added: [Value], _ isOutside: @escaping (Int128, Int128) -> Bool
      ) -> [Value] {
        var all = own
        for one in added { all.append(Value(value: one.value * factor, row: one.row)) }
        all.sort { (a: Value, b: Value) -> Bool in
          a.value == b.value ? a.row < b.row : isOutside(a.value, b.value)
        }
        return Array(all.prefix(OutermostValues.limit))
      }
      low = merged(low, other.low) { $0 < $1 }
      high = merged(high, other.high) { $0 > $1 }
    }
  }

  package static let limit = 33
  private var ends: [FieldKind: Ends] = [:]

  package init() {}

  /// Adds the values that stand in `scratch`. Most chunks have none that matters, and are not walked.
  mutating func add(_ scratch: ColumnScratch) {
    let report = scratch.report
    let known = ends[report.kind] ?? Ends()
    if known.isFull, report.minimumValue >= known.low.last!.value,
      report.maximumValue <= known.high.last!.value
    {
      return
    }
    var found = known
    let isUnsigned = report.facts.contains(.unsigned)
    func value(_ row: Int) -> Int128 {
      let bits = scratch.values[row]
      return isUnsigned ? Int128(UInt64(bitPattern: bits)) : Int128(bits)
    }
    func place(_ row: Int) -> ChunkRow {
      ChunkRow(ordinal: scratch.place.ordinal, row: scratch.place.row + row)
    }
    var row = 0
    while row < report.rowCount, !found.isFull {
      if !scratch.isNull(row) { found.insert(value(row), place(row)) }
      row += 1
    }
    guard found.isFull else {
      ends[report.kind] = found
      return
    }
    if isUnsigned {
      for row in row..<report.rowCount where !scratch.isNull(row) {
        found.insert(value(row), place(row))
      }
    } else {
      var low = Int64(clamping: found.low.last!.value)
      var high = Int64(clamping: found.high.last!.value)
      let values = scratch.values
      while row < report.rowCount {
        if values[row] < low || values[row] > high, !scratch.isNull(row) {
          found.insert(Int128(values[row]), place(row))
          low = Int64(clamping: found.low.last!.value)
          high = Int64(clamping: found.high.last!.value)
        }
        row &+= 1
      }
    }
    ends[report.kind] = found
  }

  /// Those of both parts of a column.
  func union(_ other: OutermostValues) -> OutermostValues {
    var all = self
    for (kind, ends) in other.ends { all.ends[kind, default: Ends()].add(ends, factor: 1) }
    return all
  }

  /// The kinds that chunks had.
  var kinds: some Collection<FieldKind> { ends.keys }

  /// Adds values of `kind`, each list from the outside in.
  mutating func add(_ kind: FieldKind, low: [Value], high: [Value]) {
    ends[kind, default: Ends()].add(Ends(low: low, high: high), factor: 1)
  }

  /// Those of all kinds, in units of `kind`.
  func joined(as kind: FieldKind) -> Ends {
    ends.reduce(into: Ends()) { all, part in
      if let factor = part.key.factor(to: kind) { all.add(part.value, factor: Int128(factor)) }
    }
  }
}
