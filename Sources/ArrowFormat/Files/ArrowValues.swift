package import Columnar

/// Where the values of an array come from, in the form in which Arrow has them.
///
/// What lies in memory as Arrow wants it is written from there; the rest is made when it is
/// written.
package enum ArrowValues {
  /// Nothing: the type null has no buffers.
  case none
  /// Bits, or values of `width` bytes, as they are.
  case bits(UnsafePointer<UInt8>)
  case fixed(UnsafeRawPointer, width: Int)
  case text(bytes: UnsafePointer<UInt8>, offsets: UnsafePointer<UInt32>)
  /// Integers as bits, as narrow integers, divided into binary64, as 128 bits.
  case booleans(IntegerRows)
  case integers(IntegerRows, bits: Int)
  case quotients(IntegerRows, divisor: Double)
  case decimals(IntegerRows)
  /// Integers times a factor, in 64 bits.
  case multiples(IntegerRows, factor: Int64)
  case floats(FloatRows, bits: Int)
  case rendered(UnsafePointer<UInt8>, FixedTextWriter)
  /// Text that a table or a constant leads to.
  case coded(TextRows)

  /// What `part` has of the buffers behind the validity.
  func pieces(_ part: ArrowPart, _ nulls: ArrowNulls) -> [Piece] {
    let first = part.rows.lowerBound
    let count = part.rows.count
    switch self {
    case .none: return []
    case .bits(let bits):
      return [
        Piece(
          offset: part.position / 8, byteCount: (count + 7) / 8, content: .memory(bits + first / 8))
      ]
    case .fixed(let base, let width):
      return [
        Piece(
          offset: part.position * width, byteCount: count * width,
          content: .memory(base + first * width))
      ]
    case .text(let bytes, let offsets): return text(part, bytes, offsets)
    case .booleans(let values):
      return [
        Piece(offset: part.position / 8, itemCount: (count + 7) / 8, width: 1) { items, target in
          packBits(values, part.rows, items, target.assumingMemoryBound(to: UInt8.self))
        }
      ]
    case .integers(let values, let bits):
      return [
        Piece(part, width: bits / 8) { rows, target in
          values.copy(rows, to: target, width: bits / 8)
        }
      ]
    case .multiples(let values, let factor):
      return [
        Piece(part, width: 8) { rows, target in
          let target = target.assumingMemoryBound(to: Int64.self)
          values.copy(rows, to: target)
          for index in 0..<rows.count { target[index] &*= factor }
        }
      ]
    case .quotients(let values, let divisor):
      return [
        Piece(part, width: 8) { rows, target in
          values.divide(rows, by: divisor, to: target.assumingMemoryBound(to: Double.self))
        }
      ]
    case .decimals(let values):
      return [
        Piece(part, width: 16) { rows, target in
          let target = target.assumingMemoryBound(to: Int128.self)
          values.copy(rows, to: target)
          // Past 2^63 − 1 rows hand on the bits of a negative number.
          if values.isUnsigned {
            for index in rows.indices { target[index - rows.lowerBound] &= Int128(UInt64.max) }
          }
        }
      ]
    case .floats(let values, let bits):
      return [
        Piece(part, width: bits / 8) { rows, target in
          if bits == 32 {
            values.copy(rows, to: target.assumingMemoryBound(to: Float.self))
          } else {
            values.copy(rows, to: target.assumingMemoryBound(to: Double.self))
          }
        }
      ]
    case .rendered(let bytes, let writer): return renderedText(bytes, writer, part, nulls)
    case .coded(let values): return codedText(values, part, nulls)
    }
  }

  private func text(
    _ part: ArrowPart, _ bytes: UnsafePointer<UInt8>, _ offsets: UnsafePointer<UInt32>
  ) -> [Piece] {
    let start = offsets[part.rows.lowerBound]
    let source = offsets + part.rows.lowerBound + part.firstOffset
    let content: ArrowPiece.Content
    if Int(start) == part.text.lowerBound {
      content = .memory(source)
    } else {
      let shift = UInt32(part.text.lowerBound) &- start
      content = .produced(itemCount: part.offsetCount, maximumItemByteCount: 4) {
        { items, target in
          let target = target.assumingMemoryBound(to: UInt32.self)
          for (index, item) in items.enumerated() { target[index] = source[item] &+ shift }
          return items.count * 4
        }
      }
    }
    let byteCount = Int(offsets[part.rows.upperBound] - start)
    precondition(byteCount == part.text.count, "text of \(byteCount) bytes, not \(part.text.count)")
    return [
      Piece(offset: part.offsetsOffset, byteCount: part.offsetCount * 4, content: content),
      Piece(
        offset: part.text.lowerBound, byteCount: byteCount, content: .memory(bytes + Int(start))),
    ]
  }

  /// The bytes of the text of `rows`.
  func textByteCount(_ rows: Range<Int>, _ nulls: ArrowNulls) -> Int {
    switch self {
    case .text(_, let offsets): Int(offsets[rows.upperBound] - offsets[rows.lowerBound])
    case .rendered(let bytes, let writer): writer.byteCount(bytes, rows, nulls)
    case .coded(let values): values.byteCount(rows, nulls)
    default: 0
    }
  }
}

/// Rows of an array that are written in one go.
struct ArrowPart {
  /// As the view numbers them.
  var rows: Range<Int>
  /// How many rows of the array come before them: a multiple of 8.
  var position: Int
  /// The bytes of text that they are of the array's.
  var text: Range<Int>

  /// Offset 0 starts the array's first row; each of the others ends a row. So the first part has one
  /// more than it has rows.
  var firstOffset: Int { position == 0 ? 0 : 1 }
  var offsetCount: Int { rows.count + 1 - firstOffset }
  var offsetsOffset: Int { (position + firstOffset) * 4 }
}

extension ArrowValues {
  /// Bytes of one buffer of an array.
  struct Piece {
    /// Where in the buffer they start.
    var offset: Int
    var byteCount: Int
    var content: ArrowPiece.Content

    init(offset: Int, byteCount: Int, content: ArrowPiece.Content) {
      self.offset = offset
      self.byteCount = byteCount
      self.content = content
    }

    /// Items of `width` bytes, made when they are written.
    init(
      offset: Int, itemCount: Int, width: Int,
      _ body: @escaping (Range<Int>, UnsafeMutableRawPointer) -> Void
    ) {
      self.offset = offset
      byteCount = itemCount * width
      content = .produced(itemCount: itemCount, maximumItemByteCount: width) {
        { items, target in
          body(items, target)
          return items.count * width
        }
      }
    }

    /// A value of `width` bytes for each row.
    init(
      _ part: ArrowPart, width: Int, _ body: @escaping (Range<Int>, UnsafeMutableRawPointer) -> Void
    ) {
      self.init(offset: part.position * width, itemCount: part.rows.count, width: width) {
        body($0.shifted(by: part.rows.lowerBound), $1)
      }
    }
  }
}

extension Range<Int> {
  @inline(__always)
  func shifted(by offset: Int) -> Range<Int> {
    lowerBound + offset..<upperBound + offset
  }
}

/// Packs the booleans of eight rows into each byte of `items`.
private func packBits(
  _ values: IntegerRows, _ rows: Range<Int>, _ items: Range<Int>,
  _ target: UnsafeMutablePointer<UInt8>
) {
  for (index, item) in items.enumerated() {
    var byte: UInt8 = 0
    let first = rows.lowerBound + item * 8
    for row in first..<Swift.min(first + 8, rows.upperBound) {
      byte |= UInt8(truncatingIfNeeded: values.value(at: row) & 1) << UInt8(row - first)
    }
    target[index] = byte
  }
}
