/// The runs of a column's integers. A null belongs to the run before it; the first run begins with row 0.
struct IntegerRuns {
  let starts: [Int]
  /// The value of each run, as a column.
  let values: ChunkedValues

  init(_ chunks: ChunkedValues) {
    var (starts, values) = ([Int](), [Int64]())
    var row = 0
    for case let chunk? in chunks.chunks {
      var last = values.last
      chunk.forEachIntegerBlock { block in
        for place in 0..<block.rowCount where block.hasValue(place) && block.values[place] != last {
          let value = block.values[place]
          starts.append(last == nil ? 0 : row + block.firstRow + place)
          values.append(value)
          last = value
        }
      }
      row += chunk.rowCount
    }
    var ofRuns = ChunkedValues(values, of: chunks)
    ofRuns.distinctValues = chunks.distinctValues
    (self.starts, self.values) = (starts, ofRuns)
  }
}

extension ChunkedValues {
  /// Some values of a column by themselves.
  init(_ values: [Int64], of column: ChunkedValues) {
    var slabs = SlabWriter(initialCapacity: 4096)
    let slice = slabs.allocate(values.count * 8)
    slice.base.copyMemory(from: values, byteCount: values.count * 8)
    let chunk = ColumnChunk(
      rowCount: values.count, nullCount: 0, validity: nil,
      values: .integers(IntegerChunk(base: 0, width: 8, offsets: slice)))
    self.init(
      name: column.name, type: column.type, rowCount: values.count, nullCount: 0, chunks: [chunk])
    isUnsigned = column.isUnsigned
  }

  /// Throws for the first row with a number past 2^63 − 1, where the column has no sign.
  func refuseSignBits(_ layout: Layout) throws(LayoutError) {
    guard isUnsigned else { return }
    var row = 0
    for case let chunk? in chunks {
      if let bad = chunk.firstRow(where: { $0 < 0 }) {
        throw LayoutError(column: name, row: row + bad, layout: layout.description)
      }
      row += chunk.rowCount
    }
  }

  /// The first row's that has a value.
  var firstInteger: Int64? {
    for case let chunk? in chunks where chunk.nullCount < chunk.rowCount {
      if let row = (0..<chunk.rowCount).first(where: { !chunk.isNull($0) }) {
        return chunk.integer(at: row)
      }
    }
    return nil
  }

  /// The least and the greatest integer; `nil` where there is none.
  var integerBounds: ClosedRange<Int64>? {
    var (least, greatest) = (Int64.max, Int64.min)
    for case let chunk? in chunks {
      chunk.forEachIntegerBlock { block in
        guard let bounds = block.bounds else { return }
        (least, greatest) = (min(least, bounds.lowerBound), max(greatest, bounds.upperBound))
      }
    }
    return least <= greatest ? least...greatest : nil
  }

  /// Drops the chunks, each once its integers are those that `column` has.
  ///
  /// - Throws: for the first row where they differ.
  mutating func consumeComparing(with column: Column) throws(LayoutError) {
    let integers = column.view.integers
    let (name, layout) = (column.name, column.layout)
    try consume { (firstRow, chunk) throws(LayoutError) in
      let words = UnsafeMutablePointer<Int64>.allocate(capacity: ColumnChunk.integerBlockRowCount)
      defer { words.deallocate() }
      try chunk.forEachIntegerBlock { (block) throws(LayoutError) in
        let start = firstRow + block.firstRow
        integers.copy(start..<start + block.rowCount, to: words)
        if let bad = block.firstDifference(from: words) {
          throw LayoutError(column: name, row: start + bad, layout: layout.description)
        }
      }
    }
  }
}

extension ColumnChunk {
  /// The integer of a row, `nil` where it is null.
  func integer(at row: Int) -> Int64? {
    guard case .integers(let integers) = values, !isNull(row) else { return nil }
    return integers.value(at: row)
  }
}
