import Columnar

/// Offsets and bytes of text that codes lead to, written out for each row. Null rows are empty.
func codedText(_ values: TextRows, _ part: ArrowPart, _ nulls: ArrowNulls) -> [ArrowValues.Piece] {
  let first = part.rows.lowerBound
  let offsets = ArrowPiece.Content.produced(
    itemCount: part.offsetCount, maximumItemByteCount: 4
  ) {
    var end = part.text.lowerBound
    return { items, target in
      let target = target.assumingMemoryBound(to: UInt32.self)
      for (index, item) in items.shifted(by: part.firstOffset).enumerated() {
        if item > 0 { end &+= values.byteCount(at: first + item - 1, nulls) }
        target[index] = UInt32(truncatingIfNeeded: end)
      }
      return items.count * 4
    }
  }
  let text = ArrowPiece.Content.produced(
    itemCount: part.rows.count, maximumItemByteCount: max(1, values.maximumByteCount(part.rows))
  ) {
    { items, target in
      var position = 0
      for item in items where !nulls.isNull(first + item) {
        values.withText(at: first + item) { text in
          guard let base = text.baseAddress else { return }
          (target + position).copyMemory(from: base, byteCount: text.count)
          position += text.count
        }
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
  /// The bytes of the text of `rows`.
  func byteCount(_ rows: Range<Int>, _ nulls: ArrowNulls) -> Int {
    rows.reduce(0) { $0 + byteCount(at: $1, nulls) }
  }

  @inline(__always)
  fileprivate func byteCount(at row: Int, _ nulls: ArrowNulls) -> Int {
    nulls.isNull(row) ? 0 : byteCount(at: row)
  }
}
