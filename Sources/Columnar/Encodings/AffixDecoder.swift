/// The texts of a column of numbers in text, a block of rows at a time.
package struct AffixDecoder: TextDecoder, @unchecked Sendable {
  // Sound to share: what `integers` leads to is kept by `numbers` and no one changes it.
  /// The numbers, which have the column's nulls.
  package let numbers: Column
  package let affix: NumberedText
  package let codec: NumberedTextCodec
  private let integers: IntegerRows

  init(_ numbers: Column, _ affix: NumberedText) {
    (self.numbers, self.affix) = (numbers, affix)
    codec = NumberedTextCodec(affix)
    integers = numbers.view.integers
  }

  /// Rows that are read together stay in the first-level cache.
  private static let blockRowCount = 1024

  package var rowCount: Int { numbers.count }
  package var byteCount: Int { numbers.values?.byteCount ?? 0 }

  package var longestByteCount: Int { codec.maximumByteCount }

  package func decode(_ rows: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: codec.maximumByteCount) { room in
      guard let text = room.baseAddress else { return }
      func write(_ number: Int64) {
        body(UnsafeBufferPointer(start: text, count: codec.write(number, to: text)))
      }
      // A block is not unpacked for one of its rows.
      if rows.count == 1 { return write(integers.value(at: rows.lowerBound)) }
      let capacity = min(rows.count, Self.blockRowCount)
      withUnsafeTemporaryAllocation(of: Int64.self, capacity: capacity) { numbers in
        guard let held = numbers.baseAddress else { return }
        for start in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.blockRowCount) {
          let block = start..<min(start + Self.blockRowCount, rows.upperBound)
          integers.copy(block, to: held)
          for place in 0..<block.count { write(held[place]) }
        }
      }
    }
  }
}
