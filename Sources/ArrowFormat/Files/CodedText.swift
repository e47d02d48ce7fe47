import Columnar

/// Offsets and bytes of text that codes lead to, written out for each row. Null rows are empty.
func codedText(_ values: TextRows, _ part: ArrowPart, _ nulls: ArrowNulls) -> [ArrowValues.Piece] {
  let first = part.rows.lowerBound
  let offsets = ArrowPiece.Content.produced(
    itemCount: part.offsetCount, maximumItemByteCount: 4
  ) {
    var end = part.text.lowerBound
    return { items, target in
      var target = target.assumingMemoryBound(to: UInt32.self)
      let ends = items.shifted(by: part.firstOffset)
      if ends.lowerBound == 0, !ends.isEmpty {
        target[0] = UInt32(truncatingIfNeeded: end)
        target += 1
      }
      let rows = max(ends.lowerBound, 1)..<max(ends.upperBound, 1)
      values.forEach(rows.shifted(by: first - 1)) { row, text in
        end &+= nulls.isNull(row) ? 0 : text.count
        target[0] = UInt32(truncatingIfNeeded: end)
        target += 1
      }
      return items.count * 4
    }
  }
  let text = ArrowPiece.Content.produced(
    itemCount: part.rows.count, maximumItemByteCount: max(1, values.maximumByteCount(part.rows))
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
  /// The bytes of the text of `rows`.
  func byteCount(_ rows: Range<Int>, _ nulls: ArrowNulls) -> Int {
    var sum = 0
    forEach(rows) { row, text in sum &+= nulls.isNull(row) ? 0 : text.count }
    return sum
  }
}
