import Glibc

/// The distinct strings of a column in byte order, and for each of the tables that threads filled
/// the way from its codes to theirs.
package struct SortedText: Sendable {
  /// The distinct strings, in the order of `order`.
  package let table: TextTable
  /// Rank → code of `table`.
  package let order: [UInt32]
  /// For each source table: its code → rank.
  package let ranks: [ObjectIdentifier: [UInt32]]

  /// Unites the tables; `nil` when they have more than 2^20 strings together.
  package init?(uniting tables: [TextTable]) {
    let table: TextTable
    var codes: [ObjectIdentifier: [UInt32]] = [:]
    if tables.count == 1 {
      table = tables[0]
      codes[ObjectIdentifier(table)] = (0..<UInt32(table.count)).map { $0 }
    } else {
      table = TextTable()
      for source in tables {
        var map: [UInt32] = []
        map.reserveCapacity(source.count)
        for code in 0..<source.count {
          let text = source[code]
          let start = text.baseAddress.unsafelyUnwrapped
          map.append(
            table.code(of: start, count: text.count, hash: table.hash(of: start, count: text.count))
          )
          if table.count > TextTable.maximumCount { return nil }
        }
        codes[ObjectIdentifier(source)] = map
      }
    }
    guard table.count <= TextTable.maximumCount else { return nil }
    self.table = table
    order = Self.sorted(table)
    var rankOfCode = [UInt32](repeating: 0, count: table.count)
    for (rank, code) in order.enumerated() { rankOfCode[Int(code)] = UInt32(rank) }
    ranks = codes.mapValues { $0.map { rankOfCode[Int($0)] } }
  }

  package var count: Int { order.count }

  package subscript(rank: Int) -> UnsafeBufferPointer<UInt8> { table[Int(order[rank])] }

  /// The codes of a table in the byte order of their strings: sorted by eight bytes at a time, so
  /// that most comparisons are of one word.
  private static func sorted(_ table: TextTable) -> [UInt32] {
    var entries = (0..<UInt32(table.count)).map { Entry(key: key(table, $0, 0), code: $0) }
    sort(&entries, 0..<entries.count, depth: 0, table)
    return entries.map(\.code)
  }

  private struct Entry {
    var key: UInt64
    var code: UInt32
  }

  private static func sort(
    _ entries: inout [Entry], _ range: Range<Int>, depth: Int, _ table: TextTable
  ) {
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
          for index in longer..<end {
            entries[index].key = key(table, entries[index].code, depth + 8)
          }
          sort(&entries, longer..<end, depth: depth + 8, table)
        }
      }
      start = end
    }
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
