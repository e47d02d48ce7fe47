import Platform

/// The distinct strings of a column in byte order, and for each of the tables that threads filled
/// the way from its codes to theirs.
package struct SortedText: Sendable {
  /// The distinct strings, in the order of `order`.
  package let table: TextTable
  /// Rank → code of `table`.
  package let order: [UInt32]
  /// For each source table: its code → rank.
  package let ranks: [ObjectIdentifier: [UInt32]]

  /// Unites the tables, and sorts them; `nil` when they have more than 2^20 strings together.
  package init?(uniting tables: [TextTable]) {
    guard let united = UnitedText(tables) else { return nil }
    self.init(united)
  }

  package init(_ united: UnitedText) {
    table = united.table
    order = Self.sorted(table)
    var rankOfCode = [UInt32](repeating: 0, count: table.count)
    for (rank, code) in order.enumerated() { rankOfCode[Int(code)] = UInt32(rank) }
    var ranks = united.codes.mapValues { $0.map { rankOfCode[Int($0)] } }
    ranks[ObjectIdentifier(table)] = rankOfCode
    self.ranks = ranks
  }

  package var count: Int { order.count }

  package subscript(rank: Int) -> UnsafeBufferPointer<UInt8> { table[Int(order[rank])] }

  /// The codes of a table in the byte order of their strings: sorted by eight bytes at a time, so
  /// that most comparisons are of one word.
  private static func sorted(_ table: TextTable) -> [UInt32] {
    var entries = (0..<UInt32(table.count)).map { Entry(key: 0, code: $0) }
    // A list, since strings that begin with the same megabytes are too deep for recursion.
    var unsorted: [(range: Range<Int>, depth: Int)] = [(0..<entries.count, 0)]
    while let (range, depth) = unsorted.popLast() {
      for index in range { entries[index].key = key(table, entries[index].code, depth) }
      entries[range].sort { $0.key < $1.key }
      var start = range.lowerBound
      while start < range.upperBound {
        var end = start + 1
        while end < range.upperBound, entries[end].key == entries[start].key { end += 1 }
        if end - start > 1 {
          // Equal words: shorter strings that are padded with zero bytes come first.
          entries[start..<end].sort {
            min(table[Int($0.code)].count, depth + 8) < min(table[Int($1.code)].count, depth + 8)
          }
          var longer = start
          while longer < end, table[Int(entries[longer].code)].count <= depth + 8 { longer += 1 }
          if end - longer > 1 {
            unsorted.append(
              (longer..<end, sharedByteCount(entries[longer..<end], from: depth + 8, table)))
          }
        }
        start = end
      }
    }
    return entries.map(\.code)
  }

  private struct Entry {
    var key: UInt64
    var code: UInt32
  }

  /// The whole words in which all these strings agree, those before `depth` included. All are longer
  /// than that.
  private static func sharedByteCount(
    _ entries: ArraySlice<Entry>, from depth: Int, _ table: TextTable
  ) -> Int {
    guard let first = entries.first.map({ table[Int($0.code)] }) else { return depth }
    var shared = first.count
    for entry in entries.dropFirst() where shared > depth {
      let text = table[Int(entry.code)]
      let limit = min(shared, text.count)
      var end = depth
      while end + 8 <= limit,
        load8(first.baseAddress.unsafelyUnwrapped + end)
          == load8(text.baseAddress.unsafelyUnwrapped + end)
      {
        end += 8
      }
      shared = end
    }
    return shared
  }

  /// Eight bytes of the string from `depth`, as a word that compares as the bytes do.
  private static func key(_ table: TextTable, _ code: UInt32, _ depth: Int) -> UInt64 {
    let text = table[Int(code)]
    let rest = text.count - depth
    if rest <= 0 { return 0 }
    let word = load8(text.baseAddress.unsafelyUnwrapped + depth).bigEndian
    return rest >= 8 ? word : word & (~0 << UInt64((8 - rest) * 8))
  }
}
