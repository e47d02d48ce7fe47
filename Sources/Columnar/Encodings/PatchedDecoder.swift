/// The integers of a patched column: those of a block as they are packed, and then the listed ones.
package struct PatchedDecoder: IntegerDecoder, @unchecked Sendable {
  // Sound to share: `listedIntegers` leads into the buffers of `listed`, which no one changes.
  package let base: Int64
  let blocks: Buffer
  let bits: Int
  let rows: RowSet
  /// The values of the listed rows, in order.
  package let listed: Column
  /// The same, looked up once for all blocks of rows.
  private let listedIntegers: IntegerRows

  init(base: Int64, blocks: Buffer, bits: Int, rows: RowSet, listed: Column) {
    (self.base, self.blocks, self.bits, self.rows) = (base, blocks, bits, rows)
    self.listed = listed
    listedIntegers = listed.view.integers
  }

  package var rowCount: Int { rows.rowCount }
  package var byteCount: Int {
    blocks.byteCount + rows.memory.byteCount + listed.footprint.total
  }
  package var isUnsigned: Bool { false }

  /// What each row holds beyond the base: 0 where it is listed or has no value. It lives as long as this does.
  package var packed: PackedValues {
    PackedValues(blocks: UnsafeRawPointer(blocks.base), bits: bits)
  }

  package func value(at row: Int) -> Int64 {
    let places = places(of: row..<row + 1)
    return places.isEmpty
      ? Int64(truncatingIfNeeded: packed.value(at: row)) &+ base
      : listedIntegers.value(at: places.lowerBound)
  }

  package func decode(_ rows: Range<Int>, to target: UnsafeMutablePointer<Int64>) {
    decode(rows, to: UnsafeMutableRawPointer(target), width: 8)
  }

  package func decode(_ rows: Range<Int>, to target: UnsafeMutableRawPointer, width: Int) {
    ColumnView.scaled(base: base, offsets: .packed(packed)).integers
      .copy(rows, to: target, width: width)
    func write<Target: FixedWidthInteger>(_ target: UnsafeMutablePointer<Target>) {
      forEachListed(in: rows) { row, value in
        target[row &- rows.lowerBound] = Target(truncatingIfNeeded: value)
      }
    }
    switch width {
    case 1: write(target.assumingMemoryBound(to: Int8.self))
    case 2: write(target.assumingMemoryBound(to: Int16.self))
    case 4: write(target.assumingMemoryBound(to: Int32.self))
    case 8: write(target.assumingMemoryBound(to: Int64.self))
    default: write(target.assumingMemoryBound(to: Int128.self))
    }
  }

  /// The places of those of `rows` that are listed, among all that are.
  package func places(of rows: Range<Int>) -> Range<Int> {
    self.rows.count(before: rows.lowerBound)..<self.rows.count(before: rows.upperBound)
  }

  /// Turns the bit of each of `rows` that is listed and has its bit in `isTurned`, in the order of the list.
  package func turn(
    _ rows: Range<Int>, where isTurned: UnsafePointer<UInt64>,
    in target: UnsafeMutablePointer<UInt64>
  ) { self.rows.turn(rows, where: isTurned, in: target) }

  /// Calls `body` with each of `rows` that is listed, and its value.
  private func forEachListed(in rows: Range<Int>, _ body: (_ row: Int, _ value: Int64) -> Void) {
    let places = places(of: rows)
    if places.isEmpty { return }
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: places.count) { room in
      guard let values = room.baseAddress else { return }
      listedIntegers.copy(places, to: values)
      var place = 0
      self.rows.forEach(in: rows) { row in
        body(row, values[place])
        place &+= 1
      }
    }
  }
}
