import Columnar
import Platform

extension ParquetChunkEncoder {
  /// Text, plain: each value with its length before it. A page ends before the value that would make
  /// it too long.
  mutating func addText(_ parts: [ParquetPart], _ pages: ParquetPages) {
    var place = TextPlace(pages: pages)
    text.removeAll()
    for part in parts {
      switch part.values {
      case .utf8(let bytes, let offsets):
        add(part, &place) {
          Int(offsets[$0 + 1] &- offsets[$0])
        } copy: {
          memcpy($1, bytes + Int(offsets[$0]), $2)
        }
      case .rendered(let bytes, let writer):
        add(part, &place) {
          writer.byteCount(bytes + $0 * writer.width)
        } copy: { row, target, _ in
          _ = writer.write(bytes + row * writer.width, to: target)
        }
      default: fatalError("a chunk has values of one shape")
      }
    }
    if place.row > place.firstRow { endTextPage(&place) }
    place.bounds.set(&statistics)
  }

  /// How far a chunk is written.
  private struct TextPlace {
    let pages: ParquetPages
    /// The first row of the page, and the next row, within the chunk.
    var firstRow = 0
    var row = 0
    var bounds = TextBounds()

    init(pages: ParquetPages) { self.pages = pages }
  }

  @inline(__always)
  private mutating func add(
    _ part: ParquetPart, _ place: inout TextPlace, byteCount: (Int) -> Int,
    copy: (_ row: Int, _ target: UnsafeMutablePointer<UInt8>, _ byteCount: Int) -> Void
  ) {
    let nulls = part.nulls
    let (limit, rowLimit) = (options.pageByteCount, options.pageRowCount)
    for row in part.rows {
      if place.row &- place.firstRow == rowLimit { endTextPage(&place) }
      if !nulls.isNull(row) {
        let count = byteCount(row)
        if text.count &+ 4 &+ count > limit, text.count > 0 { endTextPage(&place) }
        let target = text.end(withRoom: 4 + count)
        UnsafeMutableRawPointer(target).storeBytes(
          of: UInt32(truncatingIfNeeded: count).littleEndian, as: UInt32.self)
        copy(row, target + 4, count)
        place.bounds.add(UnsafeBufferPointer(start: target + 4, count: count))
        text.advance(4 &+ count)
      }
      place.row &+= 1
    }
  }

  private mutating func endTextPage(_ place: inout TextPlace) {
    let rows = place.firstRow..<place.row
    page.removeAll()
    place.pages.appendLevels(of: rows, to: &page)
    page.append(text.base, count: text.count)
    output.addData(page, rowCount: rows.count, .plain)
    text.removeAll()
    place.firstRow = place.row
  }
}
