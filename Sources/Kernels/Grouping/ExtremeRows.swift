import Columnar

/// The rows of each group with the least keys, a bounded number of each, least first; of equal keys the
/// earlier row.
struct ExtremeRows: Sendable {
  /// The places of group *g* are `starts[g]..<starts[g + 1]`; `noRow` in those not taken, at their end.
  private(set) var rows: [UInt32]
  private var keys: [Int64]
  private let starts: [Int]

  /// Room for so many rows of each group.
  init(places: [Int]) {
    var starts = [0]
    starts.reserveCapacity(places.count + 1)
    for count in places { starts.append(starts[starts.count - 1] + count) }
    self.starts = starts
    rows = [UInt32](repeating: noRow, count: starts[places.count])
    keys = [Int64](repeating: .max, count: starts[places.count])
  }

  /// The rows of a group.
  subscript(group: Int) -> ArraySlice<UInt32> {
    rows[starts[group]..<starts[group + 1]].prefix { $0 != noRow }
  }

  /// Takes a row into its group where it is among the least; rows come in their order.
  @inline(__always)
  mutating func insert(_ row: UInt32, _ key: Int64, in group: Int) {
    let (start, end) = (starts[group], starts[group + 1])
    if start == end || key > keys[end &- 1] { return }
    if key == keys[end &- 1] && rows[end &- 1] != noRow { return }
    var place = end &- 1
    // Free places have the greatest key, and are behind rows that have it too.
    while place > start, key < keys[place &- 1] || rows[place &- 1] == noRow {
      keys[place] = keys[place &- 1]
      rows[place] = rows[place &- 1]
      place &-= 1
    }
    keys[place] = key
    rows[place] = row
  }

  /// Takes in the rows of a later part.
  mutating func formUnion(_ later: ExtremeRows) {
    for group in 0..<starts.count - 1 {
      for place in later.starts[group]..<later.starts[group + 1] where later.rows[place] != noRow {
        insert(later.rows[place], later.keys[place], in: group)
      }
    }
  }
}

extension GroupIndex {
  /// The rows of each group with the greatest or the least values, `places` of each, NaN and nulls left
  /// out. A part for each thread: the answer does not depend on where rows are cut.
  func extremeRows(_ rows: ColumnRows, _ places: [Int], isGreatest: Bool) -> ExtremeRows {
    let keys = OrderKeys(rows)
    let isFloat = rows.type.domain == .float
    let turn: Int64 = isGreatest ? -1 : 0
    let empty = ExtremeRows(places: places)
    // Each part has a table of its own, which is not to be larger than the rows.
    let most = max(1, rowCount / max(1, empty.rows.count))
    let length = max(64, (rowCount / min(KernelThreads.count, most) + 63) & ~63)
    let parts = stride(from: 0, to: rowCount, by: length).map {
      $0..<min($0 + length, rowCount)
    }
    let tables = parallelMap(parts.count) { part -> ExtremeRows in
      var table = empty
      forEachBlock(parts[part]) { range, slots in
        keys.forEach(range) { row, key in
          if isFloat && key == OrderKeys.nanKey { return }
          let slot = Int(slots[row &- range.lowerBound])
          if slot < slotCount { table.insert(UInt32(row), key ^ turn, in: slot) }
        }
      }
      return table
    }
    guard var joined = tables.first else { return empty }
    for table in tables.dropFirst() { joined.formUnion(table) }
    return joined
  }
}
