import Columnar

/// Where the values of an array come from, in the form in which Arrow has them.
///
/// What lies in memory as Arrow wants it is written from there; the rest is made when it is
/// written.
enum ArrowValues {
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
  case floats(FloatRows)
  case rendered(UnsafePointer<UInt8>, FixedTextWriter)

  /// The buffers behind the validity, of the rows of one batch.
  func buffers(_ rows: Range<Int>, _ nulls: ArrowNulls) -> [Buffer] {
    let count = rows.count
    switch self {
    case .none: return []
    case .bits(let bits):
      return [Buffer(byteCount: (count + 7) / 8, content: .memory(bits + rows.lowerBound / 8))]
    case .fixed(let base, let width):
      return [Buffer(byteCount: count * width, content: .memory(base + rows.lowerBound * width))]
    case .text(let bytes, let offsets):
      let start = offsets[rows.lowerBound]
      let byteCount = Int(offsets[rows.upperBound] - start)
      let text = Buffer(byteCount: byteCount, content: .memory(bytes + Int(start)))
      if start == 0 {
        let own = UnsafeRawPointer(offsets + rows.lowerBound)
        return [Buffer(byteCount: (count + 1) * 4, content: .memory(own)), text]
      }
      let rebased = Buffer(itemCount: count + 1, width: 4) { items, target in
        let target = target.assumingMemoryBound(to: UInt32.self)
        let source = offsets + rows.lowerBound
        for (index, item) in items.enumerated() { target[index] = source[item] &- start }
      }
      return [rebased, text]
    case .booleans(let values):
      return [
        Buffer(itemCount: (count + 7) / 8, width: 1) { items, target in
          packBits(values, rows, items, target.assumingMemoryBound(to: UInt8.self))
        }
      ]
    case .integers(let values, let bits):
      return [
        Buffer(itemCount: count, width: bits / 8) { items, target in
          let block = items.shifted(by: rows.lowerBound)
          switch bits {
          case 8: values.copy(block, to: target.assumingMemoryBound(to: Int8.self))
          case 16: values.copy(block, to: target.assumingMemoryBound(to: Int16.self))
          case 32: values.copy(block, to: target.assumingMemoryBound(to: Int32.self))
          default: values.copy(block, to: target.assumingMemoryBound(to: Int64.self))
          }
        }
      ]
    case .quotients(let values, let divisor):
      return [
        Buffer(itemCount: count, width: 8) { items, target in
          let block = items.shifted(by: rows.lowerBound)
          values.divide(block, by: divisor, to: target.assumingMemoryBound(to: Double.self))
        }
      ]
    case .decimals(let values):
      return [
        Buffer(itemCount: count, width: 16) { items, target in
          let block = items.shifted(by: rows.lowerBound)
          values.copy(block, to: target.assumingMemoryBound(to: Int128.self))
        }
      ]
    case .floats(let values):
      return [
        Buffer(itemCount: count, width: values.width) { items, target in
          let block = items.shifted(by: rows.lowerBound)
          if values.width == 4 {
            values.copy(block, to: target.assumingMemoryBound(to: Float.self))
          } else {
            values.copy(block, to: target.assumingMemoryBound(to: Double.self))
          }
        }
      ]
    case .rendered(let bytes, let writer):
      return renderedText(bytes, writer, rows, nulls).buffers
    }
  }

  /// The bytes of text that `rows` have at the most.
  func textByteCount(_ rows: Range<Int>) -> Int {
    switch self {
    case .text(_, let offsets): Int(offsets[rows.upperBound] - offsets[rows.lowerBound])
    case .rendered(_, let writer): rows.count * writer.maximumByteCount
    default: 0
    }
  }
}

extension ArrowValues {
  /// The bytes of one buffer, not yet placed in the file.
  struct Buffer {
    var byteCount: Int
    var content: ArrowPiece.Content

    init(byteCount: Int, content: ArrowPiece.Content) {
      self.byteCount = byteCount
      self.content = content
    }

    /// Items of `width` bytes, made when they are written.
    init(
      itemCount: Int, width: Int, _ body: @escaping (Range<Int>, UnsafeMutableRawPointer) -> Void
    ) {
      byteCount = itemCount * width
      content = .produced(itemCount: itemCount, maximumItemByteCount: width) {
        { items, target in
          body(items, target)
          return items.count * width
        }
      }
    }
  }
}

/// Which rows of a column are null.
struct ArrowNulls {
  /// Bit `i` is 1 where row `i` has a value; `nil` where every row has.
  let validity: UnsafePointer<UInt8>?

  @inline(__always)
  func isNull(_ row: Int) -> Bool {
    guard let validity else { return false }
    return validity[row >> 3] & (1 << UInt8(row & 7)) == 0
  }

  /// How many of `rows` are null; the first must be a multiple of 8.
  func count(_ rows: Range<Int>) -> Int {
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

extension Range<Int> {
  @inline(__always)
  fileprivate func shifted(by offset: Int) -> Range<Int> {
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
