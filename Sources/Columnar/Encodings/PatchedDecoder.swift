/// The integers of a patched column: those of a block as they are packed, and then the listed ones.
package struct PatchedDecoder: IntegerDecoder {
  package let base: Int64
  let blocks: Buffer
  let bits: Int
  let rows: RowSet
  let listed: Column

  package var rowCount: Int { rows.rowCount }
  package var byteCount: Int {
    blocks.byteCount + rows.memory.byteCount + listed.footprint.total
  }
  package var isUnsigned: Bool { false }

  /// What each row holds beyond the base: 0 where it is listed or has no value. It lives as long as this does.
  package var packed: PackedValues {
    PackedValues(blocks: UnsafeRawPointer(blocks.base), bits: bits)
  }

  package func decode(_ rows: Range<Int>, to target: UnsafeMutablePointer<Int64>) {
    _ = PlainValues.packed(packed).words(rows, target)
    var row = 0
    while row < rows.count {
      target[row] &+= base
      row &+= 1
    }
    forEachListed(in: rows) { row, value in target[row &- rows.lowerBound] = value }
  }

  /// Calls `body` with each of `rows` that is listed, and its value.
  package func forEachListed(in rows: Range<Int>, _ body: (_ row: Int, _ value: Int64) -> Void) {
    let first = self.rows.count(before: rows.lowerBound)
    let count = self.rows.count(before: rows.upperBound) - first
    if count == 0 { return }
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: count) { room in
      guard let values = room.baseAddress else { return }
      listed.view.integers.copy(first..<first + count, to: values)
      var place = 0
      self.rows.forEach(in: rows) { row in
        body(row, values[place])
        place &+= 1
      }
    }
  }
}
