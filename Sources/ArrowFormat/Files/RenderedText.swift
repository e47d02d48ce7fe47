import Columnar

/// Offsets and bytes of text that is rendered from fixed-width bytes while it is written. Null rows
/// are empty.
func renderedText(
  _ bytes: UnsafePointer<UInt8>, _ writer: FixedTextWriter, _ part: ArrowPart, _ nulls: ArrowNulls
) -> [ArrowValues.Piece] {
  let first = part.rows.lowerBound
  let width = writer.width
  let isDense = nulls.validity == nil && writer.isUniform
  @inline(__always) func length(_ row: Int) -> Int {
    nulls.isNull(row) ? 0 : writer.byteCount(bytes + row * width)
  }
  let offsets = ArrowPiece.Content.produced(
    itemCount: part.offsetCount, maximumItemByteCount: 4
  ) {
    var end = part.text.lowerBound
    return { items, target in
      let target = target.assumingMemoryBound(to: UInt32.self)
      for (index, item) in items.shifted(by: part.firstOffset).enumerated() {
        if item > 0 { end &+= isDense ? writer.maximumByteCount : length(first + item - 1) }
        target[index] = UInt32(truncatingIfNeeded: end)
      }
      return items.count * 4
    }
  }
  let text: ArrowPiece.Content
  if isDense, writer.form == .text {
    text = .memory(bytes + first * width)
  } else {
    text = .produced(itemCount: part.rows.count, maximumItemByteCount: writer.maximumByteCount) {
      { items, target in
        let target = target.assumingMemoryBound(to: UInt8.self)
        var position = 0
        for item in items where !nulls.isNull(first + item) {
          position &+= writer.write(bytes + (first + item) * width, to: target + position)
        }
        return position
      }
    }
  }
  return [
    ArrowValues.Piece(
      offset: part.offsetsOffset, byteCount: part.offsetCount * 4, content: offsets),
    ArrowValues.Piece(offset: part.text.lowerBound, byteCount: part.text.count, content: text),
  ]
}

extension FixedTextWriter {
  /// The bytes of the text of `rows`.
  func byteCount(_ bytes: UnsafePointer<UInt8>, _ rows: Range<Int>, _ nulls: ArrowNulls) -> Int {
    if isUniform { return (rows.count - nulls.count(rows)) * maximumByteCount }
    return rows.reduce(0) { $0 + (nulls.isNull($1) ? 0 : byteCount(bytes + $1 * width)) }
  }
}
