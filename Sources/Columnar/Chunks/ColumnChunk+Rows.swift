extension ColumnChunk {
  /// Some of the chunk's rows, from the same memory; only a bitmap is made anew, in `memory`.
  func rows(_ rows: Range<Int>, in memory: BlockMemory) -> ColumnChunk {
    if rows == 0..<rowCount { return self }
    var part = self
    part.rowCount = rows.count
    part.nullCount = nullCount(rows)
    if nullCount == rowCount { return part }
    let first = rows.lowerBound
    part.validity = part.nullCount == 0 ? nil : validity?.bits(rows, in: memory)
    switch values {
    case .none: break
    case .integers(var integers):
      integers.offsets = integers.offsets?.advanced(by: first * integers.width)
      part.values = .integers(integers)
    case .floats(let floats): part.values = .floats(floats.advanced(by: first * 8))
    case .text(var text):
      let before = textByteCount(before: first)
      text.start += before
      text.byteCount = textByteCount(before: rows.upperBound) - before
      text.ends = text.ends.advanced(by: first * 4)
      part.values = .text(text)
    case .codes(var codes):
      codes.codes = codes.codes.advanced(by: first * codes.width)
      part.values = .codes(codes)
    case .packed: fatalError("a chunk is unpacked before rows are taken")
    }
    return part
  }

  func nullCount(_ rows: Range<Int>) -> Int {
    if nullCount == 0 || rows.isEmpty { return 0 }
    if nullCount == rowCount { return rows.count }
    return rows == 0..<rowCount ? nullCount : rows.reduce(0) { $0 + (isNull($1) ? 1 : 0) }
  }

  /// The bytes of all rows' text.
  var textByteCount: Int { textByteCount(before: rowCount) }

  /// The bytes of its text, as far as it has it itself and not in a dictionary.
  package var heldTextByteCount: Int {
    switch values {
    case .text(let text): text.byteCount
    case .packed(.text(let text)): text.byteCount
    default: 0
    }
  }

  /// The bytes of the text of the first `row` rows.
  func textByteCount(before row: Int) -> Int {
    switch values {
    case .text(let text) where row == rowCount: return text.byteCount
    case .packed(.text(let text)) where row == rowCount: return text.byteCount
    case .packed: return unpacked.textByteCount(before: row)
    case .text(let text):
      return row == 0 ? 0 : Int(text.ends.pointer(as: UInt32.self)[row - 1]) - text.start
    case .codes(let codes):
      var sum = 0
      for row in 0..<row where !isNull(row) { sum += codes.dictionary[codes.code(at: row)].count }
      return sum
    default: return 0
    }
  }
}

extension SlabSlice {
  fileprivate func advanced(by byteCount: Int) -> SlabSlice {
    SlabSlice(slab: slab, base: base + byteCount)
  }

  /// A copy of some bits that starts with the first of them.
  fileprivate func bits(_ rows: Range<Int>, in memory: BlockMemory) -> SlabSlice {
    let words = pointer(as: UInt64.self)
    let copy = memory.slice((rows.count + 63) / 64 * 8)
    let shift = UInt64(rows.lowerBound & 63)
    let first = rows.lowerBound >> 6
    let last = (rows.upperBound - 1) >> 6
    for index in 0..<(rows.count + 63) / 64 {
      var word = words[first + index] >> shift
      if shift > 0, first + index < last { word |= words[first + index + 1] << (64 - shift) }
      copy.pointer(as: UInt64.self)[index] = word
    }
    return copy
  }
}
