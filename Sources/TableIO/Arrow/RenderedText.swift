import Columnar

/// Offsets and bytes of text that is rendered from fixed-width bytes while it is written. Null rows
/// are empty.
struct RenderedText {
  let buffers: [ArrowValues.Buffer]
}

func renderedText(
  _ bytes: UnsafePointer<UInt8>, _ writer: FixedTextWriter, _ rows: Range<Int>, _ nulls: ArrowNulls
) -> RenderedText {
  let first = rows.lowerBound
  let width = writer.width
  let isDense = nulls.validity == nil && writer.isUniform
  @inline(__always) func length(_ row: Int) -> Int {
    nulls.isNull(row) ? 0 : writer.byteCount(bytes + row * width)
  }
  var byteCount = 0
  if isDense {
    byteCount = rows.count * writer.maximumByteCount
  } else {
    for row in rows { byteCount += length(row) }
  }
  let offsets = ArrowPiece.Content.produced(itemCount: rows.count + 1, maximumItemByteCount: 4) {
    var end = 0
    return { items, target in
      let target = target.assumingMemoryBound(to: UInt32.self)
      for (index, item) in items.enumerated() {
        // Offset 0 starts the first row; each of the others ends a row.
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
    text = .produced(itemCount: rows.count, maximumItemByteCount: writer.maximumByteCount) {
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
  return RenderedText(buffers: [
    ArrowValues.Buffer(byteCount: (rows.count + 1) * 4, content: offsets),
    ArrowValues.Buffer(byteCount: byteCount, content: text),
  ])
}
