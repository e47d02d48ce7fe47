import Columnar

/// One column of one batch, or the values of a dictionary, as they lie in a file.
struct ArrowArray {
  let rowCount: Int
  let nulls: ArrowNulls
  /// What readers see. Codes are without sign: they were checked.
  let view: ColumnView
  /// Whether there is no value at all.
  let isAllNull: Bool
  /// What the view and the bitmap point to.
  fileprivate(set) var memory: [Buffer] = []
}

/// A batch's array before it is looked at: the places of its buffers, all within the file.
struct ArrowArrayPlace {
  let field: ArrowField
  let rowCount: Int
  let nullCount: Int
  /// File offsets; as many as the type has buffers.
  let buffers: [Range<Int>]
}

extension ArrowArrayPlace {
  /// Checks the array and makes its view.
  ///
  /// - Parameter dictionary: The values that codes point to; `nil` for plain values.
  func array(
    in file: ArrowFileBytes, dictionary: ArrowArray?
  ) throws(ArrowReadingError) -> ArrowArray {
    if field.type == .null, dictionary == nil {
      return ArrowArray(
        rowCount: rowCount, nulls: ArrowNulls(validity: nil), view: .constant(nil),
        isAllNull: true)
    }
    var memory: [Buffer] = []
    for range in buffers { memory.append(try file.read(range)) }
    let reader = ArrowArrayReader(place: self, buffers: memory, file: file.name)
    let nulls = try reader.nulls()
    var array: ArrowArray
    if let dictionary {
      let codes = try reader.codes(below: dictionary.rowCount)
      let view = ColumnView.indexed(
        codes: codes, dictionary: dictionary.view, dictionaryCount: dictionary.rowCount)
      array = ArrowArray(rowCount: rowCount, nulls: nulls, view: view, isAllNull: false)
      array.memory = memory + dictionary.memory
    } else if case .decimal = field.type {
      let values = try reader.decimals(nulls)
      let view = ColumnView.plain(.int64(UnsafePointer(values.pointer(as: Int64.self))))
      array = ArrowArray(rowCount: rowCount, nulls: nulls, view: view, isAllNull: false)
      array.memory = memory + [values]
    } else {
      let view = ColumnView.plain(try reader.plain())
      array = ArrowArray(rowCount: rowCount, nulls: nulls, view: view, isAllNull: false)
      array.memory = memory
    }
    return array
  }
}

private struct ArrowArrayReader {
  let place: ArrowArrayPlace
  let buffers: [Buffer]
  let file: String

  private var rowCount: Int { place.rowCount }

  /// The start of buffer `index`, which must have at least `byteCount` bytes.
  private func memory<Element>(
    _ index: Int, byteCount: Int, as type: Element.Type
  ) throws(ArrowReadingError) -> UnsafePointer<Element> {
    let buffer = buffers[index]
    guard buffer.byteCount >= byteCount else {
      throw corrupt(
        index, "buffer \(index) has \(buffer.byteCount) bytes, \(rowCount) rows need \(byteCount)")
    }
    return UnsafePointer(buffer.pointer(as: type))
  }

  func nulls() throws(ArrowReadingError) -> ArrowNulls {
    guard place.nullCount > 0 || !place.buffers[0].isEmpty else { return ArrowNulls(validity: nil) }
    let validity = try memory(0, byteCount: (rowCount + 7) / 8, as: UInt8.self)
    let nulls = ArrowNulls(validity: validity)
    let count = nulls.count(0..<rowCount)
    guard count == place.nullCount else {
      throw corrupt(0, "the bitmap has \(count) nulls, the metadata says \(place.nullCount)")
    }
    return place.nullCount == 0 ? ArrowNulls(validity: nil) : nulls
  }

  func plain() throws(ArrowReadingError) -> PlainValues {
    switch place.field.type {
    case .integer(let bits, let isSigned): return try integers(bits, isSigned)
    case .date: return try integers(32, true)
    case .time(let unit): return try integers(unit <= .millisecond ? 32 : 64, true)
    case .timestamp: return try integers(64, true)
    case .float(32): return .float32(try memory(1, byteCount: rowCount * 4, as: Float.self))
    case .float: return .float64(try memory(1, byteCount: rowCount * 8, as: Double.self))
    case .boolean: return .bits(try memory(1, byteCount: (rowCount + 7) / 8, as: UInt8.self))
    case .utf8: return try text()
    case .null, .decimal:
      throw corrupt(0, "values of type \(place.field.type) are in a dictionary")
    }
  }

  private func integers(_ bits: Int, _ isSigned: Bool) throws(ArrowReadingError) -> PlainValues {
    let byteCount = rowCount * bits / 8
    return switch (bits, isSigned) {
    case (8, true): .int8(try memory(1, byteCount: byteCount, as: Int8.self))
    case (16, true): .int16(try memory(1, byteCount: byteCount, as: Int16.self))
    case (32, true): .int32(try memory(1, byteCount: byteCount, as: Int32.self))
    case (_, true): .int64(try memory(1, byteCount: byteCount, as: Int64.self))
    case (8, false): .uint8(try memory(1, byteCount: byteCount, as: UInt8.self))
    case (16, false): .uint16(try memory(1, byteCount: byteCount, as: UInt16.self))
    case (32, false): .uint32(try memory(1, byteCount: byteCount, as: UInt32.self))
    case (_, false): .uint64(try memory(1, byteCount: byteCount, as: UInt64.self))
    }
  }

  private func text() throws(ArrowReadingError) -> PlainValues {
    let text = try memory(2, byteCount: 0, as: UInt8.self)
    // An array without rows may come without its one offset; no one reads it then.
    if rowCount == 0 {
      return .utf8(bytes: text, offsets: try memory(1, byteCount: 0, as: UInt32.self))
    }
    let offsets = try memory(1, byteCount: (rowCount + 1) * 4, as: UInt32.self)
    // Read without sign, a negative offset is past any buffer of 32-bit offsets.
    var isSorted = true
    var row = 0
    while row < rowCount {
      isSorted = isSorted && offsets[row] <= offsets[row + 1]
      row &+= 1
    }
    guard isSorted, Int(offsets[rowCount]) <= place.buffers[2].count else {
      throw corrupt(1, "the offsets of text do not rise within its \(place.buffers[2].count) bytes")
    }
    return .utf8(bytes: text, offsets: offsets)
  }

  /// The codes, each at least 0 and less than `count`; those of nulls too.
  func codes(below count: Int) throws(ArrowReadingError) -> PlainValues {
    let bits = place.field.dictionary?.codeBits ?? 32
    let codes = try integers(bits, false)
    if rowCount > 0, let largest = codes.accept(LargestCode(count: rowCount)), largest >= count {
      throw corrupt(1, "a code is \(largest), the dictionary has \(count) entries")
    }
    return codes
  }

  func decimals(_ nulls: ArrowNulls) throws(ArrowReadingError) -> Buffer {
    let source = try memory(1, byteCount: rowCount * 16, as: UInt64.self)
    let values = Buffer(uninitializedByteCount: rowCount * 8)
    let target = values.pointer(as: Int64.self)
    for row in 0..<rowCount {
      target[row] = Int64(bitPattern: source[2 * row])
      let high = Int64(bitPattern: source[2 * row + 1])
      guard high == target[row] >> 63 || nulls.isNull(row) else {
        throw ArrowReadingError(
          .unsupported, file: file, byteOffset: place.buffers[1].lowerBound + row * 16,
          column: place.field.name, "a decimal needs more than 64 bits")
      }
    }
    return values
  }

  private func corrupt(_ buffer: Int, _ message: String) -> ArrowReadingError {
    ArrowReadingError(
      .corrupt, file: file, byteOffset: place.buffers[buffer].lowerBound,
      column: place.field.name, message)
  }
}

private struct LargestCode: IntegerVisitor {
  let count: Int

  func visit<Code: FixedWidthInteger>(_ codes: UnsafePointer<Code>) -> UInt64 {
    var largest: Code = 0
    var index = 0
    while index < count {
      largest = codes[index] > largest ? codes[index] : largest
      index &+= 1
    }
    return UInt64(truncatingIfNeeded: largest)
  }
}
