import Columnar

/// Offsets and bytes of text that codes lead to, written out for each row. Null rows are empty.
func codedText(_ values: TextRows, _ part: ArrowPart, _ nulls: ArrowNulls) -> [ArrowValues.Piece] {
  let first = part.rows.lowerBound
  let lengths = values.lengths(part.rows, nulls)
  let offsets = ArrowPiece.Content.produced(
    itemCount: part.offsetCount, maximumItemByteCount: 4
  ) {
    var end = part.text.lowerBound
    return { items, target in
      let target = target.assumingMemoryBound(to: UInt32.self)
      for (index, item) in items.shifted(by: part.firstOffset).enumerated() {
        // Offset 0 is where the first row begins.
        if item > 0 { end &+= Int(lengths[item - 1]) }
        target[index] = UInt32(truncatingIfNeeded: end)
      }
      return items.count * 4
    }
  }
  let text = ArrowPiece.Content.produced(
    itemCount: part.rows.count, maximumItemByteCount: max(1, Int(lengths.max() ?? 0))
  ) {
    { items, target in
      var position = 0
      values.forEach(items.shifted(by: first)) { row, text in
        guard !nulls.isNull(row), let base = text.baseAddress else { return }
        (target + position).copyMemory(from: base, byteCount: text.count)
        position += text.count
      }
      return position
    }
  }
  return [
    ArrowValues.Piece(
      offset: part.offsetsOffset, byteCount: part.offsetCount * 4, content: offsets),
    ArrowValues.Piece(offset: part.text.lowerBound, byteCount: part.text.count, content: text),
  ]
}

extension TextRows {
  /// The bytes of the text of each of `rows`.
  fileprivate func lengths(_ rows: Range<Int>, _ nulls: ArrowNulls) -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: rows.count) { lengths, count in
      measure(rows) { row, byteCount in
        lengths.initializeElement(
          at: row - rows.lowerBound, to: nulls.isNull(row) ? 0 : UInt32(byteCount))
      }
      count = rows.count
    }
  }

  /// The bytes of the text of `rows`.
  func byteCount(_ rows: Range<Int>, _ nulls: ArrowNulls) -> Int {
    if nulls.validity == nil { return textByteCount(rows) }
    var sum = 0
    measure(rows) { row, byteCount in sum &+= nulls.isNull(row) ? 0 : byteCount }
    return sum
  }
}
