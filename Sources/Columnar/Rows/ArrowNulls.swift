/// Which rows of a column are null.
package struct ArrowNulls {
  /// Bit `i` is 1 where row `i` has a value; `nil` where every row has.
  package let validity: UnsafePointer<UInt8>?

  /// What keeps the bits; `nil` where someone else does.
  package let memory: Buffer?

  /// - Parameter validity: Bits that the caller keeps.
  package init(validity: UnsafePointer<UInt8>?) {
    (self.validity, memory) = (validity, nil)
  }

  package init(_ column: Column) {
    memory = column.validity?.bits
    validity = memory.map { UnsafePointer($0.pointer(as: UInt8.self)) }
  }

  @inlinable @inline(__always)
  package func isNull(_ row: Int) -> Bool {
    guard let validity else { return false }
    return validity[row >> 3] & (1 << UInt8(row & 7)) == 0
  }

  /// Calls `body` with each of `rows` that is null.
  @inline(__always)
  func forEachNull(in rows: Range<Int>, _ body: (Int) -> Void) {
    guard let validity, !rows.isEmpty else { return }
    for byte in rows.lowerBound >> 3...(rows.upperBound - 1) >> 3 where validity[byte] != 0xFF {
      for row in byte << 3..<byte << 3 + 8 where rows.contains(row) && isNull(row) { body(row) }
    }
  }

  /// How many of `rows` are null; the first must be a multiple of 8.
  package func count(_ rows: Range<Int>) -> Int {
    guard let validity else { return 0 }
    let bytes = UnsafeRawPointer(validity + rows.lowerBound / 8)
    var valid = 0
    let wordCount = rows.count / 64
    for word in 0..<wordCount {
      valid += bytes.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self).nonzeroBitCount
    }
    for row in rows.lowerBound + wordCount * 64..<rows.upperBound where !isNull(row) { valid += 1 }
    return rows.count - valid
  }
}
