/// The distinct strings of the tables that threads filled for one column, in no order: what counting
/// needs. Only a dictionary has to have them sorted (`SortedText`).
package struct UnitedText: Sendable {
  /// The largest of the tables, with the strings of the others added to it.
  package let table: TextTable
  /// For each of the others: its code → that of `table`.
  let codes: [ObjectIdentifier: [UInt32]]

  /// Unites the tables, of which the largest takes the strings of the others; `nil` when they have more
  /// than `limit` together, and then the largest has some of the others'.
  package init?(_ tables: [TextTable], limit: Int = TextTable.maximumCount) {
    let table = tables.max { $0.count < $1.count } ?? TextTable()
    var codes: [ObjectIdentifier: [UInt32]] = [:]
    for source in tables where source !== table {
      var map: [UInt32] = []
      map.reserveCapacity(source.count)
      for code in 0..<source.count {
        let text = source[code]
        let start = text.baseAddress.unsafelyUnwrapped
        map.append(
          table.code(of: start, count: text.count, hash: table.hash(of: start, count: text.count)))
        if table.count > limit { return nil }
      }
      codes[ObjectIdentifier(source)] = map
    }
    guard table.count <= limit else { return nil }
    self.table = table
    self.codes = codes
  }
}
