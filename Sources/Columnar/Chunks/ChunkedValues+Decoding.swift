extension ChunkedValues {
  /// The values of a finished column, read through its view, as one chunk: the way from one layout
  /// to another.
  package init(decoding column: Column) {
    var slabs = SlabWriter(initialCapacity: 4096)
    let count = column.count
    var validity: SlabSlice?
    if let bits = column.validity {
      let slice = slabs.allocate((count + 63) / 64 * 8)
      slice.base.copyMemory(from: bits.base, byteCount: (count + 63) / 64 * 8)
      validity = slice
    }
    let chunk: ColumnChunk
    if column.nullCount == count {
      chunk = .nulls(count)
    } else {
      let values: ChunkValues
      switch column.type.domain {
      case .integer:
        let slice = slabs.allocate(count * 8)
        column.view.decodeIntegers(count: count, to: slice.pointer(as: Int64.self))
        values = .integers(IntegerChunk(base: 0, width: 8, offsets: slice))
      case .float:
        let slice = slabs.allocate(count * 8)
        column.view.decodeFloats(count: count, to: slice.pointer(as: Double.self))
        values = .floats(slice)
      case .bytes: values = .text(column.decodeText(&slabs))
      }
      chunk = ColumnChunk(
        rowCount: count, nullCount: column.nullCount, validity: validity, values: values)
    }
    self.init(
      name: column.name, type: column.type, rowCount: count, nullCount: column.nullCount,
      chunks: [chunk])
    isUnsigned = column.holdsUnsignedWords
    if let dictionary = column.dictionary.first {
      let distinct = ChunkedValues(decoding: dictionary)
      if case .integers(let integers)? = distinct.chunks.first??.values {
        distinctValues = (0..<dictionary.count).map { integers.value(at: $0) }
      } else if case .floats(let floats)? = distinct.chunks.first??.values {
        distinctValues = (0..<dictionary.count).map { floats.pointer(as: Int64.self)[$0] }
      }
    }
  }
}

extension ColumnView {
  /// The integer of every row, or the bits of one past 2^63 − 1; 0 where it is null.
  package func decodeIntegers(count: Int, to target: UnsafeMutablePointer<Int64>) {
    switch self {
    case .plain(let values): values.decodeIntegers(count: count, to: target)
    case .scaled(let base, let offsets):
      offsets.decodeIntegers(count: count, to: target)
      for row in 0..<count { target[row] &+= base }
    case .indexed(let codes, let dictionary, let dictionaryCount):
      let table = UnsafeMutablePointer<Int64>.allocate(capacity: dictionaryCount)
      defer { table.deallocate() }
      dictionary.decodeIntegers(count: dictionaryCount, to: table)
      codes.decodeIntegers(count: count, to: target)
      for row in 0..<count { target[row] = table[Int(target[row])] }
    case .sequence(let start, let step):
      for row in 0..<count { target[row] = start &+ Int64(row) &* step }
    case .constant(let value):
      var constant: Int64 = 0
      value?.decodeIntegers(count: 1, to: &constant)
      target.update(repeating: constant, count: count)
    }
  }

  /// The binary64 of every row; 0 where it is null.
  package func decodeFloats(count: Int, to target: UnsafeMutablePointer<Double>) {
    switch self {
    case .plain(.float64(let values)): target.update(from: values, count: count)
    case .plain(.float32(let values)): for row in 0..<count { target[row] = Double(values[row]) }
    case .indexed(let codes, let dictionary, let dictionaryCount):
      let table = UnsafeMutablePointer<Double>.allocate(capacity: dictionaryCount)
      defer { table.deallocate() }
      dictionary.decodeFloats(count: dictionaryCount, to: table)
      for row in 0..<count { target[row] = table[codes.code(at: row)] }
    case .constant(let value):
      var constant = 0.0
      value?.decodeFloats(count: 1, to: &constant)
      target.update(repeating: constant, count: count)
    default: fatalError("the view holds no floating point")
    }
  }

  /// Appends the text of row `row`.
  package func appendText(row: Int, to output: inout [UInt8]) {
    switch self {
    case .plain(.utf8(let bytes, let offsets)):
      output.append(
        contentsOf: UnsafeBufferPointer(
          start: bytes + Int(offsets[row]), count: Int(offsets[row + 1] - offsets[row])))
    case .plain(.fixed(let bytes, let width, let form)):
      form.render(bytes + row * width, width: width, to: &output)
    case .indexed(let codes, let dictionary, _):
      dictionary.appendText(row: codes.code(at: row), to: &output)
    case .constant(let value): value?.appendText(row: 0, to: &output)
    default: fatalError("the view holds no text")
    }
  }
}

extension PlainValues {
  /// The code in row `row`, for values without a sign.
  @inline(__always)
  package func code(at row: Int) -> Int {
    switch self {
    case .uint8(let codes): Int(codes[row])
    case .uint16(let codes): Int(codes[row])
    case .uint32(let codes): Int(codes[row])
    default: fatalError("codes have no sign")
    }
  }

  fileprivate func decodeIntegers(count: Int, to target: UnsafeMutablePointer<Int64>) {
    switch self {
    case .int8(let values): widen(values, count, target)
    case .int16(let values): widen(values, count, target)
    case .int32(let values): widen(values, count, target)
    case .int64(let values): widen(values, count, target)
    case .uint8(let values): widen(values, count, target)
    case .uint16(let values): widen(values, count, target)
    case .uint32(let values): widen(values, count, target)
    case .uint64(let values): widen(values, count, target)
    case .bits(let bits):
      for row in 0..<count { target[row] = Int64(bits[row >> 3] >> UInt8(row & 7) & 1) }
    case .float32, .float64, .fixed, .utf8: fatalError("the view holds no integers")
    }
  }
}

@inline(__always)
private func widen<Source: FixedWidthInteger>(
  _ source: UnsafePointer<Source>, _ count: Int, _ target: UnsafeMutablePointer<Int64>
) {
  var row = 0
  while row < count {
    target[row] = Int64(truncatingIfNeeded: source[row])
    row &+= 1
  }
}

extension Column {
  fileprivate func decodeText(_ slabs: inout SlabWriter) -> TextChunk {
    let view = view
    var bytes: [UInt8] = []
    let ends = slabs.allocate(count * 4)
    for row in 0..<count {
      if !isNull(row) { view.appendText(row: row, to: &bytes) }
      ends.pointer(as: UInt32.self)[row] = UInt32(bytes.count)
    }
    let slice = slabs.allocate(bytes.count)
    slice.base.copyMemory(from: bytes, byteCount: bytes.count)
    return TextChunk(bytes: slice, ends: ends)
  }
}
