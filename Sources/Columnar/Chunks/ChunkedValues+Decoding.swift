extension ChunkedValues {
  /// Integers of other rows of a column, as one chunk.
  ///
  /// - Parameter validity: Bit `i` is 1 where row `i` has a value; `nil` where all have.
  init(
    _ values: UnsafePointer<Int64>, count: Int, validity: UnsafePointer<UInt64>?, nullCount: Int,
    of column: Column
  ) {
    var slabs = SlabWriter(initialCapacity: 4096)
    func slice<T>(_ source: UnsafePointer<T>, _ count: Int) -> SlabSlice {
      let slice = slabs.allocate(count * MemoryLayout<T>.size)
      slice.base.copyMemory(from: source, byteCount: count * MemoryLayout<T>.size)
      return slice
    }
    let chunk = ColumnChunk(
      rowCount: count, nullCount: nullCount,
      validity: validity.map { slice($0, (count + 63) / 64) },
      values: .integers(IntegerChunk(base: 0, width: 8, offsets: slice(values, count))))
    self.init(
      name: column.name, type: column.type, rowCount: count, nullCount: nullCount, chunks: [chunk])
  }

  /// Integers of the rows of a column, of which those without a value stay so.
  init(words: IntegerRows, of column: Column) {
    let count = column.count
    let buffer = Buffer(uninitializedByteCount: count * 8)
    let target = buffer.pointer(as: Int64.self)
    words.copy(0..<count, to: target)
    let bits = column.validity?.bits
    self = withExtendedLifetime(bits) {
      ChunkedValues(
        target, count: count, validity: bits.map { UnsafePointer($0.pointer(as: UInt64.self)) },
        nullCount: column.nullCount, of: column)
    }
  }

  /// The values of a finished column, read through its view, as one chunk: the way from one layout
  /// to another.
  package init(decoding column: Column) {
    var slabs = SlabWriter(initialCapacity: 4096)
    let count = column.count
    var validity: SlabSlice?
    if let bits = column.validity?.bits {
      let slice = slabs.allocate((count + 63) / 64 * 8)
      // A buffer has room for whole words.
      withExtendedLifetime(bits) {
        slice.base.copyMemory(from: bits.base, byteCount: (count + 63) / 64 * 8)
      }
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
        column.view.integers.copy(0..<count, to: slice.pointer(as: Int64.self))
        values = .integers(IntegerChunk(base: 0, width: 8, offsets: slice))
      case .float:
        let slice = slabs.allocate(count * 8)
        column.view.floats.copy(0..<count, to: slice.pointer(as: Double.self))
        values = .floats(slice)
      case .bytes: values = .text(column.decodeText(&slabs))
      }
      chunk = ColumnChunk(
        rowCount: count, nullCount: column.nullCount, validity: validity, values: values)
    }
    self.init(
      name: column.name, type: column.type, rowCount: count, nullCount: column.nullCount,
      chunks: [chunk])
    isUnsigned = IntegerRows(column.view)?.isUnsigned ?? false
    if case .indexed(let codes, _, _) = column.view, let dictionary = column.dictionary.first {
      // Of a column whose rows are some of another's, only the entries that are left.
      var isUsed = [Bool](repeating: false, count: dictionary.count)
      for row in 0..<count where !column.isNull(row) { isUsed[codes.code(at: row)] = true }
      let used = isUsed.indices.filter { isUsed[$0] }
      let distinct = ChunkedValues(decoding: dictionary)
      if case .integers(let integers)? = distinct.chunks.first??.values {
        distinctValues = used.map { integers.value(at: $0) }
      } else if case .floats(let floats)? = distinct.chunks.first??.values {
        distinctValues = used.map { floats.pointer(as: Int64.self)[$0] }
      }
    }
  }
}

extension Column {
  fileprivate func decodeText(_ slabs: inout SlabWriter) -> TextChunk {
    let texts = view.texts
    var bytes: [UInt8] = []
    let ends = slabs.allocate(count * 4)
    texts.forEach(0..<count) { row, text in
      if !isNull(row) { bytes.append(contentsOf: text) }
      ends.pointer(as: UInt32.self)[row] = UInt32(bytes.count)
    }
    let slice = slabs.allocate(bytes.count)
    slice.base.copyMemory(from: bytes, byteCount: bytes.count)
    return TextChunk(bytes: slice, ends: ends, byteCount: bytes.count)
  }
}
