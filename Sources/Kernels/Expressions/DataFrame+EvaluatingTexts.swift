import Columnar

extension DataFrame {
  /// The texts as a column: codes of a sorted dictionary where the words are known, else plain.
  func text(
    _ node: TextNode, named name: String, _ expression: ColumnExpression
  ) throws(ExpressionError) -> Column {
    if case .column(let column) = node { return column.renamed(name) }
    if case .coded(let numbers, let words) = node.coded {
      return dictionary(words, numbers, named: name)
    }
    let nulls = ResultNulls(rowCount)
    let pieceRowCount = ColumnRows.pieceRowCount
    let parts = ColumnRows.pieces(rowCount).map { _ in TextPart() }
    let offsets = Buffer(uninitializedByteCount: (rowCount + 1) * 4)
    let ends = Shared(offsets.pointer(as: UInt32.self))
    ends.pointer[0] = 0
    run { program in
      let step = program.texts(node, 0)
      return { block in
        let texts = step(block)
        let part = parts[block.range.lowerBound / pieceRowCount]
        for row in 0..<block.count {
          if texts.hasValue(row) { part.bytes.append(texts[row]) }
          // Past 32 bits nothing is kept: see below.
          ends.pointer[block.range.lowerBound + row + 1] = UInt32(
            truncatingIfNeeded: part.bytes.count)
        }
        if let valid = texts.valid { nulls.write(valid, block) }
      }
    }
    let byteCount = parts.reduce(0) { $0 + $1.bytes.count }
    guard byteCount <= Int(UInt32.max) else {
      throw ExpressionError(
        .overflow, "the texts take more than the 4 GiB that a column holds", at: expression.place)
    }
    let values = Buffer(uninitializedByteCount: byteCount)
    var start = 0
    for (part, rows) in zip(parts, ColumnRows.pieces(rowCount)) {
      let bytes = part.bytes.bytes
      if let base = bytes.baseAddress, !bytes.isEmpty {
        (values.base + start).copyMemory(from: base, byteCount: bytes.count)
      }
      for row in rows { ends.pointer[row + 1] += UInt32(start) }
      start += bytes.count
    }
    if nulls.count == rowCount { return .nulls(name, .string, count: rowCount) }
    return Column(
      name: name, type: .string, layout: Layout(encoding: "utf8"), count: rowCount,
      nullCount: nulls.count, validity: nulls.validity, values: values, offsets: offsets)
  }

  private func dictionary(_ words: [[UInt8]], _ numbers: Exact, named name: String) -> Column {
    let sorted = Set(words).sorted { $0.lexicographicallyPrecedes($1) }
    let ranks = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, Int64($0)) })
    let codes = numbers.lookedUp(in: words.map { ranks[$0] ?? 0 })
    let width = sorted.count <= 1 << 8 ? 1 : sorted.count <= 1 << 16 ? 2 : 4
    let values = Buffer(uninitializedByteCount: rowCount * width)
    let nulls = ResultNulls(rowCount)
    switch width {
    case 1: _ = store(codes, values.pointer(as: UInt8.self), nulls)
    case 2: _ = store(codes, values.pointer(as: UInt16.self), nulls)
    default: _ = store(codes, values.pointer(as: UInt32.self), nulls)
    }
    if nulls.count == rowCount { return .nulls(name, .string, count: rowCount) }
    return Column(
      name: name, type: .string,
      layout: Layout(
        encoding: "dictionary", width: width, isUnsigned: true, values: Layout(encoding: "utf8")),
      count: rowCount, nullCount: nulls.count, validity: nulls.validity, values: values,
      dictionary: Column(words: sorted, name, .string))
  }
}

/// The texts of a part of the rows, which one thread writes.
private final class TextPart: @unchecked Sendable {
  // Sound: a part is one thread's until all are joined.
  var bytes = GrowingBytes()

  deinit { bytes.deallocate() }
}
